#!/usr/bin/env node

// The differential test: run.mjs MODULE WORK [OPTION...]
//
// Each case is a page that makes Chromium ask a refused host, or one that only
// looks as if it did.  It is served raw, and through the module to a visitor
// who has accepted nothing.  What counts is what the browser asks for: raw it
// must ask the refused host (else the case proves nothing), filtered it must
// not, and what is to be kept it must ask for both times.
//
//   --only=RE     the cases whose file or name matches
//   --report      serve in report mode: every case must fail
//   --remove      the whole test with consent_tags remove
//   --bytes       no browser, only what can be told from the bytes
//   --jobs=N      tabs at once, 6 by default
//   --show        print what the module made of the failed ones
//   --times       where the time went

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { bytes } from './lib/case.mjs';
import { Chromium } from './lib/chromium.mjs';
import { PATIENCE, check, each, options, program, sleep, timed, until,
         wanted } from './lib/frame.mjs';
import { ROOT, choice, ports } from './lib/nginx.mjs';
import { Server } from './lib/server.mjs';
import { Sink } from './lib/sink.mjs';
import { case_of, kept, refused, TABLE } from './lib/table.mjs';

// how long a page is waited for that may never have loaded, a raw one that asks
// for nothing, and how long a filtered one is watched: never shorter than twice
// what the raw took
const LOAD = 5000, RAW = 2500, SETTLE = 400;

// sizes of buffers for "the same bytes however they are cut"
const PIECES = [ 1, 7, 61 ];

// in report mode the page is the origin's: every so many cases are looked at
const SAMPLE = 25;

const ALL = [ 'performance', 'advertising', 'sharing' ];
const DOCUMENTS = 'consent_types text/html application/xhtml+xml'
                  + ' application/xml text/xml image/svg+xml text/css;';

// cases/*.mjs, numbered, and their files written down

async function read_cases(work) {
    const here = `${ROOT}t/browser/cases`;
    const cases = [], types = [], names = new Set();

    for (const file of readdirSync(here).sort()) {
        const list = (await import(join(here, file))).default;

        for (const c of list) {
            c.file = file.replace('.mjs', '');
            c.title = `${c.file}: ${c.name}`;
            c.id = `c${cases.length + 1}`;
            c.wrong = [];

            if (names.has(c.title)) {
                throw new Error(`two cases are named "${c.title}"`);
            }
            names.add(c.title);
            cases.push(c);
        }
    }

    const chosen = cases.filter(c => wanted(c.title));

    for (const c of chosen) {
        const type = c.type ?? 'text/html; charset=utf-8';

        if (!types.includes(type)) {
            types.push(type);
        }

        c.at = n => `/t${types.indexOf(type)}p${n}/${c.id}/`;

        const folder = join(work, 'files', c.id);
        mkdirSync(folder, { recursive: true });

        c.names = [ 'page', ...Object.keys(c.files ?? {}) ];

        for (const name of c.names) {
            writeFileSync(join(folder, name),
                          name === 'page' ? bytes(c.page, c.id, c.as)
                                          : bytes(c.files[name], c.id));
        }
    }

    return { cases: chosen, types };
}


// What can be told without a browser: nothing is changed in report mode, for
// who has accepted everything, and in a page that only looks like a case; the
// pieces that a page comes in do not matter, and neither does a second time.

async function check_bytes(server, c) {
    const cookie = `consent=${choice(ALL, 0)}`;
    const kind = served(c);

    for (const name of c.names) {
        const path = c.at(0) + name;
        const raw = await server.get('raw', path);
        const out = await server.get(kind, path);
        const of = name === 'page' ? '' : ` (${name})`;

        if (name === 'page') {
            c.filtered = out;
        }

        if (!raw.equals(await server.get('report', path))) {
            fail(c, `changed in report mode${of}`);
        }

        if (!raw.equals(await server.get(kind, path, { Cookie: cookie }))) {
            fail(c, `changed although everything is accepted${of}`);
        }

        if (c.kind === 'same' && !raw.equals(out)) {
            fail(c, `changed${of}: ${difference(raw, out)}`);
        }

        for (const n of PIECES) {
            if (!out.equals(await server.get(kind, c.at(n) + name))) {
                fail(c, `other bytes in pieces of ${n}${of}`);
            }
        }

        const again = name.replace(/(\.|$)/, '-again$1');
        writeFileSync(join(server.files, c.id, again), out);

        const twice = await server.get(kind, c.at(0) + again);
        if (!out.equals(twice)) {
            fail(c, `changed again${of}: ${difference(out, twice)}`);
        }
    }
}


function served(c) {
    return options.report ? 'report'
         : options.remove || c.tags === 'remove' ? 'remove' : 'filtered';
}


async function browse(world, server, cases) {
    const looks = cases.filter(c => !c.log);
    const sample = looks.filter(c => c.kind === 'loads' && !c.void)
                        .filter((c, i) => i % SAMPLE === 0);
    const jobs = Number(options.jobs ?? 6);

    const raw = await side(world, 'raw', 0);
    const filtered = await side(world, 'filtered', 1);

    await timed('pages', () => each(looks, jobs, async c => {
        const path = c.at(c.pieces ?? 0) + 'page';

        await visit(raw, c, server.url('raw', path),
                    c.kind === 'same' ? SETTLE : 0);
        c.due = raw.of(c).filter(kept);

        // what looks like a case is the same bytes filtered, or fails
        if (c.kind === 'loads' && !c.void) {
            await visit(filtered, c, server.url(served(c), path),
                        Math.max(SETTLE, 2 * c.took));
        }
    }));

    // what has just been sent must be read
    await sleep(SETTLE);

    for (const c of looks) {
        judge(c, raw.of(c), filtered.of(c));
    }

    // what reports only must leak, or this test sees nothing

    if (!options.report) {
        const reporting = await side(world, 'report', 2);

        await each(sample, jobs, c => visit(
            reporting, c, server.url('report', c.at(0) + 'page'), 0));

        await sleep(SETTLE);

        for (const c of sample) {
            if (!reporting.of(c).some(refused)) {
                fail(c, 'asks no refused host in report mode');
            }
        }
    }

    await look_ups(world, server, cases.filter(c => c.log));
}


// a browser and the sink of its own that all its hosts are; pages of a site may
// share a process, of which a new one costs more than most cases

async function side({ work, keep }, name, n) {
    const folder = join(work, name);
    const seen = new Map();
    const [ port ] = await ports(1, 10 + n);

    mkdirSync(folder);

    const sink = await keep(Sink.start(folder, port, request => {
        const id = case_of(request);
        seen.has(id) || seen.set(id, []);
        seen.get(id).push(request);
    }));

    return { browser: await keep(Chromium.start(folder, {
                 sink: sink.port, flags: [ '--renderer-process-limit=4' ] })),
             of: c => seen.get(c.id) ?? [] };
}


// A raw page is left as soon as it has asked, and what it took is kept; another
// one (settle) so long after it has loaded and asked for what it must.

async function visit(on, c, url, settle) {
    const tab = await on.browser.tab();

    if (c.noscript) {
        await tab.send('Emulation.setScriptExecutionDisabled', { value: true });
    }

    await tab.go(url);
    await Promise.race([ tab.loaded, sleep(
        c.act ? PATIENCE : Math.max(LOAD, 2 * (c.took ?? 0))) ]);

    if (c.act) {
        await tab.act(c.act);
    }

    if (settle) {
        await until(() => (c.due ?? []).every(
            due => on.of(c).some(r => same_url(r, due))));
        await sleep(settle);

    } else {
        const loaded = Date.now();

        await until(() => on.of(c).some(refused), null, c.void ? RAW : undefined);

        // what is to be kept may come a little later
        await sleep(50);
        c.took = Date.now() - loaded;
    }

    await tab.close();
}

const same_url = (a, b) => a.host === b.host && a.path === b.path;


function judge(c, raw, filtered) {
    const asked = raw.filter(refused);

    if (c.kind === 'same') {
        if (asked.length) {
            fail(c, `the browser does ask ${say(asked)}`);
        }
        return;
    }

    if (c.void && asked.length) {
        fail(c, `not void: the browser asks ${say(asked)}`);
    }

    if (c.void) {
        return;
    }

    if (!asked.length) {
        c.nothing = true;
        fail(c, 'void: the raw page asks no refused host'
                + (raw.length ? `, but ${say(raw)}` : ''));
    }

    const leaked = filtered.filter(refused);

    if (leaked.length) {
        fail(c, `asks ${say(leaked)}`);
    }

    const lost = (c.due ?? []).filter(
        due => !filtered.some(r => same_url(r, due)));

    if (lost.length) {
        fail(c, `no longer asks ${say(lost)}`);
    }
}


// A look-up sends nothing to anyone that a sink could see, and with a proxy the
// browser neither looks up nor speculates: the log of its network has it.

async function look_ups({ work }, server, cases) {
    if (!cases.length) {
        return;
    }

    // an address of our own for each name, for a log that tells them apart
    const rules = cases.map(c => `MAP ${c.id}.tracker.example`
                                 + ` ${c.id}.tracker.example.localhost`);

    for (const kind of [ 'raw', 'filtered' ]) {
        const log = join(work, `${kind}.netlog`);
        const browser = await Chromium.start(join(work, kind), { flags: [
            `--log-net-log=${log}`,
            `--host-resolver-rules=${rules.join(', ')}, MAP * 127.0.0.1:9,`
            + ' EXCLUDE 127.0.0.1, EXCLUDE *.localhost',
        ] });

        const of = c => [ ...new Set(readFileSync(log, 'latin1').match(
            new RegExp(`"(https?://)?${c.id}\\.[a-z0-9.-]+`, 'g'))) ].map(f => (
                { host: f.replace(/"(https?:\/\/)?|\.localhost/g, '') }));

        await each(cases, 1, async c => {
            const tab = await browser.tab();
            await tab.go(server.url(kind === 'raw' ? kind : served(c),
                                    c.at(0) + 'page'));
            await Promise.race([ tab.loaded, sleep(LOAD) ]);

            const loaded = Date.now();

            // the log is written by and by: what comes next pushes it out
            kind === 'raw' && c.kind === 'loads' && await until(async () => {
                await tab.act("fetch('/favicon.ico', { cache: 'no-store' })");
                await sleep(200);
                return of(c).some(refused);
            }, null, c.void ? RAW : undefined);

            await sleep(Math.max(1000, 2 * (c.took ?? 0)));
            c.took = Date.now() - loaded;
            await tab.close();
        });

        await browser.stop();

        for (const c of cases) {
            c.asked = { ...c.asked, [kind]: of(c) };
        }
    }

    for (const c of cases) {
        judge(c, c.asked.raw, c.asked.filtered);
    }
}


const fail = (c, why) => c.wrong.push(why);


function say(requests) {
    const texts = [ ...new Set(requests.map(r => r.host + (r.path ?? ''))) ];
    return texts.slice(0, 3).join(', ') + (texts.length > 3 ? ' ...' : '');
}


function difference(a, b) {
    let i = 0;
    while (i < a.length && a[i] === b[i]) {
        i++;
    }
    const part = x => JSON.stringify(
        x.subarray(Math.max(0, i - 10), i + 40).toString('latin1'));
    return `at ${i}: ${part(a)} is ${part(b)}`;
}


function report(cases) {
    const count = kind => cases.filter(c => c.kind === kind && !c.void).length;

    for (const c of cases) {
        if (!options.report) {
            check(c.title, ...c.wrong);

        // it is the other way round
        } else if (c.kind === 'loads' && !c.void) {
            check(`${c.title}: can fail`, !c.wrong.length && 'it cannot');
        }

        if (options.show && c.wrong.length) {
            const text = b => b.toString('latin1').slice(0, 2000);
            console.log(text(bytes(c.page, c.id, c.as)));
            console.log(`->\n${text(c.filtered)}\n`);
        }

        if (options.times && c.took > 500) {
            console.log(`${c.took} ms: ${c.title}`);
        }
    }

    const nothing = cases.filter(c => c.nothing).length;

    console.log(`${count('loads')} cases that load, ${count('same')}`
                + ` look-alikes, ${cases.filter(c => c.void).length} void in`
                + ' this browser as listed'
                + (nothing ? `, ${nothing} void and not listed` : ''));
}


await program('MODULE WORK', async ({ module, work, keep }) => {
    const { cases, types } = await read_cases(work);
    const server = await keep(Server.start(work, module, TABLE, {
        types, pieces: [ ...new Set([ ...PIECES, ...cases.map(c => c.pieces)
                                          .filter(Boolean) ]) ],
        consent: { all: DOCUMENTS },
    }));

    await timed('bytes', () => each(cases, 4, c => check_bytes(server, c)));

    if (!options.bytes) {
        await browse({ work, keep }, server, cases);
    }

    report(cases);
});
