// Off means off, and report mode changes nothing: what this nginx answers and
// asks the origin is what nginx does that has never heard of the module.

import { createHash } from 'node:crypto';

import { TAGS } from './origin.mjs';
import { MODIFIED, VISITORS, cookies } from './page.mjs';

const HOSTS = [ 'off.test', 'report.test' ];
const SOURCES = [ 'static', 'proxied', 'hit', 'revalidated', 'fastcgi' ];
const FILES = [ 'page.html', 'gz.html', 'time.html', 'app.js', '404.html',
                '500.html', '303.html' ];

const DATE = MODIFIED.toUTCString();
const VARIANT = '~consent.0123456789abcdef"';

const TIMED = [ 'date', 'connection' ];


function conditions(tag) {
    const some = { Range: 'bytes=10-49' };

    return [
        {},
        { 'If-None-Match': tag },
        { 'If-None-Match': `W/${tag}, "nope"` },
        { 'If-None-Match': tag.replace(/"$/, VARIANT) },
        { 'If-Modified-Since': DATE },
        { 'If-None-Match': '"nope"', 'If-Modified-Since': DATE },
        { 'If-Match': tag },
        { 'If-Match': tag.replace(/"$/, VARIANT) },
        { 'If-Unmodified-Since': DATE },
        some,
        { ...some, 'If-Range': tag },
        { ...some, 'If-Range': tag.replace(/"$/, VARIANT) },
        { ...some, 'If-Range': DATE },
        { 'Sec-GPC': '1', 'Sec-Fetch-Dest': 'document' },
    ];
}


function requests(host, nginx) {
    const list = [];

    const add = more => list.push({
        id: `${host}-${list.length}`, proto: 'h1', host, method: 'GET', ...more,
        headers: [ `Cookie: ${cookies('refused')}`,
                   `X-Id: ${host}-${list.length}`, ...more.headers ],
    });

    for (const source of SOURCES) {
        for (const file of FILES) {
            const path = `/${source}/${file}`;
            const tag = (source === 'static' ? nginx.tags : TAGS)[file]
                        ?? '"none"';

            for (const send of conditions(tag)) {
                const headers = Object.entries(send)
                    .map(([ name, value ]) => `${name}: ${value}`);

                for (const method of [ 'GET', 'HEAD' ]) {
                    add({ path, method, headers });
                    add({ path, method,
                          headers: [ ...headers, 'Accept-Encoding: gzip' ] });
                }
            }

            add({ path, method: 'POST', data: 'a=1', headers: [] });

            for (const proto of nginx.protocols.slice(1)) {
                add({ path, proto, headers: [] });
            }

            for (const visitor of Object.values(VISITORS)) {
                add({ path, headers: [ `Cookie: ${visitor.cookie}` ] });
            }
        }
    }

    return list;
}


// one: { nginx, curl, origin } with the module, other: without

export async function untouched(one, other) {
    const wrong = [];
    let count = 0;

    for (const host of HOSTS) {
        const list = requests(host, one.nginx);
        const [ a, b ] = await Promise.all(
            [ one, other ].map(side => ask_all(side, list)));

        list.forEach((r, i) => {
            for (const what of [ 'response', 'origin' ]) {
                if (a[i][what] !== b[i][what]) {
                    wrong.push(`${host}, ${r.proto} ${r.method} ${r.path}`
                               + ` with ${JSON.stringify(r.headers.slice(2))}:`
                               + ` the ${what} is\n${a[i][what]}\n`
                               + `and not, as without the module,\n`
                               + b[i][what]);
                }
            }
        });

        count += list.length;
    }

    return { wrong, count };
}


async function ask_all({ curl, origin }, list) {
    const from = origin.log.length, responses = new Map();

    for (const proto of new Set(list.map(r => r.proto))) {
        const some = await curl.fetch(list.filter(r => r.proto === proto));
        some.forEach((res, id) => responses.set(id, res));
    }

    const log = origin.log.slice(from);

    return list.map(r => ({
        response: shown(responses.get(r.id)),
        origin: log.filter(entry => entry.id === r.id)
            .map(({ method, path, headers }) => `${method} ${path} `
                + JSON.stringify({ ...headers, host: undefined })).join('\n'),
    }));
}


// the ports differ, and the time; all else counts, and the order, too

function shown(res) {
    return res.error ?? [
        `status ${res.status}`,
        ...res.headers.filter(([ name ]) => !TIMED.includes(name))
            .map(h => h.join(': ')),
        `${res.body.length} bytes, md5`
            + ` ${createHash('md5').update(res.body).digest('hex')}`,
    ].join('\n');
}
