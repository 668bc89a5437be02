// A second reading of url rows, for what Chromium asks for: which row of a
// table an address falls under.  It knows what the tables of the tests have.

export function read_rows(conf) {
    const rows = [];
    let categories = [];

    for (const line of conf.split('\n')) {
        const provider = new RegExp('^\\s*provider\\s+"[^"]*"\\s+([a-z ]+?)'
            + '(?:\\s+platform=\\S+)?\\s*\\{').exec(line);
        const url = /^\s*url\s+(?:"([^"]+)"|([^\s";]+))/.exec(line);

        if (provider) {
            categories = provider[1].split(' ');

        } else if (url) {
            rows.push(url_row(url[1] ?? url[2], categories));
        }
    }

    return rows;
}


export function url_row(pattern, categories) {
    const [ , host, path, , query ] =
        /^([^/?]*)(\/[^?]*)?(\?(.*))?$/.exec(pattern);

    return {
        pattern, categories, host,
        path: path && path_of(path, host === '*'),
        length: (path ?? '').length,
        query: query && query.split('&').map(a => a.split(/=(.*)/s)),
    };
}


// whole or up to a slash, * is anything; after the host * at any slash

function path_of(path, anywhere) {
    const text = path.split('*')
        .map(p => p.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');

    return new RegExp(`^${anywhere ? '(?:/.*)?' : ''}${text}`
                      + (path.endsWith('/') ? '' : '(?:/|$)'), 's');
}


export function row_of(rows, { host, path }) {
    const name = host.toLowerCase().replace(/\.$/, '');
    const [ , file, query ] = /^([^?#]*)\??([^#]*)/.exec(path ?? '/');
    const args = query.split('&').map(a => a.split(/=(.*)/s));
    let best = null;

    for (const row of rows) {
        if (row.host !== '*' && name !== row.host
            && !name.endsWith('.' + row.host))
        {
            continue;
        }

        if ((row.path && !row.path.test(file))
            || (row.query && !row.query.every(([ k, v ]) => args.some(
                    ([ n, w ]) => n === k && like(v ?? '', w ?? '')))))
        {
            continue;
        }

        // the longer host, then the longer path, then more arguments
        row.weight ??= [ row.host === '*' ? 0 : row.host.length, row.length,
                         row.query?.length ?? 0 ];

        if (!best || compare(row.weight, best.weight) > 0
            || (compare(row.weight, best.weight) === 0
                && row.categories[0] !== 'essential'))
        {
            best = row;
        }
    }

    return best;
}


const like = (pattern, text) => new RegExp(
    '^' + pattern.split('*').map(p => p.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*') + '$', 's').test(text);

const compare = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
