#!/usr/bin/env node

// markup.mjs MODULE WORK LIBRARIES
//
// What consent_markup writes is brought back to life by the platform's own
// script when consent is given there, once and not before; and what "live"
// brings back is not run again by that script.  LIBRARIES is a folder where
// "npm install vanilla-cookieconsent@3 klaro@0.7" has been run.

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { check, differ, program, sleep, until } from './lib/frame.mjs';
import { CATEGORIES, choice, listen, nginx, ports } from './lib/nginx.mjs';

// how long nothing more must come, when all has that should
const SETTLE = 700;


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


async function run(browser, site, i, c, asked) {
    const tab = await browser.alone();
    const ran = async () =>
        JSON.parse(await tab.evaluate('JSON.stringify([...ran].sort())'));
    const all = () => [ ...new Set(asked) ].sort();

    asked.length = 0;

    if (c.cookie) {
        await tab.send('Network.setCookie', {
            url: `http://127.0.0.1:${site}/`, name: 'consent',
            value: choice([ 'performance' ]) });
    }

    await tab.visit(`http://127.0.0.1:${site}/${i}/page${i}.html`);
    await until(async () => !differ('run', await ran(), c.before));
    await sleep(SETTLE);

    const before = await ran(), early = [ ...asked ];

    const { exceptionDetails: thrown } =
        await tab.send('Runtime.evaluate', { expression: c.choose });
    await until(async () => !differ('run', await ran(), c.after)
                            && !differ('asked for', all(), c.asked));
    await sleep(SETTLE);

    const after = await ran(), late = all();

    await tab.close();

    check(c.name, thrown && JSON.stringify(thrown),
          differ('run before', before, c.before),
          differ('asked for before', early, []),
          differ('run after', after, c.after),
          differ('asked for after', late, c.asked));
}


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


function servers(port, files) {
    return `
    consent_table site {
        ${CATEGORIES}

        provider "Metrics" performance { url metrics.example; }
        provider "Marked" performance { inline "markedQueue"; }
        provider "Tracker" advertising { url tracker.example; }
    }

    server {
        listen 127.0.0.1:${port};
        root ${files};
        consent site;
        location = /favicon.ico { return 204; }
        ${CASES.map((c, i) => `
        location /${i}/ { alias ${files}/; ${c.consent} }`).join('')}
    }`;
}


await program('MODULE WORK LIBRARIES', async ({ module, work, libraries,
                                                keep }) =>
{
    const [ site, trackers ] = await ports(2);
    const files = join(work, 'files');
    const asked = [];

    mkdirSync(files);

    for (const [ name, path ] of Object.entries(LIBRARIES)) {
        copyFileSync(join(libraries, 'node_modules', path), join(files, name));
    }

    for (const [ name, text ] of [ ...Object.entries(OWN), ...CASES.map(
        (c, i) => [ `page${i}.html`, c.html ]) ])
    {
        writeFileSync(join(files, name), text);
    }

    await keep(listen(http.createServer(
        (req, res) => answer(req, res, asked)), trackers));
    await keep(nginx(work, module, site, servers(site, files)));

    const browser = await keep(Chromium.start(work, { flags: [
        `--host-resolver-rules=MAP * 127.0.0.1:${trackers},`
        + ` EXCLUDE 127.0.0.1` ] }));

    for (const [ i, c ] of CASES.entries()) {
        await run(browser, site, i, c, asked);
    }
});
