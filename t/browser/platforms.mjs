#!/usr/bin/env node

// platforms.mjs MODULE INSPECT LIBRARIES WORK [--only=RE] [--show]
//
// The libraries that real sites ask with, as their authors publish them, in
// Chromium: a visitor clicks in their banners, and what leaves the browser on
// this page and on the next, what it stores and what the origin is sent is what
// was chosen.  What the module holds back in a library's own markup is brought
// back by that library.  INSPECT, objs/consent-inspect, reads the cookies that
// Chromium has sent: it has to agree with nginx.
//
//   --only=RE  the sites whose name matches
//   --show     print what was asked for

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { check, differ, each, options, program, sleep, until, wanted }
    from './lib/frame.mjs';
import { certificate, ports } from './lib/nginx.mjs';
import { CATEGORIES, COOKIES, FORMS, Origin, TRACKERS, requests,
         shop } from './lib/shop.mjs';
import { Trackers } from './lib/trackers.mjs';
import sites from './platforms/sites.mjs';

// how long nothing more must come
const SETTLE = 400;

// that are open at once
const BROWSERS = 3;


/*
 * What a visitor does.  click: on what, one after the other; granted: the
 * categories, and keys of site.trackers, whose elements load from then on; now:
 * those of them of whom something comes back at once; state: what nginx makes
 * of it, "decided" if nothing else is said; anew: as a new visitor.
 *
 * A site: source, markup, providers: what nginx is told; cookie: where the
 * library keeps the choice; early: its cookies before there is one; loads: what
 * the site asks for by the library itself, by key; back: the forms of held
 * elements that the library brings back at once; held: not even what the author
 * has marked comes back at once; reloads: it loads the page anew when something
 * is taken back; late: its buttons are there before they do anything; refuse,
 * accept: at the first page; again, choose, withdraw: at a later one.  steps: in
 * place of all these.
 */

const flow = site => [
    { name: 'nobody has chosen', state: 'unset', granted: [] },
    { name: 'refuse', click: site.refuse, granted: [] },
    { name: 'accept all after all', click: site.again, granted: CATEGORIES,
      now: CATEGORIES },
    ...site.choose ? [
        { name: 'choose performance alone', click: site.choose,
          granted: [ 'performance' ] } ] : [],
    { name: 'withdraw', click: site.withdraw, granted: [] },
    { name: 'accept all at the first page', anew: true, click: site.accept,
      granted: CATEGORIES, now: CATEGORIES },
];


async function run(world, site) {
    const folder = join(world.work, site.name);

    mkdirSync(folder);

    const began = Date.now();
    const browser = await Chromium.start(folder, { flags: world.flags });

    try {
        const visitor = new Visitor(world, browser, site);

        await visitor.open();

        for (const step of site.steps ?? flow(site)) {
            const label = `${site.name}: ${step.name}`;

            try {
                await visitor.take(label, step);
            } catch (error) {
                check(label, error.message);
            }
        }

        await visitor.plain(`${site.name}: without consent all is asked for`);

    } finally {
        await browser.stop();
    }

    console.log(`# ${site.name}: ${Date.now() - began} ms`);
}


class Visitor {

    constructor(world, browser, site) {
        this.world = world;
        this.browser = browser;
        this.site = site;
        this.met = new Set();   // trackers that have set a cookie
        this.granted = [];
        this.host = `${site.name}.shop.example`;
        this.url = `https://${this.host}/`;
    }

    async open() {
        this.tab = await this.browser.tab();
        await this.tab.send('Network.enable');
    }

    async take(label, step) {
        const state = step.state ?? 'decided';
        const { granted } = step;

        if (step.anew) {
            await this.forget();
            await this.visit(`${label}: nobody has chosen`, this.tab, this.url,
                             [], 'unset');
        }

        if (step.click) {
            this.empty();

            for (const selector of step.click) {
                await click(this.tab, selector, this.site.late);
            }

            const less = this.granted.some(key => !granted.includes(key));

            await this.heard(`${label}: at once`,
                             less && this.site.reloads ? this.loads(granted)
                             : this.back(step.now ?? []));
        }

        this.granted = granted;

        // the first of them with the cookies of before, the next with the new
        await this.visit(`${label}: the next page`, this.tab, this.url,
                         granted, state, { first: true });
        await this.visit(`${label}: and the one after`, this.tab, this.url,
                         granted, state);

        const tab = await this.browser.tab();
        await this.visit(`${label}: a tab over HTTP/2`, tab,
                         `https://${this.host}:8443/`, granted, state,
                         { protocol: 'h2' });
        await tab.close();
    }

    // what is asked for on a page of who has granted this

    loads(granted) {
        const { trackers, loads = {} } = this.site;

        return Object.entries(trackers).flatMap(
            ([ host, needs ]) => granted.includes(needs)
                                 ? requests(host, FORMS) : [])
            .concat(granted.flatMap(key => loads[key] ?? []));
    }

    // and at once, on the page where it is granted

    back(granted) {
        const { trackers, loads = {}, back = [], held } = this.site;

        return Object.entries(trackers).flatMap(
            ([ host, needs ]) => granted.includes(needs)
                                 ? requests(host, back) : [])
            .concat(held ? [] : granted.flatMap(key => loads[key] ?? []));
    }

    // what was asked so far does not count

    empty(host = this.host) {
        this.world.trackers.heard(host).length = 0;
        this.world.origin.heard(host).length = 0;
    }

    async heard(label, due, host = this.host) {
        const asked = this.world.trackers.heard(host);

        await until(() => asked.length >= due.length);
        await sleep(SETTLE);

        if (options.show) {
            console.log(`# ${label}: ${asked.join(' ')}`);
        }

        due.forEach(a => this.met.add(a.split('/')[0]));
        check(label, differ('asked for', asked, due));
    }

    // first: it is the first page after a choice

    async visit(label, tab, url, granted, state,
                { first = false, protocol = 'http/1.1' } = {})
    {
        const { site, world } = this;
        const { cookies } = site;
        const before = await this.jar();

        this.empty();
        await tab.visit(url);
        await this.heard(`${label}: asked for`, this.loads(granted));

        // essential or granted: nothing else is sent on, and nothing is set
        const allowed = name => cookies[name] === null
                                || granted.includes(cookies[name]);
        const sent = before.filter(name => !(name in cookies) || allowed(name));

        check(`${label}: cookies for the origin`,
              differ('sent', world.origin.heard(this.host)[0]
                             ?? [ 'no request' ], sent));

        let jar, known;

        const rules = {
            // one page alone may be too short to sweep all that was there
            "the site's cookies": () => differ('kept', jar.filter(
                name => name in cookies && !(first && before.includes(name)
                                             && !allowed(name))),
                Object.keys(cookies).filter(allowed)),

            "the platform's cookies": () => differ('kept', jar.filter(
                name => !(name in cookies) && name !== 'consent_swept'),
                state === 'unset' ? site.early ?? [] : [ site.cookie ]),

            "trackers' cookies": () => differ('set', known, [ ...this.met ]),
        };

        // who was asked has not answered yet, nor have scripts done all they do
        await until(async () => {
            [ jar, known ] = [ await this.jar(), await this.known() ];
            return Object.values(rules).every(wrong => !wrong());
        });

        for (const [ name, wrong ] of Object.entries(rules)) {
            check(`${label}: ${name}`, wrong());
        }

        await this.verdict(label, tab, granted, state, protocol);
    }

    // nginx's verdict, and that of consent-inspect on the cookies of Chromium

    async verdict(label, tab, granted, state, protocol) {
        const [ said, allowed, cookies ] = (await tab.run(
            `fetch('/verdict').then(r => r.text())`)).split('|');
        const accepted = CATEGORIES.filter(c => granted.includes(c));

        check(`${label}: nginx's verdict`,
              differ('state', [ said ], [ state ]),
              differ('granted', allowed ? allowed.split(',') : [], accepted));

        const read = execFileSync(this.world.inspect, [
            '-d', this.site.source, '-H', `Cookie: ${cookies}` ])
            .toString().split('\n');

        check(`${label}: consent-inspect's verdict`,
              differ('state', read.filter(l => l.startsWith('state '))
                  .map(l => l.split(/ +/)[1]), [ state ]),
              differ('granted', CATEGORIES.filter(
                  c => read.some(l => new RegExp(`^${c} +granted`).test(l))),
                  accepted));

        const used = await tab.evaluate(`performance
            .getEntriesByType('navigation')[0].nextHopProtocol`);
        check(`${label}: protocol`, differ('used', [ used ], [ protocol ]));
    }

    // the case is not void: where nothing is enforced all this is asked for

    async plain(label) {
        const plain = `${this.site.name}.plain.example`;

        this.empty(plain);
        await this.tab.go(`https://${plain}/`);
        await this.heard(label, Object.keys(this.site.trackers).flatMap(
            host => requests(host, FORMS)), plain);

        const wrong = async () => {
            const { cookies } = await this.tab.send('Network.getCookies', {
                urls: [ `https://${plain}/` ] });

            return differ('kept', cookies.map(c => c.name).filter(
                name => name in this.site.cookies),
                Object.keys(this.site.cookies));
        };

        await until(async () => !await wrong());
        check(`${label}: cookies`, await wrong());
    }

    // the names of the site's cookies

    async jar() {
        const { cookies } = await this.browser.send('Storage.getCookies');

        return cookies.filter(c => this.host.endsWith(
            c.domain.replace(/^\./, ''))).map(c => c.name).sort();
    }

    // the trackers that have set a cookie

    async known() {
        const { cookies } = await this.browser.send('Storage.getCookies');

        return cookies.filter(c => c.name === 'id').map(c => c.domain);
    }

    async forget() {
        await this.tab.go('about:blank');
        await this.browser.send('Storage.clearCookies');
        await this.tab.send('Storage.clearDataForOrigin', {
            origin: this.url.slice(0, -1), storageTypes: 'all' });
        this.met.clear();
    }
}


// A click of the mouse, where it is when it has come to rest; late: and when it
// is listened for.

async function click(tab, selector, late) {
    const heard = async () => {
        const { result } = await tab.send('Runtime.evaluate', {
            expression: `document.querySelector(${JSON.stringify(selector)})` });
        const { listeners } = await tab.send('DOMDebugger.getEventListeners', {
            objectId: result.objectId });

        return listeners.some(l => l.type === 'click');
    };

    const place = () => tab.evaluate(`(() => {
        const e = document.querySelector(${JSON.stringify(selector)});

        if (!e || !e.checkVisibility({ checkVisibilityCSS: true })
            || document.getAnimations().some(a => a.playState === 'running'
                && a.effect.target?.contains(e)))
        {
            return null;
        }

        e.scrollIntoView({ block: 'nearest', behavior: 'instant' });

        const { x, y, width, height } = e.getBoundingClientRect();
        return width && height ? [ x + width / 2, y + height / 2 ] : null;
    })()`);

    let last = null;

    await until(async () => {
        const before = last;

        last = await place();
        if (last && before && last[0] === before[0] && last[1] === before[1]
            && (!late || await heard()))
        {
            return true;
        }

        await sleep(100);
        return false;
    }, `place to click on at ${selector}`);

    for (const type of [ 'mouseMoved', 'mousePressed', 'mouseReleased' ]) {
        await tab.send('Input.dispatchMouseEvent', {
            type, x: last[0], y: last[1], clickCount: 1,
            button: type === 'mouseMoved' ? 'none' : 'left' });
    }

    await sleep(150);
}


await program('MODULE INSPECT LIBRARIES WORK', async ({
    module, inspect, libraries, work, keep }) =>
{
    const asked = sites.filter(site => wanted(site.name));

    for (const site of asked) {
        site.trackers = { ...TRACKERS, ...site.trackers };
        site.cookies = { ...COOKIES, ...site.cookies };
    }

    const [ http1, http2, origin, others ] = await ports(4);
    const tls = certificate(work);

    const world = {
        work, inspect,
        origin: await keep(Origin.start(origin, asked)),
        trackers: await keep(Trackers.start(others, tls)),
        flags: [ // platforms do not ask whom a program drives
                 '--disable-blink-features=AutomationControlled',
                 '--host-resolver-rules='
                 + `MAP *.shop.example:443 127.0.0.1:${http1},`
                 + `MAP *.shop.example:8443 127.0.0.1:${http2},`
                 + `MAP *.plain.example:443 127.0.0.1:${http1},`
                 + `MAP *:443 127.0.0.1:${others},`
                 + 'MAP * 127.0.0.1:9' ],
    };

    await keep(shop(work, module, asked, {
        libraries, origin, tls, port: { http1, http2 } }));

    // most of the time is spent on waiting for what must not come
    await each(asked, BROWSERS, site => run(world, site));

    check('who asks is known', differ('asked for',
                                      world.trackers.heard('nobody'), []));
});
