// What a response must be, and what the origin must have been asked: each
// difference is a line.

import { gunzipSync } from 'node:zlib';

import { TAGS } from './origin.mjs';
import { ACCEPT_CH, CACHE_CONTROL, MODIFIED, RAW_COOKIES, accept_ch, cookies,
         cookies_left, everything, page, set_cookies } from './page.mjs';

const DATE = MODIFIED.toUTCString();

const STATUS = { whole: 200, part: 206, unchanged: 304, failed: 412,
                 unsatisfiable: 416 };

const CACHED = { hit: 'HIT', revalidated: 'REVALIDATED' };

const SUFFIX = '(?:W/)?".*~(?:consent|modified)\\.([0-9a-f]{16})"';

export const suffix = tag => RegExp(`^${SUFFIX}$`).exec(tag ?? '')?.[1];

export const header = (res, name) =>
    res.headers?.filter(([ n ]) => n === name).map(([ , value ]) => value)
        .join(' | ') || undefined;


// r: what was asked and what is wanted, res: the answer, log: what the origin
// was asked meanwhile

export function differences(r, res, log, static_tags) {
    const wrong = [];

    const same = (what, got, wanted) => {
        if (got !== wanted) {
            wrong.push(`${what} is ${show(got)}, not ${show(wanted)}`);
        }
    };

    if (res.error) {
        return [ res.error ];
    }

    same('status', res.status, STATUS[r.want]);

    if (res.status !== STATUS[r.want]) {
        check_cookies(r, res, wrong);

    } else {
        check_body(r, res, wrong);

        if ([ 200, 206, 304 ].includes(res.status)) {
            check_headers(r, res, same, wrong, static_tags);
        } else {
            check_cookies(r, res, wrong);
        }
    }

    check_origin(r, log, same);

    return wrong;
}


// of what is no cell of the matrix: r says the body and the raw tag, and the
// origin's log is looked at by r.origin alone

export function few_differences(r, res, log) {
    const wrong = [];

    const same = (what, got, wanted) => {
        if (got !== wanted) {
            wrong.push(`${what} is ${show(got)}, not ${show(wanted)}`);
        }
    };

    if (res.error) {
        return [ res.error ];
    }

    same('status', res.status, r.status);
    check_cookies(r, res, wrong);

    if (res.status !== r.status) {
        return wrong;
    }

    if (r.body && r.method !== 'HEAD') {
        check_bytes(res, r.body, wrong);
    }

    for (const [ name, value ] of Object.entries(r.headers_wanted ?? {})) {
        same(name, header(res, name), value);
    }

    if (r.tag !== undefined) {
        check_form(header(res, 'etag'), r.tag ? [ r.tag, `W/${r.tag}` ]
                   : [ undefined ], wrong);
    }

    if (r.depends && !/\bCookie\b/.test(header(res, 'vary'))) {
        wrong.push(`Vary is ${show(header(res, 'vary'))}, without Cookie`);
    }

    for (const [ name, value ] of Object.entries(r.origin ?? {})) {
        same('requests that the origin got', log.length, 1);
        same(`${name} that the origin got`, log[0]?.headers[name], value);
    }

    return wrong;
}


const whole_of = r => page(r.visitor, r.table);


function check_body(r, res, wrong) {
    let wanted = Buffer.alloc(0);

    if (r.method !== 'HEAD' && r.want === 'whole') {
        wanted = whole_of(r);
    } else if (r.want === 'part') {
        wanted = whole_of(r).subarray(r.range[0], r.range[1] + 1);
    } else if (r.want !== 'whole' && r.want !== 'unchanged') {
        return;
    }

    check_bytes(res, wanted, wrong, r.method === 'HEAD');
}


function check_bytes(res, wanted, wrong, head) {
    let body = res.body;

    if (header(res, 'content-encoding') === 'gzip' && !head) {
        try {
            body = gunzipSync(body);
        } catch (e) {
            wrong.push(`body is no gzip: ${e.message}`);
            return;
        }
    }

    if (!body.equals(wanted)) {
        let at = 0;
        while (at < body.length && body[at] === wanted[at]) {
            at++;
        }

        wrong.push(`body (${body.length} bytes, not ${wanted.length}) at ${at}`
                   + ` is ${show(body.toString('utf8', at, at + 60))}, not `
                   + show(wanted.toString('utf8', at, at + 60)));
    }
}


function check_headers(r, res, same, wrong, static_tags) {
    const get = name => header(res, name);
    const whole = res.status === 200;

    // nginx has inflated what came compressed, or compresses what it sends: no
    // length, no ranges, and a weak tag

    const deflated = whole && r.ae;
    const inflated = whole && r.file === 'gz.html';
    const touched = !everything(r.visitor);
    const plain = whole && !deflated && !inflated && !touched;

    same('Content-Encoding', get('content-encoding'),
         deflated ? 'gzip' : undefined);

    if (whole) {
        same('Content-Length', get('content-length'),
             plain ? String(whole_of(r).length) : undefined);
        same('Accept-Ranges', get('accept-ranges'),
             plain ? 'bytes' : undefined);

    } else if (res.status === 206) {
        const [ from, to ] = r.range;
        same('Content-Length', get('content-length'), String(to - from + 1));
        same('Content-Range', get('content-range'),
             `bytes ${from}-${to}/${whole_of(r).length}`);
    }

    if (r.proto === 'h1') {
        same('Transfer-Encoding', get('transfer-encoding'),
             whole && !plain && r.method !== 'HEAD' ? 'chunked' : undefined);
    }

    if (res.status !== 304) {
        same('Content-Type', get('content-type'),
             r.source === 'static' ? 'text/html' : 'text/html; charset=utf-8');
    }

    check_tag(r, get('etag'), res.status === 304 ? null : deflated || inflated,
              wrong, static_tags);

    same('Vary', get('vary'),
         (r.source === 'static' ? '' : 'Accept-Encoding, ')
         + 'Cookie, Sec-GPC');
    same('Last-Modified', get('last-modified'), DATE);
    same('Cache-Control', get('cache-control'), CACHE_CONTROL);
    same('Accept-CH', get('accept-ch'),
         accept_ch(r.visitor, r.table) ? ACCEPT_CH : undefined);
    same('Set-Cookie', get('set-cookie'),
         set_cookies(r.visitor, r.table).join(' | '));
    same('X-Cache', get('x-cache'), CACHED[r.source]);
}


// weak: null where either will do

function check_tag(r, got, weak, wrong, static_tags) {
    const raw = (r.source === 'static' ? static_tags : TAGS)[r.file];
    let wanted;

    if (raw) {
        wanted = varied(raw);

    } else {
        wanted = varied(`"${(MODIFIED / 1000).toString(16)}"`, 'modified');
        weak = true;
    }

    check_form(got, weak === null ? [ wanted, `W/${wanted}` ]
               : [ weak ? `W/${wanted}` : wanted ], wrong);
}


// the 16 digits of a variant, whatever they are

const DIGITS = 'HHHHHHHHHHHHHHHH';

export const varied = (raw, what = 'consent') =>
    raw.replace(/"$/, `~${what}.${DIGITS}"`);

function check_form(got, forms, wrong) {
    if (!forms.includes(got?.replace(/\.[0-9a-f]{16}"$/, `.${DIGITS}"`))) {
        wrong.push(`ETag is ${show(got)}, not`
                   + ` ${forms.map(f => f ?? 'absent').join(' or ')}`);
    }
}


// a response of another status may leave cookies out, but hands out none that
// is refused

function check_cookies(r, res, wrong) {
    const passed = set_cookies(r.visitor, r.table);

    for (const line of (header(res, 'set-cookie') ?? '').split(' | ')) {
        if (RAW_COOKIES.includes(line) && !passed.includes(line)) {
            wrong.push(`Set-Cookie has the refused ${show(line)}`);
        }
    }
}


function check_origin(r, log, same) {
    const asked = log.length;

    same('requests that the origin got', asked,
         [ 'static', 'hit' ].includes(r.source) ? 0 : 1);

    if (asked !== 1) {
        return;
    }

    const { headers, status } = log[0];
    const seen = (name, wanted) =>
        same(`${name} that the origin got`, headers[name], wanted);

    seen('cookie', cookies_left(r.visitor, r.table));
    seen('accept-encoding', undefined);

    if (r.source === 'revalidated') {
        seen('if-none-match', TAGS[r.file]);
        seen('if-modified-since', DATE);
        seen('range', undefined);
        seen('if-range', undefined);
        same('status of the origin', status, 304);
        return;
    }

    const wanted = r.seen ?? {};

    for (const name of [ 'if-none-match', 'if-match', 'range', 'if-range' ]) {
        if (!r.open) {
            seen(name, wanted[name]);
        }
    }

    // beside a tag a date does not count

    if (!wanted['if-none-match'] && r.file !== 'time.html') {
        seen('if-modified-since', undefined);
    }
}

export const request_headers = r => [
    ...(r.split ? cookies(r.visitor).split('; ') : [ cookies(r.visitor) ])
        .map(line => `Cookie: ${line}`),
    `X-Id: ${r.id}`,
    `Accept-Encoding:${r.ae ? ' gzip' : ''}`,
    ...Object.entries(r.send ?? {}).map(([ n, value ]) => `${n}: ${value}`),
];


const show = value => value === undefined ? 'absent' : JSON.stringify(value);
