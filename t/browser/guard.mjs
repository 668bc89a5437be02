#!/usr/bin/env node

// guard.mjs MODULE WORK [--only=RE]
//
// consent_guard in Chromium: what scripts do, once by who has accepted all of it
// (who then must be seen to do it, or the case is void), and once by who has
// not: no request leaves, no cookie and no storage key is there.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join, resolve } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { ports } from './lib/server.mjs';
import { APIS, PAGES } from './lib/guard_cases.mjs';

const NGINX = process.env.NGX_BIN || '/usr/sbin/nginx';
const ROOT = new URL('../..', import.meta.url).pathname;

const args = process.argv.slice(2);
const options = Object.fromEntries(args.filter(a => a.startsWith('--'))
    .map(a => a.slice(2).split(/=(.*)/s)).map(([ k, v ]) => [ k, v ?? true ]));
const [ module, work ] = args.filter(a => !a.startsWith('--'))
    .map(a => resolve(a));
const only = new RegExp(options.only ?? '');

// what is waited for: at most, and where nothing must come
const LOAD = 5000, QUIET = 350;

const SITE = 'https://www.shop.example';
const now = Math.floor(Date.now() / 1000) - 60;
const ALL = `1.${now}.0.performance+advertising+sharing`;

const sleep = ms => new Promise(done => setTimeout(done, ms));

let passed = 0, failed = 0, heard = [];


function check(name, ok, why = '') {
    if (ok) {
        passed++;
    } else {
        failed++;
    }
    if (!ok || options.show) {
        console.log(`${ok ? 'ok' : 'not ok'} - ${name}${ok ? '' : ': ' + why}`);
    }
}


async function until(f, ms = LOAD) {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(15)) {
        if (await f()) {
            return true;
        }
    }
    return false;
}


async function main() {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(join(work, 'temp'), { recursive: true });
    mkdirSync(join(work, 'files'), { recursive: true });

    execFileSync('openssl', [ 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
        'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=t', '-days', '2',
        '-keyout', join(work, 'tls.key'), '-out', join(work, 'tls.crt') ],
        { stdio: 'ignore' });

    const [ site, sink ] = await ports(2);
    const server = await serve(site);
    const third = third_parties(sink);
    let browser;

    try {
        browser = await Chromium.start(work, { flags: [
            `--host-resolver-rules=MAP *.shop.example:443 127.0.0.1:${site},`
            + `MAP *:443 127.0.0.1:${sink},MAP * 127.0.0.1:${sink}` ] });

        await apis(browser);
        await pages(browser);

    } finally {
        await browser?.stop();
        server.child.kill('SIGTERM');
        await server.gone;
        third.close();
        third.closeAllConnections?.();
    }

    const log = readFileSync(join(work, 'error.log'), 'utf8');
    check('nginx logs nothing', !/\[(crit|alert|emerg)\]/.test(log), log);

    console.log(`${passed} passed, ${failed} failed`);
    return failed || !passed ? 1 : 0;
}


// A tab of its own for each state: what one leaves is not there for the next.

async function visit(browser, path, choice, f) {
    const { browserContextId } = await browser.send(
        'Target.createBrowserContext', { disposeOnDetach: true });
    const tab = await browser.tab(browserContextId);

    try {
        if (choice) {
            await tab.send('Network.setCookie', { url: SITE, name: 'consent',
                value: choice, secure: true });
        }
        await tab.go(SITE + path);
        await Promise.race([ tab.loaded, sleep(LOAD) ]);
        return await f(tab);

    } finally {
        await tab.close();
        await browser.send('Target.disposeBrowserContext',
                           { browserContextId }).catch(() => {});
    }
}


const write = (name, text) => writeFileSync(join(work, 'files', name), text);


// So many at once: most of it is waiting.

async function all(list, f, width = 4) {
    const left = list.map((c, i) => [ c, i ]).filter(([ c ]) =>
        only.test(c.name));

    await Promise.all(Array.from({ length: width }, async () => {
        for (let one; (one = left.shift());) {
            await f(...one);
        }
    }));
}


async function apis(browser) {
    await all(APIS, async (c, i) => {

        // the page of a case, with a host of its own

        const page = kind => {
            const host = `${kind}${i}.ads.example`;
            const own = text => text.replace(/\bHOST\b/g, host);

            write(`${kind}${i}.html`, '<!DOCTYPE html><html><head>'
                + '<meta charset=utf-8><title>t</title></head><body>'
                + `<div id=d></div>${own(c.html ?? '')}<script>${own(c.js)}`
                + '</script></body></html>');

            return [ `/${kind}${i}.html`, async tab => c.left
                ? await tab.evaluate(c.left) === true
                : heard.some(h => h.host === host) ];
        };

        const [ accepted, does ] = page('a');
        const done = await visit(browser, accepted, ALL,
            tab => until(() => does(tab), 3000));
        check(`${c.name}: accepted, it is done`, done, 'void');

        const [ refused, left ] = page('r');

        await visit(browser, refused, null, async tab => {
            await sleep(QUIET + (c.wait ?? 0));
            check(`${c.name}: refused, it is not`, !await left(tab), 'it is');
            const fine = await tab.evaluate(
                'typeof consent === "object" && !window.broken');
            check(`${c.name}: the page goes on`, fine === true,
                  await tab.evaluate('String(window.broken)'));
        });
    });
}


async function pages(browser) {
    for (const c of PAGES) {
        if (!only.test(c.name)) {
            continue;
        }

        heard = [];
        write('page.html', c.html);
        await visit(browser, '/page.html', c.choice?.replace('NOW', now) ?? null,
            async tab => {
                try {
                    await c.run({
                        tab, until, sleep, heard: () => heard, SITE, write,
                        clear: () => { heard = []; },
                        is: (what, ok, why) => check(`${c.name}: ${what}`, ok,
                                                     JSON.stringify(why)),
                        go: async path => {
                            await tab.go(SITE + path);
                            await Promise.race([ tab.loaded, sleep(LOAD) ]);
                        },
                    });
                } catch (e) {
                    check(c.name, false, e.stack);
                }
            });
    }
}


// Answers whatever is asked, and keeps who was.

function third_parties(port) {
    // the browser has errands of its own

    const note = (req, how) => /\.example/.test(req.headers.host)
        && heard.push({ host: req.headers.host.replace(/\.?(:\d+)?$/, ''), url: req.url, how });

    const server = https.createServer({
        key: readFileSync(join(work, 'tls.key')),
        cert: readFileSync(join(work, 'tls.crt')),
    }, (req, res) => {
        note(req, req.headers['sec-fetch-dest']);
        const type = /\.m?js\b/.test(req.url) ? 'text/javascript'
            : /\.css\b/.test(req.url) ? 'text/css'
            : /\.gif\b/.test(req.url) ? 'image/gif' : 'text/html';

        res.writeHead(200, { 'Content-Type': type,
                             'Access-Control-Allow-Origin':
                                 req.headers.origin ?? '*',
                             'Access-Control-Allow-Credentials': 'true',
                             'Cache-Control': 'no-store' });
        res.end(type === 'text/javascript'
                ? `(window.ran = window.ran || []).push(${
                    JSON.stringify(req.url)})` : '');
    });

    server.on('upgrade', (req, socket) => {
        note(req, 'upgrade');
        socket.destroy();
    });
    server.listen(port, '127.0.0.1');
    return server;
}


async function serve(port) {
    writeFileSync(join(work, 'nginx.conf'), `
load_module ${module};
daemon off;
worker_processes 1;
${process.getuid() === 0 ? 'user root;' : ''}
pid ${work}/nginx.pid;
error_log ${work}/error.log warn;
events { }

http {
    access_log off;
    client_body_temp_path ${work}/temp;
    proxy_temp_path ${work}/temp;
    fastcgi_temp_path ${work}/temp;
    uwsgi_temp_path ${work}/temp;
    scgi_temp_path ${work}/temp;
    types { text/html html; application/javascript js; image/gif gif; }
    default_type text/html;

    consent_table site {
        category essential required "Needed";
        category performance "Performance";
        category advertising "Advertising";
        category sharing "Sharing";

        provider "Site" essential { cookie session; }
        provider "Stats" performance {
            cookie stat*; storage stat; storage "stats *"; url stats.example;
        }
        provider "Ads" advertising {
            cookie ad; cookie "~^ad_[0-9]+$"; storage ad; url ads.example;
            url /own/ads; url own.shop.example/ads;
        }
        provider "Good" essential { url good.ads.example; }
        provider "Share" sharing { cookie share; url share.example; }
    }

    consent_ui ${ROOT}conf/ui;
    consent_field controller "Shop Ltd";
    consent_field address "1 Example Street, Dublin";
    consent_field contact "privacy@shop.example";
    consent_field authority "Data Protection Commission, Dublin";

    server {
        listen 127.0.0.1:${port} ssl;
        ssl_certificate ${work}/tls.crt;
        ssl_certificate_key ${work}/tls.key;

        consent site;
        consent_guard on;
        consent_banner on;
        consent_placeholder on;
        consent_downstream private;

        location / { root ${work}/files; add_header Cache-Control no-cache; }
        location /own/ { return 200 '<!DOCTYPE html><p>own'; }
        location = /favicon.ico { return 204; }
        location /consent/ { consent_pages; }

        location /csp/ {
            alias ${work}/files/;
            add_header Content-Security-Policy $arg_csp;
        }
    }
}
`);

    const child = spawn(NGINX, [ '-p', work, '-c', join(work, 'nginx.conf'),
                                 '-e', join(work, 'error.log') ],
                        { stdio: 'inherit' });
    const gone = new Promise(done => child.once('exit', done));

    await sleep(500);

    if (child.exitCode !== null) {
        throw new Error(`nginx does not start: ${work}/error.log`);
    }

    return { child, gone };
}


process.exit(await main());
