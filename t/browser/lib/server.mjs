// nginx with the module, over the files of the cases: one server without
// consent, one with it and nothing accepted, one that only reports, and one
// that removes.

import { mkdirSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';

import { nginx, ports } from './nginx.mjs';

export const KINDS = [ 'raw', 'filtered', 'report', 'remove' ];

const CONSENT = {
    raw: '',
    filtered: 'consent cases;',
    report: 'consent cases; consent_mode report;',
    remove: 'consent cases; consent_tags remove;',
};


export class Server {

    // types: content types by number; pieces: sizes of buffers; each is a
    // location over the same files

    static async start(work, module, table,
                       { name = 'cases', types, pieces, consent = {} })
    {
        const s = new Server();

        s.files = join(work, 'files');
        mkdirSync(s.files, { recursive: true });

        const list = await ports(KINDS.length);
        s.port = Object.fromEntries(KINDS.map((k, i) => [ k, list[i] ]));

        const locations = kind => types.flatMap(
            (type, t) => [ 0, ...pieces ].map(n => `
    location /t${t}p${n}/ {
        ${kind !== 'raw' && odd(type)
          ? `proxy_buffering off; proxy_pass http://127.0.0.1:${s.port.raw};`
          : `alias ${s.files}/; ${type_of(type)}`}
        ${n ? `output_buffers 1 ${n};` : ''}
    }`)).join('');

        const servers = KINDS.map(kind => `
    server {
        listen 127.0.0.1:${s.port[kind]} backlog=1024;
        ${CONSENT[kind].replace('cases', name)}
        ${kind === 'raw' ? '' : consent[kind] ?? consent.all ?? ''}
        location = /favicon.ico { return 204; }
        ${locations(kind)}
    }`).join('');

        const p = await nginx(work, module, s.port.raw, `
    sendfile off;
    etag off;
    charset_types application/xhtml+xml application/xml text/xml
                  image/svg+xml;
    add_header Cache-Control no-store;
${table}
${servers}`);

        s.agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
        s.errors = p.errors;
        s.stop = () => {
            s.agent.destroy();
            return p.stop();
        };

        return s;
    }

    url(kind, path) {
        return `http://127.0.0.1:${this.port[kind]}${path}`;
    }

    get(kind, path, headers = {}) {
        return new Promise((good, bad) => {
            http.get(this.url(kind, path), { agent: this.agent, headers },
                     res => {
                const parts = [];
                res.on('data', part => parts.push(part));
                res.on('error', bad);
                res.on('end', () => {
                    if (res.statusCode !== 200) {
                        bad(new Error(`${path}: status ${res.statusCode}`));
                    }
                    good(Buffer.concat(parts));
                });
            }).on('error', bad);
        });
    }
}


// A type as sites have it is made of nginx's own directives; any other stands
// as it is, and comes from a backend, where nginx takes it apart.

const PLAIN = /^([\w\/+-]+); charset=([\w-]+)$/;

const odd = type => type.includes(';') && !PLAIN.test(type);

function type_of(type) {
    const [ , plain, charset ] = PLAIN.exec(type) ?? [ null, type, '' ];

    return `default_type "${plain.replace(/"/g, '\\"')}";`
           + (charset ? ` charset ${charset};` : '');
}
