// The cells of the matrix.  Each has threads: generators that yield lists of
// requests (or RELOAD) and get their responses.  All threads of all cells take
// a step together.

import { header } from './check.mjs';
import { TAGS } from './origin.mjs';
import { MODIFIED, ORIGIN, everything } from './page.mjs';

export const SOURCES = [ 'static', 'proxied', 'hit', 'revalidated',
                         'fastcgi' ];
export const CHOICES = [ 'refused', 'part', 'accepted', 'changed', 'table' ];
export const MODES = [ 'plain', 'gzip client', 'gzip upstream', 'range',
                       'HEAD', 'conditional' ];

export const RELOAD = Symbol('reload');

const WHO = [ 'refused', 'part', 'accepted' ];
const DATE = MODIFIED.toUTCString();
const DOCUMENTS = [ 'document', 'iframe', 'frame', 'embed', 'object',
                    'empty' ];

export const tag = res => header(res, 'etag') ?? '"no ETag"';

export const weak = value => value.startsWith('W/') ? value : `W/${value}`;

const other = visitor => visitor === 'refused' ? 'accepted' : 'refused';


export function threads(c) {
    switch (c.choice) {

    case 'changed':
        return WHO.flatMap(first => WHO.filter(w => w !== first)
            .map(second => changed(c, first, second)));

    case 'table':
        return WHO.map(visitor => table_changed(c, visitor));

    default:
        return [ ROWS[c.mode](asker(c, c.choice, 0)) ];
    }
}


// ask.page("what is asked", { ... }), and so on, for one visitor

function asker({ source, proto, host, tags }, visitor, table) {
    const ask = file => (row, more = {}) => ({
        source, proto, host, row, file, visitor, table, method: 'GET',
        want: 'whole', ...more,
    });

    return { visitor, raw: file => tags[file], page: ask('page.html'),
             gz: ask('gz.html'), time: ask('time.html'),
             uncached: source === 'proxied' || source === 'fastcgi' };
}


const ROWS = {

    *'plain'(ask) {
        yield [ ask.page('plain'), ask.time('plain, no ETag') ];
    },

    *'gzip client'(ask) {
        yield [ ask.page('gzip', { ae: true }),
                ask.time('gzip, no ETag', { ae: true }) ];
    },

    *'gzip upstream'(ask) {
        yield [ ask.gz('compressed, client takes none'),
                ask.gz('compressed, client takes gzip', { ae: true }) ];
    },

    *'range'(ask) {
        const size = ORIGIN.length, some = 'bytes=100-299';
        const whole = !everything(ask.visitor);

        const range = (row, value, part) => ask.page(row, {
            send: { Range: value }, range: part,
            want: whole ? 'whole' : part ? 'part' : 'unsatisfiable',
            seen: whole ? {} : { range: value },
        });

        const [ own, foreign ] = (yield [
            range('first bytes', 'bytes=0-99', [ 0, 99 ]),
            range('from the middle', 'bytes=100-5000', [ 100, 5000 ]),
            range('to the end', 'bytes=300-', [ 300, size - 1 ]),
            range('the last bytes', 'bytes=-50', [ size - 50, size - 1 ]),
            range('past the end', `bytes=${size}-`, null),
            ask.page('to know the tag'),
            { ...ask.page("another's tag"), visitor: other(ask.visitor) },
        ]).slice(-2).map(tag);

        yield [
            { ...range('If-Range with the tag', some, [ 100, 299 ]),
              send: { Range: some, 'If-Range': own },
              seen: whole ? {}
                    : { range: some, 'if-range': TAGS['page.html'] } },

            // the origin sees its own tag, and its bytes are what was accepted

            ask.uncached && !whole
                ? { ...range("If-Range with the origin's tag", some,
                             [ 100, 299 ]),
                    send: { Range: some, 'If-Range': ask.raw('page.html') },
                    seen: { range: some, 'if-range': TAGS['page.html'] } }
                : ask.page("If-Range with the origin's tag", {
                    send: { Range: some, 'If-Range': ask.raw('page.html') },
                    open: true }),

            ...[
                [ 'If-Range with the tag of another choice', foreign ],
                [ 'If-Range with a date', DATE ],
            ].map(([ row, value ]) => ask.page(row, {
                send: { Range: some, 'If-Range': value }, open: true,
            })),
        ];
    },

    *'HEAD'(ask) {
        const head = { method: 'HEAD' };

        const [ own ] = (yield [
            ask.page('HEAD', head),
            ask.time('HEAD, no ETag', head),
            ask.page('HEAD, client takes gzip', { ...head, ae: true }),
            ask.gz('HEAD of what is compressed', head),
        ]).map(tag);

        yield [
            ask.page('HEAD with the tag', {
                ...head, want: 'unchanged', send: { 'If-None-Match': own },
                seen: { 'if-none-match': TAGS['page.html'] },
            }),
            ask.page("HEAD with the origin's tag", {
                ...head, send: { 'If-None-Match': ask.raw('page.html') },
            }),
        ];
    },

    *'conditional'(ask) {
        const [ own, packed, inflated, made, foreign ] = (yield [
            ask.page('to know the tag'),
            ask.page('to know the gzip tag', { ae: true }),
            ask.gz('to know the tag of what came compressed'),
            ask.time('to know the made tag'),
            { ...ask.page("another's tag"), visitor: other(ask.visitor) },
        ]).map(tag);

        const raw = TAGS['page.html'];

        const unchanged = (value, seen, more = {}) => ({
            send: { 'If-None-Match': value }, want: 'unchanged',
            seen: { 'if-none-match': seen }, ...more,
        });

        const changed = (row, send) => ask.page(row, { send });

        yield [
            ask.page('the tag', unchanged(own, raw)),
            ask.page('the weak tag', unchanged(weak(own), weak(raw))),
            ask.page('a list with the tag',
                     unchanged(`"nope", ${own}`, raw)),
            ask.page('the gzip tag, client takes gzip',
                     unchanged(packed, weak(raw), { ae: true })),
            ask.gz('the tag of what came compressed',
                   unchanged(inflated, weak(TAGS['gz.html']))),
            ask.time('the made tag', unchanged(made)),
            ask.page('the tag and the date', {
                ...unchanged(own, raw),
                send: { 'If-None-Match': own, 'If-Modified-Since': DATE },
            }),
            ask.page('If-Match with the tag', {
                send: { 'If-Match': own }, seen: { 'if-match': raw },
            }),

            changed("the origin's tag",
                    { 'If-None-Match': ask.raw('page.html') }),
            changed('the tag of another choice', { 'If-None-Match': foreign }),
            changed('a list of tags of others', {
                'If-None-Match': `${foreign}, "nope",${ask.raw('page.html')}`,
            }),
            changed('a date alone', { 'If-Modified-Since': DATE }),
            ask.time('a date alone, no ETag',
                     { send: { 'If-Modified-Since': DATE } }),

            ...DOCUMENTS.map(dest => changed(
                `the origin's tag and a date, for ${dest}`,
                { 'If-None-Match': ask.raw('page.html'),
                  'If-Modified-Since': DATE, 'Sec-Fetch-Dest': dest })),
        ];
    },
};


// The page as one visitor, then what the browser has kept of it sent as
// another: what comes is the other's page.

function* changed(c, first, second) {
    const who = `${first} to ${second}`;
    const kept = yield* fill(c.mode, asker(c, first, 0), who);

    yield again(c.mode, asker(c, second, 0), kept, who);
}


function* table_changed(c, visitor) {
    const kept = yield* fill(c.mode, asker(c, visitor, 0), visitor);

    yield RELOAD;

    const ask = asker(c, visitor, 1);

    yield again(c.mode, ask, kept, visitor);
    yield* ROWS[c.mode](ask);
}


// what a browser keeps: tags by file

function* fill(mode, ask, who) {
    const more = mode === 'gzip client' ? { ae: true }
                 : mode === 'HEAD' ? { method: 'HEAD' } : {};

    const [ page, gz, time ] = (yield [
        ask.page(`${who}: first`, more),
        ask.gz(`${who}: first, came compressed`, more),
        ask.time(`${who}: first, no ETag`, more),
    ]).map(tag);

    return { page, gz, time };
}


function again(mode, ask, kept, who) {
    const both = value => ({ 'If-None-Match': value,
                             'If-Modified-Since': DATE });

    switch (mode) {

    case 'plain':
        return [ ask.page(`${who}: plain`, { send: both(kept.page) }),
                 ask.time(`${who}: no ETag`, { send: both(kept.time) }) ];

    case 'gzip client':
        return [ ask.page(`${who}: gzip`,
                          { ae: true, send: both(kept.page) }) ];

    case 'gzip upstream':
        return [ ask.gz(`${who}: compressed`, { send: both(kept.gz) }),
                 ask.gz(`${who}: compressed, client takes gzip`,
                        { ae: true, send: both(kept.gz) }) ];

    case 'range':
        return [ ask.page(`${who}: If-Range`, {
            send: { Range: 'bytes=100-299', 'If-Range': kept.page },
            open: true,
        }) ];

    case 'HEAD':
        return [ ask.page(`${who}: HEAD`,
                          { method: 'HEAD', send: both(kept.page) }) ];

    case 'conditional':
        return [
            ask.page(`${who}: tag alone`,
                     { send: { 'If-None-Match': kept.page } }),
            ask.page(`${who}: weak tag in a list`, { send: {
                'If-None-Match': `"x", ${weak(kept.page)}, "y"` } }),
            ask.page(`${who}: date alone`,
                     { send: { 'If-Modified-Since': DATE } }),
            ask.time(`${who}: tag alone, no ETag`,
                     { send: { 'If-None-Match': kept.time } }),
            ask.page(`${who}: If-Match`, {
                send: { 'If-Match': kept.page }, want: 'failed', open: true }),
        ];
    }
}
