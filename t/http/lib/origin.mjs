// The application behind nginx: over HTTP and FastCGI it answers the same.  It
// knows nothing of consent, honours conditions and ranges as RFC 9110 has them,
// and remembers what it was asked.

import http from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';

import { ACCEPT_CH, CACHE_CONTROL, MODIFIED, ORIGIN, SCRIPT,
         SET_COOKIE } from './page.mjs';


// page.html  compressed if it is asked for, in ranges
// gz.html    always compressed
// time.html  no ETag
// app.js     no page
// NNN.html   a page with that status

export const TAGS = { 'page.html': '"v1-page"', 'gz.html': '"v1-gz"',
                      'app.js': '"v1-js"' };

const DATE = MODIFIED.toUTCString();


export class Origin {

    static async start() {
        const o = new Origin();

        o.log = [];
        o.http = http.createServer((req, res) => o.over_http(req, res));
        o.fastcgi = net.createServer(socket => o.over_fastcgi(socket));

        for (const server of [ o.http, o.fastcgi ]) {
            await new Promise((good, bad) => {
                server.once('error', bad);
                server.listen(0, '127.0.0.1', good);
            });
        }

        o.http_port = o.http.address().port;
        o.fastcgi_port = o.fastcgi.address().port;

        return o;
    }

    async stop() {
        this.http.closeAllConnections();

        for (const server of [ this.http, this.fastcgi ]) {
            await new Promise(done => server.close(done));
        }
    }

    answer(method, path, headers) {
        const got = respond(method, path, headers);

        this.log.push({ id: headers['x-id'], method, path, headers,
                        status: got.status });
        return got;
    }

    over_http(req, res) {
        const { status, headers, body } =
            this.answer(req.method, req.url, req.headers);

        req.resume();
        res.sendDate = false;
        res.writeHead(status, headers.flat());
        res.end(body);
    }

    over_fastcgi(socket) {
        let input = Buffer.alloc(0), params = [];

        socket.on('error', () => socket.destroy());

        socket.on('data', data => {
            input = Buffer.concat([ input, data ]);

            while (input.length >= 8) {
                const type = input[1], size = input.readUInt16BE(4);
                const whole = 8 + size + input[6];

                if (input.length < whole) {
                    return;
                }

                const content = input.subarray(8, 8 + size);
                input = input.subarray(whole);

                if (type === PARAMS) {
                    params.push(content);

                } else if (type === STDIN && size === 0) {
                    const { method, path, headers } =
                        read_params(Buffer.concat(params));
                    params = [];

                    socket.end(records(this.answer(method, path, headers)));
                }
            }
        });
    }
}


const PARAMS = 4, STDIN = 5, STDOUT = 6, END = 3;

function read_params(data) {
    const vars = {};

    for (let at = 0; at < data.length;) {
        const size = [ 0, 0 ];

        for (const i of [ 0, 1 ]) {
            if (data[at] & 0x80) {
                size[i] = data.readUInt32BE(at) & 0x7fffffff;
                at += 4;
            } else {
                size[i] = data[at++];
            }
        }

        const name = data.toString('latin1', at, at + size[0]);
        at += size[0];
        vars[name] = data.toString('latin1', at, at + size[1]);
        at += size[1];
    }

    const headers = {};

    for (const [ name, value ] of Object.entries(vars)) {
        if (name.startsWith('HTTP_') && value) {
            headers[name.slice(5).toLowerCase().replace(/_/g, '-')] = value;
        }
    }

    return { method: vars.REQUEST_METHOD, path: vars.REQUEST_URI, headers };
}


function records({ status, headers, body }) {
    const head = `Status: ${status}\r\n`
        + headers.map(([ name, value ]) => `${name}: ${value}\r\n`).join('')
        + '\r\n';
    const data = Buffer.concat([ Buffer.from(head), body ]), parts = [];

    const record = (type, content) => {
        const h = Buffer.from([ 1, type, 0, 1, 0, 0, 0, 0 ]);
        h.writeUInt16BE(content.length, 4);
        parts.push(h, content);
    };

    // small records: a tag may lie in two

    for (let at = 0; at < data.length; at += 1000) {
        record(STDOUT, data.subarray(at, at + 1000));
    }

    record(STDOUT, Buffer.alloc(0));
    record(END, Buffer.alloc(8));

    return Buffer.concat(parts);
}


function respond(method, path, headers) {
    const name = path.split('/').at(-1);
    const tag = TAGS[name];
    const plain = name === 'app.js' ? SCRIPT : ORIGIN;
    const encode = name === 'gz.html'
                   || /\bgzip\b/.test(headers['accept-encoding'] ?? '');
    const whole = encode ? gzipSync(plain) : plain;

    const always = [
        [ 'Last-Modified', DATE ],
        [ 'Vary', 'Accept-Encoding' ],
        [ 'Cache-Control', CACHE_CONTROL ],
        [ 'Accept-CH', ACCEPT_CH ],
        ...SET_COOKIE.map(([ line ]) => [ 'Set-Cookie', line ]),
    ];

    if (tag) {
        always.push([ 'ETag', tag ]);
    }

    // expired when it is stored, so that a cache asks every time

    if (/^\/(revalidated|place\/(stale|updating))\//.test(path)) {
        always.push([ 'X-Accel-Expires', '@1' ]);
    }

    const response = (status, more, body = Buffer.alloc(0)) => ({
        status,
        headers: [ ...always, ...more ],
        body: method === 'HEAD' ? Buffer.alloc(0) : body,
    });

    const type = [ 'Content-Type', name === 'app.js'
                   ? 'application/javascript' : 'text/html; charset=utf-8' ];

    if (path === '/place/allowed') {
        return { status: 204, headers: [], body: Buffer.alloc(0) };
    }

    if (path.startsWith('/place/accel/')) {
        return response(200, [ type,
                               [ 'X-Accel-Redirect', '/static/page.html' ],
                               [ 'Content-Length', 0 ] ]);
    }

    // a copy is stored, and from then on there is nothing to be had

    if (path.startsWith('/place/stale/') && !headers['x-id']?.includes('prime'))
    {
        return response(500, [ [ 'Content-Length', 0 ] ]);
    }

    const [ , status ] = /^(\d{3})\.html$/.exec(name) ?? [];

    if (status === '303') {
        return response(303, [ [ 'Location', '/elsewhere' ],
                               [ 'Content-Length', 0 ] ]);
    }

    if (status) {
        return response(Number(status),
                        [ type, [ 'Content-Length', ORIGIN.length ] ], ORIGIN);
    }

    switch (method === 'POST' ? 200 : condition(method, headers, tag)) {
    case 304:
        return response(304, []);
    case 412:
        return response(412, [ [ 'Content-Length', 0 ] ]);
    }

    if (encode) {
        return response(200, [ type, [ 'Content-Encoding', 'gzip' ],
                               [ 'Content-Length', whole.length ] ], whole);
    }

    const range = method === 'GET' && range_of(headers, tag, whole.length);

    if (range === 'none') {
        return response(416, [ [ 'Content-Range', `bytes */${whole.length}` ],
                               [ 'Content-Length', 0 ] ]);
    }

    if (range) {
        const [ from, to ] = range;

        return response(206, [
            type, [ 'Content-Range', `bytes ${from}-${to}/${whole.length}` ],
            [ 'Content-Length', to - from + 1 ],
        ], whole.subarray(from, to + 1));
    }

    return response(200, [ type, [ 'Accept-Ranges', 'bytes' ],
                           [ 'Content-Length', whole.length ] ], whole);
}


// RFC 9110, section 13.2.2

function condition(method, headers, tag) {
    const date = name => Date.parse(headers[name]);
    const list = name => headers[name].split(',').map(t => t.trim());
    const weak = t => t.replace(/^W\//, '');

    if (headers['if-match']) {
        if (!list('if-match').some(t => t === '*' || t === tag)) {
            return 412;
        }

    } else if (date('if-unmodified-since') < MODIFIED) {
        return 412;
    }

    if (headers['if-none-match']) {
        return list('if-none-match').some(t => t === '*'
                                               || tag && weak(t) === tag)
               ? 304 : 200;
    }

    return date('if-modified-since') >= MODIFIED ? 304 : 200;
}


// RFC 9110, sections 13.1.5 and 14.1.2: one range, else all of it

function range_of(headers, tag, size) {
    const m = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '');

    if (!m || (m[1] === '' && m[2] === '')) {
        return null;
    }

    const only_if = headers['if-range'];

    if (only_if && only_if !== tag && only_if !== DATE) {
        return null;
    }

    if (m[1] === '') {
        return [ Math.max(size - Number(m[2]), 0), size - 1 ];
    }

    const from = Number(m[1]);

    return from >= size
           ? 'none'
           : [ from, m[2] === '' ? size - 1 : Math.min(Number(m[2]),
                                                       size - 1) ];
}
