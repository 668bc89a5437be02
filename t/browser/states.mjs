#!/usr/bin/env node

// states.mjs MODULE WORK [--only=RE] [--show] [--times]
//
// Every state of a choice in every situation, in Chromium: a shop that asks by
// the module's own banner, with guard and placeholders, and seven parties in its
// pages.  After each step all that has left, all that is in the jar, all that
// is stored and all that the backend was sent is what the choice allows, and
// nothing of that is missing: see lib/parties.mjs.
//
//   --only=RE  the rows whose name matches
//   --show     print the rows that pass, too
//   --times    print how long each row takes

import { X509Certificate, createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { nginx, ports, sleep } from '../http/lib/stack.mjs';
import { Chromium } from './lib/chromium.mjs';
import { ALL, CHANGED, PARTIES, allowed, app, left, page, parties_of, script,
         table } from './lib/parties.mjs';
import { Trackers, certificate } from './lib/trackers.mjs';

const CONF = join(dirname(fileURLToPath(import.meta.url)), '../../conf');

// how long what is waited for may take, how long nothing more must come, and
// rows that are open at once
const PATIENCE = 15000, QUIET = 250, WIDTH = 5;

// pages until the last of what was taken back has gone
const MOST = 8;

const DAY = 86400, LIFE = 395 * DAY;

// of a choice that the browser itself forgets in time
const SHORT = 30;

const args = process.argv.slice(2);
const options = Object.fromEntries(args.filter(a => a.startsWith('--'))
    .map(a => a.slice(2).split(/=(.*)/s)).map(([ k, v ]) => [ k, v ?? true ]));
const [ module, work ] = args.filter(a => !a.startsWith('--'))
    .map(a => resolve(a));
const only = new RegExp(options.only ?? '');

const origin_heard = {};
let passed = 0, failed = 0;


// The states.  steps: what is chosen, one after another; lapse: what happens
// then, and makes the choice void; parties: what the table is from then on;
// is: what is accepted in the end, if not the last step.

const STATES = [
    // or else nothing that is not there would prove anything
    { name: 'without the module', site: 'plain.example', steps: [], is: ALL },

    { name: 'no choice', steps: [] },
    { name: 'refuse', steps: [ [] ] },
    { name: 'accept', steps: [ ALL ] },
    { name: 'a category', steps: [ [ 'performance' ] ] },
    { name: 'a provider', steps: [ [ 'matomo' ] ] },
    { name: 'change', steps: [ [ 'performance', 'matomo' ],
                               [ 'advertising', 'sharing' ] ] },
    { name: 'withdraw', steps: [ ALL, [] ] },

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
    { name: 'the table has changed, before a choice', steps: [], is: [] },
    { name: 'a choice of another revision', site: 'revised.example',
      steps: [ ALL ], is: [], asks: true },
    { name: 'a refusal of another revision', site: 'revised.example',
      steps: [ [] ], is: [], asks: true },
];


const SITUATIONS = { plain, 'without scripts': scriptless,
                     'in a frame of another site': framed,
                     'back, the page kept': back,
                     'back, the page left': back_left };


async function main() {
    if (!work) {
        console.error('usage: states.mjs MODULE WORK [OPTION...]');
        return 2;
    }

    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });

    const open = [];

    try {
        const [ port, origin, others ] = await ports(3);
        const tls = certificate(work);

        open.push(await backend(origin));

        const trackers = await Trackers.start(others, tls, { hear, body });
        open.push(trackers);

        const edge = await nginx(work, module, port, servers(port, origin, tls));
        open.push(edge);

        const browser = await Chromium.start(work, { flags: [
            // nothing is cached of who has a wrong certificate
            '--ignore-certificate-errors-spki-list=' + createHash('sha256')
                .update(new X509Certificate(readFileSync(tls.cert)).publicKey
                .export({ type: 'spki', format: 'der' })).digest('base64'),

            // a frame needs no process of its own
            '--disable-site-isolation-trials', '--renderer-process-limit=4',
            '--host-resolver-rules=' + [ 'shop', 'short', 'revised', 'plain',
                'partner' ].map(s => `MAP *.${s}.example:443 127.0.0.1:${port}`)
                .join() + `,MAP *:443 127.0.0.1:${others},MAP * 127.0.0.1:9` ] });
        open.push(browser);
        console.log(browser.version);

        await rows({ browser, trackers, edge });

        for (const line of edge.errors()) {
            check('nginx logs nothing', line);
        }

        check('whose requests these are is known', differ('asked for',
            new Set(trackers.heard('nobody')), new Set()));

    } finally {
        for (const thing of open.reverse()) {
            await thing.stop();
        }
    }

    console.log(`${passed} passed, ${failed} failed`);
    return failed || !passed ? 1 : 0;
}


async function rows(world) {
    const list = [], warm = [], after = [];
    let n = 0;

    const row = (state, situation) => ({
        ...world, ...state, id: `r${++n}`, situation, parties: PARTIES,
        site: state.site ?? 'shop.example', accepted: [], once: new Set(),
        name: `${state.name}, ${situation}`, state,
    });

    for (const state of STATES) {
        for (const situation of Object.keys(SITUATIONS)) {
            // nobody goes back for so long
            if (!state.lapse || !/^back/.test(situation)) {
                list.push(row(state, situation));
            }
        }
        state.site !== 'short.example' && warm.push(row(state, 'a warm cache'));
    }

    for (const state of AFTER) {
        for (const situation of [ 'plain', 'without scripts' ]) {
            after.push(row(state, situation));
        }
    }

    const wanted = r => only.test(r.name);

    // what is on the disk belongs to the browser, and not to a context
    await Promise.all([
        each(list.filter(wanted), WIDTH, r => visit(r, async () => {
            await SITUATIONS[r.situation](r);
        })),
        each(warm.filter(wanted), 1, r => visit(r, () => warmed(r), true)),
    ]);

    await changed(world, after.filter(wanted));
}


// One visitor; kept: with the browser's own jar and cache.

async function visit(row, act, kept) {
    const { browser } = row;
    const began = Date.now();

    row.heard = origin_heard[row.id] = { sent: new Set(), asks: [], pages: 0 };

    try {
        if (!kept) {
            row.context = (await browser.send('Target.createBrowserContext',
                { disposeOnDetach: true })).browserContextId;
        }

        row.tab = await browser.tab(row.context);
        await row.tab.send('Network.enable');
        kept && await row.tab.send('Network.clearBrowserCookies');
        await act();

    } catch (error) {
        check(row.name, error.message);
    }

    await row.tab?.close();

    if (options.times) {
        console.log(`${Date.now() - began} ms: ${row.name}`);
    }
}


/* The situations. */

async function plain(row) {
    await choices(row);
    await finish(row);
}


async function scriptless(row) {
    row.js = false;
    await row.tab.send('Emulation.setScriptExecutionDisabled', { value: true });
    await plain(row);
}


// No cookie that is Lax is sent to a frame of another site: nobody has chosen
// there, whatever he has chosen here.

async function framed(row) {
    await choices(row);

    const before = await jar(row);

    row.accepted = row.site === 'plain.example' ? ALL : [];
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
        await lapsed(row);
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

async function changed({ edge }, list) {
    const file = join(work, 'nginx/nginx.conf');

    await each(list, WIDTH, row => visit(row, async () => {
        if (row.situation === 'without scripts') {
            row.js = false;
            await row.tab.send('Emulation.setScriptExecutionDisabled',
                               { value: true });
        }
        await choices(row);

        row.ready?.();
        await row.reloaded;
        row.parties = CHANGED;
        await finish(row);

    }), async all => {
        const text = readFileSync(file, 'utf8');

        writeFileSync(file, text.replace(table('shop', PARTIES),
                                         table('shop', CHANGED))
                                .replace('revision=0', 'revision=1'));
        edge.child.kill('SIGHUP');
        await all;
    });
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

    if (row.site === 'plain.example') {
        row.accepted = ALL;
    }

    await looks(row, url);

    for (const step of steps) {
        await choose(row, step);

        if (row.state.lapse === forgotten) {
            await settle(row, expected(row));
            parties_of(row.accepted).forEach(p => row.once.add(p));
        } else {
            await looks(row, url);
        }
    }
}


// What a lapse, or a new table, makes of them.

async function finish(row) {
    const { lapse, is } = row.state;

    if (lapse) {
        await lapse(row);
    }

    if (is) {
        await lapsed(row);
        await looks(row, `https://${row.id}.${row.site}/page`);
    }
}

async function lapsed(row) {
    const before = row.state.asks ? await jar(row) : [];

    row.accepted = row.is;
    row.void = row.state.asks;
    row.left = left(before.filter(c => /^\w+_/.test(c)), row.js !== false);
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

    await load(row, () => click(row, `document.querySelector('${
        set ? '#consent-set button:not([name])' : whole}')`));

    const names = async () => (await cookie(row))?.value.split('.')[3];
    const all = [ ...accepted ].sort().join('+') || '-';

    await until(async () => (await names())?.split('+').sort().join('+') === all,
                `choice of ${all}`);

    row.accepted = accepted;
    row.decided = true;
}


async function ago(row, more) {
    const c = await cookie(row);
    const value = c.value.split('.');

    value[1] = Math.floor(Date.now() / 1000) - LIFE - more;
    await row.tab.send('Network.setCookie', { ...c, partitionKey: undefined,
        value: value.join('.'), url: `https://${c.domain}/` });
}

async function forgotten(row) {
    await until(async () => !await cookie(row), 'end of the cookie',
                (SHORT + 3) * 1000);
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

        if (n >= 2 && !differ('', new Set(await jar(row)), at_last(row, want).jar))
        {
            break;
        }
    }

    await compare(row, want);
    parties_of(row.accepted, row.parties).forEach(p => row.once.add(p));
}

async function settle(row, want) {
    const heard = () => asks(row);

    await until(() => [ ...want.asks ].every(one => cached(one) || (row.again
                      && image(one)) || heard().has(one)), null);

    for (let n = -1; n !== heard_of(row).length;) {
        n = heard_of(row).length;
        await sleep(QUIET);
    }
}


/* What is seen. */

// What need not be asked for again: what the disk has, a connection that there
// is, and by the back button the images that Chromium has in memory.

const cached = one => /\/cached\.js$|^[^\/]*$/.test(one);

const image = one => /\.gif$|\/collect\//.test(one) && !/(fetch|beacon)\.gif$/.test(one);

const heard_of = row => [ ...row.heard.asks, ...row.trackers.heard(row.id) ];

const asks = row => new Set(heard_of(row));

function forget(row) {
    row.heard.asks.length = 0;
    row.heard.sent = new Set();
    row.trackers.heard(row.id).length = 0;
}

const cookie = async row => (await all_cookies(row)).find(
    c => c.name === 'consent');

const all_cookies = async row =>
    (await row.tab.send('Network.getAllCookies')).cookies;

// consent_sweep keeps count, where there was something to sweep

const swept = row => [ ...row.once ].some(
    p => !parties_of(row.accepted, row.parties).includes(p));

const jar = async row => (await all_cookies(row)).filter(
    c => c.name !== 'consent_swept' || !swept(row)).map(c => {
    const key = c.partitionKey?.topLevelSite ?? c.partitionKey ?? '';

    return `${c.name}@${c.domain.replace(`${row.id}.`, '')}`
           + (key && `^${new URL(key).hostname}`);
});

async function stored(row) {
    const keys = await row.tab.send('Runtime.evaluate', {
        expression: row.top && row.top !== row.site ? `new Promise(done => {
            onmessage = e => done(e.data);
            frames[0].postMessage(0, '*');
        })` : '[ Object.keys(localStorage), Object.keys(sessionStorage) ]',
        awaitPromise: true, returnByValue: true });

    return keys.result.value;
}


async function compare(row, want, wrong = null, how = '', whole = true) {
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
          whole ? differ('in the jar', new Set(await jar(row)), want.jar) : null,
          whole ? differ('sent to the backend', swept(row) ? new Set(
              [ ...row.heard.sent ].filter(c => c !== 'consent_swept'))
              : row.heard.sent, want.sent, () => row.again) : null,
          differ('in local storage', new Set(local), want.local),
          differ('in session storage', new Set(session), want.session),
          shown === banner ? null : `shown is "${shown}", not "${banner}"`);
}


// what is expected besides what the parties do

function at_last(row, want) {
    row.left?.forEach(c => want.jar.add(c));

    if (row.decided) {
        want.jar.add(`consent@${row.site}`);
        row.top || want.asks.size && want.sent.add('consent');
    }

    return want;
}


// may: what of it need not be there

function differ(what, is, want, may = () => false) {
    const more = [ ...is ].filter(one => !want.has(one)).sort();
    const less = [ ...want ].filter(one => !is.has(one) && !may(one)).sort();

    return more.length + less.length ? `${what}: ${[
        more.length && `too much ${more.join(' ')}`,
        less.length && `missing ${less.join(' ')}` ].filter(s => s)
        .join(', ')}` : null;
}


function check(name, ...wrong) {
    const found = wrong.filter(Boolean);

    if (found.length) {
        failed++;
        console.log(`not ok - ${name}:\n    ${found.join('\n    ')}`);
    } else {
        passed++;
        options.show && console.log(`ok - ${name}`);
    }
}


/* Acting on the browser. */

async function load(row, act) {
    const { tab } = row;

    tab.loaded = new Promise(done => { tab.load = done; });
    await act();

    // go() waits for another one
    if (!await Promise.race([ tab.loaded.then(() => true), sleep(PATIENCE) ])) {
        throw new Error('a page has not loaded');
    }
    await until(() => tab.evaluate('document.readyState === "complete"'),
                'whole page');
}

async function click(row, expression) {
    await row.tab.evaluate(`${expression}.click()`);
}

async function until(fact, what, most = PATIENCE) {
    for (const end = Date.now() + most; Date.now() < end; await sleep(25)) {
        if (await fact()) {
            return;
        }
    }

    if (what) {
        throw new Error(`no ${what}`);
    }
}


// meanwhile(all): once each has said that it is ready

async function each(list, width, act, meanwhile) {
    const left = [ ...list ];

    if (meanwhile) {
        let go;
        const reloaded = new Promise(done => { go = done; });
        const ready = list.map(row => new Promise(done => {
            row.ready = done;
            row.reloaded = reloaded;
        }));

        const all = Promise.all(list.map(act));

        await Promise.race([ Promise.all(ready), all ]);
        await meanwhile(sleep(1000).then(go));
        await all;
        return;
    }

    await Promise.all(Array.from({ length: width }, async () => {
        while (left.length) {
            await act(left.shift());
        }
    }));
}


/* The world. */

// ID.PARTY.example, before it what a connection alone is for

function hear(host, path) {
    const [ , early = '', id, rest ] =
        /^(early\.)?(r\d+)\.(\w+\.example)$/.exec(host) ?? [];

    // a connection is what a preconnect leaves; the browser has errands of its
    // own
    return id ? [ id, early + rest + path ]
              : [ /\.example$/.test(host) ? 'nobody' : 'browser', host ];
}

function body(host, path) {
    return /script\.js|cached\.js/.test(path) ? script(host)
         : /frame\.html/.test(path) ? '<!DOCTYPE html><img src=/inside.gif>'
         : '';
}


async function backend(port) {
    const server = http.createServer((req, res) => {
        const [ , id, site ] = /^(r\d+)\.(.*)$/.exec(req.headers.host) ?? [];
        const heard = origin_heard[id];
        const { pathname: path, search } = new URL(req.url, 'http://x');

        if (!heard || path === '/favicon.ico') {
            res.writeHead(404).end();
            return;
        }

        if (site === 'partner.example') {
            res.writeHead(200, { 'Content-Type': 'text/html' });
            res.end('<!DOCTYPE html><title>Partner</title><iframe src="https://'
                    + `${id}.${search.slice(1)}/page"></iframe>`);
            return;
        }

        (req.headers.cookie ?? '').split('; ').filter(Boolean).forEach(
            pair => heard.sent.add(pair.split('=')[0]));

        if (path.startsWith('/collect/')) {
            heard.asks.push(site + path);
            res.writeHead(204).end();

        } else if (path === '/app.js') {
            res.writeHead(200, { 'Content-Type': 'text/javascript',
                                 'Cache-Control': 'no-store' });
            res.end(app(id, site));

        } else if (path === '/hub') {
            res.writeHead(200, { 'Content-Type': 'text/html',
                                 'Cache-Control': 'no-cache' });
            res.end('<!DOCTYPE html><title>Hub</title><body><p>Hub');

        } else {
            const { html, headers } = page(id, site, {
                file: path === '/cached' ? 'cached' : 'plain',
                unload: path === '/unload' });
            const known = req.headers['if-none-match'] === '"1"';

            heard.pages++;
            res.writeHead(known ? 304 : 200, {
                ...headers, 'Content-Type': 'text/html', 'ETag': '"1"',
                'Cache-Control': path === '/cached' ? 'max-age=3600'
                                                    : 'no-cache' });
            res.end(known ? '' : html);
        }
    });

    await new Promise((good, bad) => {
        server.once('error', bad);
        server.listen(port, '127.0.0.1', good);
    });

    return { stop: () => {
        server.closeAllConnections();
        server.close();
    } };
}


function servers(port, origin, { key, cert }) {
    const server = (names, directives) => `
    server {
        listen 127.0.0.1:${port} ssl;
        server_name ${names};
        location / {
            proxy_set_header Host $host;
            proxy_pass http://127.0.0.1:${origin};
        }
        ${directives}
    }`;

    const shop = `
        consent shop;
        consent_banner on;
        consent_guard on;
        consent_placeholder on;
        consent_sweep on;
        consent_lifetime clamp;
        location /consent/ { consent_pages; }`;

    return `
    ssl_certificate ${cert};
    ssl_certificate_key ${key};
    consent_ui ${CONF}/ui;
    consent_field controller "Shop Ltd";
    consent_field address "1 Example Street, Dublin";
    consent_field contact "privacy@shop.example";
    consent_field authority "Data Protection Commission, Dublin";
    ${table('shop', PARTIES)}
    ${server('*.plain.example *.partner.example', '')}
    ${server('*.shop.example', shop)}
    ${server('*.short.example',
             shop + `consent_source cookie max_age=${SHORT}s;`)}
    ${server('*.revised.example',
             shop + 'consent_source cookie revision=0;')}`;
}


// a timer that nobody waits for any more must not keep us
process.exit(await main());
