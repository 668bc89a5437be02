// nginx with the module (or, module being null, without it): one server for
// each way to set it up, and in each a location for every source of a page.  It
// stays in the foreground: what it says on stderr tells when it has started and
// when a reload is done.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { PLACES } from './extra.mjs';
import { ACCEPT_CH, CACHE_CONTROL, MODIFIED, ORIGIN, SCRIPT,
         SET_COOKIE, TABLES } from './page.mjs';

export const SERVERS = {
    'site.test': 'consent site;',
    'off.test': 'consent off;',
    'report.test': 'consent site; consent_mode report;',
};


export class Nginx {

    constructor(program, module, work, origin, { port, cert, key }) {
        Object.assign(this, { program, module, work, origin, port, cert, key });

        const version = /nginx\/(\d+)\.(\d+)\.(\d+)/.exec(
            spawnSync(program, [ '-v' ], { encoding: 'utf8' }).stderr);

        if (!version) {
            throw new Error(`${program} -v says nothing`);
        }

        this.version = version[0].slice(6);
        this.number = version.slice(1).reduce((n, v) => n * 1000 + Number(v),
                                              0);
        this.protocols = this.number >= 1025000 ? [ 'h1', 'h2', 'h3' ]
                                                : [ 'h1', 'h2' ];
        this.lines = [];
        this.waiting = null;
    }

    async start() {
        const { work } = this;

        for (const folder of [ 'files/static/place/index', 'temp', 'cache' ]) {
            rmSync(join(work, folder), { recursive: true, force: true });
            mkdirSync(join(work, folder), { recursive: true });
        }

        const files = { 'page.html': ORIGIN, 'time.html': ORIGIN,
                        'gz.html': ORIGIN, 'gz.html.gz': gzipSync(ORIGIN),
                        'app.js': SCRIPT };

        // the tags as nginx makes them: time and size

        this.tags = {};

        for (const [ name, bytes ] of Object.entries(files)) {
            const file = join(work, 'files/static', name);
            writeFileSync(file, bytes);
            utimesSync(file, MODIFIED, MODIFIED);
            this.tags[name.replace('.gz', '')] =
                `"${(MODIFIED / 1000).toString(16)}`
                + `-${bytes.length.toString(16)}"`;
        }

        delete this.tags['time.html'];

        this.configure(0);

        this.child = spawn(this.program,
                           [ '-p', work, '-e', 'stderr',
                             '-c', join(work, 'nginx.conf') ],
                           { stdio: [ 'ignore', 'ignore', 'pipe' ] });

        // whatever becomes of us, it ends

        process.once('exit', () => this.child.kill('SIGTERM'));

        let rest = '';

        this.child.stderr.on('data', data => {
            const lines = (rest + data).split('\n');
            rest = lines.pop();

            for (const line of lines) {
                this.lines.push(line);
                this.waiting?.(line);
            }
        });

        this.gone = new Promise(done => this.child.once('close', done));

        [ , this.worker ] = await this.says(/start worker process (\d+)/);
    }

    // the next line that matches, or an error if there will be none

    says(what) {
        return new Promise((good, bad) => {
            this.waiting = line => {
                const m = what.exec(line);
                if (m) {
                    this.waiting = null;
                    good(m);
                }
            };

            this.gone.then(() => bad(new Error(
                `nginx has ended:\n${this.lines.join('\n')}`)));
        });
    }

    // done when the worker with the old table is no more

    async reload(table) {
        this.configure(table);

        const ended = this.says(
            new RegExp(`worker process ${this.worker} exited with code 0`));
        const from = this.lines.length;

        this.child.kill('SIGHUP');
        await ended;

        for (const line of this.lines.slice(from)) {
            const m = /start worker process (\d+)/.exec(line);
            if (m) {
                this.worker = m[1];
            }
        }
    }

    async stop() {
        this.child?.kill('SIGTERM');
        await this.gone;
    }

    // what nobody should ever read in it; that a page came encoded is what
    // report mode reports

    faults() {
        return this.lines.filter(line =>
            /\[(warn|error|crit|alert|emerg)\]|exited on signal/.test(line)
            && !/a page came encoded as .* server: report\.test/.test(line));
    }

    configure(table) {
        const { work } = this;

        // the old worker must not wait for connections that nobody closes

        writeFileSync(join(work, 'nginx.conf'), `
${this.module ? `load_module ${this.module};` : ''}
worker_processes 1;
worker_shutdown_timeout 5s;
daemon off;
${process.getuid() === 0 ? 'user root;' : ''}
pid ${work}/nginx.pid;
error_log stderr notice;
events { worker_connections 1024; }

http {
    access_log off;
    log_not_found off;
    client_body_temp_path ${work}/temp;
    proxy_temp_path ${work}/temp/proxy;
    fastcgi_temp_path ${work}/temp;
    uwsgi_temp_path ${work}/temp;
    scgi_temp_path ${work}/temp;
    proxy_cache_path ${work}/cache keys_zone=pages:1m;

    types { text/html html; application/javascript js; }
    keepalive_requests 100000;

    gzip on;
    gzip_proxied any;
    gunzip on;

    ssl_certificate ${this.cert};
    ssl_certificate_key ${this.key};
${this.module ? TABLES[table] : ''}
${Object.entries(SERVERS).map(([ n, s ]) => this.server(n, s)).join('')}
}
`);
    }

    server(name, settings) {
        const address = `127.0.0.1:${this.port}`;
        const listen = this.number >= 1025001
            ? `listen ${address} ssl; listen ${address} quic; http2 on;`
            : `listen ${address} ssl http2;`;
        const quote = s => `'${s}'`;

        return `
    server {
        ${listen}
        server_name ${name};
        ${this.module ? settings : ''}

        location /static/ {
            root ${this.work}/files;

            add_header Cache-Control ${quote(CACHE_CONTROL)};
            add_header Accept-CH ${quote(ACCEPT_CH)};
            ${SET_COOKIE.map(([ line ]) =>
                `add_header Set-Cookie ${quote(line)};`).join('\n')}

            location = /static/gz.html { gzip_static always; }
            location = /static/time.html { etag off; }
        }

        location /proxied/ {
            proxy_pass http://127.0.0.1:${this.origin.http_port};
        }

        location /hit/ {
            ${this.cached()}
        }

        location /revalidated/ {
            ${this.cached()}
            proxy_cache_revalidate on;
        }

        location /fastcgi/ {
            fastcgi_pass 127.0.0.1:${this.origin.fastcgi_port};
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param REQUEST_URI $request_uri;
            fastcgi_param CONTENT_LENGTH $content_length;
            fastcgi_param CONTENT_TYPE $content_type;
        }
${PLACES(this)}
    }
`;
    }

    cached() {
        return `proxy_pass http://127.0.0.1:${this.origin.http_port};
            proxy_cache pages;
            proxy_cache_key $host$uri;
            proxy_ignore_headers Set-Cookie;
            add_header X-Cache $upstream_cache_status;`;
    }
}
