// nginx with the module, over the files of the cases: one server without
// consent, one with it and nothing accepted, one that only reports, and one
// that removes.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';

const NGINX = process.env.NGX_BIN || '/usr/sbin/nginx';

export const KINDS = [ 'raw', 'filtered', 'report', 'remove' ];

const CONSENT = {
    raw: '',
    filtered: 'consent cases;',
    report: 'consent cases; consent_mode report;',
    remove: 'consent cases; consent_tags remove;',
};

const TYPES = `
    types {
        text/css css; text/javascript js mjs; image/svg+xml svg;
        image/gif gif; text/html html; application/json json;
        application/xhtml+xml xhtml; application/xml xml dtd xsl;
    }`;


// ports that are free now; TEST_BROWSER_PORT names the first of ours instead

export async function ports(count) {
    const first = Number(process.env.TEST_BROWSER_PORT || 0);
    const servers = [], found = [];

    for (let i = 0; i < count; i++) {
        const server = net.createServer();

        await new Promise((good, bad) => {
            server.once('error', bad);
            server.listen(first ? first + i : 0, '127.0.0.1', good);
        });

        servers.push(server);
        found.push(server.address().port);
    }

    await Promise.all(servers.map(s => new Promise(done => s.close(done))));
    return found;
}


export class Server {

    // types: content types by number; pieces: sizes of buffers; each is a
    // location over the same files

    static async start(work, module, table,
                       { name = 'cases', types, pieces, consent = {} })
    {
        const s = new Server();

        s.work = work;
        s.files = join(work, 'files');
        mkdirSync(s.files, { recursive: true });
        mkdirSync(join(work, 'temp'), { recursive: true });

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

        writeFileSync(join(work, 'nginx.conf'), `
load_module ${module};
worker_processes 1;
daemon off;
${process.getuid() === 0 ? 'user root;' : ''}
pid ${work}/nginx.pid;
error_log ${work}/error.log warn;
events { worker_connections 1024; }

http {
    access_log off;
    log_not_found off;
    client_body_temp_path ${work}/temp;
    proxy_temp_path ${work}/temp;
    fastcgi_temp_path ${work}/temp;
    uwsgi_temp_path ${work}/temp;
    scgi_temp_path ${work}/temp;
    ${TYPES}
    sendfile off;
    etag off;
    charset_types application/xhtml+xml application/xml text/xml
                  image/svg+xml;
    add_header Cache-Control no-store;
${table}
${servers}
}
`);

        rmSync(join(work, 'error.log'), { force: true });

        s.child = spawn(NGINX, [ '-p', work, '-e', join(work, 'error.log'),
                                 '-c', join(work, 'nginx.conf') ],
                        { stdio: [ 'ignore', 'ignore', 'pipe' ] });

        let said = '';
        s.child.stderr.on('data', data => { said += data; });
        s.gone = new Promise(done => s.child.once('exit', done));

        let gone = false;
        s.gone.then(() => { gone = true; });

        for (let i = 0; ; i++) {
            if (gone || i > 200) {
                throw new Error(`nginx has not started: ${said}`);
            }
            if (await answers(s.port.raw)) {
                break;
            }
            await new Promise(done => setTimeout(done, 25));
        }

        s.agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
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

    errors() {
        return readFileSync(join(this.work, 'error.log'), 'utf8')
            .split('\n')
            .filter(line => /\[(alert|crit|emerg|error)\]/.test(line));
    }

    async stop() {
        this.agent.destroy();
        this.child.kill('SIGTERM');
        await this.gone;
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


function answers(port) {
    return new Promise(done => {
        const socket = net.connect(port, '127.0.0.1');
        socket.once('connect', () => { socket.destroy(); done(true); });
        socket.once('error', () => done(false));
    });
}
