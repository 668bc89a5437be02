#!/usr/bin/env node

// jar.mjs MODULE WORK [--only=RE]
//
// Chromium's jar and storage, wherever a cookie lives: what a choice leaves in
// them, and who can make one; what consent_sweep takes out, and how long it goes
// on where the browser does not let go.

import { readFileSync } from 'node:fs';

import { Chromium } from './lib/chromium.mjs';
import { at, check, differ, program, same, sleep, until, wanted }
    from './lib/frame.mjs';
import { certificate, choice, nginx, ports } from './lib/nginx.mjs';

const WWW = 'http://www.shop.example';
const TLS = 'https://www.shop.example';
const SHARED = 'https://www.shared.example';
const OPEN = 'https://www.open.example';
const SWEPT = 'https://www.swept.example';
const PLAIN = 'http://www.swept.example';
const OTHER = 'https://other.example';

const OLD = '1.1764000000.0.performance.old';
const PART = choice([ 'performance' ]);

// how long a page is watched after it has loaded, bytes of what sweeps in one
// response
const SETTLE = 200, MOST = 1024;


// set: Set-Cookie lines that the jar has before; left: what it has after, ids
// and times taken out.

// site: where the choices are posted to, by a form of the page "from" there, or
// at another one; stored: local storage then, of one item before; seen: what a
// script sees of cookies; status: of all answers

const own = (accepted, flags = 'Secure HttpOnly Lax') =>
    `www.shop.example consent=${accepted} ${flags}`;

const CHOICES = [
    { name: 'by http: not Secure', site: WWW, posts: [ 'all' ],
      left: [ own('performance+advertising+stats', 'HttpOnly Lax') ] },
    { name: 'one after another leaves one', posts: [ 'all', 'none', 'stats' ],
      seen: '', left: [ own('stats') ] },
    { name: 'for all hosts of a domain, of two copies one is left',
      site: SHARED, posts: [ 'advertising' ],
      set: [ `consent=${OLD}; Path=/`,
             `consent=${OLD}; Path=/; Domain=www.shared.example`,
             `consent=${OLD}; Path=/; Domain=shared.example` ],
      left: [ '.shared.example consent=advertising Secure HttpOnly Lax' ] },
    { name: '... without a domain, too', posts: [ 'none' ],
      set: [ `consent=${OLD}; Path=/`,
             `consent=${OLD}; Path=/; Domain=shop.example` ],
      left: [ own('-') ] },
    { name: 'a script sees it where that is said', site: OPEN,
      posts: [ 'none' ], seen: 'consent=-',
      left: [ 'www.open.example consent=- Secure Lax' ] },

    { name: 'what is refused goes, wherever it is', posts: [ 'performance' ],
      set: [ 'ad=1; Path=/', 'ad=2; Path=/; Domain=www.shop.example',
             'ad=3; Path=/; Domain=shop.example; Secure; HttpOnly',
             'stat=4; Path=/', 'session=5; Path=/', 'mine=6; Path=/' ],
      left: [ own('performance'), 'www.shop.example mine=6',
              'www.shop.example session=5' ] },
    { name: 'a cookie of the directory in which the visitor is',
      from: '/a/b/form', set: [ 'ad=1; Path=/a/b', 'ad=2; Path=/' ],
      posts: [ 'none' ], left: [ own('-') ] },

    { name: 'storage goes when what stores is refused', site: OPEN,
      posts: [ 'performance' ], stored: 0,
      left: [ 'www.open.example consent=performance Secure Lax' ] },
    { name: '... and stays when it is accepted', site: OPEN,
      posts: [ 'advertising' ], stored: 1,
      left: [ 'www.open.example consent=advertising Secure Lax' ] },
    { name: '... or nobody has asked for it', posts: [ 'none' ], stored: 1,
      left: [ own('-') ] },

    { name: "another site's form chooses nothing", at: OTHER,
      posts: [ 'all' ], status: 403, left: [] },
    { name: 'nor does a sandboxed frame', from: '/sandbox',
      posts: [ 'all' ], status: 403, left: [] },
    { name: "nor the site's page without TLS for the one with it", at: WWW,
      posts: [ 'all' ], status: 403, left: [] },
];


// pages: how often the page "at" is visited then; swept: on how many of the
// visits something was; later: what is set behind the third; framed: in a page
// of another site

const MANY = Array.from({ length: 30 }, (_, i) => `many${i}`);

const SWEEPS = [
    { name: 'of this host, those beneath, the parent, a directory',
      set: [ 'ad=1; Path=/', 'ad=2; Path=/; Domain=www.swept.example',
             'ad=3; Path=/; Domain=swept.example; Max-Age=31536000', 'ad=4',
             'ad=5; Domain=swept.example',
             'ad=6; Path=/de; HttpOnly; SameSite=Strict' ],
      at: '/de/shoes/x', left: [ 'ad' ] },
    { name: 'a parent under a public suffix of two labels',
      site: 'http://www.swept.co.uk',
      set: [ 'ad=1; Path=/; Domain=swept.co.uk', 'ad=2; Path=/' ] },
    { name: 'an address', site: 'http://127.0.0.1:80',
      set: [ 'ad=1; Path=/' ] },
    { name: 'a host of one label', site: 'http://intranet',
      set: [ 'ad=1; Path=/', 'ad=2' ], at: '/x/y' },
    { name: "the row's path", set: [ 'app=1; Path=/app/' ], at: '/app/x/y' },
    { name: "the row's domain",
      set: [ 'far=1; Path=/; Domain=swept.example' ] },
    { name: 'a path with what a Path cannot say', set: [ 'ad=1' ],
      at: '/a;b/x' },
    { name: '__Host- and __Secure-', site: SWEPT,
      set: [ '__Host-ad=1; Path=/; Secure',
             '__Secure-ad=1; Path=/; Secure; Domain=swept.example' ] },
    { name: 'partitioned: the second page', site: SWEPT, pages: 2, swept: 2,
      set: [ 'ad=1; Path=/; Secure; Partitioned',
             '__Host-ad=1; Path=/; Secure; Partitioned' ] },
    { name: 'in a frame of another site: the second page', site: SWEPT,
      framed: true, pages: 2, swept: 2,
      set: [ 'ad=1; Path=/; Secure; SameSite=None; Partitioned' ] },
    { name: 'a path that nobody has told: three tries', pages: 6, swept: 3,
      set: [ 'ad=1; Path=/a' ], at: '/a/b/c', left: [ 'ad' ] },
    { name: 'beside one that stays others still go', pages: 5, swept: 4,
      set: [ 'ad=1; Path=/a' ], at: '/a/b/c', left: [ 'ad' ],
      later: 'share=1; Path=/' },
    { name: 'more than one response holds', pages: 20, swept: 10,
      set: MANY.map(name => `${name}=1; Path=/; Domain=swept.example`) },
];

const CASES = [ ...CHOICES.map(c => ({ site: TLS, run: choose, ...c })),
                ...SWEEPS.map(c => ({ site: PLAIN, run: sweep, ...c })) ];


// each returns what the jar has before

async function choose(tab, c, i, log) {
    const { site, at = site, from = '/form', posts, status = 303 } = c;

    await go(tab, `${site}/set${i}`);

    const before = (await tab.cookies()).length, answers = log().length;

    await tab.run('localStorage.setItem("keep", 1)');

    // where the form leads, which is sent when its page has loaded, or before
    const end = status === 303 ? from.replace(/[^/]*$/, 'end')
                               : '/consent/choice';

    for (const [ n, post ] of posts.entries()) {
        await go(tab, `${at}${from}?${site}/consent/choice&${post}`);
        await until(() => log().length > answers + n, 'answer to a choice');
        from !== '/sandbox' && await until(() => tab.evaluate(
            `location.pathname === '${end}' && document.readyState`
            + ' === "complete"'), `page ${end}`);
    }

    const left = await jar(tab);

    same('answers', log().slice(answers), posts.map(() => `${status}`));
    await go(tab, `${site}/end`);
    check('left', differ('in the jar', left, c.left));
    'stored' in c && same('stored', await tab.run('localStorage.length'),
                          c.stored);
    'seen' in c && same('seen', (await tab.run('document.cookie'))
        .replace(/=1\.\d+\.0\.([^.;]*)\.\w+/g, '=$1'), c.seen);

    return before;
}


async function sweep(tab, c, i) {
    const { site, at = '/', pages = 1, swept = 1, left = [], framed } = c;
    const directory = at.slice(0, at.lastIndexOf('/') + 1);

    const EXTRA = 'Network.responseReceivedExtraInfo';

    tab.wanted.add(EXTRA).add('Network.responseReceived');

    // the header lines that sweep, and that remember it, of each response
    const visit = async path => {
        tab.events = [];
        await go(tab, framed ? `${OTHER}/embed?${path}` : site + path);

        const extra = () => tab.events.filter(e => e.method === EXTRA);

        // a page's icon may be the last page's
        await until(() => tab.events.filter(e => e.params.type === 'Document'
            && e.params.hasExtraInfo).every(e => extra().some(
                x => x.params.requestId === e.params.requestId)),
            'headers of all documents');
        return extra().map(e => (e.params.headersText ?? '').split('\r\n')
            .filter(s => /^Set-Cookie: (consent_swept=|.*=; Max-Age=0)/i
                .test(s)));
    };
    const names = async () => (await tab.cookies()).map(c => c.name)
        .filter(n => !/^consent/.test(n));

    await visit(`${directory}set${i}`);

    const before = await names();
    let count = 0;

    await tab.send('Network.setCookie', { url: site, name: 'consent',
                                          value: PART });

    for (let n = 0; n < pages; n++) {
        if (c.later && n === 3) {
            await visit('/later');
        }

        const responses = await visit(at);

        count += responses.some(r => r.some(s => /Max-Age=0/.test(s)));
        responses.forEach(r => check('what one response has', r.join('\r\n')
            .length > MOST && `more than ${MOST} bytes`));
    }

    same('responses that sweep', count, swept);
    check('left', differ('in the jar', await names(), left));

    return before.length;
}


async function go(tab, url) {
    await tab.visit(url);
    await sleep(SETTLE);
}

const jar = async tab => (await tab.cookies()).map(c => [
    c.domain, `${c.name}=${
        c.value.replace(/^1\.\d+\.0\.([^.]*)\.\w+$/, '$1')}`,
    c.secure ? 'Secure' : '', c.httpOnly ? 'HttpOnly' : '', c.sameSite ?? ''
].filter(s => s).join(' '));


const FORM = `<form method=post><input name=accept><input name=return></form>
<script>
const [ action, accept ] = (location.search || name).slice(1).split("&");
const form = document.forms[0];
form.action = action; form.accept.value = accept;
form.return.value = new URL("end", location.href).pathname;
form.submit()</script>`;

const SANDBOX = `<body><script>
const f = document.createElement("iframe");
f.sandbox = "allow-scripts allow-forms"; f.name = location.search;
f.src = "/form"; document.body.append(f)</script>`;


function servers(plain, secure, tls) {
    const setters = CASES.map((c, i) => `
        location ~ /set${i}$ {
            consent off;
            ${(c.set ?? []).map(s => `add_header Set-Cookie "${s}";`).join(' ')}
            ${c.framed ? `add_header Set-Cookie "consent=${PART}; Path=/; `
                         + 'Secure; SameSite=None; Partitioned";' : ''}
            return 200 x;
        }`).join('');

    const server = (name, directives) => `
    server {
        listen 127.0.0.1:${plain};
        listen 127.0.0.1:${secure} ssl;
        server_name ${name};

        consent site;
        ${directives}

        location / { return 200 "<!DOCTYPE html><title>t</title>x"; }
        location = /favicon.ico { return 204; }
        location ~ /form$ { return 200 '${FORM}'; }
        location = /sandbox { return 200 '${SANDBOX}'; }
        location = /embed { consent off; return 200 "<iframe src=${SWEPT}$args>"; }
        location = /later {
            consent off;
            add_header Set-Cookie "${CASES.find(c => c.later).later}";
            return 200 x;
        }
        location /consent/ { consent_pages; }
        ${setters}
    }`;

    return `
    log_format status '$status';
    map "$request_method $uri" $post { "POST /consent/choice" 1; }
    default_type text/html;
    ${tls.nginx}

    consent_table site {
        category essential required "Needed";
        category performance "Performance";
        category advertising "Advertising";

        provider "Shop" essential { cookie session; }
        provider "Stats" performance choice=provider key=stats { cookie stat; }
        provider "Ads" advertising {
            cookie ad; cookie many*; cookie share; storage keep;
            cookie __Host-ad; cookie __Secure-ad;
            cookie app path=/app/;
            cookie far domain=swept.example;
        }
    }
    ${server('www.shop.example other.example', '')}
    ${server('www.shared.example',
             'consent_source cookie domain=shared.example;')}
    ${server('www.open.example',
             'consent_source cookie httponly=off; consent_clear cache storage;')}
    ${server('www.swept.example www.swept.co.uk intranet 127.0.0.1',
             'consent_sweep on;')}`;
}


await program('MODULE WORK', async ({ module, work, keep }) => {
    const [ plain, secure ] = await ports(2);
    const posts = `${work}/nginx/posts.log`;

    await keep(nginx(work, module, plain,
                     servers(plain, secure, certificate(work)),
                     `${posts} status if=$post`));

    const log = () => readFileSync(posts, 'utf8').split('\n').slice(0, -1);
    const browser = await keep(Chromium.start(work, { flags: [
        `--host-resolver-rules=MAP *:80 127.0.0.1:${plain},`
        + `MAP *:443 127.0.0.1:${secure}` ] }));

    for (const [ i, c ] of CASES.entries()) {
        if (wanted(c.name)) {
            const tab = await browser.alone();

            at(c.name);
            same('set before', await c.run(tab, c, i, log),
                 (c.set ?? []).length);
            await tab.close();
        }
    }
});
