#!/usr/bin/env node

// views.mjs MODULE LIBRARIES WORK [--only=RE]
//
// What a visitor reads, in Chromium: the banner, the settings, the link to
// them, placeholders, the policy.  axe-core finds nothing in any language and
// any state, light and dark, on a phone and on a desktop, and nothing is wider
// than the screen.  Pictures of all of them go to WORK.
//
//   --only=RE  the steps whose name matches

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Chromium } from './lib/chromium.mjs';
import { at, each, program, same, steps } from './lib/frame.mjs';
import { Site } from './lib/harbour.mjs';
import { CHOOSE, DESKTOP, PHONE, REFUSE, Visitor } from './lib/visitor.mjs';

const SIZES = { phone: PHONE, desktop: DESKTOP };
const LOOKS = Object.entries(SIZES).flatMap(([ name, size ]) =>
    [ 'light', 'dark' ].map(scheme => [ `${name}, ${scheme}`, size, scheme ]));

// what the cookie says; how many placeholders the page of frames then has, and
// how many of them with a form; with Sec-GPC
const NOW = Math.floor(Date.now() / 1000) - 60;
const STATES = {
    few: {
        'no choice': [ null, 3, 2 ],
        refused: [ `1.${NOW}.0.-`, 3, 2 ],
        part: [ `1.${NOW}.0.performance`, 3, 2 ],
        'a provider': [ `1.${NOW}.0.counter`, 2, 1 ],
        accepted: [ `1.${NOW}.0.performance+advertising+sharing+counter`, 0, 0 ],
        'no choice, GPC': [ null, 3, 2, true ],
    },
    keyless: {
        'no choice': [ null, 4, 1 ],
        refused: [ `1.${NOW}.0.-`, 4, 1 ],
        part: [ `1.${NOW}.0.sharing`, 2, 0 ],
        broken: [ 'nonsense', 4, 1 ],
        accepted: [ `1.${NOW}.0.performance+advertising+sharing`, 2, 0 ],
        'accepted, strict GPC': [ `1.${NOW}.0.performance+advertising+sharing`,
                                  4, 0, true ],
    },
};

const RULES = [ 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
                'best-practice' ];


// axe-core looks at a page as it looks in each of these

async function axe(v, name, looks = LOOKS) {
    if (!await v.run('!!window.axe')) {
        await v.run(axe.source);
    }
    for (const [ look, size, scheme ] of looks) {
        await v.see(size, { 'prefers-color-scheme': scheme });
        await v.settled();
        same(`axe-core on ${name}, ${look}`, await v.run(`axe.run(document, {
            resultTypes: [ 'violations' ], runOnly: ${JSON.stringify(RULES)} })
            .then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n =>
                n.target.join(' ') + ' ' + n.failureSummary).join(', ')))`),
              []);
        await wide(v, `${name}, ${look}`);
    }
}


async function wide(v, name) {
    same(`what is wider, ${name}`, await v.run(`[
        document.documentElement.scrollWidth > innerWidth,
        ...[ ...document.querySelectorAll('body *') ].filter(e =>
            e.checkVisibility() && !e.closest('thead')
            && e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 90)) ]`), [ false ]);
}


// A language with letters like those of English is seen in one look a state,
// in all of them over all states.

const WHOLE = [ 'en', 'ar' ];


// if what is said is that the browser's wish is respected

const told = (v, site, lang) => v.run(`(e => {
    e.innerHTML = ${JSON.stringify(site.text(lang, 'choice_gpc'))};
    return document.body.textContent.includes(e.textContent);
})(document.createElement('p'))`);


async function access(browser, site, server) {
    at('access');

    // each is a process of its own
    await each(site.languages, 2, async lang => {
        let i = server === 'few' ? 0 : 1;

        for (const [ state, [ choice, frames, forms, gpc = false ] ]
             of Object.entries(STATES[server]))
        {
            const looks = WHOLE.includes(lang) ? LOOKS : [ LOOKS[i++ % 4] ];
            const v = await Visitor.start(browser, site, { server, gpc });
            const what = `${lang}, ${server}, ${state}`;

            await v.choose(choice);
            await v.go(`/none/frames-${lang}.html`);
            const found = [ await v.state(), ...await v.run(`[ '', ' form' ]
                .map(s => document.querySelectorAll('.consent-placeholder' + s)
                    .length)`) ];
            same(`${what}: what is there`, found, [ choice === null
                || state === 'broken' ? 'banner' : 'link', frames, forms ]);
            same(`${what}: GPC in the page`, await told(v, site, lang),
                 gpc && found[0] === 'banner');
            await axe(v, `${what}: the page`, looks);

            if (found[0] === 'banner') {
                await v.act(`document.querySelector('${CHOOSE}').click()`);
                await v.becomes('settings');
                await v.run(`document.querySelectorAll('details').forEach(
                    d => { d.open = true; })`);
                await axe(v, `${what}: the settings in the page`, looks);
            }

            for (const name of [ 'settings', 'policy' ]) {
                await v.go(`/consent/${name}?lang=${lang}`);
                await v.run(`document.querySelectorAll('details').forEach(
                    d => { d.open = true; })`);
                same(`${what}: GPC in the ${name}`, await told(v, site, lang),
                     gpc);
                await axe(v, `${what}: the ${name}`, looks);
            }
            await v.end();
        }
    });
}


const STEPS = {

    keyed: (browser, site) => access(browser, site, 'few'),
    keyless: (browser, site) => access(browser, site, 'keyless'),

    // the table that is shipped, with all of its rows; of columns when there
    // is hardly room for them, a word is not cut but for names and purposes
    async whole(browser, site) {
        at('whole');
        const v = await Visitor.start(browser, site);
        for (const path of [ '/consent/settings?lang=en',
                             '/consent/policy?lang=en', '/plain/policy' ])
        {
            await v.go(path);
            await axe(v, path, path === '/plain/policy' ? LOOKS.slice(2)
                                                        : LOOKS);
        }

        await v.see({ ...DESKTOP, width: 660 });
        for (const lang of site.languages) {
            await v.go(`/consent/policy?lang=${lang}`);
            await wide(v, `the policy, ${lang}, 660 pixels`);
            same(`words that are cut, ${lang}`, await v.run(`[ ...document
                .querySelectorAll('th, td:nth-child(4), td:nth-child(5)') ]
                .filter(e => {
                    const range = document.createRange();
                    const text = e.firstChild?.data ?? '';
                    return [ ...text.matchAll(/[^\\s-]+/g) ].some(m => {
                        range.setStart(e.firstChild, m.index);
                        range.setEnd(e.firstChild, m.index + m[0].length);
                        return range.getClientRects().length > 1;
                    });
                }).map(e => e.textContent).slice(0, 5)`), []);
        }
        await v.end();
    },

    async pictures(browser, site) {
        for (const [ name, size ] of Object.entries(SIZES)) {
            const v = await Visitor.start(browser, site, { size });

            at(`pictures, ${name}`);
            await v.go('/none/shop.html');
            await v.picture(`banner-${name}`);
            await v.click(CHOOSE);
            await v.becomes('settings');
            await v.picture(`settings-${name}`);
            await v.go('/none/ar.html');
            await v.see(size, { 'prefers-color-scheme': 'dark' });
            await v.picture(`banner-dark-rtl-${name}`);
            await v.go('/consent/settings?lang=ar');
            await v.picture(`settings-dark-rtl-${name}`);
            await v.go('/consent/policy?lang=de');
            await v.run("location.hash = 'category-sharing'");
            await v.picture(`policy-dark-table-${name}`);
            await v.see(size);
            await v.go('/consent/policy?lang=en');
            await v.picture(`policy-${name}`);
            await v.run("location.hash = 'category-performance'");
            await v.picture(`policy-table-${name}`);
            await v.go('/none/shop.html');
            await v.click(REFUSE);
            await v.becomes('link');
            await v.go('/none/video.html');
            await v.picture(`placeholder-${name}`);
            await v.end();
        }
    },
};


await program('MODULE LIBRARIES WORK', async ({ module, libraries, work,
                                                keep }) =>
{
    axe.source = readFileSync(join(libraries,
        'node_modules/axe-core/axe.min.js'), 'utf8');

    const site = await Site.start(module, work, keep);

    await steps(STEPS, await keep(Chromium.start(work, {})), site);
});
