#!/usr/bin/env node

// A real cache in front: varnish.mjs MODULE WORK [--only=RE]
//
// Django, nginx with the module before it, and Varnish before nginx: with
// conf/varnish.vcl, and with nothing but what Varnish does by itself.  What a
// visitor gets through Varnish is compared with what nginx gives him.

import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { edit, log_in } from './lib/django.mjs';
import { application, CHOICES, consent, is, nginx, ok, ports, rest, Rows,
         shown, sleep, until, varnish, Visitor, WANTED } from './lib/stack.mjs';

const args = process.argv.slice(2);
const [ module, work ] = args.filter(a => !a.startsWith('--'))
    .map(a => resolve(a));
const only = args.find(a => a.startsWith('--only='))?.slice(7);

const names = Object.keys(CHOICES);
const orders = names.flatMap(a => names.filter(b => b !== a).map(
    b => [ a, b, names.find(c => c !== a && c !== b) ]));

// Varnish says whose request has filled what it gives
const hit = answer => /\d \d/.test(answer.headers['x-varnish']);

// of /short/: Varnish has asked again
const is_fresh = answer => answer.headers['cache-control'].includes('=3600');

let fresh = 0;
const page = (path = '/page/') => `${path}?fresh=${++fresh}`;


async function main() {
    if (!work) {
        console.error('usage: varnish.mjs MODULE WORK [--only=RE]');
        return 2;
    }

    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });

    const [ app, edge, hidden, recipe, plain, shy ] = await ports(6);
    const rows = new Rows(only);
    const open = [];

    try {
        const behind = await application(work, app);
        open.push(behind);

        const front = await nginx(work, module, edge, servers(
            { app, edge, private: hidden }));
        open.push(front);

        open.push(...await Promise.all([
            varnish(work, 'recipe', recipe, edge, 'conf/varnish.vcl'),
            varnish(work, 'plain', plain, edge),
            varnish(work, 'shy', shy, hidden),
        ]));

        await shared(rows, edge, recipe);
        await conditional(rows, edge, recipe, behind);
        await cookies(rows, edge, recipe);
        await alone(rows, edge, plain, shy);

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


function servers(port) {
    const server = (at, words) => `
    server {
        listen 127.0.0.1:${at};
        consent site;
        ${words}
        gunzip on;
        gzip on;
        gzip_proxied any;
        gzip_min_length 100;
        gzip_types text/css;
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        location / { proxy_pass http://127.0.0.1:${port.app}; }
        location /strict/ {
            consent_gpc strict advertising sharing;
            proxy_pass http://127.0.0.1:${port.app};
        }
        location /consent/ { consent_pages; }
    }`;

    return server(port.edge, '')
           + server(port.private, 'consent_downstream private;');
}


// One copy for each choice.

async function shared(rows, edge, port) {
    for (const order of orders) {
        await rows.row(`${order.join(', ')}: each gets his own page, from the`
                       + ' cache the second time', async () => {
            const at = page();

            for (const round of [ 1, 2 ]) {
                for (const choice of order) {
                    const visitor = new Visitor(choice, { ago: round });
                    const got = await visitor.get(port, at);
                    const nginx_ = await visitor.get(edge, at);

                    is(got.status, 200, `the status for ${choice}`);
                    is(shown(got), WANTED[choice], `what ${choice} is shown`);
                    is(got.text, nginx_.text, `the page for ${choice}`);
                    is(hit(got), round === 2, `a hit for ${choice}`);
                    ok(/\bcookie\b/i.test(got.headers.vary), 'Vary: Cookie');
                }
            }
        });
    }

    await rows.row('two visitors of one choice share one copy, whatever their'
                   + ' other cookies and the time they chose', async () => {
        const at = page();

        const one = new Visitor('part', { ago: 100, cookies: { _x: '1' } });
        const two = new Visitor('part', { ago: 90000, cookies: { _x: '2' } });
        two.cookies.set('consent', two.cookies.get('consent') + '.Id-2');

        is(hit(await one.get(port, at)), false, 'a hit the first time');

        // the age counts whole seconds
        await sleep(1000);

        const got = await two.get(port, at);
        ok(hit(got), 'a hit for the second visitor');
        ok(got.headers.age > 0, 'Age');
        is(shown(got), WANTED.part, 'what is shown');
    });

    await rows.row('who has not chosen is shown what no choice allows',
                   async () => {
        const at = page();

        await new Visitor('accepted').get(port, at);

        for (const round of [ 1, 2 ]) {
            const got = await new Visitor().get(port, at);
            is(shown(got), WANTED.null, 'what is shown');
            is(hit(got), round === 2, 'a hit');
        }
    });

    await rows.row('who changes his choice through the cache is shown what the'
                   + ' new one allows, and back again', async () => {
        const at = page();

        for (const choice of names) {
            await new Visitor(choice).get(port, at);
        }

        const visitor = new Visitor();

        for (const choice of [ 'refused', 'accepted', 'part', 'refused',
                               'part', 'accepted' ])
        {
            const said = await visitor.ask(port, '/consent/choice', {
                method: 'POST',
                form: [ [ 'accept', 'none' ] ].filter(
                    () => choice === 'refused').concat(
                    CHOICES[choice].map(c => [ 'accept', c ])) });

            is(said.status, 204, 'the answer to the choice');

            const got = await visitor.get(port, at);
            is(shown(got), WANTED[choice], `what is shown (${choice})`);
            ok(hit(got), `a hit (${choice})`);
        }
    });

    await rows.row('what does not depend on the choice has one copy',
                   async () => {
        const at = page('/style.css');

        is(hit(await new Visitor('refused').get(port, at)), false, 'a hit');

        for (const choice of [ 'accepted', 'part', null ]) {
            ok(hit(await new Visitor(choice).get(port, at)),
               `a hit (${choice})`);
        }
    });

    await rows.row('Sec-GPC has a copy of its own where it counts',
                   async () => {
        const at = page('/strict/');
        const gpc = { 'Sec-GPC': '1' };

        for (const round of [ 1, 2 ]) {
            const free = await new Visitor('accepted').get(port, at);
            const with_ = await new Visitor('accepted').get(port, at, gpc);

            is(shown(free), WANTED.accepted, 'what is shown without');
            is(shown(with_), WANTED.part, 'what is shown with it');
            is(hit(free) && hit(with_), round === 2, 'a hit');
        }
    });

    const now = consent('accepted');
    const time = now.split('.')[1];

    const doubts = {
        'two that differ': `consent=${now}; consent=${consent('refused')}`,
        'two that differ, the other way round':
            `consent=${consent('refused')}; x=1; consent=${now}`,
        'one that has run out': `consent=${consent('accepted', 396 * 86400)}`,
        'one that runs out today, and has':
            `consent=${consent('accepted', 395 * 86400 + 100)}`,
        'one from the future': `consent=${consent('accepted', -2 * 86400)}`,
        'another version': `consent=2${now.slice(1)}`,
        'a bad id': `consent=${now}.a!b`,
        'an empty id': `consent=${now}.`,
        'no time': `consent=1.0.0.performance+advertising+sharing`,
        'a time that begins with 0': `consent=${now.replace(time,
                                                            '0' + time)}`,
        'a value in quotes': `consent="${now}"`,
        'blanks about its name': `x=1; consent =${now}`,
        'a blank in its value': `consent=${now} x`,
        'a name in capitals': `CONSENT=${now}`,
        'no name': `=consent=${now}`,
        'a cookie whose name ends in it': `aconsent=${now}`,
        'a cookie whose value has it': `x="; yconsent=${now}"`,
        'a consent cookie without a value': `consent; consent=${now}`,
    };

    for (const [ name, cookie ] of Object.entries(doubts)) {
        await rows.row(`a doubtful choice gets what nginx makes of it: ${name}`,
                       async () => {
            const at = page();

            for (const choice of names) {
                await new Visitor(choice).get(port, at);
            }

            const got = await new Visitor().ask(port, at, { cookie });
            const nginx_ = await new Visitor().ask(edge, at, { cookie });

            is(shown(got), shown(nginx_), 'what is shown');

            // nor has it spoilt what others are given
            for (const choice of names) {
                is(shown(await new Visitor(choice).get(port, at)),
                   WANTED[choice], `what ${choice} is shown`);
            }
        });

        await rows.row(`a doubtful choice fills no other's copy: ${name}`,
                       async () => {
            const at = page();

            await new Visitor().ask(port, at, { cookie });

            for (const choice of [ null, ...names ]) {
                is(shown(await new Visitor(choice).get(port, at)),
                   WANTED[choice], `what ${choice} is shown`);
            }
        });
    }

    await rows.row('what is asked with Authorization is not kept',
                   async () => {
        const at = page();
        await new Visitor().get(port, at, { Authorization: 'Basic eDp5' });
        is(hit(await new Visitor().get(port, at)), false, 'a hit');
    });

    await rows.row('Cookie in several lines is one', async () => {
        const at = page();
        await new Visitor('accepted').get(port, at);

        const got = await new Visitor().ask(port, at, {
            cookie: [ 'x=1', `consent=${consent('refused')}` ] });
        is(shown(got), WANTED.refused, 'what is shown');
    });

    await rows.row('headers that the recipe uses mean nothing from outside',
                   async () => {
        for (const choice of [ null, ...names ]) {
            for (const said of names) {
                const at = page();
                const headers = {
                    'X-Consent': `consent=${consent(said)}`,
                    'X-Choice': consent(said).replace(/^1\.\d+\./, '') };

                is(shown(await new Visitor(choice).get(port, at, headers)),
                   WANTED[choice], `what ${choice} is shown`);

                for (const other of [ null, ...names ]) {
                    is(shown(await new Visitor(other).get(port, at)),
                       WANTED[other], `what ${other} is shown`);
                }
            }
        }
    });

    await rows.row('a client without gzip gets the same page', async () => {
        const at = page();

        for (const choice of names) {
            const visitor = new Visitor(choice);
            const gzip = await visitor.get(port, at);
            const none = await visitor.get(port, at,
                                           { 'Accept-Encoding': 'identity' });

            is(gzip.encoding, 'gzip', 'Content-Encoding');
            is(none.encoding, undefined, 'Content-Encoding');
            ok(hit(none), 'a hit');
            is(none.text, gzip.text, 'the page');
            is(shown(none), WANTED[choice], 'what is shown');
        }
    });

    await rows.row('Varnish does not read <esi:include>, nor is it lost',
                   async () => {
        const got = await new Visitor('part').get(port, page());
        ok(got.text.includes('<esi:include src="/cookies/"/>'), 'the element');
    });
}


// Validators through Varnish, and Varnish's own.

async function conditional(rows, edge, port, behind) {
    await rows.row('an unchanged choice is answered 304, from the cache',
                   async () => {
        const at = page();

        for (const choice of names) {
            const visitor = new Visitor(choice);
            const { etag } = (await visitor.get(port, at)).headers;
            ok(etag, 'an ETag');

            const again = await visitor.get(port, at,
                                            { 'If-None-Match': etag });
            is(again.status, 304, `the status (${choice})`);
            ok(hit(again), 'a hit');
        }
    });

    await rows.row('a changed choice is answered 200 and its own page',
                   async () => {
        const at = page();

        for (const [ from, to ] of orders) {
            const { etag } = (await new Visitor(from).get(port, at)).headers;
            const got = await new Visitor(to).get(port, at,
                                                  { 'If-None-Match': etag });
            is(got.status, 200, `the status (${from}, ${to})`);
            is(shown(got), WANTED[to], `what ${to} is shown`);
        }
    });

    await rows.row('a date alone revives no page of another choice',
                   async () => {
        const at = page();
        await new Visitor('accepted').get(port, at);

        const got = await new Visitor('refused').get(port, at, {
            'If-Modified-Since': new Date(Date.now() + 60000).toUTCString() });
        is(got.status, 200, 'the status');
        is(shown(got), WANTED.refused, 'what is shown');
    });

    await rows.row('a range goes on only where the page is of the same choice',
                   async () => {
        const at = page();
        const plain = { 'Accept-Encoding': 'identity' };

        for (const [ from, to ] of orders) {
            const { etag } = (await new Visitor(from).get(port, at, plain))
                .headers;
            const got = await new Visitor(to).get(port, at, {
                ...plain, Range: 'bytes=40-', 'If-Range': etag });

            is(got.status, 200, `the status (${from}, ${to})`);
            is(shown(got), WANTED[to], `what ${to} is shown`);
        }
    });

    await rows.row('Varnish revalidates: the application answers 304, and each'
                   + ' copy stays its own', async () => {
        const at = page('/short/');
        const tags = {};

        for (const choice of names) {
            const got = await new Visitor(choice).get(port, at);
            tags[choice] = got.headers.etag;
            ok(tags[choice], 'an ETag');
        }

        const asked = behind.log().length;
        await sleep(2100);

        const look = async choice => {
            const got = await new Visitor(choice).get(port, at);

            is(shown(got), WANTED[choice], `what ${choice} is shown`);
            // nginx makes the ETag of what it compresses weak, not a 304's
            is(got.headers.etag.replace('W/', ''),
               tags[choice].replace('W/', ''), 'the ETag');
            return got;
        };

        // what is stale is given while Varnish asks
        for (const choice of names) {
            await look(choice);
        }

        for (const choice of names) {
            await until(async () => is_fresh(await look(choice)), 'fresh copy');
            ok(hit(await look(choice)), 'a hit');

            const again = await new Visitor(choice).get(
                port, at, { 'If-None-Match': tags[choice] });
            is(again.status, 304, 'the status');
        }

        const seen = behind.log().slice(asked).filter(r => r.path === at);
        is(seen.map(r => r.status).join(' '), '304 304 304',
           'what the application has answered');
        ok(seen.every(r => /^(W\/)?"[0-9a-f]{32}"$/.test(
            r.arrived['If-None-Match'])), 'the application\'s own ETag');
    });

    await rows.row('a page that has changed is changed for every choice',
                   async () => {
        const at = page('/short/');
        const before = {};

        for (const choice of names) {
            before[choice] = (await new Visitor(choice).get(port, at)).headers;
        }

        const word = `edited ${Date.now()}`;
        await edit(edge, word);
        await sleep(2100);

        for (const choice of names) {
            await until(async () => is_fresh(await new Visitor(choice).get(
                port, at)), 'fresh copy');

            const got = await new Visitor(choice).get(port, at, {
                'If-None-Match': before[choice].etag });
            is(got.status, 200, `the status (${choice})`);
            ok(got.text.includes(word), 'the new text');
            is(shown(got), WANTED[choice], `what ${choice} is shown`);
        }
    });
}


async function cookies(rows, edge, port) {
    await rows.row('a cookie that is set on a page in the cache reaches who'
                   + ' accepted it, and each has his own', async () => {
        const at = page('/counted/');
        const values = new Set();

        for (const round of [ 1, 2, 3 ]) {
            for (const choice of names) {
                const visitor = new Visitor(choice);
                const got = await visitor.get(port, at);

                is(shown(got), WANTED[choice], `what ${choice} is shown`);
                is(visitor.has.has('visitor'), choice !== 'refused',
                   `the cookie for ${choice}`);

                if (choice === 'refused') {
                    is(hit(got), round > 1, 'a hit');
                } else {
                    values.add(visitor.has.get('visitor'));
                }
            }
        }

        is(values.size, 6, 'different cookies');
    });

    await rows.row('who is logged in sees his own pages, and nobody else does',
                   async () => {
        for (const choice of names) {
            const anna = new Visitor(choice), bert = new Visitor(choice);

            await log_in(anna, port, 'anna');
            await log_in(bert, port, 'bert');

            ok((await anna.get(port, '/own/')).text.includes('user: anna'),
               'anna\'s page');
            ok((await bert.get(port, '/own/')).text.includes('user: bert'),
               'bert\'s page');
            is((await new Visitor(choice).get(port, '/own/')).status, 302,
               'the status for a stranger');
        }
    });

    await rows.row('who is logged in and changes his choice stays logged in',
                   async () => {
        const visitor = new Visitor('accepted');
        await log_in(visitor, port, 'cleo');

        for (const choice of [ 'refused', 'part', 'accepted' ]) {
            visitor.choose(choice);
            const got = await visitor.get(port, '/own/');
            ok(got.text.includes('user: cleo'), 'her page');
            is(got.text.includes(' src="https://tracker.example'),
               choice === 'accepted', `the tracker (${choice})`);
        }
    });

    await rows.row('the application sees no cookie but those it may',
                   async () => {
        const visitor = new Visitor('refused', { cookies: {
            visitor: 'x', csrftoken: 'y', other: 'z' } });
        const got = JSON.parse((await visitor.get(port, '/cookies/')).text);

        is(Object.keys(got).sort().join(' '), 'consent csrftoken other',
           'what arrives');
    });
}


// Varnish as it comes: cookies go past it.

async function alone(rows, edge, plain, shy) {
    for (const [ name, port ] of Object.entries({ vary: plain,
                                                  private: shy }))
    {
        for (const order of orders) {
            await rows.row(`Varnish by itself, ${name}: no choice, `
                           + `${order.join(', ')}: each gets his own page`,
                           async () => {
                const at = page();

                for (const round of [ 1, 2 ]) {
                    for (const choice of [ null, ...order, null ]) {
                        const visitor = new Visitor(choice);
                        const got = await visitor.get(port, at);
                        const nginx_ = await visitor.get(edge, at);

                        is(shown(got), WANTED[choice],
                           `what ${choice} is shown`);
                        is(got.text, nginx_.text, `the page for ${choice}`);
                        ok(!choice || !hit(got), `no hit for ${choice}`);
                    }
                }
            });
        }
    }

    await rows.row('Varnish by itself, vary: who has not chosen shares a copy',
                   async () => {
        const at = page();
        await new Visitor().get(plain, at);
        ok(hit(await new Visitor().get(plain, at)), 'a hit');
    });

    await rows.row('Varnish by itself, private: nothing is kept', async () => {
        const at = page();
        await new Visitor().get(shy, at);
        await new Visitor().get(shy, at);
        const got = await new Visitor().get(shy, at);

        ok(/\bprivate\b/.test(got.headers['cache-control']), 'private');
        ok(!(got.headers.age > 0), 'no age');
    });

    await rows.row('Varnish by itself keeps no Set-Cookie', async () => {
        const at = page('/counted/');
        const values = new Set();

        for (const visitor of [ 1, 2, 3 ].map(() => new Visitor('accepted'))) {
            await visitor.get(plain, at);
            values.add(visitor.has.get('visitor'));
        }
        is(values.size, 3, 'different cookies');

        for (const visitor of [ 1, 2 ].map(() => new Visitor())) {
            await visitor.get(plain, at);
            is(visitor.has.size, 0, 'cookies');
        }
    });

    await rows.row('Varnish by itself: an unchanged choice is answered 304, a'
                   + ' changed one 200', async () => {
        const at = page();

        for (const [ from, to ] of orders) {
            const { etag } = (await new Visitor(from).get(plain, at)).headers;
            ok(etag, 'an ETag');

            for (const choice of [ from, to ]) {
                const got = await new Visitor(choice).get(
                    plain, at, { 'If-None-Match': etag });
                is(got.status, choice === from ? 304 : 200,
                   `the status (${from}, ${choice})`);
            }
        }
    });
}


process.exit(await main());
