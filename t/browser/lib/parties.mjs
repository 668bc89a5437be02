// A shop and who is in its pages: what each party does there, by whatever
// means there is, and what it waits for.  The page, the table of nginx and what
// a visitor's choice allows are all made of these rows; the module has no say.

// needs: categories; key: a visitor decides on it by itself

export const PARTIES = {
    cdn:     { needs: [] },
    metrics: { needs: [ 'performance' ] },
    matomo:  { needs: [ 'performance' ], key: 'matomo' },
    ads:     { needs: [ 'advertising' ] },
    share:   { needs: [ 'sharing' ] },
    both:    { needs: [ 'performance', 'advertising' ] },
    lab:     { needs: [] },
};

export const ALL = [ 'performance', 'advertising', 'sharing', 'matomo' ];

// after the table has changed: a category is new, and who was unknown is in it;
// one has moved to another category, one can be chosen by itself
export const CHANGED = {
    ...PARTIES,
    metrics: { needs: [ 'advertising' ] },
    share:   { needs: [ 'sharing' ], key: 'share' },
    lab:     { needs: [ 'research' ] },
};

const TITLES = {
    performance: 'Site performance and customisation',
    advertising: 'Targeted advertising',
    sharing: 'Sharing on third-party platforms',
    research: 'Research',
};

const allows = ({ needs, key }, accepted) =>
    key ? accepted.includes(key) : needs.every(c => accepted.includes(c));


// What a party does, P being its name and HOST its own host.
// html: in the page; link, cookie: in the response's headers; js: with scripts
// only, or without them only; app: what the shop's own script does for it;
// asks: paths of its host; collect: it is asked for at the shop's own address.
// cookies, local, session: what is there then; in a frame of another site
// browsers keep only what is partitioned.

const CHIPS = 'Secure; SameSite=None; Partitioned';

const MEANS = [
    { html: '<script src="https://HOST/FILE"></script>', js: true,
      asks: [ '/FILE', '/ran.gif' ], cookies: [ 'P_own' ], local: [ 'P_own' ] },
    { html: '<script>PQueue = []; new Image().src = "https://HOST/inline.gif"'
            + '</script>', js: true, asks: [ '/inline.gif' ] },
    { html: '<noscript><img src="https://HOST/none.gif"></noscript>',
      js: false, asks: [ '/none.gif' ] },
    { html: '<img src="https://HOST/image.gif" alt="">',
      asks: [ '/image.gif' ] },
    { html: '<picture><source srcset="https://HOST/set.gif 1x"><img alt="">'
            + '</picture>', asks: [ '/set.gif' ] },
    { html: '<p style="background: url(https://HOST/style.gif)">P</p>',
      asks: [ '/style.gif' ] },
    { html: '<link rel=stylesheet href="https://HOST/sheet.css">',
      asks: [ '/sheet.css' ] },
    { html: '<link rel=preconnect href="https://early.HOST/">',
      asks: [] },
    { html: '<iframe src="https://HOST/frame.html" width=300 height=150>'
            + '</iframe>', asks: [ '/frame.html', '/inside.gif' ] },
    { html: '<img src="/collect/P" alt="">', collect: '/collect/P' },
    { link: '<https://HOST/header.css>; rel=preload; as=style',
      asks: [ '/header.css' ] },

    { cookie: 'P_set=1; Path=/; Max-Age=3600', cookies: [ 'P_set' ] },
    { cookie: 'P_http=1; Path=/; Max-Age=3600; HttpOnly; Secure',
      cookies: [ 'P_http' ] },
    { cookie: 'P_wide=1; Path=/; Domain=.SITE; Max-Age=3600',
      cookies: [ 'P_wide@.SITE' ] },
    { cookie: `P_chips=1; Path=/; Max-Age=3600; ${CHIPS}`,
      partitioned: [ 'P_chips' ] },

    { app: 'let s = document.createElement("script"); s.src = '
           + '"https://HOST/late.js"; document.head.append(s)', js: true,
      asks: [ '/late.js' ] },
    { app: 'new Image().src = "https://HOST/late.gif"', js: true,
      asks: [ '/late.gif' ] },
    { app: 'document.body.insertAdjacentHTML("beforeend", '
           + '"<img src=https://HOST/html.gif>")', js: true,
      asks: [ '/html.gif' ] },
    { app: 'fetch("https://HOST/fetch.gif").catch(() => {})', js: true,
      asks: [ '/fetch.gif' ] },
    { app: 'navigator.sendBeacon("https://HOST/beacon.gif")', js: true,
      asks: [ '/beacon.gif' ] },
    { app: 'document.cookie = "P_js=1; path=/; max-age=3600"', js: true,
      cookies: [ 'P_js' ] },
    { app: `document.cookie = "P_jschips=1; path=/; ${CHIPS}"`, js: true,
      partitioned: [ 'P_jschips' ] },
    { app: 'localStorage.setItem("P_js", 1)', js: true, local: [ 'P_js' ] },
    { app: 'sessionStorage.setItem("P_js", 1)', js: true,
      session: [ 'P_js' ] },
];

const SCRIPT = { cached: 'cached.js', plain: 'script.js' };


// each means of each party, its names in place: host is without the visitor's

function means(site, file) {
    const list = [];

    for (const p of Object.keys(PARTIES)) {
        for (const m of MEANS) {
            const own = s => s?.replace(/\bP(?=Queue|_|\b)/g, p)
                .replaceAll('HOST', `${p}.example`).replaceAll('SITE', site)
                .replaceAll('FILE', SCRIPT[file]);
            const all = key => (m[key] ?? []).map(own);

            list.push({ ...m, p, html: own(m.html), link: own(m.link),
                        cookie: own(m.cookie), app: own(m.app),
                        collect: own(m.collect), asks: all('asks'),
                        cookies: all('cookies'), partitioned:
                        all('partitioned'), local: all('local'),
                        session: all('session') });
        }
    }

    return list;
}


/*
 * What is there, and nothing else, when a page has loaded twice.
 * accepted: names; parties: the table; js: scripts run; site: whose page it is;
 * top: in the frame of whose page; once: parties that were allowed on the site
 * before, whose own cookies nobody but they can take away.
 */

export function allowed({ accepted, parties = PARTIES, js = true, site,
                          top = site, file = 'plain', once = [] })
{
    const is = { asks: new Set(), jar: new Set(), sent: new Set(),
                 local: new Set(), session: new Set() };
    const add = (set, list) => list.forEach(one => set.add(one));

    for (const m of means(site, file)) {

        if (!allows(parties[m.p], accepted) || m.js === !js) {
            continue;
        }

        const cookies = top === site ? m.cookies : [];
        const at = cookies.map(c => c.includes('@') ? c : `${c}@${site}`);

        add(is.asks, m.asks.map(path => `${m.p}.example${path}`));
        add(is.asks, [ `${m.p}.example`, `early.${m.p}.example` ]);
        add(is.asks, m.collect ? [ `${site}${m.collect}` ] : []);
        add(is.jar, at);
        add(is.jar, m.partitioned.map(c => `${c}@${site}^${top}`));
        add(is.sent, [ ...cookies.map(c => c.replace(/@.*/, '')),
                       ...m.partitioned ]);
        add(is.local, m.local);
        add(is.session, m.session);
    }

    for (const p of Object.keys(PARTIES)) {
        if (allows(parties[p], accepted) || once.includes(p)) {
            is.jar.add(`id@${p}.example^${top}`);
        }
    }

    return is;
}

export const parties_of = (accepted, parties = PARTIES) =>
    Object.keys(parties).filter(p => allows(parties[p], accepted));


// The shop's page for one visitor, whose parties have hosts of his own: so it
// is known for whom each of them was asked.

export function page(id, site, { file = 'plain', unload }) {
    const own = s => s.replace(/https:\/\/(early\.)?(?=\w+\.example)/g,
                               `https://$1${id}.`);
    const list = means(site, file);
    const each = key => list.map(m => m[key]).filter(Boolean).map(own);

    return {
        html: `<!DOCTYPE html>
<html lang=en>
<head><meta charset=utf-8><title>Shop</title></head>
<body${unload ? ' onunload="1"' : ''}>
<h1>Shop</h1>
${each('html').join('\n')}
<script src="/app.js"></script>
</body>
</html>
`,
        headers: {
            'Link': each('link'),
            'Set-Cookie': list.map(m => m.cookie).filter(Boolean).map(
                c => c.replace(site, `${id}.${site}`)),
        },
    };
}


// the shop's own script, which knows nothing of consent either; a page that
// frames it asks it what is stored

export const app = (id, site) => means(site).map(m => m.app).filter(Boolean)
    .map(s => `try { ${s.replaceAll('https://', `https://${id}.`)} }`
              + ' catch (e) { }').join('\n') + `
addEventListener('message', e => e.source.postMessage(
    [ Object.keys(localStorage), Object.keys(sessionStorage) ], '*'))`;


// what a party's own script does: ID.PARTY.example

export const script = host => {
    const p = host.split('.')[1];

    return `document.cookie = '${p}_own=1; path=/; max-age=3600';
try { localStorage.${p}_own = 1 } catch (e) { }
new Image().src = 'https://${host}/ran.gif'`;
};


export const table = (name, parties) => {
    const categories = [ ...new Set(Object.values(parties).flatMap(
        p => p.needs)) ];

    // who is in the page and not in the table
    const known = Object.entries(parties).filter(
        ([ p, { needs } ]) => p !== 'lab' || needs.length);

    return `
    consent_table ${name} {
        category essential required "Needed for the site to work";
        ${categories.map(c => `category ${c} "${TITLES[c]}";`).join('\n')}
        ${known.map(([ p, { needs, key } ]) => `
        provider "${p}" ${needs.join(' ') || 'essential'}
                 ${key ? `choice=provider key=${key}` : ''} {
            url ${p}.example; url /collect/${p}; inline ${p}Queue;
            cookie ${p}_*; storage ${p}_*;
        }`).join('')}
    }`;
};
