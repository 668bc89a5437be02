#!/usr/bin/env node

// A browser with a warm cache: cache.mjs MODULE WORK [--only=RE] [--show]
//
// One visitor changes his choice again and again, and looks at pages of every
// kind of cacheability by every way that there is to look at a page: whatever
// Chromium has kept, what is shown and what is asked for are those of the
// present choice.  And the caching is kept: nginx is asked again with a
// validator, answers 304 where grant and page are what they were at the last
// answer and 200 where they are not, or the page comes out of the cache.
//
//   --only=RE  the pages whose path matches
//   --show     print what was asked and answered
//   --times    print where the time went

import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CHOICES, nginx } from '../http/lib/stack.mjs';
import { Chromium } from './lib/chromium.mjs';
import { check, differ, each, options, program, sleep, timed, until, wanted }
    from './lib/frame.mjs';
import { choice, ports } from './lib/nginx.mjs';
import { Sink } from './lib/sink.mjs';

// how long a page is watched after it came
const SETTLE = 150;

const ALL = CHOICES.accepted;
const HOSTS = { performance: 'metrics', advertising: 'tracker',
                sharing: 'share' };

// how long a browser may keep a page, and what nginx says of it; heuristic:
// nothing, so that it guesses by the date; kept: it need not ask again
const KINDS = {
    heuristic: { words: '', kept: true },
    fresh:     { words: 'add_header Cache-Control max-age=3600;', kept: true },
    immutable: { words: 'add_header Cache-Control "max-age=3600, immutable";',
                 kept: true },
    checked:   { words: 'add_header Cache-Control no-cache;' },
    dated:     { words: 'add_header Cache-Control no-cache; etag off;' },
    tagged:    { words: 'add_header Cache-Control no-cache;'
                        + ' add_header Last-Modified "";' },
    strict:    { words: 'add_header Cache-Control max-age=3600;', kept: true },
};

// the kinds' pages: from where, and what caches are told
const PLACES = [ [ 'static', 'vary' ], [ 'proxied', 'private' ] ];


function make_pages(files, port) {
    const old = Date.now() / 1000 - 30 * 86400;
    const pages = [];

    const write = (name, text) => {
        const file = join(files, name);
        writeFileSync(file, text);
        utimesSync(file, old, old);
    };

    write('hub.html', '<!DOCTYPE html><title>hub</title><p>hub</p>');

    for (const [ kind, { kept } ] of Object.entries(KINDS)) {
        for (const [ from, told ] of PLACES) {
            const id = `c${pages.length + 1}`;
            const path = `/${from}/${kind}/${id}.html`;

            write(`${id}.html`, `<!DOCTYPE html><title>${id}</title>
<script>onpageshow = e => { window.persisted = e.persisted }</script>
<script src="http://${id}.metrics.example/m.js"></script>
<p>${id}</p>
<img src="http://${id}.tracker.example/t.gif">
<iframe src="http://${id}.share.example/s.html"></iframe>
`);
            pages.push({ id, kind, from, told, kept, path, views: 0,
                         url: `http://127.0.0.1:${port[told]}${path}`,
                         hub: `http://127.0.0.1:${port[told]}/hub.html` });
        }
    }

    return pages.filter(page => wanted(page.path));
}


function servers(files, origin, port) {
    const kinds = (from, words) => Object.entries(KINDS).map(
        ([ kind, { words: own } ]) => `
        location /${from}/${kind}/ {
            alias ${files}/;
            ${own}
            ${words(kind)}
        }`).join('');

    const strict = kind => kind === 'strict'
                           ? 'consent_gpc strict advertising sharing;' : '';

    const front = told => `
    server {
        listen 127.0.0.1:${port[told]};
        consent site;
        consent_downstream ${told};
        location = /favicon.ico { return 204; }
        location = /hub.html {
            alias ${files}/hub.html;
            add_header Cache-Control no-store;
        }
        ${kinds('static', strict)}
        location /proxied/ { proxy_pass http://127.0.0.1:${origin}; }
        location /proxied/strict/ {
            ${strict('strict')}
            proxy_pass http://127.0.0.1:${origin};
        }
        location /consent/ { consent_pages; }
    }`;

    return `
    server {
        listen 127.0.0.1:${origin};
        access_log off;
        ${kinds('proxied', () => '')}
    }
    ${front('vary')}
    ${front('private')}`;
}


// What a visitor has granted a page.

const granted = (kind, accepted, gpc) =>
    kind === 'strict' && gpc ? accepted.filter(c => c === 'performance')
                             : accepted;

// the choice in a cookie of the log
const chosen = cookie => (/\bconsent=1\.\d+\.\d+\.([^.;]+)/.exec(cookie)?.[1]
                          ?? '').split('+').filter(c => ALL.includes(c));


// The ways to look at a page.  Each returns its HTML.  still: it is not
// rendered, so that nothing is asked for; again: Chromium has the images in
// memory, and frames in its history, see WHOLE.

const WAYS = {
    'its address': async (tab, page) => {
        await tab.visit(page.url);
        return html(tab);
    },

    'a link': async (tab, page) => {
        await tab.visit(page.hub);
        await tab.loads(() => click(tab, page.path));
        return html(tab);
    },

    'reload': async (tab, page) => {
        await at(tab, page);
        await tab.loads(() => tab.send('Page.reload'));
        return html(tab);
    },

    'back': async (tab, page) => {
        await at(tab, page);
        page.heard(true);
        await tab.loads(() => click(tab, '/hub.html'));
        await tab.loads(() => history(tab, 'back'));
        return html(tab);
    },

    'forward': async (tab, page) => {
        await tab.visit(page.hub);
        await tab.loads(() => click(tab, page.path));
        await tab.loads(() => history(tab, 'back'));
        page.heard(true);
        await tab.loads(() => history(tab, 'forward'));
        return html(tab);
    },

    'an iframe': async (tab, page) => {
        await tab.visit(page.hub);
        return tab.run(`new Promise(done => {
            const f = document.createElement('iframe');
            f.src = '${page.path}';
            f.onload = () =>
                done(f.contentDocument.documentElement.outerHTML);
            document.body.append(f);
        })`);
    },
};

WAYS.back.again = WAYS.forward.again = true;

for (const cache of [ 'default', 'no-cache', 'force-cache' ]) {
    WAYS[`fetch, ${cache}`] = async (tab, page) => {
        await tab.visit(page.hub);
        return tab.run(`fetch('${page.path}', { cache: '${cache}' })
                           .then(r => r.text())`);
    };
    WAYS[`fetch, ${cache}`].still = true;
}

const html = tab => tab.evaluate('document.documentElement.outerHTML');

const click = (tab, path) => tab.act(`(() => {
    const a = document.createElement('a');
    a.href = '${path}';
    document.body.append(a);
    a.click();
})()`);

const history = (tab, way) => tab.act(`history.${way}()`);

// the page as it was left, whatever was chosen since: nothing is loaded

async function at(tab, page) {
    if (await tab.evaluate('location.href') !== page.url) {
        await tab.visit(page.url);
    }
}

// The choices one after another, and how each is made.

const STEPS = [
    { name: 'nobody has chosen', to: [] },
    { name: 'accept all', to: ALL, by: post },
    { name: 'refuse, by a form', to: [], by: form },
    { name: 'performance only, by a script', to: [ 'performance' ],
      by: script },
    { name: 'accept all, by a script', to: ALL, by: script },
    { name: 'Sec-GPC', to: ALL, gpc: true },
    { name: 'withdraw under Sec-GPC', to: [], by: post, gpc: true },
    { name: 'no Sec-GPC', to: [] },
    { name: 'accept all at last', to: ALL, by: post },
    { name: 'withdraw', to: [], by: post },
];

const WAYS_A_STEP = 2;


async function post(tab, to) {
    const body = `accept=${to.join('&accept=') || 'none'}`;
    const status = await tab.run(`fetch('/consent/choice', {
        method: 'POST', body: '${body}', headers: { 'Content-Type':
        'application/x-www-form-urlencoded' } }).then(r => r.status)`);

    // led back to the page that asked
    if (status !== 200) {
        throw new Error(`status ${status} for a choice`);
    }
}


async function form(tab, to) {
    const inputs = (to.length ? to : [ 'none' ]).map(
        c => `<input name=accept value=${c}>`).join('');

    await tab.loads(() => tab.act(`(() => {
        document.body.innerHTML = '<form method=post action=/consent/choice>'
            + '${inputs}<input name=return value=/hub.html></form>';
        document.forms[0].submit();
    })()`));
}


// The module's own cookie is HttpOnly: this one is as a script's.

async function script(tab, to) {
    await tab.send('Network.deleteCookies', {
        name: 'consent', url: await tab.evaluate('location.href') });
    await tab.evaluate(
        `document.cookie = 'consent=${choice(to, 0)}; path=/'`);
}


async function changes({ work, keep, pages, server, sink, heard, port }) {
    const folder = join(work, 'changes');
    mkdirSync(folder);

    // or else "back" would show what kept_whole() is about
    const browser = await keep(Chromium.start(folder, {
        sink, flags: [ '--disable-features=BackForwardCache,OptimizationHints,'
                       + 'MediaRouter,Translate' ] }));
    const hub = await browser.tab();
    await hub.visit(pages[0].hub);

    for (const page of pages) {
        page.tab = await browser.tab();
        page.heard = listen(heard, page);
    }

    const ways = Object.keys(WAYS);

    for (const [ n, step ] of STEPS.entries()) {
        for (const { tab } of [ { tab: hub }, ...pages ]) {
            await tab.send('Network.enable');
            await tab.send('Network.setExtraHTTPHeaders',
                           { headers: step.gpc ? { 'Sec-GPC': '1' } : {} });
        }

        if (step.by) {
            await step.by(hub, step.to);
        }

        await timed(step.name, () => each(pages, 6, async page => {
            const i = pages.indexOf(page);

            for (let w = 0; w < WAYS_A_STEP; w++) {
                // every way is once the first after a change
                const way = ways[(n * WAYS_A_STEP + w + i) % ways.length];
                const name = `${page.path}, ${page.told}: ${step.name},`
                             + ` by ${way}`;
                try {
                    await look(page, way, name, granted(page.kind, step.to,
                                                        step.gpc));
                } catch (error) {
                    check(name, error.message);
                }
            }
        }));
    }

    // what was answered before that is in the log
    await hub.visit(pages[0].hub);

    for (const page of pages) {
        answers(page, server.log().filter(r => r.port === port[page.told]));
    }
}


// what a page asks since it was last asked for

function listen(heard, page) {
    let from = heard.length;

    return () => {
        const all = heard.slice(from).filter(
            r => r.host.startsWith(`${page.id}.`));
        from = heard.length;

        return Object.keys(HOSTS).filter(
            c => all.some(r => r.host.includes(`.${HOSTS[c]}.`)));
    };
}


async function look(page, way, name, due) {
    page.heard();
    const text = await WAYS[way](page.tab, page);
    const asked = page.heard();
    page.views++;

    const shown = categories(page, text);

    const good = WAYS[way].still ? asked.length === 0
        : WAYS[way].again ? asked.every(c => c === 'sharing'
                                             || due.includes(c))
        : asked.join() === due.join();

    check(name, text.includes(`<p>${page.id}</p>`) ? null : 'not the page',
          differ('shown', shown, due),
          good ? null : `asked is "${asked.join()}", not "${due.join()}"`);
}


const categories = ({ id }, text) => Object.keys(HOSTS).filter(
    c => text.includes(` src="http://${id}.${HOSTS[c]}.example/`));

// What nginx has answered: 304 where the grant is that of the last answer, 200
// where it is not, or the cache was cleared; and few enough of both.  A document
// in a frame has a cache entry of its own.

function answers(page, log) {
    const count = { 200: 0, 304: 0 };
    const name = `${page.path}, ${page.told}`;
    let last = {};

    for (const r of log) {
        if (r.clear) {
            last = {};
        }

        if (r.path !== page.path) {
            continue;
        }

        const entry = r.dest === 'iframe' ? 'frame' : 'page';
        const grant = granted(page.kind, chosen(r.cookie), r.gpc).join();
        const status = last[entry] === grant ? 304 : 200;

        last[entry] = grant;
        count[r.status]++;

        if (options.show) {
            console.log(page.path, r.dest, r.status, r.none, r.since, '->',
                        r.etag, grant);
        }

        check(`${name}: "${grant}", ${entry}: ${status}`,
              r.status === status ? null : `the status is ${r.status}`);
    }

    const hits = page.views - count[200] - count[304];

    check(`${name}: 304s`, count[304] > 0 ? null : 'there are none');
    check(`${name}: pages out of the cache`,
          !page.kept || hits > 0 ? null : 'there are none');

    if (options.times) {
        console.log(`${name}: ${page.views} views, ${count[200]} of 200,`
                    + ` ${count[304]} of 304`);
    }
}


// What Chromium keeps whole: a page that was left, for the back button, and one
// that was fetched ahead.  It asks nobody when it shows it, whatever Vary says.
// Who takes something back at /consent/choice is safe from both.  What is not
// helped is listed too, so that a browser in which it is otherwise is noticed.
//
// shown: the trackers in the page; asked: what is asked for when it comes, if
// that is not what is shown; kept: it is the one that was left

const WHOLE = [
    { name: 'back, where nothing has changed, is the page that was kept',
      from: ALL, to: ALL, way: leave, shown: ALL, asked: [], kept: true },
    { name: 'a page fetched ahead of a withdrawal', from: ALL, to: [], by: post,
      way: ahead('prefetch'), shown: [] },
    { name: 'a page rendered ahead of a withdrawal', from: ALL, to: [],
      by: post, way: ahead('prerender'), shown: [] },

    // Back to a page that is loaded anew, Chromium gives a frame the address
    // that the one of its name, or its number, had before: a frame that is
    // held back is asked for all the same.
    { name: 'back after a withdrawal', from: ALL, to: [], by: post,
      way: leave, shown: [], asked: [ 'sharing' ], kept: false },
    { name: 'back after a withdrawal by a form', from: ALL, to: [], by: form,
      way: leave, shown: [], asked: [ 'sharing' ], kept: false },
    { name: 'back after one of two was taken back', from: ALL,
      to: [ 'performance' ], by: post, way: leave, shown: [ 'performance' ],
      asked: [ 'performance', 'sharing' ], kept: false },

    // nobody has told the browser to forget it
    { name: 'back after accepting is the page as it was left', from: [],
      to: ALL, by: post, way: leave, shown: [], kept: true },
    { name: 'back after a withdrawal that a script has written is the page as'
            + ' it was left', from: ALL, to: [], by: script, way: leave,
      shown: ALL, asked: [], kept: true },
    { name: 'a page fetched ahead of a withdrawal that a script has written is'
            + ' that page', from: ALL, to: [], by: script,
      way: ahead('prefetch'), shown: ALL },
];


// the page was there before the choice changed, and is gone back to

async function leave(tab, page, change) {
    await tab.loads(() => click(tab, page.path));
    await tab.loads(() => click(tab, '/hub.html'));
    await change();

    const entries = await tab.send('Page.getNavigationHistory');
    const entry = entries.entries.findLast(e => e.url === page.url);
    const came = heard_of(tab, 'Page.frameNavigated');

    await tab.send('Page.navigateToHistoryEntry', { entryId: entry.id });
    await came();
}


// the page was fetched before the choice changed, and is gone to by a link

function ahead(action) {
    return async (tab, page, change, asked) => {
        await tab.evaluate(`(() => {
            const rules = document.createElement('script');
            rules.type = 'speculationrules';
            rules.textContent = JSON.stringify({ ${action}: [ { source: 'list',
                urls: [ '${page.path}' ], eagerness: 'immediate' } ] });
            document.head.append(rules);
        })()`);
        await asked();
        await change();

        const came = heard_of(tab, 'Page.frameNavigated');
        await click(tab, page.path);
        await came();
    };
}


// a function that waits for an event from now on

function heard_of(tab, event) {
    tab.wanted.add(event);
    tab.events = [];

    return async () => {
        await until(() => tab.events.some(e => !e.params.frame.parentId),
                    event);
        await until(() => tab.evaluate('document.readyState === "complete"'),
                    'whole page');
        await sleep(SETTLE);
    };
}

async function kept_whole({ work, keep, pages, server, sink, heard }) {
    const folder = join(work, 'whole');
    mkdirSync(folder);

    const browser = await keep(Chromium.start(folder, { sink }));
    const page = pages.find(p => p.kind === 'checked' && p.from === 'static');

    for (const row of page ? WHOLE : []) {
        const tab = await browser.tab();
        page.heard = listen(heard, page);

        try {
            await tab.visit(page.hub);
            await tab.send('Network.enable');
            await post(tab, row.from);

            const before = server.log().length;
            const change = async () => {
                await row.by?.(tab, row.to);
                page.heard();
            };
            const fetched = () => until(() => server.log().slice(before).some(
                r => r.path === page.path), 'fetching ahead');

            await row.way(tab, page, change, fetched);

            const text = await html(tab);
            const asked = page.heard();
            const kept = await tab.evaluate('window.persisted === true');
            check(row.name,
                  text.includes(`<p>${page.id}</p>`) ? null : 'not the page',
                  differ('shown', categories(page, text), row.shown),
                  differ('asked', asked, row.asked ?? row.shown),
                  row.kept === undefined || kept === row.kept ? null
                  : `kept whole is ${kept}`);

        } catch (error) {
            check(row.name, error.message);
        }

        await tab.close();
    }
}


await program('MODULE WORK', async ({ module, work, keep }) => {
    const [ origin, vary, private_, sink ] = await ports(4);
    const port = { vary, private: private_ };
    const files = join(work, 'files');
    const heard = [];

    mkdirSync(files);

    const pages = make_pages(files, port);
    const server = await keep(nginx(work, module, vary,
                                    servers(files, origin, port)));
    const world = { work, keep, pages, server, sink, heard, port };

    await keep(Sink.start(work, sink, r => heard.push(r)));
    await changes(world);
    await kept_whole(world);
});
