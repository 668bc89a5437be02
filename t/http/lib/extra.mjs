// What is no cell of the matrix: pages by other ways through nginx, other
// statuses and methods, what is no page, HTTP/1.0.

import { header, varied } from './check.mjs';
import { tag } from './cells.mjs';
import { TAGS } from './origin.mjs';
import { MODIFIED, ORIGIN, SCRIPT, cookies_left, everything,
         page } from './page.mjs';

const DATE = MODIFIED.toUTCString();
const WHO = [ 'refused', 'accepted' ];

const SOME = { Range: 'bytes=100-299' };
const PART = bytes => bytes.subarray(100, 300);


export function extras(nginx) {
    const all = [];

    const add = (title, threads, proto) =>
        all.push({ title, proto, name: `${title}, ${proto}`, threads });

    for (const proto of nginx.protocols) {

        for (const [ name, path, status, raw ] of places(nginx)) {
            add(`place: ${name}`, WHO.map(
                visitor => place({ proto, visitor, path, status, raw })),
                proto);
        }

        add('other statuses and methods',
            WHO.map(visitor => statuses(proto, visitor)), proto);

        add('a line for each cookie',
            WHO.map(visitor => split(proto, visitor)), proto);

        for (const source of [ 'static', 'proxied', 'fastcgi' ]) {
            const raw = source === 'static' ? nginx.tags['app.js']
                        : TAGS['app.js'];

            add(`no page: ${source}`, WHO.map(
                visitor => script({ proto, visitor, source, raw })), proto);
        }
    }

    for (const source of [ 'static', 'proxied', 'hit', 'revalidated',
                           'fastcgi' ])
    {
        add(`HTTP/1.0: ${source}`, WHO.map(
            visitor => old({ source, visitor })), 'h10');
    }

    return all;
}


// by which way, where, what status a page has there, and the origin's tag

const places = nginx => [
    [ 'try_files', 'try/page.html', 200, nginx.tags['page.html'] ],
    [ 'try_files and a named location', 'fallback/page.html', 200,
      TAGS['page.html'] ],
    [ 'error_page with a status', 'error/page.html', 200,
      nginx.tags['page.html'] ],
    [ 'error_page', 'missing/page.html', 404, nginx.tags['page.html'] ],
    [ 'error_page from upstream', 'broken/page.html', 500,
      TAGS['page.html'] ],
    [ 'rewrite', 'rewrite/page.html', 200, TAGS['page.html'] ],
    [ 'index', 'index/', 200, nginx.tags['page.html'] ],
    [ 'X-Accel-Redirect', 'accel/page.html', 200, nginx.tags['page.html'] ],
    [ 'auth_request', 'auth/page.html', 200, TAGS['page.html'] ],
    [ 'mirror', 'mirror/page.html', 200, TAGS['page.html'] ],
    [ 'no buffering', 'unbuffered/page.html', 200, TAGS['page.html'] ],
    [ 'a cache that misses', 'miss/page.html', 200, TAGS['page.html'] ],
    [ 'a stale copy', 'stale/page.html', 200, TAGS['page.html'] ],
    [ 'a stale copy that is updated', 'updating/page.html', 200,
      TAGS['page.html'] ],
    [ 'slices', 'slice/page.html', 200, TAGS['page.html'] ],
];

export const PLACES = ({ work, origin }) => {
    const app = `http://127.0.0.1:${origin.http_port}`;

    return `
        root ${work}/files;

        location /place/try/ {
            try_files /nope /static/page.html =404;
        }

        location /place/fallback/ {
            try_files /nope @app;
        }

        location @app {
            proxy_pass ${app};
        }

        location /place/error/ {
            error_page 404 =200 /static/page.html;
            return 404;
        }

        location /place/missing/ {
            error_page 404 /static/page.html;
        }

        location /place/broken/ {
            error_page 500 /proxied/page.html;
            return 500;
        }

        location /place/rewrite/ {
            rewrite ^/place/rewrite/(.*)$ /proxied/$1 last;
        }

        location /place/index/ {
            root ${work}/files/static;
            index nope.html /static/page.html;
        }

        location /place/accel/ {
            proxy_pass ${app};
        }

        location /place/auth/ {
            auth_request /place/allowed;
            proxy_pass ${app};
        }

        location = /place/allowed {
            internal;
            proxy_pass ${app};
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
        }

        location /place/mirror/ {
            mirror /place/allowed;
            proxy_pass ${app};
        }

        location /place/unbuffered/ {
            proxy_buffering off;
            proxy_pass ${app};
        }

        location /place/miss/ {
            proxy_cache pages;
            proxy_cache_key $request_id;
            proxy_ignore_headers Set-Cookie;
            add_header X-Cache $upstream_cache_status;
            proxy_pass ${app};
        }

        location /place/stale/ {
            proxy_cache pages;
            proxy_cache_key $uri;
            proxy_cache_use_stale http_500;
            proxy_ignore_headers Set-Cookie;
            add_header X-Cache $upstream_cache_status;
            proxy_pass ${app};
        }

        location /place/updating/ {
            proxy_cache pages;
            proxy_cache_key $uri;
            proxy_cache_use_stale updating;
            proxy_cache_background_update on;
            proxy_cache_revalidate on;
            proxy_ignore_headers Set-Cookie;
            proxy_pass ${app};
        }

        location /place/slice/ {
            slice 5k;
            proxy_cache pages;
            proxy_cache_key $uri$slice_range;
            proxy_set_header Range $slice_range;
            proxy_ignore_headers Set-Cookie;
            proxy_pass ${app};
        }
`;
};


// which of them a cache has when a visitor asks
export const STORED = [ 'stale', 'updating' ]
    .map(name => `/place/${name}/page.html`);

const CACHED = { miss: 'MISS', stale: 'STALE' };


const request = (proto, visitor, row, more) => ({
    few: true, host: 'site.test', method: 'GET', proto, visitor, table: 0,
    row: `${visitor}, ${row}`, depends: true, ...more,
});


function* place({ proto, visitor, path, status, raw }) {
    const ask = (row, more) => request(proto, visitor, row, {
        path: `/place/${path}`, status, body: page(visitor, 0),
        tag: status === 200 ? varied(raw) : undefined, ...more,
        headers_wanted: { 'x-cache': CACHED[path.split('/')[0]],
                          ...more?.headers_wanted },
    });

    const [ own, foreign ] = (yield [
        ask('the page'),
        { ...ask("another's page"),
          visitor: visitor === 'refused' ? 'accepted' : 'refused',
          body: undefined },
        ask('HEAD', { method: 'HEAD' }),
        ask('gzip', { ae: true }),
    ]).map(tag);

    const none = Buffer.alloc(0);
    const unchanged = status === 200 ? { status: 304, body: none } : {};

    const accepted = status === 200 && everything(visitor);
    const part = { status: 206, body: PART(ORIGIN), headers_wanted: {
        'content-range': `bytes 100-299/${ORIGIN.length}` } };

    // what an upstream answers to these, nginx itself sends as the 500

    const asked = status === 500 ? [] : [
        ask('the tag', { send: { 'If-None-Match': own }, ...unchanged }),
        ask('the tag and a date', {
            send: { 'If-None-Match': own, 'If-Modified-Since': DATE },
            ...unchanged,
        }),
        ask('a range', { send: SOME, ...(accepted ? part : {}) }),
        ask('If-Range with the tag', {
            send: { ...SOME, 'If-Range': own }, ...(accepted ? part : {}) }),
        ask('If-Range with the tag of another choice', {
            send: { ...SOME, 'If-Range': foreign } }),
    ];

    yield [
        ...asked,
        ask("the origin's tag", { send: { 'If-None-Match': raw } }),
        ask('the tag of another choice', {
            send: { 'If-None-Match': foreign, 'If-Modified-Since': DATE } }),
        ask('a date alone', { send: { 'If-Modified-Since': DATE } }),
    ];
}


function* statuses(proto, visitor) {
    const bytes = page(visitor, 0);
    const ask = (row, path, more) =>
        request(proto, visitor, row, { path, ...more });

    yield [ '/proxied/', '/fastcgi/' ].flatMap(at => [
        ask(`${at}: POST that makes a page`, `${at}page.html`,
            { data: 'a=1', method: 'POST', status: 200, body: bytes }),
        ask(`${at}: POST that leads elsewhere`, `${at}303.html`,
            { data: 'a=1', method: 'POST', status: 303, body: ORIGIN.subarray(
                0, 0), headers_wanted: { location: '/elsewhere' } }),
        ask(`${at}: 404`, `${at}404.html`, { status: 404, body: bytes }),
        ask(`${at}: 404 for gzip`, `${at}404.html`,
            { status: 404, body: bytes, ae: true }),
        ask(`${at}: 500`, `${at}500.html`, { status: 500, body: bytes }),
        ask(`${at}: 404, HEAD`, `${at}404.html`,
            { status: 404, method: 'HEAD' }),
        ask(`${at}: 404, in parts`, `${at}404.html`,
            { status: 404, body: bytes, send: SOME }),
    ]);
}


// as browsers send cookies over HTTP/2 and HTTP/3

function* split(proto, visitor) {
    yield [ request(proto, visitor, 'the page', {
        path: '/proxied/page.html', status: 200, body: page(visitor, 0),
        split: true, origin: { cookie: cookies_left(visitor, 0) },
    }) ];
}


// of what is no page the module leaves all but the cookies alone

function* script({ proto, visitor, source, raw }) {
    const uncached = source !== 'static';
    const dest = { 'Sec-Fetch-Dest': 'script' };

    const ask = (row, send, more) => request(proto, visitor, row, {
        path: `/${source}/app.js`, status: 200, body: SCRIPT, tag: raw,
        send: { ...dest, ...send }, ...more,
    });

    const unchanged = { status: 304, body: Buffer.alloc(0) };
    const part = { status: 206, body: PART(SCRIPT) };
    const origin = seen => uncached ? { origin: seen } : {};

    yield [
        ask('whole', {}, { headers_wanted: {
            'content-length': String(SCRIPT.length),
            'accept-ranges': 'bytes', 'content-encoding': undefined } }),
        ask('the tag', { 'If-None-Match': raw },
            { ...unchanged, ...origin({ 'if-none-match': raw }) }),
        ask('a date', { 'If-Modified-Since': DATE },
            { ...unchanged, ...origin({ 'if-modified-since': DATE }) }),
        ask('a range', SOME, part),
        ask('If-Range with the tag', { ...SOME, 'If-Range': raw }, part),
        ask('If-Range with a date', { ...SOME, 'If-Range': DATE }, part),
        ask('If-Match', { 'If-Match': raw }),
        ask('If-Match with another tag', { 'If-Match': '"nope"' },
            { status: 412, body: undefined, tag: undefined, depends: false }),

        ...(uncached
            ? [ ask('gzip', {}, { ae: true, origin: {
                'accept-encoding': 'gzip' } }) ] : []),

        // it might have been a page: asked for again, but right

        { ...ask('the tag, for nobody knows what', {},
                 uncached ? {} : unchanged),
          send: { 'If-None-Match': raw } },
    ];
}


function* old({ source, visitor }) {
    const ask = (file, more) => ({
        host: 'site.test', proto: 'h10', source, file, visitor, table: 0,
        method: 'GET', want: 'whole', row: `${visitor}, ${file}`, ...more,
    });

    const [ first ] = yield [ ask('page.html'), ask('gz.html'),
                              ask('time.html'),
                              ask('page.html', { method: 'HEAD' }) ];

    yield [ ask('page.html', {
        row: `${visitor}, the tag`, want: 'unchanged',
        send: { 'If-None-Match': header(first, 'etag') ?? '"no ETag"' },
        seen: { 'if-none-match': TAGS['page.html'] },
    }) ];
}
