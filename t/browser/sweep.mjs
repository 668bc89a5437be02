#!/usr/bin/env node

// sweep.mjs MODULE WORK
//
// What consent_sweep takes out of Chromium's jar, wherever a cookie lives, and
// how long it goes on where the browser does not let go.  Run by hand:
//
//     t/browser/run.sh sweep.mjs objs/ngx_http_consent_module.so objs/sweep

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { ports } from './lib/server.mjs';

const NGINX = process.env.NGX_BIN || '/usr/sbin/nginx';

const [ module, work ] = process.argv.slice(2).map(a => resolve(a));

const sleep = ms => new Promise(done => setTimeout(done, ms));

const WWW = 'http://www.shop.example';
const TLS = 'https://www.shop.example';
const OTHER = 'https://other.example';

const CHOICE = `1.${Math.floor(Date.now() / 1000) - 60}.0.performance`;


// set: Set-Cookie lines of the page "at"; pages: how often the page is visited
// then; left: what the jar still has; swept: on how many of the visits something
// was swept; framed: in a page of another site

const MANY = Array.from({ length: 30 }, (_, i) => `many${i}`);

const CASES = [
    { name: 'of this host alone', set: [ 'ad=1; Path=/' ] },
    { name: 'of this host and those beneath',
      set: [ 'ad=1; Path=/; Domain=www.shop.example' ] },
    { name: "of the parent's, for a year",
      set: [ 'ad=1; Path=/; Domain=shop.example; Max-Age=31536000' ] },
    { name: 'all of these at once',
      set: [ 'ad=1; Path=/', 'ad=2; Path=/; Domain=www.shop.example',
             'ad=3; Path=/; Domain=shop.example', 'ad=4',
             'ad=5; Domain=shop.example' ], at: '/de/shoes/x' },
    { name: 'a parent under a public suffix of two labels',
      site: 'http://www.shop.co.uk',
      set: [ 'ad=1; Path=/; Domain=shop.co.uk', 'ad=2; Path=/' ] },
    { name: 'an address', site: 'http://127.0.0.1:80',
      set: [ 'ad=1; Path=/' ] },
    { name: 'a host of one label', site: 'http://intranet',
      set: [ 'ad=1; Path=/', 'ad=2' ], at: '/x/y' },
    { name: 'HttpOnly', set: [ 'ad=1; Path=/; HttpOnly; SameSite=Strict' ] },
    { name: "the row's path", set: [ 'app=1; Path=/app/' ], at: '/app/x/y' },
    { name: "the row's domain", set: [ 'far=1; Path=/; Domain=shop.example' ] },
    { name: 'a path with what a Path cannot say', set: [ 'ad=1' ],
      at: '/a;b/x' },

    { name: 'by https', site: TLS,
      set: [ 'ad=1; Path=/; Secure', 'ad=2; Domain=shop.example; Secure' ],
      at: '/x/y' },
    { name: '__Host- and __Secure-', site: TLS,
      set: [ '__Host-ad=1; Path=/; Secure',
             '__Secure-ad=1; Path=/; Secure; Domain=shop.example' ] },
    { name: 'partitioned: the second page', site: TLS, pages: 2, swept: 2,
      set: [ 'ad=1; Path=/; Secure; Partitioned',
             '__Host-ad=1; Path=/; Secure; Partitioned' ] },

    { name: 'what is granted, required or unknown stays', swept: 1,
      set: [ 'ad=1; Path=/', 'stat=1; Path=/', 'session=1; Path=/',
             'mine=1; Path=/' ], left: [ 'mine', 'session', 'stat' ] },

    { name: 'a path that nobody has told: three tries', pages: 6, swept: 3,
      set: [ 'ad=1; Path=/a' ], at: '/a/b/c', left: [ 'ad' ] },
    { name: 'beside one that stays others still go', pages: 5, swept: 4,
      set: [ 'ad=1; Path=/a' ], at: '/a/b/c', left: [ 'ad' ],
      later: 'share=1; Path=/' },

    { name: 'in a frame of another site: the second page', site: TLS,
      framed: true, pages: 2, swept: 2,
      set: [ 'ad=1; Path=/; Secure; SameSite=None; Partitioned' ] },

    { name: 'more than one response holds', pages: 20, swept: 10,
      set: MANY.map(name => `${name}=1; Path=/; Domain=shop.example`) },
];


async function main() {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(join(work, 'temp'), { recursive: true });

    execFileSync('openssl', [ 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
        'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=t', '-days', '2',
        '-keyout', join(work, 'tls.key'), '-out', join(work, 'tls.crt') ],
        { stdio: 'ignore' });

    const [ plain, secure ] = await ports(2);
    const nginx = await serve(plain, secure);
    let browser = null, failed = 0;

    try {
        browser = await Chromium.start(work, { flags: [
            `--host-resolver-rules=MAP *:80 127.0.0.1:${plain},`
            + `MAP *:443 127.0.0.1:${secure}` ] });

        for (const [ i, c ] of CASES.entries()) {
            failed += !await run(browser, i, c);
        }

    } finally {
        await browser?.stop();
        nginx.child.kill('SIGTERM');
        await nginx.gone;
    }

    console.log(`${CASES.length - failed} passed, ${failed} failed`);
    return failed ? 1 : 0;
}


async function run(browser, i, c) {
    const { site = WWW, at = '/', pages = 1, swept = 1, left = [] } = c;
    const tab = await browser.tab();
    const directory = at.slice(0, at.lastIndexOf('/') + 1);

    const visit = async (path, framed) => {
        tab.events = [];
        await tab.go(framed ? `${OTHER}/embed?${path}` : site + path);
        await Promise.race([ tab.loaded, sleep(5000) ]);
        await sleep(100);
        return tab.events.map(e => e.params.headers['set-cookie']
                              ?? e.params.headers['Set-Cookie'] ?? '')
            .filter(s => /=; Max-Age=0/.test(s)).length;
    };

    tab.wanted.add('Network.responseReceivedExtraInfo');
    await tab.send('Network.enable');
    await tab.send('Network.clearBrowserCookies');

    await visit(`${directory}set${i}`, c.framed);

    const before = await jar(tab);

    await tab.send('Network.setCookie', { url: site, name: 'consent',
                                           value: CHOICE });

    let count = 0, size = 0;

    for (let n = 0; n < pages; n++) {

        if (c.later && n === 3) {
            await visit('/later');
        }

        count += await visit(at, c.framed) > 0;
        size = Math.max(size, ...tab.events.map(bytes));
    }

    const after = await jar(tab);

    await tab.close();

    const ok = before.length === c.set.length && count === swept
               && after.join() === left.join() && size <= 1024;

    console.log(`${ok ? 'ok' : 'not ok'} - ${c.name} (${before.length} were `
                + `set, ${count} of ${pages} responses swept, ${size} bytes)`);

    if (!ok) {
        console.log(JSON.stringify({ before, after }));
    }

    return ok;
}


// the header lines that sweep, and that remember it

function bytes(event) {
    return (event.params.headersText ?? '').split('\r\n')
        .filter(s => /^Set-Cookie: (consent_swept=|.*=; Max-Age=0)/i.test(s))
        .reduce((sum, s) => sum + s.length + 2, 0);
}


async function jar(tab) {
    const { cookies } = await tab.send('Storage.getCookies');
    return cookies.map(c => c.name).filter(n => !/^consent/.test(n)).sort();
}


async function serve(plain, secure) {
    const setters = CASES.map((c, i) => `
        location ~ /set${i}$ {
            consent off;
            ${c.set.map(s => `add_header Set-Cookie "${s}";`).join(' ')}
            ${c.framed ? `add_header Set-Cookie "consent=${CHOICE}; Path=/; `
                         + 'Secure; SameSite=None; Partitioned";' : ''}
            return 200 x;
        }`).join('');

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
    default_type text/html;

    consent_table site {
        category essential required "Needed";
        category performance "Performance";
        category advertising "Advertising";

        provider "Shop" essential { cookie session; }
        provider "Stats" performance { cookie stat; }
        provider "Ads" advertising {
            cookie ad; cookie many*; cookie share;
            cookie __Host-ad; cookie __Secure-ad;
            cookie app path=/app/;
            cookie far domain=shop.example;
        }
    }

    server {
        listen 127.0.0.1:${plain};
        listen 127.0.0.1:${secure} ssl;
        ssl_certificate ${work}/tls.crt;
        ssl_certificate_key ${work}/tls.key;

        consent site;
        consent_sweep on;

        location / { return 200 "<!DOCTYPE html><title>t</title>x"; }
        location = /favicon.ico { return 204; }
        location = /embed { consent off; return 200 "<iframe src=${TLS}$args>"; }
        location = /later {
            consent off;
            add_header Set-Cookie "${CASES.find(c => c.later).later}";
            return 200 x;
        }${setters}
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
