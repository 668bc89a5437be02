#!/usr/bin/env node

// Real pages: pages.mjs MODULE WORK DATA [--only=RE] [--list]
//
// DATA has pages/ and vendors/.  Each page is loaded four times: raw and
// filtered, without scripts and with them; every host is a sink.  Filtered and
// without scripts, whatever is asked comes from markup or a style sheet, and
// nothing refused may be.  With scripts, what those do that no row marks is
// listed page by page in pages-scripts.tsv.  The text is the same, there is no
// error that the raw page has not but those in pages-console.tsv, and who has
// accepted everything gets the bytes of the origin.
//
//   --only=RE  the pages whose path matches
//   --report   in report mode: what has anything refused must fail
//   --list     print the rows for pages-scripts.tsv and pages-console.tsv

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync }
    from 'node:fs';
import { join } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { check, options, program, sleep, until, wanted } from './lib/frame.mjs';
import { CATEGORIES, ROOT, choice, ports } from './lib/nginx.mjs';
import { read_rows, row_of } from './lib/rows.mjs';
import { Server } from './lib/server.mjs';
import { Sink } from './lib/sink.mjs';

// how long a page is waited for that may never have loaded, how long it is
// watched when it has, and how long nothing more must come when it is closed
const LOAD = 15000, SETTLE = 1200, DRAIN = 300;

// what the browser asks for itself
const OWN = new RegExp('^((update|optimizationguide-pa)\\.googleapis\\.com(/|$)'
                       + '|clients2\\.google\\.com(/|$)'
                       + '|accounts\\.google\\.com/ListAccounts\\?)');

const ALL = [ 'performance', 'advertising', 'sharing' ];

let listed = 0;


function table(rows) {
    return `consent_table pages {
    ${CATEGORIES}
${rows}
}
`;
}


function unpack(work, data) {
    const from = join(work, 'pages');

    mkdirSync(from, { recursive: true });
    execFileSync('tar', [ '-C', from, '-xf',
                          join(data, 'pages/pages.tar.xz') ]);

    return walk(from).sort().filter(wanted)
        .map((path, i) => {
            const name = `p${i + 1}`;
            copyFileSync(join(from, path), join(work, 'files', name));

            // what a browser guesses depends on when the bytes come
            const type = /charset/i.test(readFileSync(join(from, path))
                .subarray(0, 1024).toString('latin1')) ? 0 : 1;

            return { path, name, type, seen: {}, wrong: [] };
        });
}


function walk(folder, under = '') {
    return readdirSync(join(folder, under), { withFileTypes: true }).flatMap(
        e => e.isDirectory() ? walk(folder, join(under, e.name))
                             : [ join(under, e.name) ]);
}


async function check_bytes(server, page) {
    const cookie = `consent=${choice(ALL)}`;
    const path = `/t0p0/${page.name}`;
    const raw = await server.get('raw', path);
    const out = await server.get('filtered', path);

    if (!raw.equals(await server.get('filtered', path, { Cookie: cookie }))) {
        page.wrong.push('changed although everything is accepted');
    }

    if (!raw.equals(await server.get('report', path))) {
        page.wrong.push('changed in report mode');
    }

    for (const n of [ 7, 4096 ]) {
        if (!out.equals(await server.get('filtered', `/t0p${n}/${page.name}`)))
        {
            page.wrong.push(`other bytes in pieces of ${n}`);
        }
    }

    for (const kind of [ 'filtered', 'remove' ]) {
        const once = await server.get(kind, path);
        writeFileSync(join(server.files, 'again'), once);

        if (!once.equals(await server.get(kind, '/t0p0/again'))) {
            page.wrong.push(`changed again (${kind})`);
        }
    }
}


// a browser and a sink for one way to look at the pages

async function start(work, keep, way, n) {
    const folder = join(work,
                        `${way.kind}-${way.scripts ? 'scripts' : 'markup'}`);
    const [ port ] = await ports(1, 10 + n);

    mkdirSync(folder);
    way.requests = [];

    const sink = await keep(Sink.start(folder, port, r => {
        if (!OWN.test(r.host + (r.path ?? ''))) {
            way.requests.push(r);
        }
    }));

    way.browser = await keep(Chromium.start(folder, { sink: sink.port }));
}


// One page at a time: what the sink hears is the page's.

async function visit(server, on, page) {
    const tab = await on.browser.tab();
    on.requests = [];

    for (const event of [ 'Runtime.exceptionThrown', 'Log.entryAdded',
                          'Network.requestWillBeSent' ])
    {
        tab.wanted.add(event);
    }

    await tab.send('Network.enable');

    if (on.scripts) {
        await tab.send('Runtime.enable');
        await tab.send('Log.enable');
    } else {
        await tab.send('Emulation.setScriptExecutionDisabled', { value: true });
    }

    const kind = options.report && on.kind === 'filtered' ? 'report' : on.kind;
    await tab.go(server.url(kind, `/t${page.type}p0/${page.name}`));
    await Promise.race([ tab.loaded, sleep(LOAD) ]);
    await sleep(SETTLE);

    // a page that a busy machine has not read to its end has no text yet
    await until(async () => await tab.evaluate('document.readyState')
                            !== 'loading');

    // on a busy machine it asks later, and errs later
    if (on.kind === 'raw' && on.scripts) {
        const errors = await page.errors;

        await until(() => errors.every(
            text => events(tab.events).errors.has(text)));
    }

    if (on.kind === 'filtered' && !on.scripts) {
        const hosts = await page.due;

        await until(() => hosts.every(
            host => on.requests.some(r => r.host === host)));
    }

    const text = on.scripts ? null : await tab.evaluate(`(() => {
        const walk = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
        let text = '';
        while (walk.nextNode()) {
            if (!/^style$/i.test(walk.currentNode.parentNode.nodeName)) {
                text += walk.currentNode.data;
            }
        }
        return text;
    })()`);

    await tab.close();

    // what comes later would be the next page's
    for (let n = -1; n !== on.requests.length;) {
        n = on.requests.length;
        await sleep(DRAIN);
    }

    return { requests: on.requests, text, ...events(tab.events) };
}


function events(list) {
    const errors = new Set(), initiators = new Map();

    for (const { method, params } of list) {
        if (method === 'Runtime.exceptionThrown') {
            const d = params.exceptionDetails;
            errors.add(error(d.exception?.description ?? d.text));

        } else if (method === 'Log.entryAdded'
                   && params.entry.level === 'error')
        {
            errors.add(error(params.entry.text));

        } else if (method === 'Network.requestWillBeSent') {
            initiators.set(params.request.url.replace(/#.*/s, ''),
                           params.initiator.type);
        }
    }

    return { errors, initiators };
}


// the first line, without what differs between two servers

function error(text) {
    return text.split('\n')[0].replace(/127\.0\.0\.1:\d+/g, 'HOST')
        .replace(/\s+/g, ' ').slice(0, 160);
}


// the hosts of what nobody refuses

const due = (rows, requests) => [ ...new Set(requests.filter(r => {
    const row = row_of(rows, r);
    return r.path !== undefined && (!row || row.categories[0] === 'essential');
}).map(r => r.host)) ];


function judge(page, rows, scripts, console_) {
    const { rawfalse, rawtrue, filteredfalse, filteredtrue } = page.seen;

    const refused = requests => requests.filter(r => {
        const row = row_of(rows, r);
        return row && row.categories[0] !== 'essential'
               // a connection tells a path from nothing
               && (r.path !== undefined || row.length === 0);
    });

    page.raw = new Set(refused(rawfalse.requests).map(r => r.host)).size;
    page.scripted = new Set(refused(rawtrue.requests).map(r => r.host)).size;

    for (const r of refused(filteredfalse.requests)) {
        page.wrong.push(`markup asks ${r.host}${r.path ?? ''}`.slice(0, 200));
    }

    const hosts = new Map();
    for (const r of refused(filteredtrue.requests)) {
        hosts.set(r.host, r);
    }

    for (const [ host, r ] of hosts) {
        if (scripts.has(`${page.path}\t${host}`)) {
            listed++;
            continue;
        }

        const why = [ ...filteredtrue.initiators ].filter(
            ([ url ]) => url.includes(`//${host}`)).map(([ , type ]) => type);

        page.wrong.push(
            `with scripts, asks ${host}${r.path ?? ''}`.slice(0, 200)
            + ` (${[ ...new Set(why) ].join(' ') || 'unknown'})`);
        if (options.list) {
            console.log(`pages-scripts.tsv\t${page.path}\t${host}`);
        }
    }

    for (const text of filteredtrue.errors) {
        if (rawtrue.errors.has(text)) {
            continue;
        }
        if (console_.has(`${page.path}\t${text}`)) {
            listed++;
            continue;
        }
        page.wrong.push(`an error that the raw page has not: ${text}`);
        if (options.list) {
            console.log(`pages-console.tsv\t${page.path}\t${text}`);
        }
    }

    if (rawfalse.text !== filteredfalse.text || !rawfalse.text) {
        page.wrong.push('another text: '
                        + difference(rawfalse.text, filteredfalse.text));
    }

    const got = new Set(filteredfalse.requests.map(r => r.host));
    const lost = due(rows, rawfalse.requests).filter(host => !got.has(host));

    if (lost.length) {
        page.wrong.push(`no longer asks ${lost.join(', ')}`);
    }

    check(page.path, ...page.wrong);
}


function difference(a, b) {
    let i = 0;
    while (i < a?.length && a[i] === b?.[i]) {
        i++;
    }
    return `${JSON.stringify(a?.slice(i - 20, i + 60))} is `
           + JSON.stringify(b?.slice(i - 20, i + 60));
}


// path, what, and a third column that says why

function list(file) {
    try {
        return new Set(readFileSync(`${ROOT}t/browser/${file}`, 'utf8').split('\n')
            .filter(line => line && !line.startsWith('#'))
            .map(line => line.split('\t').slice(0, 2).join('\t')));
    } catch {
        return new Set();
    }
}


await program('MODULE WORK DATA', async ({ module, work, data, keep }) => {
    const rows = execFileSync('perl', [
        `${ROOT}t/pages_table.pl`, join(data, 'vendors/seed-vendors.tsv'),
        join(data, 'vendors/extra-vendors.tsv') ]).toString();

    mkdirSync(join(work, 'files'));

    const pages = unpack(work, data);
    const server = await keep(Server.start(work, module, table(rows), {
        name: 'pages', types: [ 'text/html', 'text/html; charset=utf-8' ],
        pieces: [ 7, 4096 ] }));

    for (const page of pages) {
        await check_bytes(server, page);
    }

    const visits = [ 'raw', 'filtered' ].flatMap(kind =>
        [ false, true ].map(scripts => ({ kind, scripts })));

    const url = read_rows(rows);
    const scripts = list('pages-scripts.tsv');
    const console_ = list('pages-console.tsv');

    for (const page of pages) {
        page.due = new Promise(done => { page.asks = done; });
        page.errors = new Promise(done => { page.errs = done; });
    }

    await Promise.all(visits.map(async (v, n) => {
        await start(work, keep, v, n);

        for (const page of pages) {
            const seen = await visit(server, v, page);

            page.seen[v.kind + v.scripts] = seen;

            if (v.kind === 'raw' && !v.scripts) {
                page.asks(due(url, seen.requests));
            }

            if (v.kind === 'filtered' && v.scripts) {
                page.errs([ ...seen.errors ].filter(
                    text => !console_.has(`${page.path}\t${text}`)));
            }
        }
    }));

    for (const page of pages) {
        judge(page, url, scripts, console_);
    }

    // a test that sees nothing raw would see nothing filtered
    const sum = what => pages.reduce((n, page) => n + page[what], 0);

    check('the raw pages ask enough refused hosts to prove anything',
          !options.only && sum('raw') < 3 * pages.length && 'too few');

    console.log(`raw, markup asks ${sum('raw')} refused hosts on `
                + `${pages.filter(p => p.raw).length} pages, with scripts `
                + `${sum('scripted')} on `
                + `${pages.filter(p => p.scripted).length}`);
    console.log(`${pages.length} pages, ${listed} things listed that scripts`
                + ' of theirs do');
});
