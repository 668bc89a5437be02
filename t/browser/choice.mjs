#!/usr/bin/env node

// choice.mjs MODULE WORK
//
// What a choice leaves in Chromium's jar and storage, and who can make one.
// Run by hand:
//
//     t/browser/run.sh choice.mjs objs/ngx_http_consent_module.so objs/choice

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { ports } from './lib/server.mjs';

const NGINX = process.env.NGX_BIN || '/usr/sbin/nginx';

const [ module, work ] = process.argv.slice(2).map(a => resolve(a));

const sleep = ms => new Promise(done => setTimeout(done, ms));

const WWW = 'http://www.shop.example';
const TLS = 'https://www.shop.example';
const SHARED = 'https://www.shared.example';
const OPEN = 'https://www.open.example';
const OTHER = 'https://other.example';

const OLD = '1.1764000000.0.performance.old';


// site: where the choices are posted to, by a form of the page "from"; set:
// what the jar has before; left: what it has after, ids and times taken out;
// stored: local storage then, of one item before; seen: what a script sees of
// cookies; status: of all answers

const CASES = [
    { name: 'by http: not Secure', posts: [ 'all' ],
      left: [ 'www.shop.example consent=performance+advertising+stats'
              + ' HttpOnly Lax' ] },
    { name: 'by https: Secure', site: TLS, posts: [ 'none' ],
      left: [ 'www.shop.example consent=- Secure HttpOnly Lax' ] },
    { name: 'one after another leaves one', site: TLS,
      posts: [ 'all', 'none', 'stats' ],
      left: [ 'www.shop.example consent=stats Secure HttpOnly Lax' ] },
    { name: 'for all hosts of a domain, in place of the own', site: SHARED,
      set: [ `consent=${OLD}; Path=/` ], posts: [ 'none' ],
      left: [ '.shared.example consent=- Secure HttpOnly Lax' ] },
    { name: 'of two copies one is left', site: SHARED,
      set: [ `consent=${OLD}; Path=/`,
             `consent=${OLD}; Path=/; Domain=www.shared.example`,
             `consent=${OLD}; Path=/; Domain=shared.example` ],
      posts: [ 'advertising' ],
      left: [ '.shared.example consent=advertising Secure HttpOnly Lax' ] },
    { name: '... without a domain, too', site: TLS,
      set: [ `consent=${OLD}; Path=/`,
             `consent=${OLD}; Path=/; Domain=shop.example` ],
      posts: [ 'none' ],
      left: [ 'www.shop.example consent=- Secure HttpOnly Lax' ] },
    { name: 'a script sees it where that is said', site: OPEN,
      posts: [ 'none' ], seen: 'consent=-',
      left: [ 'www.open.example consent=- Secure Lax' ] },
    { name: '... and else not', site: TLS, posts: [ 'none' ], seen: '',
      left: [ 'www.shop.example consent=- Secure HttpOnly Lax' ] },

    { name: 'what is refused goes, wherever it is', site: TLS,
      set: [ 'ad=1; Path=/', 'ad=2; Path=/; Domain=www.shop.example',
             'ad=3; Path=/; Domain=shop.example; Secure; HttpOnly',
             'stat=4; Path=/', 'session=5; Path=/', 'mine=6; Path=/' ],
      posts: [ 'performance' ],
      left: [ 'www.shop.example consent=performance Secure HttpOnly Lax',
              'www.shop.example mine=6', 'www.shop.example session=5' ] },
    { name: 'a cookie of the directory in which the visitor is', site: TLS,
      from: '/a/b/form', set: [ 'ad=1; Path=/a/b', 'ad=2; Path=/' ],
      posts: [ 'none' ],
      left: [ 'www.shop.example consent=- Secure HttpOnly Lax' ] },
    { name: 'what is accepted stays', site: TLS,
      set: [ 'ad=1; Path=/', 'stat=4; Path=/' ], posts: [ 'all' ],
      left: [ 'www.shop.example ad=1',
              'www.shop.example consent=performance+advertising+stats'
              + ' Secure HttpOnly Lax', 'www.shop.example stat=4' ] },

    { name: 'storage goes when what stores is refused', site: OPEN,
      posts: [ 'performance' ], stored: 0,
      left: [ 'www.open.example consent=performance Secure Lax' ] },
    { name: '... and stays when it is accepted', site: OPEN,
      posts: [ 'advertising' ], stored: 1,
      left: [ 'www.open.example consent=advertising Secure Lax' ] },
    { name: '... or nobody has asked for it', site: TLS,
      posts: [ 'none' ], stored: 1,
      left: [ 'www.shop.example consent=- Secure HttpOnly Lax' ] },

    { name: "another site's form chooses nothing", site: TLS, at: OTHER,
      posts: [ 'all' ], status: 403, left: [] },
    { name: 'nor does a sandboxed frame', site: TLS, from: '/sandbox',
      posts: [ 'all' ], status: 403, left: [] },
    { name: "nor the site's page without TLS for the one with it", site: TLS,
      at: WWW, posts: [ 'all' ], status: 403, left: [] },
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


let answered = 0;

async function run(browser, i, c) {
    const { site = WWW, at = site, from = '/form' } = c;
    const tab = await browser.tab();

    const go = async url => {
        await tab.go(url);
        await Promise.race([ tab.loaded, sleep(5000) ]);
    };

    const value = async expression => (await tab.send('Runtime.evaluate',
        { expression, returnByValue: true })).result.value;

    await tab.send('Network.enable');
    await tab.send('Network.clearBrowserCookies');
    await go(`${site}/set${i}`);

    const before = (await jar(tab)).length;

    await value('localStorage.setItem("keep", 1)');

    for (const post of c.posts) {
        await go(`${at}${from}?${site}/consent/choice&${post}`);
        await sleep(300);
    }

    const left = await jar(tab);
    const answers = readFileSync(join(work, 'posts.log'), 'utf8').split('\n')
        .slice(answered, -1);

    answered += answers.length;

    await go(`${site}/end`);

    const stored = await value('localStorage.length');
    const seen = String(await value('document.cookie'))
        .replace(/=1\.\d+\.0\.([^.;]*)\.\w+/g, '=$1');

    await value('localStorage.clear()');
    await tab.close();

    const ok = before === (c.set ?? []).length
               && answers.length === c.posts.length
               && answers.every(a => a === String(c.status ?? 303))
               && left.join() === c.left.join()
               && (c.stored === undefined || stored === c.stored)
               && (c.seen === undefined || seen === c.seen);

    console.log(`${ok ? 'ok' : 'not ok'} - ${c.name}`);

    if (!ok) {
        console.log(JSON.stringify({ before, answers, left, stored, seen }));
    }

    return ok;
}


async function jar(tab) {
    const { cookies } = await tab.send('Storage.getCookies');

    return cookies.map(c => [
        c.domain, `${c.name}=`
                  + c.value.replace(/^1\.\d+\.0\.([^.]*)\.\w+$/, '$1'),
        c.secure ? 'Secure' : '', c.httpOnly ? 'HttpOnly' : '',
        c.sameSite ?? ''
    ].filter(s => s).join(' ')).sort();
}


async function serve(plain, secure) {
    const setters = CASES.map((c, i) => `
            location = /set${i} {
                consent off;
                ${(c.set ?? []).map(s => `add_header Set-Cookie "${s}";`)
                  .join(' ')}
                return 200 x;
            }`).join('');

    const form = `<form method=post>
<input name=accept><input name=return></form><script>
const [ action, accept ] = (location.search || name).slice(1).split("&");
const directory = location.pathname.split("/").slice(0, -1).join("/");
const form = document.forms[0];
form.action = action; form.accept.value = accept;
form.return.value = directory + "/end";
form.submit()</script>`
        .replaceAll('\n', '');

    const server = (name, directives) => `
        server {
            listen 127.0.0.1:${plain};
            listen 127.0.0.1:${secure} ssl;
            server_name ${name};

            consent site;
            ${directives}

            location / { return 200 x; }
            location ~ /form$ { return 200 '${form}'; }
            location = /sandbox {
                return 200 '<body><script>
const f = document.createElement("iframe");
f.sandbox = "allow-scripts allow-forms"; f.name = location.search;
f.src = "/form"; document.body.append(f)</script>';
            }
            location /consent/ { consent_pages; }
            ${setters}
        }`;

    writeFileSync(join(work, 'nginx.conf'), `
load_module ${module};
daemon off;
worker_processes 1;
${process.getuid() === 0 ? 'user root;' : ''}
pid ${work}/nginx.pid;
error_log ${work}/error.log warn;
events { }

http {
    log_format post '$status';
    access_log ${work}/posts.log post if=$post;
    map "$request_method $uri" $post { "POST /consent/choice" 1; }
    client_body_temp_path ${work}/temp;
    proxy_temp_path ${work}/temp;
    fastcgi_temp_path ${work}/temp;
    uwsgi_temp_path ${work}/temp;
    scgi_temp_path ${work}/temp;
    default_type text/html;
    ssl_certificate ${work}/tls.crt;
    ssl_certificate_key ${work}/tls.key;

    consent_table site {
        category essential required "Needed";
        category performance "Performance";
        category advertising "Advertising";

        provider "Shop" essential { cookie session; }
        provider "Stats" performance choice=provider key=stats { cookie stat; }
        provider "Ads" advertising { cookie ad; storage keep; }
    }
${server('www.shop.example other.example', '')}
${server('www.shared.example', 'consent_source cookie domain=shared.example;')}
${server('www.open.example',
         'consent_source cookie httponly=off; consent_clear cache storage;')}
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
