// Many requests by one curl: connections are kept, and what a request costs is
// not the start of a program.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';

const OPTION = { h10: 'http1.0', h1: 'http1.1', h2: 'http2',
                 h3: 'http3-only' };

// what is answered: to HTTP/1.0 nginx says 1.1
const VERSION = { h10: '1.1', h1: '1.1', h2: '2', h3: '3' };

const quoted = s => `"${s.replace(/[\\"]/g, '\\$&')}"`;


export class Curl {

    constructor(program, port) {
        Object.assign(this, { program, port });
    }

    // requests: { id, proto, host, method, path, headers, data }, of one proto;
    // their responses by id

    async fetch(requests) {

        // what comes after each response; no response has it in it

        const end = randomBytes(16).toString('hex');
        const config = requests.map(r => this.config(r, end))
            .join('\nnext\n');

        const child = spawn(this.program, [ '-q', '-K', '-' ],
                            { stdio: [ 'pipe', 'pipe', 'inherit' ] });
        const parts = [];

        child.stdout.on('data', data => parts.push(data));
        child.stdin.on('error', () => {});
        child.stdin.end(config);

        await new Promise((good, bad) => {
            child.once('error', bad);
            child.once('close', good);
        });

        const all = Buffer.concat(parts), responses = new Map();
        let from = 0;

        for (const { id, proto } of requests) {
            const at = all.indexOf(end, from), last = all.indexOf('\n', at);

            if (at < 0 || last < 0) {
                responses.set(id, { error: 'curl: has not come to it' });
                continue;
            }

            const [ , of, code, version, error ] =
                all.toString('utf8', at, last).split('\t');

            responses.set(id, of !== id || code !== '0'
                ? { error: `curl: ${error}` }
                : version !== VERSION[proto]
                ? { error: `curl: HTTP/${version}` }
                : read(all.subarray(from, at)));

            from = last + 1;
        }

        return responses;
    }

    // "insecure", else it looks for known hosts of ssh, each time

    config({ id, proto, host, method, path, headers, data }, end) {
        const lines = [
            `url = "https://${host}:${this.port}${path}"`,
            `resolve = "${host}:${this.port}:127.0.0.1"`,
            OPTION[proto],
            'insecure',
            'silent',
            'include',
            'max-time = 120',
            `write-out = "${end}\\t${id}\\t%{exitcode}\\t%{http_version}`
                + '\\t%{errormsg}\\n"',
            ...headers.map(h => `header = ${quoted(h)}`),
        ];

        if (method === 'HEAD') {
            lines.push('head');
        } else if (data !== undefined) {
            lines.push(`data = ${quoted(data)}`);
        }

        return lines.join('\n');
    }
}


function read(rest) {
    for (;;) {
        const at = rest.indexOf('\r\n\r\n');
        const [ first, ...lines ] =
            rest.toString('latin1', 0, at).split('\r\n');
        const status = Number(first.split(' ')[1]);

        rest = rest.subarray(at + 4);

        if (status < 200) {
            continue;
        }

        return {
            status,
            headers: lines.map(line => {
                const colon = line.indexOf(':');
                return [ line.slice(0, colon).toLowerCase(),
                         line.slice(colon + 1).trim() ];
            }),
            body: rest,
        };
    }
}
