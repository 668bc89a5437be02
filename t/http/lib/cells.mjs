// The cells of the matrix.  Each is a generator: what it yields are requests
// (or RELOAD), and it gets their responses.  All cells take a step together.

import { header } from './check.mjs';
import { TAGS } from './origin.mjs';
import { MODIFIED, ORIGIN, everything } from './page.mjs';

export const SOURCES = [ 'static', 'proxied', 'hit', 'revalidated',
                         'fastcgi' ];
export const CHOICES = [ 'refused', 'part', 'accepted', 'changed', 'table' ];
export const MODES = [ 'plain', 'gzip client', 'gzip upstream', 'range',
                       'HEAD', 'conditional' ];

export const RELOAD = Symbol('reload');

const DATE = MODIFIED.toUTCString();
const AGENTS = [ 'document', 'iframe', 'frame', 'embed', 'object', 'empty' ];

// of the visitors that change their mind, from what to what
const CHANGES = [ [ 'refused', 'accepted' ], [ 'accepted', 'refused' ],
                  [ 'refused', 'part' ], [ 'part', 'refused' ],
                  [ 'part', 'accepted' ], [ 'accepted', 'part' ] ];

const tag = res => header(res, 'etag') ?? '"no ETag"';

const weak = value => value.startsWith('W/') ? value : `W/${value}`;

const other = visitor => visitor === 'refused' ? 'accepted' : 'refused';


export function* cell(c) {
    switch (c.choice) {

    case 'changed':
        yield* changed(c);
        break;

    case 'table':
        yield* table_changed(c);
        break;

    default:
        yield* ROWS[c.mode](asker(c, c.choice, 0));
    }
}


// ask.page("what is asked", { ... }), and so on, for one visitor

function asker(c, visitor, table) {
    const ask = file => (row, more = {}) => ({
        ...c, row, file, visitor, table, method: 'GET', want: 'whole', ...more,
    });

    return { visitor, source: c.source, raw: file => c.tags[file],
             page: ask('page.html'), gz: ask('gz.html'),
             time: ask('time.html') };
}


const ROWS = {

    *'plain'(ask) {
        yield ask.page('plain');
        yield ask.time('plain, no ETag');
    },

    *'gzip client'(ask) {
        yield ask.page('gzip', { ae: true });
        yield ask.time('gzip, no ETag', { ae: true });
    },

    *'gzip upstream'(ask) {
        yield ask.gz('compressed, client takes none');
        yield ask.gz('compressed, client takes gzip', { ae: true });
    },

    *'range'(ask) {
        const size = ORIGIN.length;

        const range = (row, value, part, more = {}) => {
            const whole = !everything(ask.visitor);
            const want = whole ? 'whole' : part ? 'part' : 'unsatisfiable';

            return ask.page(row, {
                send: { Range: value }, range: part, want,
                seen: whole ? {} : { range: value }, ...more,
            });
        };

        yield range('first bytes', 'bytes=0-99', [ 0, 99 ]);
        yield range('from the middle', 'bytes=100-5000', [ 100, 5000 ]);
        yield range('to the end', 'bytes=300-', [ 300, size - 1 ]);
        yield range('the last bytes', 'bytes=-50', [ size - 50, size - 1 ]);
        yield range('past the end', `bytes=${size}-`, null);

        const own = tag(yield ask.page('to know the tag'));
        const foreign = tag(yield { ...ask.page("another's tag"),
                                    visitor: other(ask.visitor) });

        const only = { Range: 'bytes=100-299' };

        yield range('If-Range with the tag', only.Range, [ 100, 299 ], {
            send: { ...only, 'If-Range': own },
            seen: everything(ask.visitor)
                  ? { range: only.Range, 'if-range': TAGS['page.html'] } : {},
        });

        for (const [ row, value ] of [
            [ "If-Range with the origin's tag", ask.raw('page.html') ],
            [ 'If-Range with the tag of another choice', foreign ],
            [ 'If-Range with a date', DATE ],
        ]) {
            yield { ...ask.page(row, { send: { ...only, 'If-Range': value } }),
                    open: true };
        }
    },

    *'HEAD'(ask) {
        yield ask.page('HEAD', { method: 'HEAD' });
        yield ask.time('HEAD, no ETag', { method: 'HEAD' });
        yield ask.page('HEAD, client takes gzip', { method: 'HEAD', ae: true });
        yield ask.gz('HEAD of what is compressed', { method: 'HEAD' });

        const own = tag(yield ask.page('HEAD to know the tag',
                                       { method: 'HEAD' }));

        yield ask.page('HEAD with the tag', {
            method: 'HEAD', want: 'unchanged',
            send: { 'If-None-Match': own },
            seen: { 'if-none-match': TAGS['page.html'] },
        });
        yield ask.page("HEAD with the origin's tag", {
            method: 'HEAD', send: { 'If-None-Match': ask.raw('page.html') },
        });
    },

    *'conditional'(ask) {
        const own = tag(yield ask.page('to know the tag'));
        const packed = tag(yield ask.page('to know the gzip tag',
                                          { ae: true }));
        const inflated = tag(yield ask.gz('to know the tag of what came so'));
        const made = tag(yield ask.time('to know the made tag'));
        const foreign = tag(yield { ...ask.page("another's tag"),
                                    visitor: other(ask.visitor) });

        const raw = TAGS['page.html'];
        const unchanged = (value, seen, more = {}) => ({
            send: { 'If-None-Match': value }, want: 'unchanged',
            seen: { 'if-none-match': seen }, ...more,
        });

        yield ask.page('the tag', unchanged(own, raw));
        yield ask.page('the weak tag', unchanged(weak(own), weak(raw)));
        yield ask.page('a list with the tag',
                       unchanged(`"nope", ${own}`, raw));
        yield ask.page('the gzip tag, client takes gzip',
                       unchanged(packed, weak(raw), { ae: true }));
        yield ask.gz('the tag of what came compressed',
                     unchanged(inflated, weak(TAGS['gz.html'])));
        yield ask.time('the made tag', unchanged(made));
        yield ask.page('the tag and the date', {
            ...unchanged(own, raw),
            send: { 'If-None-Match': own, 'If-Modified-Since': DATE },
        });
        yield ask.page('If-Match with the tag', {
            send: { 'If-Match': own }, seen: { 'if-match': raw },
        });

        const changed = (row, send, more) => ask.page(row, { send, ...more });

        yield changed("the origin's tag",
                      { 'If-None-Match': ask.raw('page.html') });
        yield changed('the tag of another choice',
                      { 'If-None-Match': foreign });
        yield changed('a list of tags of others',
                      { 'If-None-Match': `${foreign}, "nope",`
                                         + ask.raw('page.html') });
        yield changed('a date alone', { 'If-Modified-Since': DATE });
        yield ask.time('a date alone, no ETag',
                       { send: { 'If-Modified-Since': DATE } });

        for (const dest of AGENTS) {
            yield changed(`the origin's tag and a date, for ${dest}`, {
                'If-None-Match': ask.raw('page.html'),
                'If-Modified-Since': DATE, 'Sec-Fetch-Dest': dest,
            });
        }
    },
};


// The first page as one visitor, what the browser kept of it sent as another:
// what comes is the other's page, and back again.

function* changed(c) {
    for (const [ from, to ] of CHANGES) {
        const first = asker(c, from, 0), second = asker(c, to, 0);

        yield* again(c.mode, first, second, `${from} to ${to}`);
        yield* again(c.mode, second, first, `${to} back to ${from}`);
    }
}


function* table_changed(c) {
    for (const visitor of [ 'refused', 'part', 'accepted' ]) {
        const kept = yield* fill(c.mode, asker(c, visitor, 0), visitor);

        c.kept ??= {};
        c.kept[visitor] = kept;
    }

    yield RELOAD;

    for (const visitor of [ 'refused', 'part', 'accepted' ]) {
        const ask = asker(c, visitor, 1);

        yield* ask_again(c.mode, ask, c.kept[visitor], visitor);
        yield* ROWS[c.mode](ask);
    }
}


function* again(mode, first, second, who) {
    const kept = yield* fill(mode, first, who);
    yield* ask_again(mode, second, kept, who);
}


// what a browser keeps: tags by file

function* fill(mode, ask, who) {
    const more = mode === 'gzip client' ? { ae: true }
                 : mode === 'HEAD' ? { method: 'HEAD' } : {};

    return {
        page: tag(yield ask.page(`${who}: first`, more)),
        gz: tag(yield ask.gz(`${who}: first, came compressed`, more)),
        time: tag(yield ask.time(`${who}: first, no ETag`, more)),
    };
}


function* ask_again(mode, ask, kept, who) {
    const both = value => ({ 'If-None-Match': value,
                             'If-Modified-Since': DATE });

    switch (mode) {

    case 'plain':
        yield ask.page(`${who}: plain`, { send: both(kept.page) });
        yield ask.time(`${who}: no ETag`, { send: both(kept.time) });
        break;

    case 'gzip client':
        yield ask.page(`${who}: gzip`, { ae: true, send: both(kept.page) });
        break;

    case 'gzip upstream':
        yield ask.gz(`${who}: compressed`, { send: both(kept.gz) });
        yield ask.gz(`${who}: compressed, client takes gzip`,
                     { ae: true, send: both(kept.gz) });
        break;

    case 'range':
        yield { ...ask.page(`${who}: If-Range`, {
            send: { Range: 'bytes=100-299', 'If-Range': kept.page } }),
                open: true };
        break;

    case 'HEAD':
        yield ask.page(`${who}: HEAD`, { method: 'HEAD',
                                         send: both(kept.page) });
        break;

    case 'conditional':
        yield ask.page(`${who}: tag alone`,
                       { send: { 'If-None-Match': kept.page } });
        yield ask.page(`${who}: weak tag in a list`, { send: {
            'If-None-Match': `"x", ${weak(kept.page)}, "y"` } });
        yield ask.page(`${who}: date alone`,
                       { send: { 'If-Modified-Since': DATE } });
        yield ask.time(`${who}: tag alone, no ETag`,
                       { send: { 'If-None-Match': kept.time } });
        yield ask.page(`${who}: If-Match`, {
            send: { 'If-Match': kept.page }, want: 'failed', open: true });
        break;
    }
}
