#!/usr/bin/env node

// rows.mjs MODULE WORK
//
// The published policy, row by row, in Chromium: conf/ovh.conf as it is shipped,
// a site that tries all 165 in every way that a row's name may come to be there,
// and a visitor who accepts the row's category alone, then all but it, then has
// not chosen.  Accepted, each way must be seen to work, or the row is void;
// refused, none may.  What is essential, and what is published but not enforced,
// is never held back.  The table of all rows is printed.

import http from 'node:http';

import { Chromium } from './lib/chromium.mjs';
import { check, each, program, sleep, until } from './lib/frame.mjs';
import { CATEGORIES as TABLE, ROOT, certificate, choice, listen, nginx, ports }
    from './lib/nginx.mjs';
import { MEANS, policy } from './lib/policy.mjs';
import { Trackers } from './lib/trackers.mjs';

const PUBLISHED = 165;
const CATEGORIES = [ 'performance', 'advertising', 'sharing' ];

// how long nothing must come
const QUIET = 500;

// where a page says that it has done all it does: no row has it
const DONE = 'https://done.example/done.gif';

const all_but = category => CATEGORIES.filter(c => c !== category);


// by category: what the consent cookie says, null for none

const STATES = {
    accepted: category => choice(category === 'essential' ? CATEGORIES
                                                          : [ category ]),
    refused: category => choice(category === 'essential' ? []
                                                         : all_but(category)),
    unset: () => null,
};


// A visit is one page of one host for one state, with all rows of a category
// that belong there: the site itself, where a row with domain= has its vendor's
// element; and the vendor's own site, where that cookie is one of its own.

class Visit {

    static all(rows) {
        const places = {};

        for (const row of rows) {
            const of = host => (places[`${host} ${row.category}`] ??=
                { host, category: row.category, rows: [] }).rows.push(row);

            of('www.shop.example');
            if (row.domain && row.kind === 'cookie') {
                of(`own.${row.domain}`);
            }
        }

        return Object.values(places).flatMap(place =>
            Object.keys(STATES).map(state => new Visit(place, state)));
    }

    constructor(place, state) {
        Object.assign(this, place, { state });
        this.home = this.host === 'www.shop.example';
        this.choice = STATES[state](this.category);
        this.id = `${this.state}.${this.category}.${this.host}`;
        this.asked = new Set();
        this.jar = this.local = this.session = new Set();
        this.stopped = 'it has not run to its end';
    }

    // what this page tries of a row

    ways(row) {
        const here = this.home !== Boolean(row.domain && row.kind === 'cookie');

        return row.ways.filter(way => [ 'header', 'script', 'local', 'session' ]
            .includes(way) ? here : this.home);
    }

    trying(way) {
        return this.rows.filter(row => this.ways(row).includes(way));
    }

    url(row, way) {
        const url = new URL(row.url);

        url.searchParams.append('row', row.number);
        url.searchParams.append('way', way);
        url.searchParams.append('visit', this.id);
        return url.href;
    }

    // The guard cannot take an HttpOnly cookie away again: what nginx lets pass
    // is seen.

    headers() {
        return this.trying('header').map(row =>
            `${row.stored}=header; Path=/; Secure; HttpOnly`);
    }

    page() {
        const elements = this.trying('request').map(row =>
            `<${row.tag} src="${this.url(row, 'request').replace(/&/g, '&amp;')
            }">${row.tag === 'img' ? '' : `</${row.tag}>`}\n`);

        const last = this.home ? `<script src="/does.js?visit=${this.id}"></script>`
                               : `<img src="${DONE}?visit=${this.id}">`;

        return '<!DOCTYPE html><html><head><title>t</title></head><body>\n'
               + `${elements.join('')}${last}\n</body></html>`;
    }

    // In a file: no marker of a vendor's inline loader condemns it.

    script() {
        return `
            for (const name of ${JSON.stringify(
                this.trying('script').map(row => row.stored))})
            {
                document.cookie = name + '=script; path=/page/; secure';
            }
            for (const key of ${JSON.stringify(
                this.trying('local').map(row => row.stored))})
            {
                localStorage.setItem(key, 1);
                sessionStorage.setItem(key, 1);
            }
            for (const [ tag, src ] of ${JSON.stringify(
                this.trying('inserted').map(
                    row => [ row.tag, this.url(row, 'inserted') ]))})
            {
                const e = document.createElement(tag);
                e.src = src;
                document.body.append(e);
            }
            addEventListener('load', () => {
                new Image().src = '${DONE}?visit=${this.id}';
            });`;
    }

    async make(browser) {
        const tab = await browser.alone();

        try {
            if (this.choice) {
                await tab.send('Network.setCookie', { name: 'consent',
                    url: `https://${this.host}/`, value: this.choice,
                    secure: true });
            }

            await tab.go(`https://${this.host}/page/?visit=${this.id}`);

            if (await until(() => this.asked.has('done'))) {
                this.stopped = '';
            }

            if (this.state === 'accepted') {
                await until(async () => (await this.look(tab), this.rows.every(row =>
                    this.ways(row).every(way => this.seen(row, way)))));
            } else {
                await sleep(QUIET);
                await this.look(tab);
            }

        } catch (e) {
            this.stopped = e.message;

        } finally {
            await tab.close();
        }
    }

    async look(tab) {
        this.jar = new Set((await tab.cookies()).map(c =>
            `${c.domain.replace(/^\./, '')} ${c.name} ${c.value}`));
        this.local = new Set(await tab.evaluate('Object.keys(localStorage)'));
        this.session = new Set(await tab.evaluate('Object.keys(sessionStorage)'));
    }

    seen(row, way) {
        switch (way) {

        case 'header':
        case 'script':
            return this.jar.has(`${this.host} ${row.stored} ${way}`);

        case 'cookie':
            return this.jar.has(`${row.domain} ${row.stored} ${row.number}`);

        case 'local':
        case 'session':
            return this[way].has(row.stored);

        default:
            return this.asked.has(`${row.number} ${way}`);
        }
    }
}


// the ways in which a row was seen in a state, and which of its pages did not run

function seen(row, visits, state) {
    const own = visits.filter(v => v.state === state && v.rows.includes(row));

    return {
        ways: row.ways.filter(way => own.some(
            v => v.ways(row).includes(way) && v.seen(row, way))),
        stopped: own.filter(v => v.stopped).map(v => `${v.id}: ${v.stopped}`),
    };
}


function judge(row, visits) {
    const [ accepted, refused, unset ] = Object.keys(STATES).map(
        state => seen(row, visits, state));
    const [ stopped ] = [ accepted, refused, unset ].flatMap(s => s.stopped);
    const missing = row.ways.filter(way => !accepted.ways.includes(way));
    const held = row.ways.filter(way => !refused.ways.includes(way)
                                        || !unset.ways.includes(way));
    const left = row.ways.filter(way => refused.ways.includes(way)
                                        || unset.ways.includes(way));

    const why = row.wrong
        || (!row.ways.length && 'void: nothing was tried')
        || (stopped && `void: ${stopped}`)
        || (missing.length && `void: accepted, and not there by ${missing}`)
        || (row.free && held.length && `held back by ${held}`)
        || (!row.free && left.length && `refused, and there by ${left}`);

    return { row, accepted: accepted.ways, left, why };
}


function print(verdicts) {
    const lines = verdicts.map(({ row, accepted, left, why }) => [
        String(row.number).padStart(3), row.category, row.provider, row.name,
        row.means, accepted.join(' ') || '-', left.join(' ') || '-',
        why ? `FAILED: ${why}`
            : row.means === 'published' ? `not enforced: ${row.note}` : 'ok',
    ]);

    lines.unshift([ '  #', 'category', 'provider', 'name', 'means', 'accepted',
                    'refused', 'result' ]);

    const width = lines[0].map((_, i) => Math.max(
        ...lines.map(line => line[i].length)));

    for (const line of lines) {
        console.log(line.map((cell, i) => i < line.length - 1
            ? cell.padEnd(width[i]) : cell).join('  '));
    }
}


// What a vendor's host is asked for is the row's, and sets its cookie: that of a
// third party, which Chromium takes where it is partitioned.

function answer(url, visits, rows) {
    const get = name => url.searchParams.get(name);
    const visit = visits.get(get('visit')), row = rows[get('row') - 1];

    if (url.href.startsWith(DONE)) {
        visit?.asked.add('done');

    } else if (visit && row) {
        visit.asked.add(`${row.number} ${get('way')}`);

        if (row.ways.includes('cookie')) {
            return `${row.stored}=${row.number}; Domain=${row.domain}; Path=/;`
                   + ' Max-Age=3600; Secure; SameSite=None; Partitioned';
        }
    }

    return [];
}


function backend(visits) {
    return http.createServer((req, res) => {
        const url = new URL(req.url, 'http://backend');
        const visit = visits.get(url.searchParams.get('visit'));

        if (!visit) {
            res.writeHead(404).end();

        } else if (url.pathname === '/page/') {
            res.writeHead(200, { 'Content-Type': 'text/html',
                                 'Set-Cookie': visit.headers() });
            res.end(visit.page());

        } else {
            res.writeHead(200, { 'Content-Type': 'text/javascript' });
            res.end(visit.script());
        }
    });
}


function servers(port, back, tls) {
    return `
    ${tls.nginx}
    consent_table ovh {
        ${TABLE}
        include ${ROOT}conf/ovh.conf;
    }

    server {
        listen 127.0.0.1:${port} ssl;

        consent ovh;
        consent_guard on;

        # a vendor's own site would else answer nothing at all
        consent_collect pass;

        proxy_buffer_size 16k;
        proxy_buffers 8 16k;

        location / { proxy_pass http://127.0.0.1:${back}; }
        location /consent/ { consent_pages; }
    }`;
}


await program('MODULE WORK', async ({ module, work, keep }) => {
    const { rows, beyond } = policy();
    const visits = Visit.all(rows.filter(row => row.ways.length));
    const by_id = new Map(visits.map(v => [ v.id, v ]));
    const tls = certificate(work);
    const [ site, back, others ] = await ports(3);

    await keep(listen(backend(by_id), back));
    await keep(Trackers.start(others, tls,
                              { cookies: url => answer(url, by_id, rows) }));
    await keep(nginx(work, module, site, servers(site, back, tls)));

    const browser = await keep(Chromium.start(work, { flags: [
        '--host-resolver-rules=' + [ ...new Set(visits.map(v => v.host)) ]
            .map(host => `MAP ${host}:443 127.0.0.1:${site}`).join()
        + `,MAP * 127.0.0.1:${others}` ] }));

    await each(visits, 4, visit => visit.make(browser));

    const verdicts = rows.map(row => judge(row, visits));

    print(verdicts);
    verdicts.forEach(({ row, why }) => check(`row ${row.number}`, why));
    check('no row is published beyond conf/tables/policy.tsv', beyond.join(' '));
    check(`${PUBLISHED} rows`, rows.length !== PUBLISHED && 'not so many');

    console.log(Object.keys(MEANS).map(means =>
        `${rows.filter(row => row.means === means).length} ${means}`).join(', ')
        + ' only');
});
