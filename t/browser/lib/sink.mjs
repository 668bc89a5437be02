// Where every host of a page is: a SOCKS5 server that connects to nobody.
// The browser names the host when it opens a connection, before the first
// byte and whether or not one follows, so that a preconnect is seen as well.
// What is asked for over the connection, in TLS or not, gets a small answer.

import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';

import { certificate, listen } from './nginx.mjs';

const GIF = Buffer.from(
    'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const ANSWERS = {
    js:   [ 'text/javascript', '/* nothing */' ],
    css:  [ 'text/css', '/* nothing */' ],
    gif:  [ 'image/gif', GIF ],
    html: [ 'text/html', '<!DOCTYPE html><title>sink</title>' ],
    svg:  [ 'image/svg+xml',
            '<svg xmlns="http://www.w3.org/2000/svg" id="x"/>' ],
    json: [ 'application/json', '{}' ],
    vtt:  [ 'text/vtt', 'WEBVTT\n' ],
};

// by what the request is for, where its path does not say
const DESTINATIONS = {
    script: 'js', style: 'css', image: 'gif', document: 'html',
    iframe: 'html', frame: 'html', object: 'html', embed: 'html',
    manifest: 'json', track: 'vtt', json: 'json',
};


export class Sink {

    static async start(work, port, heard) {
        const s = new Sink();

        s.heard = heard;
        s.tls = certificate(work).read();
        s.sockets = new Set();

        s.http = http.createServer((req, res) => s.#answer(req, res));
        s.http.on('clientError', (error, socket) => socket.destroy());

        s.server = net.createServer(socket => s.#socks(socket));
        await listen(s.server, port);
        s.port = s.server.address().port;

        return s;
    }

    #socks(socket) {
        let had = Buffer.alloc(0), greeted = false;

        this.sockets.add(socket);
        socket.on('close', () => this.sockets.delete(socket));
        socket.on('error', () => {});

        const read = data => {
            had = Buffer.concat([ had, data ]);

            if (!greeted) {
                if (had.length < 2 || had.length < 2 + had[1]) {
                    return;
                }
                had = had.subarray(2 + had[1]);
                greeted = true;
                socket.write(Buffer.from([ 5, 0 ]));
            }

            // 5 CONNECT 0 type address port: a name has type 3
            if (had.length < 5) {
                return;
            }

            const size = { 1: 4, 3: 1 + had[4], 4: 16 }[had[3]];

            if (had.length < 4 + size + 2) {
                return;
            }

            const address = had.subarray(4, 4 + size);
            const host = had[3] === 3 ? address.subarray(1).toString('latin1')
                       : had[3] === 1 ? address.join('.')
                       : address.toString('hex');
            const port = had.readUInt16BE(4 + size);

            socket.off('data', read);
            socket.pause();
            socket.sinkHost = host;
            this.heard({ host, port });
            socket.write(Buffer.from([ 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 ]));

            had = had.subarray(4 + size + 2);
            if (had.length) {
                socket.unshift(had);
            }

            socket.once('data', first => {
                socket.pause();
                socket.unshift(first);

                if (first[0] !== 0x16) {
                    this.http.emit('connection', socket);
                    socket.resume();
                    return;
                }

                const secure = new tls.TLSSocket(socket,
                                                 { isServer: true, ...this.tls });
                secure.sinkHost = host;
                secure.on('error', () => socket.destroy());
                this.http.emit('connection', secure);
            });
            socket.resume();
        };

        socket.on('data', read);
    }

    #answer(req, res) {
        const host = req.socket.sinkHost;
        const path = req.url.replace(/[?#].*/s, '');
        const extension = /\.([a-z]+)$/.exec(path)?.[1];
        const kind = ANSWERS[extension] ? extension
                   : DESTINATIONS[req.headers['sec-fetch-dest']] ?? 'html';
        const [ type, body ] = ANSWERS[kind];

        this.heard({ host, path: req.url, method: req.method });

        req.resume();
        res.writeHead(200, {
            'Content-Type': type,
            'Content-Length': Buffer.byteLength(body),
            'Access-Control-Allow-Origin': req.headers.origin ?? '*',
            'Access-Control-Allow-Credentials': 'true',
            'Access-Control-Allow-Headers': '*',
            'Cache-Control': 'no-store',
            'Connection': 'close',
        });
        res.end(req.method === 'HEAD' ? '' : body);
    }

    stop() {
        this.server.close();
        for (const socket of this.sockets) {
            socket.destroy();
        }
    }
}
