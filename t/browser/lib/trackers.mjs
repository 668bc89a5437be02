// The trackers of every other host: what they are asked for is kept, and each
// answer sets a cookie, as theirs do.

import https from 'node:https';

import { listen } from './nginx.mjs';

const TYPES = {
    js: 'text/javascript', gif: 'image/gif', html: 'text/html', css: 'text/css',
};

const GIF = Buffer.from(
    'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

// of a third party; Chromium takes none that is not partitioned
const COOKIE = 'id=1; Path=/; Max-Age=3600; Secure; SameSite=None; Partitioned';


export class Trackers {

    // asked: "host/path" of every request, by the host of the page whose it is,
    // or as hear(host, path) tells: [ whose, what ]; a connection has no path.
    // begun: connections of which it is not yet known whose they are
    // cookies(url): what the answer sets; body(host, path): of what is no image

    static async start(port, tls,
                       { cookies = () => COOKIE, hear, body } = {})
    {
        const t = new Trackers();

        t.asked = {};
        t.begun = new Set();
        t.cookies = cookies;
        t.hear = hear;
        t.body = body;

        const server = https.createServer(tls.read(),
                                          (req, res) => t.#answer(req, res));

        server.on('connection', socket => {
            const { remotePort } = socket;

            t.begun.add(remotePort);
            socket.on('close', () => t.begun.delete(remotePort));
        });

        server.on('secureConnection', socket => {
            t.begun.delete(socket.remotePort);
            hear && t.#note(...hear(socket.servername || '', ''));
        });

        return Object.assign(t, await listen(server, port));
    }

    #note(page, what) {
        this.heard(page).push(what);
    }

    heard(page) {
        return this.asked[page] ??= [];
    }

    #answer(req, res) {
        const path = req.url.replace(/[?#].*/s, '');
        const type = TYPES[/\.([a-z]+)$/.exec(path)?.[1]] ?? 'text/javascript';

        req.resume();

        // what no page asks for, but the browser for itself
        if ((req.headers['sec-fetch-site'] ?? 'none') === 'none') {
            res.writeHead(404).end();
            return;
        }

        const page = new URL(req.headers.referer ?? 'https://nobody').hostname;

        this.#note(...this.hear?.(req.headers.host, path)
                      ?? [ page, req.headers.host + path ]);

        res.writeHead(200, {
            'Content-Type': type,
            'Cache-Control': /\/cached\./.test(path) ? 'max-age=3600'
                                                     : 'no-store',
            'Access-Control-Allow-Origin': '*',
            'Set-Cookie': this.cookies(new URL(req.url,
                                               `https://${req.headers.host}`)),
        });
        res.end(type === 'image/gif' ? GIF
                : this.body?.(req.headers.host, path) ?? '');
    }
}
