// A visitor of the site of harbour.mjs: a tab with a jar of its own.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { paths, same, until } from './frame.mjs';

export const PHONE = { width: 390, height: 780, deviceScaleFactor: 2,
                       mobile: true };
export const DESKTOP = { width: 1280, height: 800, deviceScaleFactor: 1,
                         mobile: false };

export const ACCEPT = '#consent-banner button[value=all]';
export const REFUSE = '#consent-banner button[value=none]';
export const CHOOSE = '#consent-banner button[formmethod=get]';
export const LINK = '#consent-banner a';
export const SAVE = '#consent-set button:not([value])';


// What runs in the page before anything of its own: what moved, and what a
// policy has refused.

const WATCH = `
    window.moved = [];
    window.violations = [];
    new PerformanceObserver(list => {
        for (const e of list.getEntries()) {
            window.moved.push(e.value, ...e.sources.map(s => [
                (s.node?.outerHTML ?? s.node?.data ?? '').slice(0, 60),
                ...[ s.previousRect, s.currentRect ].map(
                    r => [ r.x, r.y, r.width, r.height ].join(' ')) ]));
        }
    }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('securitypolicyviolation', e =>
        window.violations.push(e.effectiveDirective + ' ' + e.blockedURI));`;


export class Visitor {

    static async start(browser, site, { script = true, size = DESKTOP,
                                        server, media = {}, gpc } = {})
    {
        const v = new Visitor();

        v.site = site;
        v.server = server;
        v.tab = await browser.alone();
        v.script = script;

        await v.tab.send('Page.addScriptToEvaluateOnNewDocument',
                         { source: WATCH });
        await v.tab.send('Emulation.setScriptExecutionDisabled',
                         { value: !script });
        gpc && await v.tab.send('Network.setExtraHTTPHeaders', {
            headers: { 'Sec-GPC': '1' } });
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
        await this.tab.visit(this.site.url(path, this.server));
        await this.settled();
    }

    // what is put off until the next frame has been done
    async settled() {
        await this.wait('document.readyState === "complete"');
        if (this.script) {
            await until(() => this.run('new Promise(done =>'
                + ' requestAnimationFrame(() => requestAnimationFrame(() =>'
                + ' done(true))))'), 'frame');
        }
    }

    run(expression) {
        return this.tab.run(expression);
    }

    act(expression) {
        return this.tab.act(expression);
    }

    wait(expression) {
        return until(() => this.run(expression).catch(() => false),
                     `${expression}: it is still not so`);
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

    // where it is when it has come to rest, and nothing lies over it
    async click(selector) {
        const name = JSON.stringify(selector);
        const place = () => this.run(`(e => {
            e?.scrollIntoView({ block: 'nearest' });
            const r = e?.getClientRects()[0];
            const at = r && [ r.x + r.width / 2, r.y + r.height / 2 ];
            return at && e.contains(document.elementFromPoint(...at)) ? at : null;
        })(document.querySelector(${name}))`);
        let x, y;

        await until(async () => {
            const before = [ x, y ];

            [ x, y ] = await place() ?? [];
            return x !== undefined && x === before[0] && y === before[1];
        }, `place to click on at ${selector}`);

        for (const type of [ 'mousePressed', 'mouseReleased' ]) {
            await this.tab.send('Input.dispatchMouseEvent', {
                type, x, y, button: 'left', clickCount: 1 });
        }
    }

    // as if it had been made: what the cookie says, or null
    async choose(value) {
        if (value !== null) {
            await this.tab.send('Network.setCookie', { name: 'consent', value,
                url: this.site.url('/', this.server) });
        }
    }

    // the accepted categories as the cookie has them; null: it is not there
    async chosen() {
        return (await this.tab.cookies()).find(c => c.name === 'consent')
            ?.value.split('.')[3] ?? null;
    }

    async choice(expected) {
        await until(async () => await this.chosen() === expected);
        same('what is kept', await this.chosen(), expected);
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

    picture(name) {
        return this.tab.send('Page.captureScreenshot', {
            format: 'png', captureBeyondViewport: false,
        }).then(({ data }) => writeFileSync(join(paths.at(-1), `${name}.png`),
                                            Buffer.from(data, 'base64')));
    }

    end() {
        return this.tab.close();
    }
}
