#!/usr/bin/env node

// markup.mjs MODULE WORK LIBRARIES
//
// What consent_markup writes is brought back to life by the platform's own
// script when consent is given there, once and not before; and what "live"
// brings back is not run again by that script.  LIBRARIES is a folder where
// "npm install vanilla-cookieconsent@3 klaro@0.7" has been run.

import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join, resolve } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { ports } from './lib/server.mjs';

const NGINX = process.env.NGX_BIN || '/usr/sbin/nginx';

// how long a page is watched after it has loaded, and after a choice
const SETTLE = 700;

const [ module, work, libraries ] = process.argv.slice(2).map(a => resolve(a));

const sleep = ms => new Promise(done => setTimeout(done, ms));


const LIBRARIES = {
    'vanilla.js': 'vanilla-cookieconsent/dist/cookieconsent.umd.js',
    'klaro.js': 'klaro/dist/klaro.js',
};

const VANILLA = `<!DOCTYPE html><meta charset=utf-8><title>t</title>
<script>var ran = [];</script>
<script src=/vanilla.js></script>`;

const VANILLA_RUN = `<script>
CookieConsent.run({
    cookie: { secure: false },
    categories: { necessary: { readOnly: true }, analytics: {}, marketing: {} },
    language: { default: 'en', translations: { en: {
        consentModal: { title: 't', acceptAllBtn: 'a' },
        preferencesModal: { sections: [] } } } },
});
</script>`;

const KLARO = `<!DOCTYPE html><meta charset=utf-8><title>t</title>
<script>
var ran = [];
var klaroConfig = {
    version: 1, noNotice: true, services: [
        { name: 'Metrics', purposes: [ 'a' ] },
        { name: 'Marked', purposes: [ 'a' ] },
        { name: 'Tracker', purposes: [ 'a' ] },
    ], translations: { zz: { purposes: { a: 'a' } } },
};
</script>
<script src=/klaro.js></script>`;

const ELEMENTS = `
<script src=http://metrics.example/a.js></script>
<script type=module src=http://metrics.example/module.js></script>
<script type=text/javascript>markedQueue = 1; ran.push('inline');</script>
<script src=http://tracker.example/t.js></script>`;

const MARKED = `
<script type=text/plain data-category=analytics data-src=/own.js></script>
<script type=text/plain data-category=analytics src=/own.js></script>
<script type=text/plain data-category=analytics>ran.push('text');</script>`;

const SERVICES = `
<script type=text/plain data-type=text/javascript data-name=Metrics
 data-src=/own.js></script>
<script type=text/plain data-type=text/javascript data-name=Metrics>
ran.push('text');</script>
<iframe data-name=Metrics data-src=/frame.html></iframe>`;


// then: what has run and was asked for, before the choice and after it

const CASES = [
    { name: 'vanilla: held scripts run when their category is accepted',
      consent: 'consent_markup vanilla;',
      html: VANILLA + ELEMENTS + VANILLA_RUN,
      choose: "CookieConsent.acceptCategory([ 'analytics' ])",
      before: [],
      after: [ 'a.js', 'inline', 'module.js' ],
      asked: [ 'metrics.example/a.js', 'metrics.example/module.js' ] },

    { name: 'vanilla: what is live runs once',
      consent: 'consent_markup vanilla live;',
      cookie: true,
      html: VANILLA + MARKED + VANILLA_RUN,
      choose: "CookieConsent.acceptCategory([ 'analytics' ])",
      before: [ 'own.js', 'own.js', 'text' ],
      after: [ 'own.js', 'own.js', 'text' ],
      asked: [] },

    { name: 'vanilla: an author\'s marks wait for its script',
      consent: 'consent_markup vanilla live;',
      html: VANILLA + MARKED + VANILLA_RUN,
      choose: "CookieConsent.acceptCategory([ 'analytics' ])",
      before: [],
      after: [ 'own.js', 'own.js', 'text' ],
      asked: [] },

    { name: 'klaro: held elements come back with their services',
      consent: 'consent_markup klaro;',
      html: KLARO + ELEMENTS + `
<img src=http://metrics.example/i.gif>
<iframe src=http://metrics.example/f.html></iframe>
<link rel=stylesheet href=http://metrics.example/s.css>`,
      choose: `(m => { m.updateConsent('Metrics', true);
                       m.updateConsent('Marked', true);
                       m.saveAndApplyConsents(); })(klaro.getManager())`,
      before: [],
      after: [ 'a.js', 'inline', 'module.js' ],
      asked: [ 'metrics.example/a.js', 'metrics.example/f.html',
               'metrics.example/i.gif', 'metrics.example/module.js',
               'metrics.example/s.css' ] },

    { name: 'klaro: what is live runs once',
      consent: 'consent_markup klaro live;',
      cookie: true,
      html: KLARO + SERVICES,
      choose: `(m => { m.updateConsent('Metrics', true);
                       m.saveAndApplyConsents(); })(klaro.getManager())`,
      before: [ 'frame', 'own.js', 'text' ],
      after: [ 'frame', 'own.js', 'text' ],
      asked: [] },
];


const FRAMES = `
<img src=http://metrics.example/i.gif>
<iframe class=a src=http://metrics.example/f.html></iframe>
<video src=http://metrics.example/v.mp4></video>
<link rel=stylesheet href=http://metrics.example/s.css>`;

// without the platform's script there is nobody to bring anything back

for (const platform of [ 'vanilla', 'klaro', 'cookiebot', 'onetrust',
                         'usercentrics', 'didomi', 'iubenda', 'complianz',
                         'cookieyes', 'borlabs', 'consentmanager' ])
{
    CASES.push({
        name: `${platform}: what waits is not fetched`,
        consent: `consent_markup ${platform};`,
        html: '<!DOCTYPE html><title>t</title><script>var ran = []</script>'
              + ELEMENTS + FRAMES,
        choose: '0', before: [], after: [], asked: [],
    });
}


const OWN = {
    'own.js': "ran.push('own.js');",
    'frame.html': "<script>parent.ran.push('frame')</script>",
};


async function main() {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(join(work, 'files'), { recursive: true });
    mkdirSync(join(work, 'temp'));

    for (const [ name, path ] of Object.entries(LIBRARIES)) {
        copyFileSync(join(libraries, 'node_modules', path),
                     join(work, 'files', name));
    }

    for (const [ name, text ] of Object.entries(OWN)) {
        writeFileSync(join(work, 'files', name), text);
    }

    CASES.forEach((c, i) => writeFileSync(
        join(work, 'files', `page${i}.html`), c.html));

    const [ site, trackers ] = await ports(2);
    const asked = [];
    const sink = http.createServer((req, res) => answer(req, res, asked));
    sink.listen(trackers, '127.0.0.1');

    const nginx = await serve(site);
    let browser = null, failed = 0;

    try {
        browser = await Chromium.start(work, { flags: [
            `--host-resolver-rules=MAP * 127.0.0.1:${trackers},`
            + ` EXCLUDE 127.0.0.1` ] });

        for (const [ i, c ] of CASES.entries()) {
            failed += !await run(browser, site, i, c, asked);
        }

    } finally {
        await browser?.stop();
        sink.closeAllConnections?.();
        sink.close();
        nginx.child.kill('SIGTERM');
        await nginx.gone;
    }

    console.log(`${CASES.length - failed} passed, ${failed} failed`);
    return failed ? 1 : 0;
}


async function run(browser, site, i, c, asked) {
    const tab = await browser.tab();
    const ran = async () =>
        JSON.parse(await tab.evaluate('JSON.stringify([...ran].sort())'));

    asked.length = 0;

    // each case of its own: the platforms keep their choices in cookies
    await tab.send('Network.clearBrowserCookies');

    if (c.cookie) {
        await tab.send('Network.setCookie', {
            url: `http://127.0.0.1:${site}/`, name: 'consent',
            value: `1.${Math.floor(Date.now() / 1000) - 60}.0.performance` });
    }

    await tab.go(`http://127.0.0.1:${site}/${i}/page${i}.html`);
    await Promise.race([ tab.loaded, sleep(5000) ]);
    await sleep(SETTLE);

    const before = await ran(), early = [ ...asked ];

    const { exceptionDetails: thrown } =
        await tab.send('Runtime.evaluate', { expression: c.choose });
    await sleep(SETTLE);

    const after = await ran(), late = [ ...new Set(asked) ].sort();

    await tab.close();

    const ok = !thrown && same(before, c.before) && same(early, [])
               && same(after, c.after) && same(late, c.asked);

    console.log(`${ok ? 'ok' : 'not ok'} - ${c.name}`);

    if (!ok) {
        console.log(JSON.stringify({ before, early, after, late, thrown }, null, 1));
    }

    return ok;
}


const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);


// A tracker: its script says that it has run, and by what name.

function answer(req, res, asked) {
    const name = req.url.slice(1);
    const types = { js: 'text/javascript', css: 'text/css', gif: 'image/gif',
                    html: 'text/html' };

    if (/\.example$/.test(req.headers.host)) {
        asked.push(req.headers.host + req.url);
    }

    res.writeHead(200, {
        'Content-Type': types[name.split('.').pop()] || 'text/plain',
        'Access-Control-Allow-Origin': '*',
    });
    res.end(name.endsWith('.js') ? `ran.push(${JSON.stringify(name)});` : '');
}


async function serve(port) {
    const locations = CASES.map((c, i) => `
        location /${i}/ { alias ${work}/files/; ${c.consent} }`).join('');

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
    types { text/html html; text/javascript js; }

    consent_table site {
        category essential required "Needed";
        category performance "Performance";
        category advertising "Advertising";

        provider "Metrics" performance { url metrics.example; }
        provider "Marked" performance { inline "markedQueue"; }
        provider "Tracker" advertising { url tracker.example; }
    }

    server {
        listen 127.0.0.1:${port};
        root ${work}/files;
        consent site;
        location = /favicon.ico { return 204; }
        ${locations}
    }
}
`);

    const child = spawn(NGINX, [ '-p', work, '-e', join(work, 'error.log'),
                                 '-c', join(work, 'nginx.conf') ],
                        { stdio: 'inherit' });
    const gone = new Promise(done => child.once('exit', done));

    for (let i = 0; i < 200; i++) {
        const up = await new Promise(done => {
            http.get({ port, path: '/favicon.ico' }, res => {
                res.resume();
                done(true);
            }).on('error', () => done(false));
        });

        if (up) {
            return { child, gone };
        }

        await sleep(25);
    }

    throw new Error('nginx has not started');
}


process.exitCode = await main();
