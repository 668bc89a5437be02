// The rows of the published policy, as three files have them: conf/tables/
// policy.tsv (what is published), rows.tsv (by which means each is enforced, a
// name that it stands for, the element that has its vendor set it) and
// conf/ovh.conf (what is enforced).  They must agree, row for row.

import { readFileSync } from 'node:fs';

import { row_of, url_row } from './rows.mjs';

const ROOT = new URL('../../..', import.meta.url).pathname;

const read = path => readFileSync(ROOT + path, 'utf8');


// the ways in which a row's name may come to be there: of each means those that
// must have been tried

export const MEANS = {
    header:    { kinds: [ 'cookie' ], ways: [ 'header' ] },
    request:   { kinds: [ 'cookie', 'url' ], ways: [ 'request', 'cookie' ] },
    tag:       { kinds: [ 'url' ], ways: [ 'request' ] },
    guard:     { kinds: [ 'cookie', 'storage' ], ways: [] },
    nothing:   { kinds: [ 'url' ], ways: [ 'request' ] },
    published: { kinds: [ 'cookie', 'storage' ], ways: [] },
};

const GUARD = { cookie: [ 'script' ], storage: [ 'local', 'session' ] };


// policy() gives the rows, each with its wrong: what the files disagree on;
// and what conf/ovh.conf publishes beyond them.

export function policy() {
    const published = new Map(keyed(enforced(read('conf/ovh.conf'))));
    const means = new Map(keyed(tsv('t/browser/lib/rows.tsv')));
    const stored = new Set();

    const rows = keyed(tsv('conf/tables/policy.tsv').filter(
        r => r.origin === 'seed')).map(([ key, row ], i) =>
    {
        const own = means.get(key) ?? {}, conf = published.get(key);

        means.delete(key);
        published.delete(key);

        const r = { ...row, number: i + 1, means: own.means ?? '-',
                    stored: own.stored, note: conf?.note };

        [ r.tag, r.url ] = own.element?.split(' ') ?? [];
        r.domain ||= r.means === 'request' && r.kind === 'url'
                     ? new URL(r.url).hostname : '';
        r.free = r.category === 'essential' || r.means === 'published';
        r.ways = own.means ? ways(r) : [];
        r.wrong = !own.means ? 'it is not in rows.tsv'
            : !conf ? 'it is not in conf/ovh.conf' : unlike(r, row, conf, stored);
        return r;
    });

    return { rows, beyond: [ ...published.keys(), ...means.keys() ] };
}


function ways({ kind, domain, stored, url }) {
    return [
        ...kind === 'cookie' ? [ 'header' ] : [],
        ...kind === 'cookie' && !domain ? [ 'script' ] : [],
        ...kind === 'storage' ? GUARD.storage : [],
        ...url ? [ 'request', 'inserted' ] : [],
        ...url && domain && stored ? [ 'cookie' ] : [],
    ];
}


function unlike(r, row, conf, stored) {
    const { kinds, ways } = MEANS[r.means] ?? { kinds: [] };
    const must = r.means === 'guard' ? GUARD[r.kind] : ways;
    const at = `${r.kind} ${r.stored} ${r.domain}`;

    if (!kinds.includes(r.kind)) {
        return `a ${r.kind} by ${r.means}`;
    }

    if (must.some(way => !r.ways.includes(way))) {
        return `nothing to try it by ${must}`;
    }

    if (conf.kind !== r.kind || conf.pattern !== r.pattern) {
        return `conf/ovh.conf has ${conf.kind} ${conf.pattern}`;
    }

    if ((conf.domain ?? '') !== row.domain) {
        return `conf/ovh.conf has domain=${conf.domain}`;
    }

    if ((r.means === 'published') !== (conf.enforce === 'off')) {
        return `conf/ovh.conf has enforce=${conf.enforce ?? 'on'}`;
    }

    if (r.kind === 'url' ? !fits_url(r.pattern, r.url)
                         : !fits(r.pattern, r.stored))
    {
        return `${r.stored || r.url} is none of ${r.pattern}`;
    }

    if (r.stored && stored.has(at)) {
        return `${r.stored} is another row's, too`;
    }

    stored.add(at);
    return '';
}


const fits = (pattern, name) => (pattern[0] === '~'
    ? new RegExp(pattern.replace(/^~\*?/, ''), pattern[1] === '*' ? 'i' : '')
    : new RegExp('^' + pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/\*/g, '.*') + '$')).test(name);

function fits_url(pattern, url) {
    const { hostname, pathname, search } = new URL(url);

    return row_of([ url_row(pattern, []) ],
                  { host: hostname, path: pathname + search }) !== null;
}


// A name is printed twice where the policy has it with two lifetimes.

function keyed(rows) {
    const seen = {};

    return rows.map(r => {
        const key = [ r.category, r.provider, r.name ].join(' | ');

        seen[key] = (seen[key] ?? 0) + 1;
        return [ seen[key] > 1 ? `${key} (${seen[key]})` : key, r ];
    });
}


function tsv(path) {
    const [ columns, ...lines ] = read(path).trimEnd().split('\n')
        .map(line => line.split('\t'));

    return lines.map(cells => Object.fromEntries(
        columns.map((column, i) => [ column, cells[i] ])));
}


// What nginx reads: words, quoted or not, a `;`, and `{ }` around a provider's
// rows.  Printed are cookies, storage, and what has name=.

function enforced(text) {
    const rows = [];
    let words = [], provider = null;

    for (const [ token, quoted ] of tokens(text)) {
        if (quoted || !/^[;{}]$/.test(token)) {
            words.push(token);
            continue;
        }

        if (token === '{') {
            provider = { provider: words[1], category: words[2] };

        } else if (token === ';') {
            const [ kind, pattern, ...args ] = words;
            const row = { ...provider, kind, pattern, ...Object.fromEntries(
                args.map(a => a.split(/=(.*)/s)).map(([ k, v ]) => [ k, v ])) };

            if (row.name !== undefined || /^(cookie|storage)$/.test(kind)) {
                rows.push({ ...row, name: row.name ?? pattern });
            }
        }

        words = [];
    }

    return rows;
}


function* tokens(text) {
    const token = /\s+|#[^\n]*|"((?:[^"\\]|\\.)*)"|([;{}])|([^\s;"{][^\s;{]*)/gs;

    for (const [ , quoted, mark, word ] of text.matchAll(token)) {
        if (quoted !== undefined) {
            yield [ quoted.replace(/\\(["\\])/g, '$1'), true ];

        } else if (mark ?? word) {
            yield [ mark ?? word, false ];
        }
    }
}
