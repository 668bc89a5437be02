#!/usr/bin/env node

// states.mjs MODULE WORK [--only=RE] [--passed] [--times]
//
// Every state of a choice in every situation, in Chromium: a shop that asks by
// the module's own banner, with guard and placeholders, and seven parties in
// its pages.  After each step all that has left, all that is in the jar, all
// that is stored and all that the backend was sent is what the choice allows,
// and nothing of that is missing: see lib/parties.mjs.
//
//   --only=RE  the rows whose name matches
//   --passed, --times  print the rows that pass, and how long each takes

import { X509Certificate, createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { all_cookies, click, cookie, load, stored } from './lib/acts.mjs';
import { check, differ, each, program, sleep, timed, until, wanted }
    from './lib/frame.mjs';
import { certificate, nginx, ports } from './lib/nginx.mjs';
import { ALL, CHANGED, PARTIES, allowed, parties_of, table }
    from './lib/parties.mjs';
import { Trackers } from './lib/trackers.mjs';
import { SHORT, backend, body, hear, heard, servers } from './lib/world.mjs';

// how long nothing more must come, and rows that are open at once
const QUIET = 250, WIDTH = 4;

// pages until the last of what was taken back has gone
const MOST = 24;

const LIFE = 395 * 86400;

// The states.  steps: what is chosen, one after another; lapse: what happens
// then, and makes the choice void; parties: what the table is from then on;
// is: what is accepted in the end, if not the last step; first: and before any;
// gpc: the browser says so; sold: what is not accepted for it, whatever is
// chosen; in: the situations, if not all.

const SOLD = [ 'advertising', 'sharing' ];
const KEPT = ALL.filter(c => !SOLD.includes(c));
const FEW = [ 'plain', 'without scripts' ];

const STATES = [
    // or else nothing that is not there would prove anything
    { name: 'without the module', site: 'plain.example', steps: [], is: ALL,
      first: ALL },

    { name: 'no choice', steps: [] },
    { name: 'refuse', steps: [ [] ] },
    { name: 'accept', steps: [ ALL ] },
    { name: 'a category', steps: [ [ 'performance' ] ] },
    { name: 'a provider', steps: [ [ 'matomo' ] ] },
    { name: 'change', steps: [ [ 'performance', 'matomo' ],
                               [ 'advertising', 'sharing' ] ] },
    { name: 'withdraw', steps: [ ALL, [] ] },

    { name: 'GPC', gpc: true, steps: [ ALL ], in: FEW },
    { name: 'opt-out', site: 'optout.example', first: ALL, steps: [ [] ],
      in: FEW },
    { name: 'opt-out, GPC', site: 'optout.example', gpc: true, first: KEPT,
      sold: SOLD, steps: [ ALL, [] ], in: FEW },
    { name: 'strict GPC, after a choice', site: 'strict.example',
      steps: [ ALL ], lapse: gpc, is: KEPT, in: FEW },

    { name: '395 days later', steps: [ ALL ], lapse: row => ago(row, 3600),
      is: [], asks: true },
    { name: 'an hour before 395 days', steps: [ ALL ],
      lapse: row => ago(row, -3600), is: ALL },
    { name: 'forgotten by the browser', site: 'short.example', steps: [ ALL ],
      lapse: forgotten, is: [], asks: true },
];

const AFTER = [
    { name: 'the table has changed', steps: [ ALL ], is: ALL },
    { name: 'the table has changed, after a refusal', steps: [ [] ], is: [] },
    { name: 'the table has changed, after a part', is: [ 'performance' ],
      steps: [ [ 'performance' ] ] },
    { name: 'the table has changed, before a choice', steps: [], is: [],
      asks: true },
    { name: 'a choice of another revision', site: 'revised.example',
      steps: [ ALL ], is: [], asks: true },
    { name: 'a refusal of another revision', site: 'revised.example',
      steps: [ [] ], is: [], asks: true },
];


const SITUATIONS = { plain: (row, act = whole) => act(row),
                     'without scripts': scriptless,
                     'in a frame of another site': framed,
                     'back, the page kept': back,
                     'back, the page left': back_left };


async function rows(world) {
    const list = [], warm = [], after = [];
    let n = 0;
    const row = (state, situation) => ({
        ...world, ...state, id: `r${++n}`, situation, parties: PARTIES,
        site: state.site ?? 'shop.example', accepted: state.first ?? [], once: new Set(),
        name: `${state.name}, ${situation}`, state,
    });

    for (const state of STATES) {
        for (const situation of state.in ?? Object.keys(SITUATIONS)) {
            // nobody goes back for so long
            if (!state.lapse || !/^back/.test(situation)) {
                list.push(row(state, situation));
            }
        }
        state.site !== 'short.example' && !state.in && warm.push(row(state, 'a warm cache'));
    }

    for (const state of AFTER) {
        for (const situation of FEW) {
            after.push(row(state, situation));
        }
    }

    const chosen = list => list.filter(r => wanted(r.name));

    // what is on the disk belongs to the browser, and not to a context
    await Promise.all([
        each(chosen(list), WIDTH,
             r => visit(r, () => SITUATIONS[r.situation](r))),
        each(chosen(warm), 1, r => visit(r, () => warmed(r), { kept: true })),
    ]);

    await changed(world, chosen(after));
}


// One visitor; kept: with the browser's own jar and cache; stays: he comes again.

async function visit(row, act, { kept, stays } = {}) {
    const { browser } = row;

    row.heard ??= heard[row.id] = { sent: new Set(), asks: [], pages: 0 };

    try {
        row.tab ??= await (kept ? browser.tab() : browser.alone());

        if (kept) {
            await row.tab.send('Network.enable');
            await row.tab.send('Network.clearBrowserCookies');
        }
        if (row.gpc) {
            await gpc(row);
        }
        await timed(row.name, act);

    } catch (error) {
        check(row.name, error.message);
        row.lost = true;
        stays = false;
    }

    if (!stays) {
        await row.tab?.close();
    }
}


/* The situations. */

async function whole(row) {
    await choices(row);
    await finish(row);
}


async function scriptless(row, act = whole) {
    row.js = false;
    await row.tab.send('Emulation.setScriptExecutionDisabled', { value: true });
    await act(row);
}


// No cookie that is Lax is sent to a frame of another site: nobody has chosen
// there, whatever he has chosen here.

async function framed(row) {
    await choices(row);

    const before = await jar(row);

    row.accepted = row.first ?? [];
    row.top = 'partner.example';

    const want = expected({ ...row, once: [] });

    before.forEach(c => want.jar.add(c));
    await looks(row, `https://${row.id}.partner.example/?${row.site}`, want);
}


async function back(row, path = '/page', kept) {
    const { tab } = row;
    const url = `https://${row.id}.${row.site}${path}`;
    const last = row.steps.at(-1);

    await choices(row, row.steps.slice(0, -1));
    await looks(row, url);

    await load(row, () => click(row, `(() => {
        const a = document.createElement('a');
        a.href = '/hub';
        document.body.append(a);
        return a;
    })()`));

    const before = row.accepted;

    if (last) {
        await choose(row, last);
    }

    // what is taken back takes kept pages with it
    kept ??= before.every(name => row.accepted.includes(name));

    const { entries } = await tab.send('Page.getNavigationHistory');
    const entry = entries.findLast(e => e.url === url);

    forget(row);
    tab.wanted.add('Page.frameNavigated');
    tab.events = [];

    const came = () => tab.events.find(e => !e.params.frame.parentId);
    const want = expected(row);

    if (kept && !last) {
        want.asks = want.sent = new Set();
    }

    // once only, so that what it sets has not been sent
    row.again = true;
    await tab.send('Page.navigateToHistoryEntry', { entryId: entry.id });
    await until(came, 'page that was gone back to');
    await settle(row, want);
    await compare(row, want, (came().params.type === 'BackForwardCacheRestore')
        === kept ? null : `kept whole is ${!kept}`);
}

async function back_left(row) {
    await back(row, '/unload', false);
}


async function warmed(row) {
    row.file = 'cached';
    row.path = '/cached';
    await choices(row);

    if (row.is && row.state.steps.length) {
        await row.state.lapse(row);
        lapsed(row);
        // what may be stored for others deletes nothing
        await looks({ ...row, file: 'plain' },
                    `https://${row.id}.${row.site}/page`);
    }

    const url = `https://${row.id}.${row.site}/cached`;
    const link = async () => {
        await load(row, () => row.tab.go(new URL('/hub', url).href));
        await load(row, () => click(row, `(() => {
            const a = document.createElement('a');
            a.href = '/cached';
            document.body.append(a);
            return a;
        })()`));
    };
    const ways = { link, 'the link again': link, address: () => load(row,
        () => row.tab.go(url)), reload: () => load(row,
        () => row.tab.send('Page.reload')) };

    for (const [ way, go ] of Object.entries(ways)) {
        const want = expected(row), { pages } = row.heard;

        forget(row);
        await go();
        await settle(row, want);

        // what was there has gone before, and is not sent for a kept page
        await compare(row, want, /again/.test(way) && row.heard.pages > pages
            ? 'the page does not come out of the cache' : null, way);
    }
}


// The table of nginx is changed under visitors who have chosen.

async function changed({ edge, work }, list) {
    const file = join(work, 'nginx/nginx.conf');

    await Promise.all(list.map(row => visit(
        row, () => SITUATIONS[row.situation](row, choices), { stays: true })));

    const text = readFileSync(file, 'utf8');

    writeFileSync(file, text.replace(table('shop', PARTIES),
                                     table('shop', CHANGED))
                            .replace('revision=0', 'revision=1'));

    const { pid } = edge.child;
    const workers = () => readFileSync(`/proc/${pid}/task/${pid}/children`,
                                       'utf8').trim().split(' ');
    const old = workers();

    edge.child.kill('SIGHUP');
    await until(() => workers().every(one => !old.includes(one)),
                'worker with the new table alone');

    await Promise.all(list.filter(row => !row.lost).map(row => visit(row, () => {
        row.parties = CHANGED;
        return finish(row);
    })));
}


/* What a visitor does. */

const expected = row => {
    const { accepted, parties, js = true, site, top, file, once } = row;

    return allowed({ accepted, parties, js, site, top, file,
                     once: [ ...once ] });
};


// He makes his choices, and after each of them all is as it should be.

async function choices(row, steps = row.steps) {
    const url = `https://${row.id}.${row.site}${row.path ?? '/page'}`;

    await looks(row, url);

    for (const step of steps) {
        await choose(row, step);
        await looks(row, url);
    }
}


// What a lapse, or a new table, makes of them.

async function finish(row) {
    const { lapse, is } = row.state;

    if (lapse) {
        await lapse(row);
    }

    if (is) {
        lapsed(row);
        await looks(row, `https://${row.id}.${row.site}/page`);
    }
}

function lapsed(row) {
    row.accepted = row.is;
    row.void = row.state.asks;
}


async function choose(row, accepted) {
    const button = value => `button[name=accept][value=${value}]`;
    const set = accepted.length && accepted !== ALL;
    const whole = accepted === ALL ? button('all') : button('none');
    const link = '#consent-banner.consent-link a';

    if (await row.tab.evaluate(`!!document.querySelector('${link}')`)) {
        await load(row, () => click(row, `document.querySelector('${link}')`));

    } else if (set) {
        await click(row, "document.querySelector('button[formmethod]')");
    }

    if (set) {
        await until(() => row.tab.evaluate(
            '!!document.getElementById("consent-set")'), 'settings');
        await row.tab.evaluate(`document.querySelectorAll(
            '#consent-set input[name=accept]').forEach(box => {
                box.checked = ${JSON.stringify(accepted)}.includes(box.value);
            })`);
    }

    await click(row, `document.querySelector('${
        set ? '#consent-set button:not([name])' : whole}')`);

    const sorted = list => [ ...list ].sort().join('+');
    const all = sorted(accepted) || '-';

    await until(async () => sorted((await cookie(row))?.value.split('.')[3]
                                   .split('+') ?? []) === all,
                `choice of ${all}`);

    // in place, or by another page, which may come after that
    const answered = () => row.tab.evaluate(`(banner => (!banner
        || banner.className === 'consent-link')
        && document.readyState === 'complete')(
            document.getElementById('consent-banner'))`);

    await until(answered, 'end of the banner');
    await sleep(QUIET);
    await until(answered, 'page after the banner');

    row.accepted = accepted.filter(c => !row.sold?.includes(c));
    row.decided = true;
}


async function ago(row, more) {
    const c = await cookie(row);
    const value = c.value.split('.');

    value[1] = Math.floor(Date.now() / 1000) - LIFE - more;
    await row.tab.send('Network.setCookie', { ...c, partitionKey: undefined,
        value: value.join('.'), url: `https://${c.domain}/` });
}

async function gpc(row) {
    await row.tab.send('Network.setExtraHTTPHeaders',
                       { headers: { 'Sec-GPC': '1' } });
}

// It is to end when it should, and does so now: nobody waits for an hour.

async function forgotten(row) {
    const c = await cookie(row), now = Date.now() / 1000;

    if (!(c.expires > now && c.expires <= now + SHORT)) {
        throw new Error(`the cookie is to end in ${c.expires - now} s`);
    }

    await row.tab.send('Network.setCookie', { ...c, partitionKey: undefined,
        expires: now + 1, url: `https://${c.domain}/` });
    await until(async () => !await cookie(row), 'end of the cookie');
    row.decided = false;
}


// The page twice: what its first answer sets is sent for the second.  What was
// taken back goes by and by: a response has room for so many deletions, and one
// that is not modified has none.

async function looks(row, url, want = expected(row)) {
    const gone = swept(row);

    forget(row);

    for (let n = 1; n <= (gone ? MOST : 2); n++) {
        await load(row, () => row.tab.go(n > 2 ? `${url}?${n}` : url));
        await settle(row, want);

        at_last(row, want);

        if (n >= 2 && !differ('', new Set(await jar(row)), want.jar)) {
            break;
        }
    }

    await compare(row, want);
    parties_of(row.accepted, row.parties).forEach(p => row.once.add(p));
}

async function settle(row, want) {
    await until(() => [ ...want.asks ].every(one => cached(one) || (row.again
                      && image(one)) || asks(row).has(one)));

    for (let n = -1; n !== heard_of(row).length || row.trackers.begun.size;) {
        n = heard_of(row).length;
        await sleep(QUIET);
    }
}


/* What is seen. */

// What need not be asked for again: what the disk has, a connection that there
// is, and by the back button the images that Chromium has in memory.

const cached = one => /\/cached\.js$|^[^\/]*$/.test(one);

const image = one => /\.gif$|\/collect\//.test(one)
                     && !/(fetch|beacon)\.gif$/.test(one);
const heard_of = row => [ ...row.heard.asks, ...row.trackers.heard(row.id) ];

const asks = row => new Set(heard_of(row));

function forget(row) {
    row.heard.asks.length = 0;
    row.heard.sent = new Set();
    row.trackers.heard(row.id).length = 0;
}


// consent_sweep keeps count, where there was something to sweep

const swept = row => [ ...row.once ].some(p =>
    !parties_of(row.accepted, row.parties).includes(p));

const jar = async row => (await all_cookies(row)).filter(
    c => c.name !== 'consent_swept' || !swept(row)).map(c => {
    const key = c.partitionKey?.topLevelSite ?? c.partitionKey ?? '';

    return `${c.name}@${c.domain.replace(`${row.id}.`, '')}`
           + (key && `^${new URL(key).hostname}`);
});


async function compare(row, want, wrong = null, how = '') {
    const [ local, session ] = await stored(row);
    const banner = row.top || row.site === 'plain.example' ? ''
        : row.decided && !row.void ? 'link' : 'banner';

    at_last(row, want);

    const shown = await row.tab.evaluate(`(e => !e ? '' : e.className ===
        'consent-link' ? 'link' : 'banner')(
        document.getElementById('consent-banner'))`);

    check([ row.name, how, row.accepted.join('+') || '-' ].filter(s => s)
          .join(': '), wrong,
          differ('asked for', asks(row), want.asks,
                 one => cached(one) || (row.again && image(one))),
          differ('in the jar', new Set(await jar(row)), want.jar),
          differ('sent to the backend', new Set([ ...row.heard.sent ].filter(
              c => c !== 'consent_swept' || !swept(row))), want.sent,
              () => row.again),
          differ('in local storage', new Set(local), want.local),
          differ('in session storage', new Set(session), want.session),
          shown === banner ? null : `shown is "${shown}", not "${banner}"`);
}

// what is expected besides what the parties do

function at_last(row, want) {
    if (row.decided) {
        want.jar.add(`consent@${row.site}`);
        row.top || want.asks.size && want.sent.add('consent');
    }

    return want;
}


await program('MODULE WORK', async ({ module, work, keep }) => {
    const [ port, origin, others ] = await ports(3);
    const tls = certificate(work);

    await keep(backend(origin));

    const trackers = await keep(Trackers.start(others, tls, { hear, body }));
    const edge = await keep(nginx(work, module, port,
                                  servers(port, origin, tls)));
    const browser = await keep(Chromium.start(work, { flags: [
        // nothing is cached of who has a wrong certificate
        '--ignore-certificate-errors-spki-list=' + createHash('sha256')
            .update(new X509Certificate(readFileSync(tls.cert)).publicKey
            .export({ type: 'spki', format: 'der' })).digest('base64'),

        // a frame needs no process of its own
        '--disable-site-isolation-trials', '--renderer-process-limit=4',
        '--host-resolver-rules=' + [ 'shop', 'short', 'revised', 'optout',
            'strict', 'plain', 'partner' ].map(s => `MAP *.${s}.example:443 127.0.0.1:${port}`)
            .join() + `,MAP *:443 127.0.0.1:${others}`
        + ',MAP * 127.0.0.1:9' ] }));

    await rows({ browser, trackers, edge, work });

    check('whose requests these are is known',
          differ('asked for', trackers.heard('nobody'), []));
});
