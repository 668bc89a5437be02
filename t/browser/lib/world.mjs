// Where the shop of parties.mjs stands: its backend, nginx before it, a partner
// who has it in a frame, and what the parties' hosts answer.

import http from 'node:http';

import { UI, listen } from './nginx.mjs';
import { PARTIES, app, page, script, table } from './parties.mjs';

// of a choice that the browser itself forgets in time, seconds
export const SHORT = 3600;

// what the backend was asked for and sent, and how often a page, by visitor
export const heard = {};


// ID.PARTY.example, before it what a connection alone is for

export function hear(host, path) {
    const [ , early = '', id, rest ] =
        /^(early\.)?(r\d+)\.(\w+\.example)$/.exec(host) ?? [];

    // a connection is what a preconnect leaves; the browser has errands of its
    // own
    return id ? [ id, early + rest + path ]
              : [ /\.example$/.test(host) ? 'nobody' : 'browser', host ];
}

export function body(host, path) {
    return /script\.js|cached\.js/.test(path) ? script(host)
         : /frame\.html/.test(path) ? '<!DOCTYPE html><img src=/inside.gif>'
         : '';
}


export function backend(port) {
    return listen(http.createServer((req, res) => {
        const [ , id, site ] = /^(r\d+)\.(.*)$/.exec(req.headers.host) ?? [];
        const mine = heard[id];
        const { pathname: path, search } = new URL(req.url, 'http://x');

        if (!mine || path === '/favicon.ico') {
            res.writeHead(404).end();
            return;
        }

        if (site === 'partner.example') {
            res.writeHead(200, { 'Content-Type': 'text/html' });
            res.end('<!DOCTYPE html><title>Partner</title><iframe src="https://'
                    + `${id}.${search.slice(1)}/page"></iframe>`);
            return;
        }

        (req.headers.cookie ?? '').split('; ').filter(Boolean).forEach(
            pair => mine.sent.add(pair.split('=')[0]));

        if (path.startsWith('/collect/')) {
            mine.asks.push(site + path);
            res.writeHead(204).end();

        } else if (path === '/app.js') {
            res.writeHead(200, { 'Content-Type': 'text/javascript',
                                 'Cache-Control': 'no-store' });
            res.end(app(id, site));

        } else if (path === '/hub') {
            res.writeHead(200, { 'Content-Type': 'text/html',
                                 'Cache-Control': 'no-cache' });
            res.end('<!DOCTYPE html><title>Hub</title><body><p>Hub');

        } else {
            const { html, headers } = page(id, site, {
                file: path === '/cached' ? 'cached' : 'plain',
                unload: path === '/unload' });
            const known = req.headers['if-none-match'] === '"1"';

            mine.pages++;
            res.writeHead(known ? 304 : 200, {
                ...headers, 'Content-Type': 'text/html', 'ETag': '"1"',
                'Cache-Control': path === '/cached' ? 'max-age=3600'
                                                    : 'no-cache' });
            res.end(known ? '' : html);
        }
    }), port);
}


export function servers(port, origin, tls) {
    const server = (names, directives) => `
    server {
        listen 127.0.0.1:${port} ssl;
        server_name ${names};
        location / {
            proxy_set_header Host $host;
            proxy_pass http://127.0.0.1:${origin};
        }
        ${directives}
    }`;

    const shop = `
        consent shop;
        consent_banner on;
        consent_guard on;
        consent_placeholder on;
        consent_sweep always;
        consent_lifetime clamp;
        location /consent/ { consent_pages; }`;

    return `
    ${tls.nginx}
    ${UI}
    ${table('shop', PARTIES)}
    ${server('*.plain.example *.partner.example', '')}
    ${server('*.shop.example', shop)}
    ${server('*.short.example',
             shop + `consent_source cookie max_age=${SHORT}s;`)}
    ${server('*.revised.example',
             shop + 'consent_source cookie revision=0;')}
    ${server('*.optout.example', shop + 'consent_regime optout;')}
    ${server('*.strict.example',
             shop + 'consent_gpc strict advertising sharing;')}`;
}
