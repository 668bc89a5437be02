// The page of the matrix as the origin has it and as each visitor must get it,
// written by hand as the README has the disabled form; the tables, cookies.

const NOW = Math.floor(Date.now() / 1000) - 60;

const choice = categories => `consent=1.${NOW}.0.${categories}`;


// who asks: the choice as sent, and what it grants

export const VISITORS = {
    refused: { cookie: choice('-'), grants: [] },
    part: { cookie: choice('performance'), grants: [ 'performance' ] },
    accepted: { cookie: choice('performance+advertising+sharing'),
                grants: [ 'performance', 'advertising', 'sharing' ] },
};


// what is whose in the first table and in the changed one

const CATEGORY = [
    { stats: 'performance', ads: 'advertising', video: 'sharing' },
    { stats: 'advertising', ads: 'advertising', video: 'sharing',
      late: 'advertising' },
];

export const TABLES = CATEGORY.map(c => `
consent_table site {
    category essential required "Needed for the site to work";
    category performance "Site performance and customisation";
    category advertising "Targeted advertising";
    category sharing "Sharing on third-party platforms";

    provider "Shop" essential { cookie session; }

    provider "Stats" ${c.stats} {
        cookie stat;
        url    stats.test;
        inline "statsQueue";
        header Accept-CH;
    }

    provider "Ads" ${c.ads} { cookie ad; url ads.test; }
    provider "Video" ${c.video} { cookie share; url video.test; }
    ${c.late ? `provider "Late" ${c.late} { url late.test; }` : ''}
}
`);


const FILLER = Array.from({ length: 400 }, (_, i) =>
    `<p id="p${i}">Nothing to hold back in § ${i}, "quoted" &amp; plain.</p>\n`)
    .join('');

// origin's bytes; whose they are; the same disabled

const PIECES = [
    [ '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' ],
    [ '<title>Matrix</title>\n<script src="/app.js"></script>\n' ],
    [ '<script async src="https://stats.test/s.js"></script>', 'stats',
      c => `<script type="text/plain" data-consent="${c}" async`
           + ' data-consent-src="https://stats.test/s.js"></script>' ],
    [ '\n' ],
    [ '<script>statsQueue.push(1)</script>', 'stats',
      c => `<script type="text/plain" data-consent="${c}">`
           + 'statsQueue.push(1)</script>' ],
    [ '\n</head>\n<body>\n' ],
    [ '<img alt="" src="https://ads.test/p.gif">', 'ads',
      c => `<img data-consent="${c}" alt=""`
           + ' data-consent-src="https://ads.test/p.gif">' ],
    [ '\n' + FILLER ],
    [ '<img alt="" src="https://late.test/p.gif">', 'late',
      c => `<img data-consent="${c}" alt=""`
           + ' data-consent-src="https://late.test/p.gif">' ],
    [ '\n' ],
    [ '<iframe src="https://video.test/e/1"></iframe>', 'video',
      c => `<iframe data-consent="${c}"`
           + ' data-consent-src="https://video.test/e/1"></iframe>' ],
    [ '\n</body>\n</html>\n' ],
];

export const ORIGIN = Buffer.from(PIECES.map(p => p[0]).join(''));

export const SCRIPT = Buffer.from('document.title += "!";\n'.repeat(20));


export function page(visitor, table) {
    return Buffer.from(PIECES.map(([ bytes, whose, disabled ]) => {
        const category = CATEGORY[table][whose];

        return granted(visitor, category) ? bytes : disabled(category);
    }).join(''));
}


// what is nobody's is everybody's

function granted(visitor, category) {
    return !category || VISITORS[visitor].grants.includes(category);
}


export const everything = visitor => VISITORS[visitor].grants.length === 3;


// Set-Cookie lines by whose they are, and cookies that the browser sends

export const SET_COOKIE = [
    [ 'session=s1; Path=/; HttpOnly' ],
    [ 'stat=1; Path=/; Max-Age=3600', 'stats' ],
    [ 'ad=2; Path=/; Max-Age=3600; SameSite=Lax', 'ads' ],
    [ 'share=3; Path=/; Max-Age=3600', 'video' ],
];

const SENT = [ [ 'session=s1' ], [ 'stat=1', 'stats' ], [ 'ad=2', 'ads' ],
               [ 'share=3', 'video' ] ];

const left = (rows, visitor, table) =>
    rows.filter(([ , whose ]) => granted(visitor, CATEGORY[table][whose]))
        .map(([ bytes ]) => bytes);

export const set_cookies = (visitor, table) => left(SET_COOKIE, visitor, table);

export const cookies = visitor =>
    [ VISITORS[visitor].cookie, ...SENT.map(([ pair ]) => pair) ].join('; ');

export const cookies_left = (visitor, table) =>
    [ VISITORS[visitor].cookie, ...left(SENT, visitor, table) ].join('; ');

export const accept_ch = (visitor, table) =>
    granted(visitor, CATEGORY[table].stats);


export const ACCEPT_CH = 'Sec-CH-UA-Model';
export const CACHE_CONTROL = 'max-age=600, public';

// a Wednesday, which begins as a weak tag does
export const MODIFIED = new Date('2015-10-21T07:28:00Z');

export const RAW_COOKIES = SET_COOKIE.map(([ bytes ]) => bytes);
