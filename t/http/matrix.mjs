#!/usr/bin/env node

// The matrix: matrix.mjs NGINX MODULE WORK CURL [OPTION...]
//
// Every source of a page, for every choice and what becomes of it, in every
// way to ask, over every version of HTTP that this nginx speaks.  A cell is
// right when each of its responses is: status, body, headers, what the origin
// was asked; and when it is the same over every version.
//
//   --only=RE    the cells whose name matches

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { ports } from '../browser/lib/nginx.mjs';
import { CHOICES, MODES, RELOAD, SOURCES, threads } from './lib/cells.mjs';
import { differences, few_differences, header, request_headers,
         suffix } from './lib/check.mjs';
import { Curl } from './lib/curl.mjs';
import { extras, STORED } from './lib/extra.mjs';
import { Nginx } from './lib/nginx.mjs';
import { Origin, TAGS } from './lib/origin.mjs';
import { cookies_left } from './lib/page.mjs';
import { untouched } from './lib/untouched.mjs';

// of faults that are like each other
const SHOWN = 10;

const args = process.argv.slice(2);
const options = Object.fromEntries(args.filter(a => a.startsWith('--'))
    .map(a => a.slice(2).split(/=(.*)/s)).map(([ k, v ]) => [ k, v ?? true ]));
const [ program, module, work, curl_program, cert, key ] =
    args.filter(a => !a.startsWith('--')).map(a => resolve(a));


async function main() {
    if (!key) {
        console.error('usage: matrix.mjs NGINX MODULE WORK CURL CERTIFICATE'
                      + ' KEY [OPTION...]');
        return 2;
    }

    mkdirSync(work, { recursive: true });

    const began = Date.now();
    const side = await start(module, join(work, 'with'));
    const cells = make_cells(side.nginx);
    let wrong, alike;

    try {
        await prime(side.curl);
        await run(cells, side);

        compare(cells);
        wrong = [ ...copies(side.origin), ...leaks(cells, side.origin),
                  ...suffixes(cells) ];

        alike = await compare_untouched(side);
        wrong.push(...alike.wrong.slice(0, SHOWN));

    } finally {
        await stop(side);
    }

    wrong.push(...side.nginx.faults().slice(0, SHOWN)
                   .map(line => `nginx: ${line}`));

    return report(side.nginx, cells, alike.count - alike.wrong.length, wrong,
                  Date.now() - began);
}


// nginx, what is behind it and what asks it

async function start(so, folder) {
    mkdirSync(folder, { recursive: true });

    const port = await free_port();
    const origin = await Origin.start();
    const nginx = new Nginx(program, so, folder, origin, { port, cert, key });
    const side = { nginx, origin,
                   curl: new Curl(curl_program, port) };

    try {
        await nginx.start();
    } catch (e) {
        await stop(side);
        throw e;
    }

    return side;
}


async function stop({ nginx, origin }) {
    await nginx.stop();
    await origin.stop();
}


async function compare_untouched(side) {
    if (options.only) {
        return { wrong: [], count: 0 };
    }

    const without = await start(null, join(work, 'without'));

    try {
        return await untouched(side, without);
    } finally {
        await stop(without);
    }
}


function make_cells(nginx) {
    const cells = [];

    for (const source of SOURCES) {
        for (const choice of CHOICES) {
            for (const mode of MODES) {
                for (const proto of nginx.protocols) {
                    const title = [ source, choice, mode ].join(', ');
                    const c = { source, choice, mode, proto,
                                host: 'site.test',
                                tags: source === 'static' ? nginx.tags : TAGS };

                    cells.push({ title, proto, name: `${title}, ${proto}`,
                                 threads: threads(c) });
                }
            }
        }
    }

    return [ ...cells, ...extras(nginx) ]
        .filter(c => !options.only || RegExp(options.only).test(c.name))
        .map(c => ({ ...c, done: [], wrong: [] }));
}


// the copies that every visitor gets are stored for one who refused

async function prime(curl) {
    const paths = [ ...[ 'hit', 'revalidated' ].flatMap(source =>
        [ 'page.html', 'gz.html', 'time.html' ].map(
            file => `/${source}/${file}`)), ...STORED ];

    const requests = paths.map((path, i) => ({
        id: `prime-${i}`, proto: 'h1', visitor: 'refused', method: 'GET', path,
        host: 'site.test', ae: true,
    }));

    const responses = await curl.fetch(requests.map(
        r => ({ ...r, headers: request_headers(r) })));

    for (const [ id, res ] of responses) {
        const cache = header(res, 'x-cache') ?? 'MISS';

        if (res.error || cache !== 'MISS') {
            throw new Error(`${paths[id.slice(6)]}: ${res.error ?? cache}`);
        }
    }
}


// all threads take a step, then the next; a reload when nothing else is left

async function run(cells, { nginx, curl, origin }) {
    let live = cells.flatMap(c => c.threads.map(
        steps => ({ c, steps, next: steps.next().value })));
    let count = 0, reloads = 0;

    while (live.length > 0) {
        const batch = live.filter(l => l.next !== RELOAD);

        if (batch.length === 0) {
            await nginx.reload(++reloads);
            live.forEach(l => { l.next = l.steps.next().value; });
            continue;
        }

        const requests = batch.flatMap(l => l.next);

        for (const r of requests) {
            r.id = `r${count++}`;
            r.path ??= `/${r.source}/${r.file}`;
            r.headers = request_headers(r);
        }

        const from = origin.log.length;
        const protocols = group_by(requests, r => r.proto);

        const answers = new Map((await Promise.all(
            [ ...protocols.values() ].map(list => curl.fetch(list)),
        )).flatMap(m => [ ...m ]));

        const asked = group_by(origin.log.slice(from), entry => entry.id);

        for (const l of batch) {
            const responses = l.next.map(r => {
                const res = answers.get(r.id);
                const log = asked.get(r.id) ?? [];

                const lines = r.few ? few_differences(r, res, log)
                              : differences(r, res, log, nginx.tags);

                l.c.wrong.push(...lines.map(line => `${r.row}: ${line}`));
                l.c.done.push({ ...r, res });

                return res;
            });

            // the error has been told; the thread goes on as far as it can

            l.next = l.steps.next(responses).value;
        }

        live = live.filter(l => l.next !== undefined);
    }
}


// the same over every version of HTTP

const OF_VERSION = [ 'date', 'server', 'connection', 'keep-alive',
                     'transfer-encoding' ];

function compare(cells) {
    const firsts = new Map();

    const face = res => [ `status ${res.status}`, ...(res.headers ?? [])
        .filter(([ name ]) => !OF_VERSION.includes(name))
        .map(([ name, value ]) => `${name}: ${value}`) ];

    for (const c of cells) {
        c.done.forEach((r, i) => {
            const key = `${c.title}, ${i}`;
            const first = firsts.get(key);

            if (!first) {
                firsts.set(key, r);
                return;
            }

            if (r.res.error || first.res.error) {
                return;
            }

            const mine = face(r.res), its = face(first.res);
            const only = mine.filter(line => !its.includes(line));
            const lacks = its.filter(line => !mine.includes(line));

            if (only.length || lacks.length || mine.join() !== its.join()) {
                c.wrong.push(`${r.row}: unlike ${first.proto} has`
                             + ` ${JSON.stringify(only)} and not`
                             + ` ${JSON.stringify(lacks)}`);
            }

            if (!r.res.body.equals(first.res.body)) {
                c.wrong.push(`${r.row}: unlike ${first.proto} in its body`);
            }
        });
    }
}


// one stored copy serves every choice

function copies(origin) {
    const wrong = [];

    for (const [ path, list ] of group_by(origin.log, entry => entry.path)) {
        if (path.startsWith('/hit/') && list.length !== 1) {
            wrong.push(`${path} was asked for ${list.length} times`);
        }
    }

    return wrong;
}


// whoever asks, and subrequests, too: no refused cookie gets to the origin

function leaks(cells, origin) {
    const by_id = new Map(cells.flatMap(c => c.done).map(r => [ r.id, r ]));

    return origin.log.filter(({ id, headers }) => by_id.has(id)
            && headers.cookie !== cookies_left(by_id.get(id).visitor,
                                               by_id.get(id).table))
        .map(({ path, headers }) =>
            `${path}: the origin got "Cookie: ${headers.cookie}"`)
        .slice(0, SHOWN);
}


// A suffix says who it is for: the same for the same choice and table, and for
// no other.

function suffixes(cells) {
    const wrong = [], owners = new Map();
    const all = cells.flatMap(c => c.done)
        .filter(r => r.file && !r.res.error
                     && [ 200, 206, 304 ].includes(r.res.status));

    for (const r of all) {
        const found = suffix(header(r.res, 'etag'));

        if (!found) {
            continue;
        }

        const place = `${r.source}, ${r.file}`;
        const who = `${r.visitor} by table ${r.table + 1}`;
        const by_suffix = owners.get(place) ?? new Map();

        owners.set(place, by_suffix);

        if (!by_suffix.has(found)) {
            by_suffix.set(found, new Set());
        }

        by_suffix.get(found).add(who);
    }

    for (const [ place, by_suffix ] of owners) {
        const seen = new Map();

        for (const [ found, who ] of by_suffix) {
            if (who.size > 1) {
                wrong.push(`${place}: the suffix ${found} is of`
                           + ` ${[ ...who ].join(' and of ')}`);
            }

            for (const one of who) {
                if (seen.has(one)) {
                    wrong.push(`${place}: ${one} has the suffixes`
                               + ` ${seen.get(one)} and ${found}`);
                }
                seen.set(one, found);
            }
        }
    }

    return wrong;
}


// the same difference over several versions is told once

function report(nginx, cells, alike, wrong, ms) {
    const failed = cells.filter(c => c.wrong.length > 0);

    for (const [ title, list ] of group_by(failed, c => c.title)) {
        const lines = group_by(list.flatMap(c => [ ...new Set(c.wrong) ].map(
            line => ({ line, proto: c.proto }))), l => l.line);

        console.log(`not ok: ${title}`);

        for (const [ line, where ] of lines) {
            console.log(`    ${where.map(w => w.proto).join(' ')}: ${line}`);
        }
    }

    for (const line of wrong) {
        console.log(`not ok: ${line}`);
    }

    const requests = cells.reduce((n, c) => n + c.done.length, 0);

    console.log(`nginx ${nginx.version}: ${cells.length - failed.length} of`
                + ` ${cells.length} cells right (${requests} requests),`
                + ` ${alike} responses as without the module,`
                + ` ${(ms / 1000).toFixed(1)} s`);

    return failed.length || wrong.length || !cells.length ? 1 : 0;
}


function group_by(list, key) {
    const groups = new Map();

    for (const item of list) {
        const k = key(item);

        if (!groups.has(k)) {
            groups.set(k, []);
        }
        groups.get(k).push(item);
    }

    return groups;
}


// TEST_HTTP_PORT names the first instead

let given = Number(process.env.TEST_HTTP_PORT || 0);

async function free_port() {
    return given ? given++ : (await ports(1))[0];
}


for (const signal of [ 'SIGHUP', 'SIGINT', 'SIGTERM' ]) {
    process.once(signal, () => process.exit(1));
}

process.exitCode = await main();
