// What listens: nginx with the module, and servers of our own.

import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync }
    from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';

import { PATIENCE, sleep } from './frame.mjs';

const NGINX = process.env.NGX_BIN || '/usr/sbin/nginx';

export const ROOT = new URL('../../..', import.meta.url).pathname;

const TEMPORARY = [ 'client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi' ];


// the four categories of most tables
export const CATEGORIES = `
        category essential required "Needed for the site to work";
        category performance "Site performance and customisation";
        category advertising "Targeted advertising";
        category sharing "Sharing on third-party platforms";`;

// what conf/ui needs of an operator
export const UI = `
    consent_ui ${ROOT}conf/ui;
    consent_field controller "Shop Ltd";
    consent_field address "1 Example Street, Dublin";
    consent_field contact "privacy@shop.example";
    consent_field authority "Data Protection Commission, Dublin";`;


// the module's own cookie: what is accepted, or nothing; ago: seconds
export const choice = (accepted, ago = 60) =>
    `1.${Math.floor(Date.now() / 1000) - ago}.0.${accepted.join('+') || '-'}`;


// Ports that are free now, below those that the kernel gives to whoever
// connects: they stay so until they are used.  TEST_BROWSER_PORT names the first
// of ours instead, and others begin behind it.

export async function ports(count, behind = 0) {
    let own = Number(process.env.TEST_BROWSER_PORT ?? 0);
    const servers = [];

    own &&= own + behind;

    while (servers.length < count) {
        const server = net.createServer();
        const port = own ? own + servers.length
                         : 10000 + Math.floor(Math.random() * 20000);

        try {
            await listen(server, port);
            servers.push(server);

        } catch (error) {
            if (own || error.code !== 'EADDRINUSE') {
                throw error;
            }
        }
    }

    const found = servers.map(s => s.address().port);

    await Promise.all(servers.map(s => new Promise(done => s.close(done))));
    return found;
}


export async function listen(server, port) {
    await new Promise((good, bad) => {
        server.once('error', bad);
        server.listen(port, '127.0.0.1', good);
    });

    return { stop: () => {
        server.closeAllConnections?.();
        server.close();
    } };
}


// a key and a certificate of our own, for whom no browser asks

export function certificate(work) {
    const key = join(work, 'tls.key'), cert = join(work, 'tls.crt');

    execFileSync('openssl', [
        'req', '-x509', '-newkey', 'ec', '-pkeyopt',
        'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=t', '-days', '2',
        '-keyout', key, '-out', cert ], { stdio: 'ignore' });

    return { key, cert, read: () => ({ key: readFileSync(key),
                                       cert: readFileSync(cert) }),
             nginx: `ssl_certificate ${cert}; ssl_certificate_key ${key};` };
}


// A program that stays: what it says is kept in WORK/NAME.log.

export class Program {

    static async start(work, name, command, args, port) {
        const p = new Program();
        const log = join(work, `${name}.log`);

        writeFileSync(log, '');
        p.child = spawn(command, args, { stdio: [ 'ignore', 'pipe', 'pipe' ] });
        p.child.stdout.on('data', data => appendFileSync(log, data));
        p.child.stderr.on('data', data => appendFileSync(log, data));

        // whatever becomes of us, it ends
        process.once('exit', () => p.child.kill('SIGTERM'));

        let gone = null;
        p.gone = new Promise(done => {
            p.child.once('exit', code => { gone = `status ${code}`; done(); });
            p.child.once('error', e => { gone = e.message; done(); });
        });

        for (const end = Date.now() + PATIENCE; !await answers(port);) {
            if (gone || Date.now() > end) {
                throw new Error(`${name} has not started (${gone}): `
                                + readFileSync(log, 'utf8').slice(-2000));
            }
            await sleep(25);
        }

        return p;
    }

    async stop() {
        this.child.kill('SIGTERM');
        const late = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE);
        await this.gone;
        clearTimeout(late);
    }
}


function answers(port) {
    return new Promise(done => {
        const socket = net.connect(port, '127.0.0.1');
        socket.once('connect', () => { socket.destroy(); done(true); });
        socket.once('error', () => done(false));
    });
}


// In WORK/nginx; http: its block, port: one that it listens on, log: which
// requests are logged.

export async function nginx(work, module, port, http, log = 'off') {
    const folder = join(work, 'nginx'), error = join(folder, 'error.log');

    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, 'temp'), { recursive: true });

    writeFileSync(join(folder, 'nginx.conf'), `
load_module ${module};
worker_processes 1;
daemon off;
${process.getuid() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log ${error} warn;
events { worker_connections 1024; }

# who is told to go does not wait for connections that nobody uses
worker_shutdown_timeout 1s;

http {
    log_not_found off;
    ${TEMPORARY.map(name => `${name}_temp_path ${folder}/temp;`).join('\n    ')}
    types {
        text/html html; text/css css; text/javascript js mjs; image/gif gif;
        image/svg+xml svg; application/json json;
        application/xhtml+xml xhtml; application/xml xml dtd xsl;
    }
    ${http}
    access_log ${log};
}
`);

    const p = await Program.start(work, 'nginx', NGINX, [
        '-p', folder, '-e', error, '-c', join(folder, 'nginx.conf') ], port);

    p.errors = () => readFileSync(error, 'utf8').split('\n')
        .filter(line => /\[(alert|crit|emerg|error|warn)\]/.test(line));

    return p;
}
