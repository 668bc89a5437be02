#!/usr/bin/env node

// guard.mjs MODULE WORK [--only=RE]
//
// consent_guard in Chromium: what scripts do, once by who has accepted all of it
// (who then must be seen to do it, or the case is void), and once by who has
// not: no request leaves, no cookie and no storage key is there.

import { mkdirSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { check, each, program, sleep, until, wanted } from './lib/frame.mjs';
import { APIS, PAGES } from './lib/guard_cases.mjs';
import { CATEGORIES, UI, certificate, choice, listen, nginx, ports }
    from './lib/nginx.mjs';

// how long nothing must come: never shorter than twice what it took where it may
const QUIET = 350;

const SITE = 'https://www.shop.example';
const ALL = choice([ 'performance', 'advertising', 'sharing' ]);

let files, heard = [];


// A tab of its own for each state: what one leaves is not there for the next.

async function visit(browser, path, chosen, f) {
    const tab = await browser.alone();

    try {
        if (chosen) {
            await tab.send('Network.setCookie', { url: SITE, name: 'consent',
                value: chosen, secure: true });
        }
        await tab.visit(SITE + path);
        return await f(tab);

    } finally {
        await tab.close();
    }
}


const write = (name, text) => writeFileSync(join(files, name), text);


async function apis(browser) {
    const list = APIS.map((c, i) => [ c, i ]).filter(([ c ]) => wanted(c.name));

    await each(list, 4, async ([ c, i ]) => {

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
        let took;
        const done = await visit(browser, accepted, ALL, async tab => {
            const start = Date.now();
            const is = await until(() => does(tab));

            took = Date.now() - start;
            return is;
        });
        check(`${c.name}: accepted, it is done`, !done && 'void');

        const [ refused, left ] = page('r');

        await visit(browser, refused, null, async tab => {
            await sleep(Math.max(QUIET, 2 * took) + (c.wait ?? 0));
            check(`${c.name}: refused, it is not`, await left(tab) && 'it is');
            check(`${c.name}: the page goes on`, await tab.evaluate(
                'typeof consent === "object" && !window.broken') !== true
                && await tab.evaluate('String(window.broken)'));
        });
    });
}


async function pages(browser) {
    for (const c of PAGES.filter(c => wanted(c.name))) {
        heard = [];
        write('page.html', c.html);
        await visit(browser, '/page.html', c.accepted && choice(c.accepted),
            tab => c.run({
                tab, sleep, until, heard: () => heard,
                clear: () => { heard.length = 0; },
                is: (what, ok, why) => check(`${c.name}: ${what}`, !ok
                                             && `${JSON.stringify(why)}`),
                go: path => tab.visit(SITE + path),
            }).catch(e => check(c.name, e.stack)));
    }
}


// Answers whatever is asked, and keeps who was.

function third_parties(tls) {

    // What a tab has still sent when it was closed may be read when the next is
    // there: it is the last one's, as its connection was.

    const whose = new WeakMap();

    // the browser has errands of its own

    const note = (req, how) => /\.example/.test(req.headers.host)
        && whose.get(req.socket).push({
            host: req.headers.host.replace(/\.?(:\d+)?$/, ''), url: req.url, how });

    const server = https.createServer(tls.read(), (req, res) => {
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

    server.on('secureConnection', socket => whose.set(socket, heard));
    server.on('upgrade', (req, socket) => {
        note(req, 'upgrade');
        socket.destroy();
    });
    return server;
}


function servers(port, tls) {
    return `
    default_type text/html;
    ${tls.nginx}
    ${UI}
    consent_table site {
        ${CATEGORIES}

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

    server {
        listen 127.0.0.1:${port} ssl;
        consent site;
        consent_guard on;
        consent_banner on;
        consent_placeholder on;
        consent_downstream private;

        location / { root ${files}; add_header Cache-Control no-cache; }
        location /own/ { return 200 '<!DOCTYPE html><p>own'; }
        location = /favicon.ico { return 204; }
        location /consent/ { consent_pages; }

        location /csp/ {
            alias ${files}/;
            add_header Content-Security-Policy $arg_csp;
        }
    }`;
}


await program('MODULE WORK', async ({ module, work, keep }) => {
    const [ site, sink ] = await ports(2);
    const tls = certificate(work);

    files = join(work, 'files');
    mkdirSync(files);

    await keep(listen(third_parties(tls), sink));
    await keep(nginx(work, module, site, servers(site, tls)));

    const browser = await keep(Chromium.start(work, { flags: [
        `--host-resolver-rules=MAP *.shop.example:443 127.0.0.1:${site},`
        + `MAP *:443 127.0.0.1:${sink},MAP * 127.0.0.1:${sink}` ] }));

    await apis(browser);
    await pages(browser);
});
