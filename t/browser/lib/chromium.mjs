// Chromium over its debugging pipe: no WebSocket, no library, and node 18 is
// enough.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { PATIENCE, gone, sleep } from './frame.mjs';

const BINARY = process.env.CHROMIUM || '/usr/bin/chromium';

// ms: a browser that is not heard of by then has lost the question
const ANSWER = 300000;

// a page that has not loaded by then does not load
const LOAD = PATIENCE;

// and a browser that has not gone by then never goes
const END = 60000;

const FLAGS = [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
    '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-extensions',
    '--disable-default-apps', '--disable-dev-shm-usage', '--mute-audio',
    '--ignore-certificate-errors', '--remote-debugging-pipe',
    '--password-store=basic', '--use-mock-keychain',

    // what the browser would ask for itself, and connections to where a page of
    // this host has led before
    '--disable-features=OptimizationHints,OptimizationGuideModelDownloading,'
    + 'MediaRouter,Translate,LoadingPredictorUseLocalPredictions',

    // a tab behind another one loads as the one in front does
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    '--disable-background-timer-throttling',
];


export class Chromium {

    // sink: the port of a SOCKS5 server, which sees every host name, that of
    // a connection without a byte included; or flags of the caller's own

    static async start(work, { sink, flags = [] }) {
        const b = new Chromium();

        b.profile = mkdtempSync(join(work, 'profile-'));

        const args = [ ...FLAGS, `--user-data-dir=${b.profile}`, ...flags ];

        if (sink) {
            args.push(`--proxy-server=socks5://127.0.0.1:${sink}`);
        }

        b.child = spawn(BINARY, [ ...args, 'about:blank' ], {
            stdio: [ 'ignore', 'ignore', 'ignore', 'pipe', 'pipe' ],
            env: { ...process.env, HOME: b.profile, LC_ALL: 'C.UTF-8' },
        });

        b.gone = new Promise(done => {
            b.child.once('exit', done);
            b.child.once('error', done);
        });
        b.gone.then(() => b.#fail('the browser has gone'));

        b.child.stdio[3].on('error', () => {});
        b.child.stdio[4].on('data', data => b.#read(data));

        b.version = (await b.send('Browser.getVersion')).product;

        return b;
    }

    #next = 1;
    #rest = [];
    #waiting = new Map();
    #tabs = new Map();
    #failed = null;

    #fail(why) {
        this.#failed = new Error(why);
        for (const { bad } of this.#waiting.values()) {
            bad(this.#failed);
        }
        this.#waiting.clear();
    }

    #read(data) {
        for (;;) {
            const end = data.indexOf(0);

            if (end < 0) {
                this.#rest.push(data);
                return;
            }

            this.#rest.push(data.subarray(0, end));
            data = data.subarray(end + 1);

            const message = JSON.parse(Buffer.concat(this.#rest).toString());
            this.#rest = [];

            if (message.id) {
                const w = this.#waiting.get(message.id);
                this.#waiting.delete(message.id);

                if (w && message.error) {
                    w.bad(new Error(`${w.method}: ${message.error.message}`));
                } else if (w) {
                    w.good(message.result);
                }

            } else {
                this.#tabs.get(message.sessionId)?.heard(message);
            }
        }
    }

    send(method, params = {}, sessionId) {
        return new Promise((good, bad) => {
            if (this.#failed) {
                bad(this.#failed);
                return;
            }

            const id = this.#next++;
            const late = setTimeout(() => {
                this.#waiting.delete(id);
                bad(new Error(`${method}: no answer in ${ANSWER / 1000} s`));
            }, ANSWER);

            this.#waiting.set(id, { method,
                good: r => { clearTimeout(late); good(r); },
                bad: e => { clearTimeout(late); bad(e); } });
            this.child.stdio[3].write(
                JSON.stringify({ id, method, params, sessionId }) + '\0');
        });
    }

    // with a jar, a cache and storage of its own

    async alone() {
        const { browserContextId } = await this.send(
            'Target.createBrowserContext', { disposeOnDetach: true });

        const tab = await this.tab(browserContextId);

        await tab.send('Network.enable');
        return tab;
    }

    async tab(browserContextId) {
        const { targetId } = await this.send('Target.createTarget',
            { url: 'about:blank', browserContextId });
        const { sessionId } = await this.send('Target.attachToTarget',
                                              { targetId, flatten: true });
        const tab = new Tab(this, targetId, sessionId, browserContextId);
        this.#tabs.set(sessionId, tab);

        await tab.send('Page.enable');
        await tab.send('Emulation.setFocusEmulationEnabled',
                       { enabled: true });
        return tab;
    }

    forget(tab) {
        this.#tabs.delete(tab.session);
    }

    async stop() {
        this.send('Browser.close').catch(() => {});

        const late = setTimeout(() => this.child.kill('SIGKILL'), END);
        await this.gone;
        clearTimeout(late);

        // processes of its own may go on writing for a while
        rmSync(this.profile, { recursive: true, force: true, maxRetries: 20 });
    }
}


class Tab {

    constructor(browser, target, session, context) {
        this.browser = browser;
        this.context = context;
        this.target = target;
        this.session = session;
        this.events = [];
        this.wanted = new Set();
        this.#begin();
    }

    // The documents that have come since something was done that brings one,
    // and those that have loaded.  first: only it, or one that it has led to,
    // counts; a load event that was still on its way is of none of them.

    #documents = [];
    #whole = new Set();
    #first = null;

    #begin(first = null) {
        this.#documents = [];
        this.#whole.clear();
        this.#first = first;
        this.loaded = new Promise(done => { this.load = done; });
    }

    #look() {
        const from = this.#first === null ? 0
                     : this.#documents.indexOf(this.#first);

        if (from >= 0
            && this.#documents.slice(from).some(id => this.#whole.has(id)))
        {
            this.load();
        }
    }

    heard(message) {
        if (message.method === 'Page.frameNavigated') {
            const { parentId, loaderId } = message.params.frame;

            parentId || this.#documents.push(loaderId);

        } else if (message.method === 'Page.loadEventFired') {
            this.#documents.length && this.#whole.add(this.#documents.at(-1));
            this.#look();

        } else if (message.method === 'Page.javascriptDialogOpening') {
            this.send('Page.handleJavaScriptDialog', { accept: true })
                .catch(() => {});
        }

        if (this.wanted.has(message.method)) {
            this.events.push(message);
        }
    }

    send(method, params) {
        return this.browser.send(method, params, this.session);
    }

    // The load event of about:blank, or of a page that is left, does not count.

    async go(url) {
        this.#begin('to be told');
        const r = await this.send('Page.navigate', { url });
        if (r.errorText) {
            throw new Error(`${url}: ${r.errorText}`);
        }
        this.#first = r.loaderId;
        this.#look();
    }

    // what brings another page, until that has loaded

    async loads(act, most = LOAD) {
        this.#begin();
        await act();

        // go() waits for another one
        if (!await Promise.race([ this.loaded.then(() => true), sleep(most) ])) {
            throw new Error('a page has not loaded');
        }
    }

    visit(url, most) {
        return this.loads(() => this.go(url), most);
    }

    // what it comes to in the end, or throws

    async run(expression) {
        const r = await this.send('Runtime.evaluate', {
            expression, returnByValue: true, awaitPromise: true });

        if (r.exceptionDetails) {
            throw new Error(`${expression.slice(0, 200)}: ${
                r.exceptionDetails.exception?.description}`);
        }
        return r.result.value;
    }

    async cookies() {
        const { cookies } = await this.browser.send('Storage.getCookies', {
            browserContextId: this.context });

        return cookies;
    }

    async evaluate(expression) {
        const r = await this.send('Runtime.evaluate', {
            expression, returnByValue: true, userGesture: true,
        });
        return r.result.value;
    }

    // What is done in the page.  It may lead away from there before the page
    // has answered: then it is done.

    async act(expression) {
        await this.evaluate(expression).catch(gone);
    }

    async close() {
        await this.browser.send('Target.closeTarget',
                                { targetId: this.target }).catch(() => {});
        this.browser.forget(this);

        if (this.context) {
            await this.browser.send('Target.disposeBrowserContext', {
                browserContextId: this.context }).catch(() => {});
        }
    }
}
