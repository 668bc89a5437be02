#!/usr/bin/env node

// banner.mjs MODULE LIBRARIES WORK [--only=RE]
//
// The banner, the settings and the link to them in Chromium, over
// conf/default.conf: what a visitor chooses is what is kept, with JavaScript
// and without it, by the keyboard alone and under every kind of
// Content-Security-Policy; axe-core finds nothing in any language, and nothing
// in the page moves.  A language that is written from right to left is made of
// the English one.  Pictures go to WORK.
//
//   --only=RE  the steps whose name matches

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync }
    from 'node:fs';
import http from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Chromium } from './lib/chromium.mjs';
import { ports } from './lib/server.mjs';

const NGINX = process.env.NGX_BIN || '/usr/sbin/nginx';
const CONF = join(dirname(fileURLToPath(import.meta.url)), '../../conf');

// how long what is waited for may take
const PATIENCE = 8000;

// bytes of the banner, its style and its script
const MOST = 15 * 1024;

const PHONE = { width: 390, height: 780, deviceScaleFactor: 2, mobile: true };
const DESKTOP = { width: 1280, height: 800, deviceScaleFactor: 1,
                  mobile: false };

const args = process.argv.slice(2);
const options = Object.fromEntries(args.filter(a => a.startsWith('--'))
    .map(a => a.slice(2).split(/=(.*)/s)).map(([ k, v ]) => [ k, v ?? true ]));
const [ module, libraries, work ] = args.filter(a => !a.startsWith('--'))
    .map(a => resolve(a));

const sleep = ms => new Promise(done => setTimeout(done, ms));

let passed = 0, failed = 0, present = '';

function check(name, is, expected = true) {
    if (JSON.stringify(is) === JSON.stringify(expected)) {
        passed++;
        return;
    }
    failed++;
    console.log(`not ok - ${present}: ${name}\n    is       ${
        JSON.stringify(is)}\n    expected ${JSON.stringify(expected)}`);
}


// The site.  A path begins with a policy's name and a language.

const POLICIES = {
    none: '',
    nonce: "default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc';"
           + " connect-src 'self'; form-action 'self'",
    self: "default-src 'self'",
    noscript: "script-src 'none'; style-src 'unsafe-inline'",
    refused: "default-src 'none'; form-action 'self'",
    quiet: "script-src 'unsafe-inline' 'self'; style-src 'self';"
           + " require-trusted-types-for 'script'",
};

// what sites do to elements of these names, and to those that are focused
const STYLE = `
    body { margin: 0; font: 12px/1 serif; color: #222; background: #fff }
    button { all: unset; font-size: 4px; padding: 0; color: #eee }
    section, form, ul { float: right; width: 30px; border: 9px solid red }
    h1, h2, p { text-transform: uppercase; margin: 40px; letter-spacing: 9px }
    a { color: #00f; display: block; padding: 2px 0; min-height: 20px }
    * { scroll-behavior: auto }`;

const page = lang => `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Harbour Lights</title>
<link rel="stylesheet" href="/site.css">
</head>
<body>
<main>
<h1>Harbour Lights</h1>
<p>Lamps for people who read at night.</p>
${Array.from({ length: 60 }, (_, i) => `<a href="#l${i}" id="l${i}">Lamp ${
    i}</a>`).join('\n')}
</main>
</body>
</html>
`;

// a page that looks like one, for the pictures
const SHOP = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Harbour Lights</title>
<style>
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 1.05rem/1.6
       Georgia, serif; color: #2a2a2a; background: #faf7f2 }
h1 { font-size: 2rem; margin: 0 0 1rem } nav { color: #86622b }
.lamps { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem,
         1fr)); gap: 1rem }
.lamps div { border-radius: .5rem; padding: 4.5rem 1rem 1rem; color: #fff;
             background: #8a6430 }
fieldset { border: 1px solid #b9a98c; background: #fff }
</style>
</head>
<body>
<nav>Lamps &nbsp; Shades &nbsp; Workshop &nbsp; Contact</nav>
<h1>Harbour Lights</h1>
<p>Lamps for people who read at night, made by hand in our workshop on the
quay.</p>
<!--video-->
<div class="lamps"><div>Pilot</div><div>Keeper</div><div>Skipper</div>
<div>Mate</div><div>Gull</div><div>Mole</div></div>
</body>
</html>
`;

const VIDEO = '<iframe title="A film of our workshop" width="560" height="315"'
              + ' src="https://www.youtube.com/embed/x"></iframe>';


const LETTERS = 'ابتثجحخدذرزسشصضطظعغفقكلمنه';

// Letters of another script, variables and markup as they are.

const arabic = text => text.replace(/<[^>]*>|&\w+;|\$\w+|[A-Za-z]/g, s =>
    s.length > 1 ? s : LETTERS[s.toLowerCase().charCodeAt() - 97]);

function texts(folder) {
    const english = readFileSync(join(folder, 'en.conf'), 'utf8');

    writeFileSync(join(folder, 'ar.conf'), english.replace(
        /^(\w+) "((?:[^"\\]|\\.)*)";$/mg, (all, name, text) =>
            name === 'dir' ? 'dir "rtl";' : `${name} "${arabic(text)}";`));

    return readdirSync(folder).map(f => f.replace('.conf', '')).sort();
}


class Site {

    static async start() {
        const s = new Site();
        const [ port, plain, late ] = await ports(3);
        const folder = join(work, 'nginx');
        const files = join(folder, 'files');

        mkdirSync(join(folder, 'temp'), { recursive: true });
        mkdirSync(files);
        cpSync(join(CONF, 'ui'), join(folder, 'ui'), { recursive: true });

        // a page that comes in two pieces, and is long by the second one only
        const html = page('en');
        const cut = html.indexOf('<a href="#l0"');

        s.late = late;
        s.origin = http.createServer((req, res) => {
            res.writeHead(200, { 'Content-Type': 'text/html' });
            res.write(html.slice(0, cut));
            setTimeout(() => res.end(html.slice(cut)), 400);
        }).listen(late, '127.0.0.1');

        s.port = port;
        s.plain = plain;
        s.folder = folder;
        s.languages = texts(join(folder, 'ui/texts'));

        writeFileSync(join(files, 'site.css'), STYLE);
        writeFileSync(join(files, 'shop.html'), SHOP);
        writeFileSync(join(files, 'video.html'),
                      SHOP.replace('<!--video-->', VIDEO));
        for (const lang of s.languages) {
            writeFileSync(join(files, `${lang}.html`), page(lang));
            writeFileSync(join(files, `bare-${lang}.html`), page(lang)
                .replace(/<link.*/, '').replace(/<a.*/gs, '</main>'));
        }

        writeFileSync(join(folder, 'nginx.conf'), s.configuration(module));

        s.child = spawn(NGINX, [ '-p', folder, '-e', join(folder, 'error.log'),
                                 '-c', join(folder, 'nginx.conf') ],
                        { stdio: [ 'ignore', 'ignore', 'pipe' ] });
        s.gone = new Promise(done => s.child.once('exit', done));

        let said = '';
        s.child.stderr.on('data', data => { said += data; });

        for (let i = 0; ; i++) {
            if (await fetch(s.url('/none/en.html')).catch(() => null)) {
                return s;
            }
            if (i > 200 || s.child.exitCode !== null) {
                throw new Error(`nginx has not started: ${said}`);
            }
            await sleep(25);
        }
    }

    configuration(so) {
        const server = (port, consent) => `
    server {
        listen 127.0.0.1:${port};
        root ${this.folder}/files;
        ${consent}
        location = /favicon.ico { return 204; }
        ${Object.entries(POLICIES).map(([ name, policy ]) => `
        location /${name}/ {
            alias ${this.folder}/files/;
            ${policy && `add_header Content-Security-Policy "${policy}";`}
        }`).join('')}
        location /late/ {
            proxy_buffering off;
            proxy_pass http://127.0.0.1:${this.late};
        }
        location /consent/ { consent_pages; }
    }`;

        return `
load_module ${so};
worker_processes 1;
daemon off;
${process.getuid() === 0 ? 'user root;' : ''}
pid ${this.folder}/nginx.pid;
error_log ${this.folder}/error.log warn;
events { worker_connections 256; }

http {
    access_log off;
    client_body_temp_path ${this.folder}/temp;
    proxy_temp_path ${this.folder}/temp;
    fastcgi_temp_path ${this.folder}/temp;
    uwsgi_temp_path ${this.folder}/temp;
    scgi_temp_path ${this.folder}/temp;
    types { text/html html; text/css css; }
    consent_table site {
        category essential required "Needed for the site to work";
        category performance "Site performance and customisation";
        category advertising "Targeted advertising";
        category sharing "Sharing on third-party platforms";
        include ${CONF}/default.conf;
        provider "Visitor counter" performance choice=provider key=counter {
            cookie counter expires=1d;
        }
    }
    consent_ui ui;
    consent_field controller "Harbour Lights Ltd";
    consent_field address "1 Example Street, Dublin, Ireland";
    consent_field contact "privacy@harbour.example";
    consent_field authority "Data Protection Commission, Dublin";
    ${server(this.port, `consent site; consent_banner on;
        consent_placeholder on;`)}
    ${server(this.plain, '')}
}
`;
    }

    url(path) {
        return `http://127.0.0.1:${this.port}${path}`;
    }

    errors() {
        return readFileSync(join(this.folder, 'error.log'), 'utf8').split('\n')
            .filter(line => /\[(alert|crit|emerg|error)\]/.test(line));
    }

    async stop() {
        this.origin.close();
        this.child.kill('SIGTERM');
        await this.gone;
    }
}


// What runs in the page before anything of its own: what moved, and what a
// policy has refused.

const WATCH = `
    window.moved = 0;
    window.violations = [];
    new PerformanceObserver(list => {
        for (const e of list.getEntries()) { window.moved += e.value; }
    }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('securitypolicyviolation', e =>
        window.violations.push(e.effectiveDirective + ' ' + e.blockedURI));`;


class Visitor {

    static async start(browser, site, { script = true, size = DESKTOP,
                                        media = {} } = {})
    {
        const v = new Visitor();

        v.site = site;
        v.context = (await browser.send('Target.createBrowserContext'))
            .browserContextId;
        v.tab = await browser.tab(v.context);
        v.browser = browser;
        v.script = script;

        await v.tab.send('Page.addScriptToEvaluateOnNewDocument',
                         { source: WATCH });
        await v.tab.send('Emulation.setScriptExecutionDisabled',
                         { value: !script });
        await v.see(size, media);

        return v;
    }

    async see(size, { print, ...features } = {}) {
        await this.tab.send('Emulation.setDeviceMetricsOverride', size);
        await this.tab.send('Emulation.setEmulatedMedia', {
            media: print ? 'print' : '',
            features: Object.entries(features).map(([ name, value ]) =>
                ({ name, value })),
        });
    }

    async go(path) {
        await this.tab.go(this.site.url(path));
        await this.tab.loaded;
        await this.settled();
    }

    // what is put off until the next frame has been done
    async settled() {
        await this.wait('document.readyState === "complete"');
        if (this.script) {
            await this.run('new Promise(done => requestAnimationFrame(() =>'
                           + ' requestAnimationFrame(done)))');
        }
    }

    async run(expression) {
        const r = await this.tab.send('Runtime.evaluate', {
            expression, awaitPromise: true, returnByValue: true,
        });
        if (r.exceptionDetails) {
            throw new Error(`${expression.slice(0, 200)}: ${
                r.exceptionDetails.exception?.description}`);
        }
        return r.result.value;
    }

    async wait(expression) {
        for (let i = 0; i < PATIENCE / 20; i++) {
            if (await this.run(expression).catch(() => false)) {
                return;
            }
            await sleep(20);
        }
        throw new Error(`${present}: ${expression} is still not so`);
    }

    async key(key, code, text) {
        const event = { key, code: key, windowsVirtualKeyCode: code, text };
        await this.tab.send('Input.dispatchKeyEvent',
                            { type: 'keyDown', ...event });
        await this.tab.send('Input.dispatchKeyEvent',
                            { type: 'keyUp', ...event });
    }

    tabKey() { return this.key('Tab', 9); }
    enter() { return this.key('Enter', 13, '\r'); }
    space() { return this.key(' ', 32, ' '); }
    escape() { return this.key('Escape', 27); }

    async click(selector) {
        await this.wait(`!!document.querySelector(${JSON.stringify(selector)})`);
        const [ x, y ] = await this.run(`(e => {
            e.scrollIntoView({ block: 'nearest' });
            const r = e.getClientRects()[0];
            return [ r.x + r.width / 2, r.y + r.height / 2 ];
        })(document.querySelector(${JSON.stringify(selector)}))`);
        for (const type of [ 'mousePressed', 'mouseReleased' ]) {
            await this.tab.send('Input.dispatchMouseEvent', {
                type, x, y, button: 'left', clickCount: 1 });
        }
    }

    // the accepted categories as the cookie has them; null: it is not there
    async chosen() {
        const { cookies } = await this.browser.send('Storage.getCookies', {
            browserContextId: this.context });
        return cookies.find(c => c.name === 'consent')?.value.split('.')[3]
               ?? null;
    }

    async choice(expected) {
        for (let i = 0; i < PATIENCE / 20; i++) {
            if (await this.chosen() === expected) {
                break;
            }
            await sleep(20);
        }
        check('what is kept', await this.chosen(), expected);
    }

    // 'banner', 'link', 'settings' or ''
    state() {
        return this.run(`(e => !e ? '' : e.className === 'consent-link' ? 'link'
            : document.getElementById('consent-settings') ? 'settings'
            : 'banner')(document.getElementById('consent-banner'))`);
    }

    async becomes(state) {
        await this.wait(`(e => (!e ? '' : e.className === 'consent-link'
            ? 'link' : document.getElementById('consent-settings') ? 'settings'
            : 'banner') === '${state}')(
            document.getElementById('consent-banner'))`);
        await this.settled();
    }

    picture(name, whole) {
        return this.tab.send('Page.captureScreenshot', {
            format: 'png', captureBeyondViewport: !!whole,
        }).then(({ data }) => writeFileSync(join(work, `${name}.png`),
                                            Buffer.from(data, 'base64')));
    }

    async end() {
        await this.tab.close();
        await this.browser.send('Target.disposeBrowserContext', {
            browserContextId: this.context });
    }
}

const ACCEPT = '#consent-banner button[value=all]';
const REFUSE = '#consent-banner button[value=none]';
const CHOOSE = '#consent-banner button[formmethod=get]';
const LINK = '#consent-banner a';
const SAVE = '#consent-set button:not([value])';
const ALL = 'performance+advertising+sharing+counter';


async function axe(v, source, name) {
    if (!await v.run('!!window.axe')) {
        await v.run(source);
    }
    const found = await v.run(`axe.run(document, { resultTypes: [ 'violations' ],
        runOnly: [ 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
                   'best-practice' ] }).then(r => r.violations.map(v => v.id
        + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary)
                         .join(', ')))`);
    check(`axe-core on ${name}`, found, []);
}


const steps = {

    async choice(browser, site) {
        for (const script of [ true, false ]) {
            const what = script ? 'with JavaScript' : 'without';
            const v = await Visitor.start(browser, site, { script });

            present = `choice, accept ${what}`;
            await v.go('/none/en.html?a=1&b=%20');
            check('state', await v.state(), 'banner');
            if (script) {
                await v.run('scrollTo(0, 120)');
            }
            await v.click(ACCEPT);
            await v.choice(ALL);
            await v.becomes('link');
            check('where', await v.run('location.pathname + location.search'),
                  '/none/en.html?a=1&b=%20');
            if (script) {
                check('still there', await v.run('scrollY'), 120);
            }

            present = `choice, withdraw ${what}`;
            await v.click(LINK);
            await v.becomes('settings');
            check('where', await v.run('location.pathname'),
                  '/consent/settings');
            check('checked', await v.run(`[ ...document.querySelectorAll(
                'input:checked') ].length`), 5);
            await v.click(REFUSE);
            await v.choice('-');
            await v.becomes('link');
            check('where', await v.run('location.pathname + location.search'),
                  '/none/en.html?a=1&b=%20');
            await v.end();

            present = `choice, refuse ${what}`;
            const w = await Visitor.start(browser, site, { script });
            await w.go('/none/en.html');
            await w.click(REFUSE);
            await w.choice('-');
            await w.becomes('link');
            await w.end();

            present = `choice, set ${what}`;
            const s = await Visitor.start(browser, site, { script });
            await s.go('/none/de.html');
            await s.click(CHOOSE);
            await s.becomes('settings');
            check('where', await s.run('location.pathname'),
                  script ? '/none/de.html' : '/consent/settings');
            check('checked beforehand', await s.run(`[ ...document
                .querySelectorAll('input:checked') ].map(e => e.disabled)`),
                  [ true ]);
            check('the way back', await s.run(`document.querySelector(
                '#consent-set input[name=return]').value`), '/none/de.html');
            check('language', await s.run(
                `document.getElementById('consent-settings').closest('[lang]')
                    .lang`), 'de');
            await s.click('input[value=sharing]');
            await s.click('input[value=counter]');
            await s.click(SAVE);
            await s.choice('sharing+counter');
            await s.becomes('link');
            check('where', await s.run('location.pathname'), '/none/de.html');
            await s.end();
        }
    },

    async back(browser, site) {
        present = 'back';
        const v = await Visitor.start(browser, site);
        await v.go('/none/en.html');
        await v.run('window.kept = 1');
        await v.run("location.href = '/none/de.html'");
        await v.wait("location.pathname === '/none/de.html'");
        await v.becomes('banner');
        await v.click(REFUSE);
        await v.choice('-');
        await v.becomes('link');
        await v.run('history.back()');
        await v.wait("location.pathname === '/none/en.html'");
        await v.becomes('link');
        await v.end();
    },

    async open(browser, site) {
        present = 'open';
        const v = await Visitor.start(browser, site);
        await v.go('/none/en.html');
        check('it is heard', await v.run(`document.dispatchEvent(
            new CustomEvent('consentopen', { cancelable: true }))`), false);
        await v.becomes('settings');
        await v.end();
    },

    async keyboard(browser, site) {
        const v = await Visitor.start(browser, site);

        present = 'keyboard';
        await v.go('/none/en.html');
        const order = [];
        for (let i = 0; i < 5; i++) {
            await v.tabKey();
            order.push(await v.run(`(e => e.value || e.id
                || e.getAttribute('href').split('?')[0])(
                document.activeElement)`));
        }
        check('order', order,
              [ '/consent/policy', 'all', 'none', 'en', 'l0' ]);
        await v.escape();
        await sleep(100);
        check('Escape chooses nothing', [ await v.chosen(), await v.state() ],
              [ null, 'banner' ]);

        // what has the focus is not behind the banner
        let behind = 0;
        for (let i = 1; i < 60; i++) {
            await v.tabKey();
            behind += await v.run(`(e => {
                const r = e.getBoundingClientRect();
                const b = document.getElementById('consent-banner')
                    .getBoundingClientRect();
                return r.bottom > b.top ? 1 : 0;
            })(document.activeElement)`);
        }
        check('hidden behind the banner', behind, 0);

        present = 'keyboard, settings';
        await v.go('/none/en.html');
        for (let i = 0; i < 4; i++) {
            await v.tabKey();
        }
        check('the focus shows', await v.run(`(s => [ s.outlineStyle,
            parseFloat(s.outlineWidth) >= 2 ])(
            getComputedStyle(document.activeElement))`), [ 'solid', true ]);
        await v.enter();
        await v.becomes('settings');
        check('the focus goes along', await v.run('document.activeElement.id'),
              'consent-title');
        const within = [];
        for (let i = 0; i < 20; i++) {
            await v.tabKey();
            within.push(await v.run(`document.activeElement === document.body
                || !!document.activeElement.closest('#consent-banner')`));
        }
        check('and stays there', within.includes(false), false);
        await v.escape();
        await v.becomes('banner');
        check('Escape leads back', await v.chosen(), null);
        for (let i = 0; i < 4; i++) {
            await v.tabKey();
        }
        await v.enter();
        await v.becomes('settings');
        await v.tabKey();
        await v.space();
        await v.tabKey();
        for (let i = 0; i < 40; i++) {
            if (await v.run(`document.activeElement.matches('${SAVE}')`)) {
                break;
            }
            await v.tabKey();
        }
        await v.enter();
        await v.becomes('link');
        check('what is kept', typeof await v.chosen(), 'string');
        await v.end();
    },

    async policies(browser, site) {
        const expected = {
            none: { style: true, violations: [] },
            nonce: { style: true, violations: [ 'style-src-elem' ] },
            self: { style: true, violations: [] },
            noscript: { style: true, violations: [ 'style-src-elem' ] },
            refused: { style: false, violations: [ 'style-src-elem',
                                                   'style-src-elem' ] },
            quiet: { style: true, violations: [] },
        };

        for (const [ name, { style, violations } ] of Object.entries(expected))
        {
            present = `policies, ${name}`;
            const v = await Visitor.start(browser, site);
            await v.go(`/${name}/en.html`);
            check('it is styled', await v.run(`getComputedStyle(document
                .getElementById('consent-banner')).position`),
                  style ? 'fixed' : 'static');

            // but for the site's own style
            check('violations', (await v.run('violations'))
                .map(s => s.split(' ')[0]), violations);
            await v.click(CHOOSE);
            await v.becomes('settings');
            await v.click('input[value=performance]');
            await v.click(SAVE);
            await v.choice('performance');
            await v.becomes('link');
            check('the link is styled', await v.run(`getComputedStyle(document
                .getElementById('consent-banner')).position`),
                  style ? 'fixed' : 'static');
            await v.click(LINK);
            await v.becomes('settings');
            await v.click(REFUSE);
            await v.choice('-');
            await v.end();
        }
    },

    async stillness(browser, site) {
        for (const size of [ PHONE, DESKTOP ]) {
            for (const policy of [ 'none', 'self', 'late' ]) {
                present = `stillness, ${policy}, ${size.width}`;
                const v = await Visitor.start(browser, site, { size });
                await v.go(`/${policy}/en.html`);
                await sleep(300);
                check('layout shift', await v.run('moved'), 0);
                await v.click(REFUSE);
                await v.becomes('link');
                await sleep(300);
                check('of the link', await v.run('moved'), 0);
                await v.end();
            }
        }
    },

    async looks(browser, site) {
        present = 'looks';
        const v = await Visitor.start(browser, site);

        // the three are alike
        for (const size of [ DESKTOP, PHONE ]) {
            await v.see(size);
            await v.go('/none/en.html');
            const alike = await v.run(`[ ...document.querySelectorAll(
                '#consent-banner button') ].map(e => {
                const s = getComputedStyle(e), r = e.getBoundingClientRect();
                return [ Math.round(r.width), Math.round(r.height), s.color,
                         s.backgroundColor, s.border, s.font, s.opacity ]
                    .join(' ');
            })`);
            check('buttons', alike.length, 3);
            check('are alike', new Set(alike).size, 1);
            check('and large', parseInt(alike[0].split(' ')[1]) >= 44);
        }

        // 320 CSS pixels, and zoomed in to 400 %
        for (const height of [ 640, 256 ]) {
            for (const lang of site.languages) {
                present = `looks, 320x${height}, ${lang}`;
                await v.see({ ...PHONE, width: 320, height });
                await v.go(`/none/${lang}.html`);
                check('nothing is beside it', await v.run(`[ document
                    .documentElement.scrollWidth, ...[ ...document
                    .querySelectorAll('#consent-banner *') ].map(e => {
                        const r = e.getBoundingClientRect();
                        return r.right > 320 || r.left < 0 ? e.outerHTML : '';
                    }).filter(Boolean) ]`), [ 320 ]);
                check('it can be reached', await v.run(`[ ...document
                    .querySelectorAll('#consent-banner button, #consent-banner a')
                    ].filter(e => {
                        e.scrollIntoView({ block: 'center' });
                        const r = e.getBoundingClientRect();
                        return r.height < 24 || r.width < 24 || r.top < 0
                               || r.bottom > innerHeight;
                    }).map(e => e.outerHTML)`), []);
                await v.click(CHOOSE);
                await v.becomes('settings');
                check('nothing is beside the settings', await v.run(`[ ...
                    document.querySelectorAll('#consent-banner *') ].filter(
                        e => e.checkVisibility()
                             && e.getBoundingClientRect().right > 320)
                    .map(e => e.outerHTML)`), []);
            }
        }

        present = 'looks, print';
        await v.see(DESKTOP, { print: true });
        await v.go('/none/en.html');
        check('not printed', await v.run(`getComputedStyle(document
            .getElementById('consent-banner')).display`), 'none');
        await v.go('/consent/settings');
        check('the settings are', await v.run(`getComputedStyle(document
            .getElementById('consent-banner')).display`), 'block');

        present = 'looks, reduced motion';
        await v.see(DESKTOP, { 'prefers-reduced-motion': 'reduce' });
        await v.go('/none/en.html');
        check('nothing moves', await v.run(`[ ...document.querySelectorAll(
            '#consent-banner, #consent-banner *') ].filter(e => {
                const s = getComputedStyle(e);
                return s.animationName !== 'none'
                       || s.transitionDuration !== '0s';
            }).length`), 0);

        present = 'looks, forced colors';
        await v.see(DESKTOP, { 'forced-colors': 'active' });
        await v.go('/none/en.html');
        check('a button has an edge', await v.run(`(s => [ s.borderTopStyle,
            s.borderTopColor === s.backgroundColor ])(getComputedStyle(document
            .querySelector('${ACCEPT}')))`), [ 'solid', false ]);

        present = 'looks, right to left';
        await v.see(DESKTOP);
        await v.go('/none/ar.html');
        check('direction', await v.run(`(b => [ getComputedStyle(b).direction,
            [ ...b.querySelectorAll('button') ].map(e => e
                .getBoundingClientRect().left).every((x, i, a) =>
                    !i || x < a[i - 1]) ])(document.getElementById(
            'consent-banner'))`), [ 'rtl', true ]);

        present = 'looks, a site\'s own colours';
        await v.go('/none/en.html');
        await v.run(`document.documentElement.style.setProperty(
            '--consent-accent', 'rgb(120, 0, 80)')`);
        check('they count', await v.run(`getComputedStyle(document
            .querySelector('${ACCEPT}')).backgroundColor`), 'rgb(120, 0, 80)');
        await v.end();
    },

    async size(browser, site) {
        let largest = 0;
        for (const lang of site.languages) {
            present = `size, ${lang}`;
            const headers = { 'Sec-Fetch-Dest': 'document' };
            const path = `/none/${lang}.html`;
            const [ ours, plain ] = await Promise.all([ site.port, site.plain ]
                .map(port => fetch(`http://127.0.0.1:${port}${path}`,
                                   { headers }).then(r => r.text())));
            const bytes = ours.length - plain.length;
            largest = Math.max(largest, bytes);
            check(`${bytes} bytes`, bytes > 1000 && bytes < MOST);
        }
        console.log(`size: at most ${largest} bytes`);
    },

    async access(browser, site) {
        const source = readFileSync(join(libraries,
            'node_modules/axe-core/axe.min.js'), 'utf8');

        for (const lang of site.languages) {
            const v = await Visitor.start(browser, site);

            for (const scheme of [ 'light', 'dark' ]) {
                present = `access, ${lang}, ${scheme}`;
                await v.see(scheme === 'dark' ? PHONE : DESKTOP,
                            { 'prefers-color-scheme': scheme });
                await v.go(`/none/bare-${lang}.html`);
                await axe(v, source, 'the banner');
                await v.click(CHOOSE);
                await v.becomes('settings');
                await v.run(`document.querySelectorAll('details').forEach(
                    d => { d.open = true; })`);
                await axe(v, source, 'the settings in the page');
                await v.go(`/consent/settings?lang=${lang}`);
                await axe(v, source, 'the settings');
            }

            await v.click(ACCEPT);
            await v.choice(ALL);
            await v.go(`/consent/settings?lang=${lang}`);
            await axe(v, source, 'the settings of who has chosen');
            await v.go(`/none/bare-${lang}.html`);
            await axe(v, source, 'the link');
            await v.end();
        }
    },

    async pictures(browser, site) {
        for (const [ name, size ] of [ [ 'phone', PHONE ],
                                       [ 'desktop', DESKTOP ] ])
        {
            present = `pictures, ${name}`;
            const v = await Visitor.start(browser, site, { size });
            await v.go('/none/shop.html');
            await v.picture(`banner-${name}`);
            await v.click(CHOOSE);
            await v.becomes('settings');
            await v.picture(`settings-${name}`);
            await v.see(size, { 'prefers-color-scheme': 'dark' });
            await v.go('/none/ar.html');
            await v.picture(`dark-rtl-${name}`);
            await v.see(size);
            await v.go('/none/shop.html');
            await v.click(REFUSE);
            await v.becomes('link');
            await v.go('/none/video.html');
            await v.picture(`placeholder-${name}`);
            await v.go('/consent/policy');
            await v.picture(`policy-${name}`);
            await v.end();
        }
    },
};


async function main() {
    if (!work) {
        console.error('usage: banner.mjs MODULE LIBRARIES WORK [OPTION...]');
        return 2;
    }

    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });

    const only = new RegExp(options.only ?? '');
    const site = await Site.start();
    const browser = await Chromium.start(work, {});

    try {
        for (const [ name, step ] of Object.entries(steps)) {
            if (!only.test(name)) {
                continue;
            }
            const start = Date.now();
            await step(browser, site).catch(e => {
                failed++;
                console.log(`not ok - ${present}: ${e.message}`);
            });
            console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
        }

        present = 'nginx';
        check('its log', site.errors(), []);

    } finally {
        await browser.stop();
        await site.stop();
    }

    console.log(`banner: ${passed} passed, ${failed} failed, ${
        browser.version}`);

    return failed ? 1 : 0;
}

process.exitCode = await main();
