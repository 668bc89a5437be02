#!/usr/bin/env node

// A real application behind: django.mjs MODULE WORK [--only=RE]
//
// Django (site.py), which sets cookies, sends ETags and compresses, behind
// nginx with the module; a second server without it says what it would send.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { edit, log_in, token_of } from './lib/django.mjs';
import { application, CHOICES, is, nginx, ok, ports, PYTHON, rest, Rows, shown,
         Visitor, WANTED } from './lib/stack.mjs';

const args = process.argv.slice(2);
const [ module, work ] = args.filter(a => !a.startsWith('--'))
    .map(a => resolve(a));
const only = args.find(a => a.startsWith('--only='))?.slice(7);

const names = Object.keys(CHOICES);

// as a browser says it
const DOCUMENT = { 'Sec-Fetch-Dest': 'document' };
const STYLE = { 'Sec-Fetch-Dest': 'style' };


async function main() {
    if (!work) {
        console.error('usage: django.mjs MODULE WORK [--only=RE]');
        return 2;
    }

    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });

    const [ app, edge, raw, report ] = await ports(4);
    const rows = new Rows(only);
    const open = [];

    try {
        const behind = await application(work, app);
        open.push(behind);

        const front = await nginx(work, module, edge, [
            server(edge, app, 'consent site;'), server(raw, app, ''),
            // which says that it could not read what comes compressed
            server(report, app, 'consent site; consent_mode report;'
                   + ` error_log ${work}/report.log error;`),
        ].join(''));
        open.push(front);

        await sessions(rows, edge, raw, behind);
        await validators(rows, edge, behind);
        await encodings(rows, edge, raw, behind);
        await files(rows, edge);
        await reported(rows, report, raw);

        await rows.row('nginx logs nothing', () => {
            is(front.errors().join('\n'), '', 'the log');
        });

    } finally {
        rest();
        for (const thing of open.reverse()) {
            await thing.stop();
        }
    }

    return rows.end();
}


function server(port, app, words) {
    const admin = execFileSync(PYTHON, [ '-c', 'import os, django;'
        + 'print(os.path.dirname(django.__file__))' ]).toString().trim()
        + '/contrib/admin';

    return `
    server {
        listen 127.0.0.1:${port};
        ${words}
        gunzip on;
        gzip on;
        gzip_proxied any;
        gzip_min_length 100;
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        location / { proxy_pass http://127.0.0.1:${app}; }
        location /static/admin/ { alias ${admin}/static/admin/; }
        location /consent/ { consent_pages; }
    }`;
}


async function sessions(rows, port, raw, behind) {
    for (const choice of names) {
        await rows.row(`${choice}: login, a form, logout; the session is kept`,
                       async () => {
            const visitor = new Visitor(choice);
            await log_in(visitor, port, 'anna');

            const own = await visitor.get(port, '/own/');
            ok(own.text.includes('user: anna'), 'her page');

            const saved = await visitor.ask(port, '/own/', { method: 'POST',
                form: { csrfmiddlewaretoken: token_of(own), word: 'hello' } });
            is(saved.status, 302, 'the answer to the form');

            const again = await visitor.get(port, '/own/');
            ok(again.text.includes('word: hello'), 'what the session keeps');

            const left = await visitor.get(port, '/admin/logout/');
            is(left.status, 200, 'the status');
            ok(!visitor.cookies.has('sessionid'), 'no session');
            is((await visitor.get(port, '/own/')).status, 302, 'the status');
        });

        await rows.row(`${choice}: a form without its token is refused`,
                       async () => {
            const visitor = new Visitor(choice);
            await log_in(visitor, port, 'anna');

            const saved = await visitor.ask(port, '/own/', { method: 'POST',
                form: { csrfmiddlewaretoken: 'x'.repeat(64), word: 'hello' } });
            is(saved.status, 403, 'the answer to the form');
        });

        await rows.row(`${choice}: the analytics cookie`, async () => {
            const visitor = new Visitor(choice);

            for (let i = 0; i < 3; i++) {
                await visitor.get(port, '/counted/');
            }

            const had = visitor.has.has('visitor');
            is(had, CHOICES[choice].includes('performance'), 'it arrives');

            // one from before goes no further
            visitor.cookies.set('visitor', 'old');
            const seen = JSON.parse((await visitor.get(port, '/cookies/'))
                                    .text);
            is('visitor' in seen, had, 'the application sees it');
        });
    }

    await rows.row('the session outlives every change of the choice',
                   async () => {
        const visitor = new Visitor();
        await log_in(visitor, port, 'bert');
        const session = visitor.cookies.get('sessionid');

        for (const accept of [ 'all', 'none', 'performance', 'none', 'all' ]) {
            const said = await visitor.ask(port, '/consent/choice', {
                method: 'POST', form: { accept } });
            is(said.status, 204, 'the answer to the choice');

            const own = await visitor.get(port, '/own/');
            ok(own.text.includes('user: bert'), `his page (${accept})`);
            is(own.text.includes(' src="https://tracker.example'),
               accept === 'all', `the tracker (${accept})`);
            is(visitor.cookies.get('sessionid'), session, 'the session');
        }
    });

    await rows.row('the admin site is what it is without the module, but for'
                   + ' its tokens', async () => {
        const plain = text => text.replace(
            /name="csrfmiddlewaretoken" value="[^"]*"/g, 'TOKEN');

        for (const choice of names) {
            const visitor = new Visitor(choice);
            await log_in(visitor, port, 'cleo');

            for (const path of [ '/admin/', '/admin/auth/user/',
                '/admin/auth/user/1/change/', '/admin/flatpages/flatpage/add/',
                '/admin/flatpages/flatpage/1/change/' ])
            {
                const got = await visitor.get(port, path);
                is(got.status, 200, `the status of ${path}`);
                ok(got.text.length > 1000, 'a page');
                is(plain(got.text), plain((await visitor.get(raw, path)).text),
                   `${path}, ${choice},`);
            }
        }
    });
}


// nginx makes the ETag of what it compresses weak, but that of no 304

const plain = tag => tag.replace(/^W\//, '');

async function validators(rows, port, behind) {
    for (const path of [ '/page/', '/checked/', '/counted/', '/forced/' ]) {
        for (const choice of names) {
            await rows.row(`${path}, ${choice}: an unchanged page and choice is`
                           + ' answered 304, by the application too',
                           async () => {
                const visitor = new Visitor(choice);
                const first = await visitor.get(port, path, DOCUMENT);
                const asked = behind.log().length;

                is(shown(first), WANTED[choice], 'what is shown');
                ok(first.headers.etag, 'an ETag');

                const got = await visitor.get(port, path, {
                    ...DOCUMENT, 'If-None-Match': first.headers.etag });

                is(got.status, 304, 'the status');
                is(plain(got.headers.etag), plain(first.headers.etag),
                   'the ETag of the 304');
                is(got.bytes.length, 0, 'the length of its body');

                const [ seen ] = behind.log().slice(asked);
                is(seen.status, 304, 'the application\'s status');
                ok(/^(W\/)?"[0-9a-f]{32}"$/.test(seen.arrived['If-None-Match']),
                   'its own ETag');
            });

            for (const to of names.filter(n => n !== choice)) {
                await rows.row(`${path}, ${choice}, then ${to}: 200 and another`
                               + ' page', async () => {
                    const visitor = new Visitor(choice);
                    const { headers } = await visitor.get(port, path, DOCUMENT);

                    visitor.choose(to);
                    const got = await visitor.get(port, path, {
                        ...DOCUMENT, 'If-None-Match': headers.etag,
                        'If-Modified-Since': new Date().toUTCString() });

                    is(got.status, 200, 'the status');
                    is(shown(got), WANTED[to], 'what is shown');
                    ok(got.headers.etag !== headers.etag, 'another ETag');
                });
            }
        }
    }

    await rows.row('a page that was edited is answered 200 for every choice',
                   async () => {
        const tags = {}, word = `edited ${Date.now()}`;

        for (const choice of names) {
            tags[choice] = (await new Visitor(choice).get(port, '/page/'))
                .headers.etag;
        }

        await edit(port, word);

        for (const choice of names) {
            const got = await new Visitor(choice).get(port, '/page/', {
                'If-None-Match': tags[choice] });
            is(got.status, 200, 'the status');
            ok(got.text.includes(word), 'the new text');
            is(shown(got), WANTED[choice], 'what is shown');
        }
    });

    await rows.row('the application\'s own ETag is nobody\'s page', async () => {
        const own = (await new Visitor().get(port, '/cookies/'), behind.log())
            .filter(r => r.path === '/page/' && r.status === 200).at(-1);

        for (const choice of names) {
            const got = await new Visitor(choice).get(port, '/page/', {
                ...DOCUMENT, 'If-None-Match': own.answered.ETag });
            is(got.status, 200, `the status (${choice})`);
            is(shown(got), WANTED[choice], 'what is shown');
        }
    });
}


async function encodings(rows, port, raw, behind) {
    const gzip = { ...DOCUMENT, 'Accept-Encoding': 'gzip, deflate, br' };
    const none = { ...DOCUMENT, 'Accept-Encoding': 'identity' };

    await rows.row('the application compresses, if it is asked: without the'
                   + ' module it is', async () => {
        const got = await new Visitor('refused').get(raw, '/page/', gzip);
        is(got.encoding, 'gzip', 'Content-Encoding');
        is(behind.log().at(-1).answered['Content-Encoding'], 'gzip',
           'the application\'s');
    });

    for (const path of [ '/page/', '/forced/' ]) {
        for (const choice of names) {
            await rows.row(`${path}, ${choice}: the client gets gzip if it asks`
                           + ' for it, and the same page', async () => {
                const visitor = new Visitor(choice);
                const packed = await visitor.get(port, path, gzip);
                const { answered } = behind.log().at(-1);
                const plain = await visitor.get(port, path, none);

                is(answered['Content-Encoding'],
                   path === '/forced/' ? 'gzip' : undefined,
                   'the application\'s Content-Encoding');
                is(packed.encoding, 'gzip', 'Content-Encoding');
                is(plain.encoding, undefined, 'Content-Encoding');
                is(packed.text, plain.text, 'the page');
                is(shown(plain), WANTED[choice], 'what is shown');
            });
        }

        await rows.row(`${path}: who has accepted everything gets what the`
                       + ' application sent', async () => {
            const visitor = new Visitor('accepted');

            is((await visitor.get(port, path, gzip)).text,
               (await visitor.get(raw, path, none)).text, 'the page');
        });
    }
}


async function files(rows, port) {
    for (const path of [ '/static/admin/css/base.css', '/style.css' ]) {
        await rows.row(`${path} keeps its own ETag, and 304, whatever is`
                       + ' chosen', async () => {
            const first = await new Visitor('accepted').get(port, path, STYLE);

            is(first.status, 200, 'the status');
            ok(first.headers.etag, 'an ETag');
            ok(!first.headers.etag.includes('~'), 'no ETag of ours');

            for (const choice of [ null, ...names ]) {
                const got = await new Visitor(choice).get(port, path, {
                    ...STYLE, 'If-None-Match': first.headers.etag });
                is(got.status, 304, `the status (${choice})`);
            }
        });
    }

    await rows.row('a file of nginx itself: 304, by its date, and for who does not say'
                   + ' what it is for', async () => {
        const path = '/static/admin/css/base.css';
        const { headers } = await new Visitor().get(port, path, STYLE);

        for (const choice of names) {
            const got = await new Visitor(choice).get(port, path, {
                ...STYLE, 'If-Modified-Since': headers['last-modified'] });
            is(got.status, 304, `the status (${choice})`);

            // who does not say what it is for
            const bare = await new Visitor(choice).get(port, path, {
                'If-None-Match': headers.etag });
            is(bare.status, 304, `the status (${choice}, by its ETag)`);
        }
    });
}


// Report mode: what the application sends, and as it sends it.

async function reported(rows, port, raw) {
    await rows.row('in report mode the application is left alone', async () => {
        const of = ({ status, headers, text }) => {
            const { date, ...rest } = headers;
            return JSON.stringify([ status, rest, text ], null, 1).replace(
                /visitor=[0-9a-f]+; expires=[^;]+/, 'visitor=X');
        };

        for (const choice of names) {
            for (const path of [ '/page/', '/checked/', '/counted/', '/forced/',
                                 '/style.css' ])
            {
                const visitor = new Visitor(choice);
                const wanted = await visitor.get(raw, path);
                visitor.cookies.delete('visitor');
                const got = await visitor.get(port, path);

                is(of(got), of(wanted), `${path} (${choice})`);

                const again = await visitor.get(port, path, {
                    'If-None-Match': wanted.headers.etag });
                is(again.status, 304, `the status of ${path} (${choice})`);
            }
        }
    });
}


process.exit(await main());
