// The application, nginx with the module before it, Varnish before that; the
// visitors, each with cookies of his own.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { CATEGORIES, Program, ROOT as root, nginx as serve }
    from '../../browser/lib/nginx.mjs';

export { sleep, until } from '../../browser/lib/frame.mjs';
export { Program, ports } from '../../browser/lib/nginx.mjs';

const VARNISH = process.env.VARNISHD || '/usr/sbin/varnishd';
export const PYTHON = '/usr/bin/python3';   // that has Debian's Django


export const TABLE = `
    consent_table site {
${CATEGORIES}

        provider "Own" essential { cookie sessionid; cookie csrftoken; }
        provider "Metrics" performance { url metrics.example; cookie visitor; }
        provider "Tracker" advertising { url tracker.example; }
        provider "Share" sharing { url share.example; }
    }`;


// The application; log() is what has reached it, a request a line.

export async function application(work, port) {
    const folder = join(work, 'application');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });

    const p = await Program.start(work, 'application', PYTHON,
                                  [ join(root, 't/http/site.py'), folder,
                                    String(port) ], port);

    p.log = () => readFileSync(join(folder, 'app.log'), 'utf8').split('\n')
        .filter(Boolean).map(line => JSON.parse(line));

    return p;
}


// nginx: SERVERS is the rest of the configuration's http block

export async function nginx(work, module, port, servers) {
    const log = join(work, 'nginx/access.log');

    const p = await serve(work, module, port, `
    log_format asked escape=json '{"path":"$request_uri","status":$status,'
        '"port":$server_port,"etag":"$sent_http_etag",'
        '"none":"$http_if_none_match","dest":"$http_sec_fetch_dest",'
        '"since":"$http_if_modified_since","cookie":"$http_cookie",'
        '"gpc":"$http_sec_gpc","clear":"$sent_http_clear_site_data"}';
    ${TABLE}
    ${servers}`, `${log} asked`);

    p.log = () => readFileSync(log, 'utf8').split('\n')
        .filter(Boolean).map(line => JSON.parse(line));

    return p;
}


// Varnish as a process of ours, that nobody has to install a service for.
// vcl: null is what Varnish does by itself.

export async function varnish(work, name, port, backend, vcl) {
    const folder = join(work, name);
    const from = `127.0.0.1:${backend}`;
    const file = join(work, `${name}.vcl`);

    rmSync(folder, { recursive: true, force: true });

    if (vcl) {
        const text = readFileSync(join(root, vcl), 'utf8');
        const mine = text.replace('.port = "8081"', `.port = "${backend}"`);

        if (text === mine) {
            throw new Error(`${vcl} has no such backend as this test replaces`);
        }
        writeFileSync(file, mine);
    }

    return Program.start(work, name, VARNISH, [
        '-F', '-j', 'none', '-n', folder, '-a', `127.0.0.1:${port}`,
        '-s', 'default,16m', '-p', 'thread_pools=1', '-p', 'thread_pool_min=20',
        '-p', 'default_grace=600',
        ...(vcl ? [ '-f', file ] : [ '-b', from ]) ], port);
}


const ALL = [ 'performance', 'advertising', 'sharing' ];

// the choices of the tests: what each grants
export const CHOICES = {
    refused: [], part: [ 'performance' ], accepted: ALL,
};

// and what each is shown of the page
export const WANTED = {
    null: 'no performance+no advertising+no sharing',
    refused: 'no performance+no advertising+no sharing',
    part: 'performance+no advertising+no sharing',
    accepted: 'performance+advertising+sharing',
};


// A visitor.  choice: a name of CHOICES, or null: nothing was chosen.  ago:
// how many seconds before now.

export class Visitor {

    constructor(choice = null, { ago = 0, cookies = {}, headers = {} } = {}) {
        this.cookies = new Map(Object.entries(cookies));
        this.headers = headers;
        this.has = new Map();       // Set-Cookie that ever arrived
        if (choice) {
            this.choose(choice, ago);
        }
    }

    // as if the cookie came from elsewhere
    choose(choice, ago = 0) {
        this.choice = choice;
        this.cookies.set('consent', consent(choice, ago));
    }

    async ask(port, path, { method = 'GET', headers = {}, form, cookie } = {}) {
        const body = form && new URLSearchParams(form).toString();
        const jar = cookie ?? [ ...this.cookies ].map(c => c.join('='))
            .join('; ');

        const answer = await request(port, path, method, {
            'Accept-Encoding': 'gzip',
            ...(jar ? { Cookie: jar } : {}),
            ...(body ? { 'Content-Type': 'application/x-www-form-urlencoded',
                         'Content-Length': body.length } : {}),
            ...this.headers, ...headers,
        }, body);

        for (const line of answer.headers['set-cookie'] ?? []) {
            const [ , name, value ] = /^\s*([^=;]*)=([^;]*)/.exec(line);

            if (/max-age=0\b/i.test(line)) {
                this.cookies.delete(name);
            } else {
                this.cookies.set(name, value);
                this.has.set(name, value);
            }
        }

        return answer;
    }

    get(port, path, headers = {}) {
        return this.ask(port, path, { headers });
    }
}


export function consent(choice, ago = 0) {
    return `1.${Math.floor(Date.now() / 1000) - ago}.0.`
           + (CHOICES[choice].join('+') || '-');
}


const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

// a header that has several values has several lines

function request(port, path, method, headers, body) {
    const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers })
        .flatMap(([ name, value ]) => [ value ].flat().flatMap(
            v => [ name, String(v) ]));

    return new Promise((good, bad) => {
        const ask = http.request({ host: '127.0.0.1', port, path, method, agent,
                                   headers: lines }, res => {
            const parts = [];
            res.on('data', part => parts.push(part));
            res.on('error', bad);
            res.on('end', () => {
                let bytes = Buffer.concat(parts);
                const encoding = res.headers['content-encoding'];

                if (encoding === 'gzip' && bytes.length) {
                    bytes = gunzipSync(bytes);
                }
                good({ status: res.statusCode, headers: res.headers, encoding,
                       bytes, text: bytes.toString() });
            });
        });
        ask.on('error', bad);
        ask.end(body);
    });
}

export const rest = () => agent.destroy();


// What a page shows: the category of each tracker in it, "no" if it is held.

export function shown({ text }) {
    const found = [];

    for (const [ category, host ] of [ [ 'performance', 'metrics' ],
        [ 'advertising', 'tracker' ], [ 'sharing', 'share' ] ])
    {
        if (new RegExp(` src="https://${host}\\.example`).test(text)) {
            found.push(category);
        } else if (text.includes(`data-consent-src="https://${host}.`)) {
            found.push(`no ${category}`);
        } else {
            found.push(`${category} is lost`);
        }
    }

    return found.join('+');
}


// Rows: each has the rule for a name.

export class Rows {
    passed = 0;
    failed = 0;
    times = [];

    constructor(only) {
        this.only = new RegExp(only ?? '');
    }

    async row(name, test) {
        if (!this.only.test(name)) {
            return;
        }

        const began = Date.now();
        try {
            await test();
            this.passed++;
        } catch (error) {
            this.failed++;
            const at = error.name === 'Wrong' ? ''
                : ` (${/[^/\s]+\.mjs:\d+/.exec(error.stack) ?? error.name})`;
            console.log(`not ok - ${name}: ${error.message}${at}`);
        }
        this.times.push([ Date.now() - began, name ]);
    }

    end() {
        console.log(`${this.passed} passed, ${this.failed} failed`);
        return this.failed || !this.passed ? 1 : 0;
    }
}


export function is(got, wanted, what) {
    if (got !== wanted) {
        const error = new Error(`${what} is ${JSON.stringify(got)}, not `
                                + JSON.stringify(wanted));
        error.name = 'Wrong';
        throw error;
    }
}

export function ok(fact, what) {
    is(Boolean(fact), true, what);
}
