// The site of banner.mjs and views.mjs: Harbour Lights, over conf/default.conf
// and conf/ui.  A language that is written from right to left is made of the
// English one.

import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync }
    from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';

import { sleep } from './frame.mjs';
import { CATEGORIES, ROOT, listen, nginx, ports } from './nginx.mjs';


// The site.  A path begins with a policy's name and a language.

const SERVERS = [ 'whole', 'few', 'keyless', 'guarded', 'third', 'off' ];

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


// Every kind of placeholder: of a row, of a provider that is chosen by itself,
// of a host that no row names, and where a form in a form would do nothing.

const frames = lang => `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Harbour Lights</title>
<style>
@media (prefers-color-scheme: dark) {
    html { color: #eee; background: #111 }
    a { color: #9cf }
}
</style>
</head>
<body>
<main>
<h1>Harbour Lights</h1>
<iframe title="A film" src="https://www.youtube.com/embed/x"></iframe>
<iframe title="Visitors" src="https://counter.example/today"></iframe>
<iframe title="The weather" src="https://weather.example/"></iframe>
<form action="/order">
<iframe title="Another film" src="https://www.youtube.com/embed/y"></iframe>
<button>Order</button>
</form>
</main>
</body>
</html>
`;


const KEYED = `
        provider "Visitor counter" performance choice=provider key=counter {
            cookie counter expires=1d;
            url counter.example;
            storage counter.example;
            cookie counter.example;
        }`;

// what a third party does, whose name is its host's first: once it is loaded
const TRACKER = '(window.ran = window.ran || []).push("$host"); '
                + 'localStorage.setItem("$host", 1); '
                + 'document.cookie = "$host=1; path=/";';

const THIRD = `<!DOCTYPE html>
<html lang="en">
<head>
<title>Harbour Lights</title>
<script>
window.log = [];
document.addEventListener('consentchange', e => log.push(e.detail.granted));
</script>
<script src="http://stat.lamps.example/"></script>
<script src="http://ads.lamps.example/"></script>
<script src="http://counter.example/"></script>
</head>
<body>
<h1>Harbour Lights</h1>
</body>
</html>
`;

// every kind of cell that the policy has, and an empty category
const ROWS = `
        provider "Harbour Lights" essential {
            cookie session expires=session purpose="Keeps the basket";
        }
        provider "YouTube" sharing policy=https://policies.google.com/privacy {
            url youtube.com name="Films" type="Frame";
            cookie VISITOR_INFO1_LIVE expires=180d domain=youtube.com
                   purpose="Measures how fast the line is";
            storage yt-* lifetime="until it is deleted";
        }
        provider "Statistics" performance {
            url stat.lamps.example;
            storage stat.*;
            cookie stat.*;
        }
        provider "Advertisements" advertising {
            url ads.lamps.example;
            storage ads.*;
            cookie ads.*;
        }
        provider "Rest" performance {
            cookie rest* expires=2y enforce=off note="Set by the provider";
        }`;

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


// A line to a server that stops wherever the banner has a tag's end or a text's,
// long enough for a browser to show what it has.

const PAUSE = 60;

function slow_line(port) {
    return net.createServer(client => {
        const server = net.connect(port, '127.0.0.1');
        let sent = Promise.resolve();

        const send = async piece => {
            client.write(piece, 'latin1');
            await sleep(PAUSE);
        };

        client.pipe(server);
        server.on('data', data => {
            const text = data.toString('latin1');
            const at = text.indexOf('<section id="consent-banner"');
            const end = text.indexOf('</section>', at);
            const pieces = at < 0 ? [ text ] : [ text.slice(0, at),
                ...text.slice(at, end).split(/(?<=>)|(?=<)/), text.slice(end) ];

            pieces.forEach(piece => { sent = sent.then(() => send(piece)); });
        });
        server.on('end', () => sent.then(() => client.end()));
        client.on('error', () => server.destroy());
        server.on('error', () => client.destroy());
    });
}


export class Site {

    static async start(module, work, keep) {
        const s = new Site();
        const [ late, slow, ...list ] = await ports(2 + SERVERS.length);
        const files = join(work, 'files'), ui = join(work, 'ui');

        mkdirSync(files);
        cpSync(`${ROOT}conf/ui`, ui, { recursive: true });

        // a page that comes in two pieces, and is long by the second one only
        const html = page('en');
        const cut = html.indexOf('<a href="#l0"');

        s.late = late;
        await keep(listen(http.createServer((req, res) => {
            res.writeHead(200, { 'Content-Type': 'text/html' });
            res.write(html.slice(0, cut));
            setTimeout(() => res.end(html.slice(cut)), 400);
        }), late));

        s.port = Object.fromEntries(SERVERS.map(
            (name, i) => [ name, list[i] ]));
        s.port.slow = slow;
        await keep(listen(slow_line(s.port.whole), slow));
        s.work = work;
        s.languages = texts(join(ui, 'texts'));

        writeFileSync(join(files, 'site.css'), STYLE);
        writeFileSync(join(files, 'shop.html'), SHOP);
        writeFileSync(join(files, 'third.html'), THIRD);
        writeFileSync(join(files, 'video.html'),
                      SHOP.replace('<!--video-->', VIDEO));
        for (const lang of s.languages) {
            writeFileSync(join(files, `${lang}.html`), page(lang));
            writeFileSync(join(files, `frames-${lang}.html`), frames(lang));
        }

        await keep(nginx(work, module, s.port.whole, s.configuration()));

        return s;
    }

    configuration() {
        const server = (name, consent) => `
    server {
        listen 127.0.0.1:${this.port[name]};
        root ${this.work}/files;
        ${consent}
        location = /favicon.ico { return 204; }
        ${Object.entries(POLICIES).map(([ name, policy ]) => `
        location /${name}/ {
            alias ${this.work}/files/;
            ${policy && `add_header Content-Security-Policy "${policy}";`}
        }`).join('')}
        location /late/ {
            proxy_buffering off;
            proxy_pass http://127.0.0.1:${this.late};
        }
        location /consent/ { consent_pages; }
        location /plain/ {
            consent_ui off;
            consent_banner off;
            consent_uri /plain/;
            consent_pages;
        }
    }`;

        return `
    consent_table whole lang=en {
        ${CATEGORIES}
        include ${ROOT}conf/default.conf;
        ${KEYED}
    }
    consent_table few lang=en {
        ${CATEGORIES}
        ${ROWS}
        ${KEYED}
    }
    consent_table keyless {
        ${CATEGORIES}
        ${ROWS}
    }
    consent_ui ${this.work}/ui;
    consent_field controller "Harbour Lights Ltd";
    consent_field address "1 Example Street, Dublin, Ireland";
    consent_field contact "privacy@harbour.example";
    consent_field authority "Data Protection Commission, Dublin";
    ${server('whole', `consent whole; consent_banner on;
        consent_placeholder on;`)}
    ${server('few', 'consent few; consent_banner on; consent_placeholder on;')}
    ${server('keyless', `consent keyless; consent_banner on;
        consent_placeholder on; consent_unknown_urls hold;
        consent_gpc strict advertising sharing;`)}
    ${server('guarded', `consent few; consent_banner on; consent_guard on;
        consent_placeholder on;`)}
    ${server('off', '')}
    server {
        listen 127.0.0.1:${this.port.third};
        default_type text/javascript;
        location / {
            return 200 '${TRACKER}';
        }
    }`;
    }

    // of a language, as HTML
    text(lang, name) {
        return new RegExp(`^${name} "(.*)";$`, 'm').exec(readFileSync(
            join(this.work, 'ui/texts', `${lang}.conf`), 'utf8'))[1];
    }

    url(path, server = 'whole') {
        return `http://127.0.0.1:${this.port[server]}${path}`;
    }
}
