#!/usr/bin/env node

// guard_table.mjs MODULE WORK
//
// The guard's look-ups against the module's own: what nginx holds back of a page
// of URLs, and of a request's cookies, is what conf/ui/guard.js says of each with
// the rows that nginx gives it.  And who may keep these rows, how many bytes they
// are.  No browser is needed.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { check, program, same } from './lib/frame.mjs';
import { ROOT, choice, listen, nginx, ports } from './lib/nginx.mjs';

const HOST = 'www.shop.example';

const CATEGORIES = [ 'performance', 'advertising', 'sharing' ];

// rows that no shipped table has
const OWN = `
    provider "A" advertising {
        url a.test; url =b.test; url a.test/x*y; url a.test/deep/er;
        url a.test/ti*ex;
        url a.test/q?id=A*&k; url a.test/q?k=1; url */any/where; url */l*b.js;
        url a.test/café; url "a.test/two words"; url a.test/%C3%A9/x;
        url */ét*é.js; url /ça; url a.test/q?é=un+é; url "a.test/{x}\`";
        url /own; url /own/*/t; url ${HOST}/both; url shop.example/par;
        cookie ad; cookie ad_*; cookie *_ad; cookie *mid*; cookie "~^re[0-9]+$";
        cookie dom domain=shop.example; cookie far domain=other.example;
        cookie p_*_s; cookie "~*^CaSe.x$";
    }
    provider "B" sharing {
        url s.a.test; url a.test/deep; url =b.test/z; url b.test/z/y;
        url /own/deep; url */any; url ${HOST}/both/s;
        cookie ad_x*; cookie ad_xyz; cookie dom; cookie p_*;
    }
    provider "C" essential {
        url ok.a.test; url a.test/deep/er/ok; url /own/ok; url */any/where/ok;
        url a.test/q?k=1&id=A1; cookie ad_ok; cookie ad_o*; cookie re17;
        cookie *mid*le;
    }
    provider "D" performance platform=osano {
        url a.test/cmp; url a.test/tiex; url s.a.test/deep/cmp; cookie ad_cmp; url plat.test;
    }
    provider "E" performance advertising { url two.test; cookie two; }
`;

const TABLES = {
    own: OWN,
    default: readFileSync(`${ROOT}conf/default.conf`, 'utf8'),
    ovh: readFileSync(`${ROOT}conf/ovh.conf`, 'utf8'),
};

// answers by provider, which differ from those by category

const KLARO = [ 'performance', 'advertising', 'sharing', 'a', 'b', 'c', 'd' ];

let held = 0, folder;

const by_mask = mask => `consent=${choice(
    CATEGORIES.filter((c, i) => mask >> i & 1))}`;


// a generator of its own: the same cases every time

let seed = 1;

function random(n) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor(seed / 2147483648 * n);
}

const pick = list => list[random(list.length)];


function rows(kind, text) {
    const found = [];

    for (const m of text.matchAll(
        new RegExp(`\\b${kind}\\s+(?:"((?:\\\\.|[^"\\\\])*)"|([^\\s;"]+))`, 'g')))
    {
        found.push((m[1] ?? m[2]).replace(/\\(.)/g, '$1'));
    }

    return found;
}


function urls(text) {
    const all = rows('url', text);
    const hosts = [ HOST, 'shop.example', 'nobody.test' ], paths = [ '' ],
          args = [ '' ];

    for (const row of all) {
        const [ , host, path, query ] = /^([^/?]*)([^?]*)(.*)$/.exec(row);

        host && host !== '*' && hosts.push(host.replace('=', ''));
        path && paths.push(path);
        query && args.push(query);
    }

    const fill = s => s.replace(/\*/g, () => pick([ '', 'a', 'a/b', 'x.js',
                                                    '1-2' ]));
    const list = [];

    const add = (host, path, query) => {
        const h = pick([ host, host, 'www.' + host, 'x' + host, 'a.b.' + host,
                         host + '.', host.toUpperCase(), host + ':8080',
                         'u:p@' + host ]);
        const p = fill(path);
        const q = pick([ p, p, p + '/', p + '/more', p + 'x', '/pre' + p,
                         p + '/../' + p.slice(1), '/./' + p.slice(1),
                         p.replace(/[aeo]/, c => '%' + c.charCodeAt(0)
                             .toString(16)), p.toUpperCase(),
                         p.replace(/\//g, '\\'), p + '%2F', '/a%2e%2E' + p ]);
        const a = fill(query);

        list.push(pick([ 'https://', 'http://', '//', 'wss:', 'HTTPS:\\\\' ]) + h
            + (q && !/^[/\\]/.test(q) ? '/' : '') + q
            + pick([ a, a, a && a + '&z=1', a && '?z=1&' + a.slice(1),
                     a.replace('=', '%3D'), a.replace(/[a-z]/, c => '%'
                         + c.charCodeAt(0).toString(16)), a + '#x',
                     '?' + a.slice(1).split('&').reverse().join('&'), '?=&&' ]));
    };

    for (const row of all) {
        const [ , host, path, query ] = /^([^/?]*)([^?]*)(.*)$/.exec(row);
        const h = host.replace('=', '');

        for (let n = 0; n < 6; n++) {
            add(host === '*' || !host ? pick(hosts) : h, path, query);
            add(host === '*' || !host ? HOST : h, path, pick(args));
            add(pick(hosts), path, query);
            add(host === '*' || !host ? pick(hosts) : h, path + pick(paths), '');
        }
    }

    list.push('/own', '/own/deep/x', 'own', '/both/s', 'https:/own', '?x', '#x',
              'data:text/plain,x', 'about:blank', 'javascript:1', 'blob:x', '');

    return [ ...new Set(list) ];
}


function names(text) {
    const list = [ 'session', 'x', 'CONSENT', 'consent_x' ];

    for (const row of rows('cookie', text)) {
        const s = row.replace(/^~\*?/, '').replace(/[\^$\\?+]/g, '')
            .replace(/\[.*?\]/g, () => pick([ '1', 'a', '_', '.', 'z' ]))
            .replace(/\{.*?\}/g, '').split('|');

        for (const t of s) {
            for (let n = 0; n < 4; n++) {
                const f = t.replace(/\*/g,
                                    () => pick([ '', 'x', 'xyz', '1.2' ]));
                list.push(f, pick([ 'x', '_', '~' ]) + f,
                          f + pick([ '1', 'x', '.y' ]), f.toUpperCase(),
                          f.slice(1), f.slice(0, -1));
            }
        }
    }

    return [ ...new Set(list) ].filter(s => /^[!-~]+$/.test(s)
        && !/[;=,"]/.test(s) && s !== 'consent');
}


// the matcher of conf/ui/guard.js, by itself

function matcher(data) {
    const source = readFileSync(`${ROOT}conf/ui/guard.js`, 'utf8');
    const end = source.indexOf('    /* Elements: the same inert form');

    if (end < 0) {
        throw new Error('conf/ui/guard.js has changed');
    }

    const location = { hostname: HOST };
    const make = new Function('window', 'document', 'return ('
        + source.slice(source.indexOf('data => {'), end)
        + 'return { judge, judge_cookie, c: data.c, q: data.q } })');

    return make({ location }, { baseURI: `http://${HOST}/page/x.html` })(data);
}


const told = (m, mask) => mask < 0 ? '' : m.c.filter(
    (name, i) => mask >> i & 1).join(' ');


// By its own URL it is for ever, whoever asks; by another one for nobody.

async function kept(send) {
    const guard = async cookie => /<script src="([^"]+)"/.exec((await send(
        '/t/default/pass/urls.html', { Cookie: cookie })).body)[1];

    const url = await guard('');
    const one = await send(url, {});
    const size = gzipSync(one.body, { level: 6 }).length;

    console.log(`${size} bytes compressed with conf/default.conf`);

    same('under 8 KB', size < 8192);
    same('for ever', one.headers['cache-control'],
         'public, max-age=31536000, immutable');
    same('for all', !one.headers.vary && !one.headers['set-cookie']);
    same('the same for who has accepted all of it', (await send(url,
         { Cookie: by_mask(7) })).body === one.body);
    same('another choice has another URL', await guard(by_mask(1)) !== url);
    same('... and fewer rows', (await send(await guard(by_mask(1)), {}))
         .body.length < one.body.length);

    const old = await send(url.replace(/guard\../, 'guard.x'), {});
    same('an old version is what is present', old.body === one.body);
    same('... and not to be kept', old.headers['cache-control'], 'no-store');
    same('no version is that of another table',
         (await send(url.replace('/t/default/', '/t/ovh/'), {}))
         .headers['cache-control'], 'no-store');
}


async function compare(ask, at, text, choice) {
    const list = urls(text);

    writeFileSync(join(folder, 'urls.html'),
        '<!doctype html><head>\n' + list.map(u =>
            `<img src="${u.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}">\n`)
            .join(''));

    const page = await ask(`${at}urls.html`, choice);
    const src = /<script src="([^"]+)"/.exec(page)[1];
    const script = await ask(src);
    const m = matcher(new Function('return ' + script.slice(
        script.lastIndexOf(')({u:') + 2).trim().replace(/\)$/, ''))());
    const lines = page.split('\n').filter(s => /^<img/.test(s));

    if (lines.length !== list.length) {
        throw new Error(`${at}: ${lines.length} of ${list.length} came`);
    }

    const differ = (what, name, edge, guard) => {
        held += edge !== null;
        check(`${at} ${choice} ${what} ${name}`, edge !== guard
              && `${edge} at the edge, ${guard} in the page`);
    };

    list.forEach((url, i) => {
        const edge = /data-consent="([^"]*)"/.exec(lines[i]);
        const waits = m.judge(url);
        differ('url', url, edge && edge[1], waits ? told(m, waits) : null);
    });

    const jar = names(text);

    for (let i = 0; i < jar.length; i += 200) {
        const some = jar.slice(i, i + 200);
        const left = JSON.parse(await ask(`${at}back`, [ choice,
            ...some.map(n => `${n}=1`) ].join('; ')))
            .split('; ').map(s => s.split('=')[0]);

        for (const name of some) {
            differ('cookie', name, left.includes(name) ? null : '',
                   m.judge_cookie(name) ? '' : null);
        }
    }
}


function servers(port, back) {
    const tables = Object.entries(TABLES).map(([ name, text ]) => `
    consent_table ${name} {
        category essential required;
        category performance;
        category advertising;
        category sharing;
        ${text}
    }`).join('');

    const klaro = KLARO.map((key, i) => `consent_map klaro ${key} `
        + (i < 3 ? key : `provider=${key.toUpperCase()}`) + ';').join(' ');

    const list = [ ...Object.keys(TABLES), 'klaro' ].map(name =>
        [ 'pass', 'hold', 'sharing' ].map(unknown => {
            const words = `consent ${name.replace('klaro', 'own')};
            ${name === 'klaro' ? 'consent_source klaro; ' + klaro : ''}
            consent_guard on;
            consent_unknown_urls ${unknown};
            consent_unknown_cookies ${unknown.replace('hold', 'strip')};
            consent_first_party .mine.test nobody.test;
            consent_uri /t/${name}/${unknown}/consent/;`;
            return `
        location /t/${name}/${unknown}/ { ${words} alias ${folder}/; }
        location /t/${name}/${unknown}/consent/ { ${words} consent_pages; }
        location = /t/${name}/${unknown}/back { ${words}
            proxy_pass http://127.0.0.1:${back}; }`;
        }).join('')).join('');

    return `
    large_client_header_buffers 4 64k;
    default_type text/html;
    ${tables}

    server {
        listen 127.0.0.1:${port};
        server_name _;
        ${list}
    }`;
}


await program('MODULE WORK', async ({ module, work, keep }) => {
    const [ port, back ] = await ports(2);

    folder = join(work, 'page');
    mkdirSync(folder);

    await keep(listen(http.createServer({ maxHeaderSize: 1 << 20 },
                                        (req, res) => {
        res.setHeader('Content-Type', 'application/json');
        res.end(JSON.stringify(req.headers.cookie ?? ''));
    }), back));
    await keep(nginx(work, module, port, servers(port, back)));

    const send = (path, headers) => new Promise((good, bad) => http.get(
        { port, path, headers: { Host: HOST, ...headers } }, res => {
            const parts = [];
            res.on('data', d => parts.push(d));
            res.on('end', () => good({ status: res.statusCode,
                headers: res.headers, body: Buffer.concat(parts).toString() }));
        }).on('error', bad));

    const ask = async (path, cookies = '') =>
        (await send(path, { Cookie: cookies })).body;

    for (const [ table, text ] of Object.entries(TABLES)) {
        for (const unknown of [ 'pass', 'hold', 'sharing' ]) {
            for (let mask = 0; mask < 7; mask++) {
                await compare(ask, `/t/${table}/${unknown}/`, text,
                              by_mask(mask));
            }
        }
    }

    for (let n = 0; n < 12; n++) {
        await compare(ask, '/t/klaro/pass/', OWN, 'klaro='
            + encodeURIComponent(JSON.stringify(Object.fromEntries(
                KLARO.map(key => [ key, random(2) === 1 ])))));
    }

    await kept(send);

    same('some of it is refused', held > 0);
});
