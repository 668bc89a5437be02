// Many requests by one curl: connections are kept, and what a request costs is
// not the start of a program.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const OPTION = { h10: 'http1.0', h1: 'http1.1', h2: 'http2',
                 h3: 'http3-only' };

// what is answered: to HTTP/1.0 nginx says 1.1
const VERSION = { h10: '1.1', h1: '1.1', h2: '2', h3: '3' };

const quoted = s => `"${s.replace(/[\\"]/g, '\\$&')}"`;


export class Curl {

    constructor(program, work, port, cert) {
        Object.assign(this, { program, port, cert });
        this.folder = join(work, 'responses');

        rmSync(this.folder, { recursive: true, force: true });
        mkdirSync(this.folder, { recursive: true });
    }

    // requests: { id, proto, host, method, path, headers, data }, of one proto;
    // their responses by id

    async fetch(requests) {
        const config = requests.map(r => this.config(r)).join('\nnext\n');
        const child = spawn(this.program, [ '-q', '-K', '-' ],
                            { stdio: [ 'pipe', 'pipe', 'inherit' ] });
        let out = '';

        child.stdout.on('data', data => { out += data; });
        child.stdin.on('error', () => {});
        child.stdin.end(config);

        await new Promise((good, bad) => {
            child.once('error', bad);
            child.once('close', good);
        });

        const ends = new Map(out.split('\n').filter(Boolean).map(line => {
            const [ id, code, version, error ] = line.split('\t');
            return [ id, { code, version, error } ];
        }));

        return new Map(requests.map(r => [ r.id, this.read(r,
                                                           ends.get(r.id)) ]));
    }

    config({ id, proto, host, method, path, headers, data }) {
        const lines = [
            `url = "https://${host}:${this.port}${path}"`,
            `resolve = "${host}:${this.port}:127.0.0.1"`,
            `cacert = ${quoted(this.cert)}`,
            OPTION[proto],
            'silent',
            'include',
            'max-time = 20',
            `output = ${quoted(join(this.folder, id))}`,
            `write-out = "${id}\\t%{exitcode}\\t%{http_version}`
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

    read({ id, proto }, end) {
        if (!end || end.code !== '0') {
            return { error: `curl: ${end?.error ?? 'has not come to it'}` };
        }

        if (end.version !== VERSION[proto]) {
            return { error: `curl: HTTP/${end.version}` };
        }

        let rest = readFileSync(join(this.folder, id));

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
}
