#!/usr/bin/env node

// banner.mjs MODULE WORK [--only=RE]
//
// The banner, the settings and the link to them in Chromium, over
// conf/default.conf: what a visitor chooses is what is kept, with JavaScript
// and without it, by the keyboard alone and under every kind of
// Content-Security-Policy, and nothing in the page moves.
//
//   --only=RE  the steps whose name matches

import { Chromium } from './lib/chromium.mjs';
import { at, program, same, sleep, steps } from './lib/frame.mjs';
import { Site } from './lib/harbour.mjs';
import { ACCEPT, CHOOSE, DESKTOP, LINK, PHONE, REFUSE, SAVE, Visitor }
    from './lib/visitor.mjs';

// bytes of the banner, its style and its script
const MOST = 15 * 1024;

const ALL = 'performance+advertising+sharing+counter';


const STEPS = {

    async choice(browser, site) {
        for (const script of [ true, false ]) {
            const what = script ? 'with JavaScript' : 'without';
            const v = await Visitor.start(browser, site, { script });

            at(`choice, accept ${what}`);
            await v.go('/none/en.html?a=1&b=%20');
            same('state', await v.state(), 'banner');
            if (script) {
                await v.run('scrollTo(0, 120)');
            }
            await v.click(ACCEPT);
            await v.choice(ALL);
            await v.becomes('link');
            same('where', await v.run('location.pathname + location.search'),
                  '/none/en.html?a=1&b=%20');
            if (script) {
                same('still there', await v.run('scrollY'), 120);
            }

            at(`choice, withdraw ${what}`);
            await v.click(LINK);
            await v.becomes('settings');
            same('where', await v.run('location.pathname'),
                  '/consent/settings');
            same('checked', await v.run(`[ ...document.querySelectorAll(
                'input:checked') ].length`), 5);
            await v.click(REFUSE);
            await v.choice('-');
            await v.becomes('link');
            same('where', await v.run('location.pathname + location.search'),
                  '/none/en.html?a=1&b=%20');
            await v.end();

            at(`choice, refuse ${what}`);
            const w = await Visitor.start(browser, site, { script });
            await w.go('/none/en.html');
            await w.click(REFUSE);
            await w.choice('-');
            await w.becomes('link');
            await w.end();

            at(`choice, set ${what}`);
            const s = await Visitor.start(browser, site, { script });
            await s.go('/none/de.html');
            await s.click(CHOOSE);
            await s.becomes('settings');
            same('where', await s.run('location.pathname'),
                  script ? '/none/de.html' : '/consent/settings');
            same('checked beforehand', await s.run(`[ ...document
                .querySelectorAll('input:checked') ].map(e => e.disabled)`),
                  [ true ]);
            same('the way back', await s.run(`document.querySelector(
                '#consent-set input[name=return]').value`), '/none/de.html');
            same('language', await s.run(
                `document.getElementById('consent-settings').closest('[lang]')
                    .lang`), 'de');
            await s.click('input[value=sharing]');
            await s.click('input[value=counter]');
            await s.click(SAVE);
            await s.choice('sharing+counter');
            await s.becomes('link');
            same('where', await s.run('location.pathname'), '/none/de.html');
            await s.end();
        }
    },

    async back(browser, site) {
        at('back');
        const v = await Visitor.start(browser, site);
        await v.go('/none/en.html');
        await v.run('window.kept = 1');
        await v.act("location.href = '/none/de.html'");
        await v.wait("location.pathname === '/none/de.html'");
        await v.becomes('banner');
        await v.click(REFUSE);
        await v.choice('-');
        await v.becomes('link');
        await v.act('history.back()');
        await v.wait("location.pathname === '/none/en.html'");
        await v.becomes('link');
        await v.end();
    },

    async open(browser, site) {
        at('open');
        const v = await Visitor.start(browser, site);
        await v.go('/none/en.html');
        same('it is heard', await v.run(`document.dispatchEvent(
            new CustomEvent('consentopen', { cancelable: true }))`), false);
        await v.becomes('settings');
        await v.end();
    },

    async placeholder(browser, site) {
        for (const script of [ true, false ]) {
            at(`placeholder, ${script ? 'with JavaScript' : 'without'}`);
            const v = await Visitor.start(browser, site, { script,
                                                           server: 'few' });
            await v.go('/none/frames-de.html');
            same('titles in another language', await v.run(`document
                .querySelector('.consent-placeholder [lang=en]')
                .textContent`), 'Sharing on third-party platforms');
            await v.click('.consent-placeholder a');
            await v.becomes('settings');
            same('where', await v.run(`[ location.pathname,
                document.documentElement.lang ]`),
                 [ '/consent/settings', 'de' ]);
            await v.click('input[value=sharing]');
            await v.click(SAVE);
            await v.choice('sharing');
            await v.becomes('link');
            same('where', await v.run('location.pathname'),
                 '/none/frames-de.html');
            same('what still waits', await v.run(`document
                .querySelectorAll('.consent-placeholder').length`), 1);
            await v.end();
        }
    },

    // beside consent_guard: the page is not left, unless it has to be

    async guard(browser, site) {
        const v = await Visitor.start(browser, site, { server: 'guarded' });
        const ran = () => v.run("(window.ran ?? []).join()");
        const left = () => v.run(`[ ...Object.keys(localStorage), ...document
            .cookie.split('; ').map(c => c.split('=')[0]) ].filter(s =>
            /example/.test(s)).sort().join()`);
        const both = s => s.split(',').flatMap(x => [ x, x ]).sort().join();
        const stay = () => v.run("window.stayed = 1");
        const stayed = () => v.run('window.stayed === 1');
        const STAT = 'stat.lamps.example', ADS = 'ads.lamps.example';
        const COUNTER = 'counter.example';

        at('guard, accept');
        await v.go('/none/third.html');
        same('nothing has run', await ran(), '');
        await stay();
        await v.click(ACCEPT);
        await v.choice(ALL);
        await v.becomes('link');
        await v.wait('(window.ran ?? []).length === 3');
        same('in their order', await ran(), [ STAT, ADS, COUNTER ].join());
        same('it has stayed', await stayed());
        same('it is told', await v.run('log'),
              [ [ 'performance', 'advertising', 'sharing' ] ]);
        same('what they keep', await left(),
              both([ STAT, ADS, COUNTER ].join()));
        same('nothing is inert', await v.run(
            "document.querySelectorAll('[inert]').length"), 0);
        same('the link has a name', await v.run(`document.getElementById(
            'consent-banner').getAttribute('aria-label')`), 'Cookie settings');

        at('guard, withdraw');
        await v.act('consent.open()');
        await v.becomes('settings');
        same('where', await v.run('location.pathname'), '/consent/settings');
        await v.click(REFUSE);
        await v.choice('-');
        await v.becomes('link');
        same('where', await v.run('location.pathname'), '/none/third.html');
        same('nothing has run', await ran(), '');
        same('nothing is kept', await left(), '');
        await v.end();

        at('guard, refuse');
        const w = await Visitor.start(browser, site, { server: 'guarded' });
        await w.go('/none/third.html');
        await w.run("window.stayed = 1");
        await w.click(REFUSE);
        await w.choice('-');
        await w.becomes('link');
        same('it has stayed', await w.run('window.stayed === 1'));
        same('nothing has run', await w.run('window.ran === undefined'));
        await w.end();

        at('guard, Consent Mode');
        const g = await Visitor.start(browser, site, { server: 'guarded' });
        await g.go('/none/third.html');
        await g.run(`window.stayed = 1; window.dataLayer = [ null, { event: 1 },
            [ 'consent', 'default', { ad_storage: 'denied' } ] ]`);
        await g.click(ACCEPT);
        await g.choice(ALL);
        await g.becomes('link');
        same('it is told anew', await g.run('window.stayed === undefined'));
        await g.end();

        // what waits for its key looks like what waits for the category
        for (const [ name, boxes, expected, stays ] of [
            [ 'a category', [ 'performance' ], STAT, false ],
            [ 'a provider', [ 'counter' ], COUNTER, false ],
            [ 'one without keys', [ 'advertising' ], ADS, true ],
            [ 'a category and its provider', [ 'performance', 'counter' ],
              [ STAT, COUNTER ].join(), true ] ])
        {
            at(`guard, ${name}`);
            const s = await Visitor.start(browser, site,
                                          { server: 'guarded' });
            await s.go('/none/third.html');
            await s.act('window.stayed = 1; consent.open()');
            await s.becomes('settings');
            same('where', await s.run('location.pathname'),
                  '/none/third.html');
            for (const box of boxes) {
                await s.click(`input[value=${box}]`);
            }
            await s.click(SAVE);
            await s.choice(boxes.join('+'));
            await s.becomes('link');
            await s.wait(`(window.ran ?? []).join() === '${expected}'`);
            await sleep(200);
            same('what has run', await s.run('window.ran.join()'), expected);
            same('it has stayed', await s.run('window.stayed === 1'), stays);
            await s.end();
        }
    },

    async keyboard(browser, site) {
        const v = await Visitor.start(browser, site);

        at('keyboard');
        await v.go('/none/en.html');
        const order = [];
        for (let i = 0; i < 5; i++) {
            await v.tabKey();
            order.push(await v.run(`(e => e.value || e.id
                || e.getAttribute('href').split('?')[0])(
                document.activeElement)`));
        }
        same('order', order,
              [ '/consent/policy', 'all', 'none', 'en', 'l0' ]);
        await v.escape();
        await sleep(100);
        same('Escape chooses nothing', [ await v.chosen(), await v.state() ],
              [ null, 'banner' ]);

        // what has the focus is not behind the banner
        let behind = 0;
        for (let i = 1; i < 60; i++) {
            await v.tabKey();
            behind += await v.run(`(e => {
                const r = e.getBoundingClientRect();
                const b = document.getElementById('consent-banner')
                    .getBoundingClientRect();
                return r.bottom > b.top ? 1 : 0;
            })(document.activeElement)`);
        }
        same('hidden behind the banner', behind, 0);

        at('keyboard, settings');
        await v.go('/none/en.html');
        for (let i = 0; i < 4; i++) {
            await v.tabKey();
        }
        same('the focus shows', await v.run(`(s => [ s.outlineStyle,
            parseFloat(s.outlineWidth) >= 2 ])(
            getComputedStyle(document.activeElement))`), [ 'solid', true ]);
        await v.enter();
        await v.becomes('settings');
        same('the focus goes along', await v.run('document.activeElement.id'),
              'consent-title');
        const within = [];
        for (let i = 0; i < 20; i++) {
            await v.tabKey();
            within.push(await v.run(`document.activeElement === document.body
                || !!document.activeElement.closest('#consent-banner')`));
        }
        same('and stays there', within.includes(false), false);
        await v.escape();
        await v.becomes('banner');
        same('Escape leads back', await v.chosen(), null);
        for (let i = 0; i < 4; i++) {
            await v.tabKey();
        }
        await v.enter();
        await v.becomes('settings');
        await v.tabKey();
        await v.space();
        await v.tabKey();
        for (let i = 0; i < 40; i++) {
            if (await v.run(`document.activeElement.matches('${SAVE}')`)) {
                break;
            }
            await v.tabKey();
        }
        await v.enter();
        await v.becomes('link');
        same('what is kept', typeof await v.chosen(), 'string');
        await v.end();
    },

    async policies(browser, site) {
        const expected = {
            none: { style: true, violations: [] },
            nonce: { style: true, violations: [ 'style-src-elem' ] },
            self: { style: true, violations: [] },
            noscript: { style: true, violations: [ 'style-src-elem' ] },
            refused: { style: false, violations: [ 'style-src-elem',
                                                   'style-src-elem' ] },
            quiet: { style: true, violations: [] },
        };

        for (const [ name, { style, violations } ] of Object.entries(expected))
        {
            at(`policies, ${name}`);
            const v = await Visitor.start(browser, site);
            await v.go(`/${name}/en.html`);
            same('it is styled', await v.run(`getComputedStyle(document
                .getElementById('consent-banner')).position`),
                  style ? 'fixed' : 'static');

            // but for the site's own style
            same('violations', (await v.run('violations'))
                .map(s => s.split(' ')[0]), violations);
            await v.click(CHOOSE);
            await v.becomes('settings');
            await v.click('input[value=performance]');
            await v.click(SAVE);
            await v.choice('performance');
            await v.becomes('link');
            same('the link is styled', await v.run(`getComputedStyle(document
                .getElementById('consent-banner')).position`),
                  style ? 'fixed' : 'static');
            await v.click(LINK);
            await v.becomes('settings');
            await v.click(REFUSE);
            await v.choice('-');
            await v.end();
        }
    },

    async stillness(browser, site) {
        for (const size of [ PHONE, DESKTOP ]) {
            for (const [ policy, server ] of [ [ 'none' ], [ 'self' ],
                                               [ 'late' ], [ 'none', 'slow' ] ])
            {
                at(`stillness, ${server ?? policy}, ${size.width}`);
                const v = await Visitor.start(browser, site, { size, server });
                await v.go(`/${policy}/en.html`);
                await sleep(300);
                same('what has moved', await v.run('moved'), []);
                await v.click(REFUSE);
                await v.becomes('link');
                await sleep(300);
                same('for the link', await v.run('moved'), []);
                await v.end();
            }
        }
    },

    async looks(browser, site) {
        at('looks');
        const v = await Visitor.start(browser, site);

        // the three are alike
        for (const size of [ DESKTOP, PHONE ]) {
            await v.see(size);
            await v.go('/none/en.html');
            const alike = await v.run(`[ ...document.querySelectorAll(
                '#consent-banner button') ].map(e => {
                const s = getComputedStyle(e), r = e.getBoundingClientRect();
                return [ Math.round(r.width), Math.round(r.height), s.color,
                         s.backgroundColor, s.border, s.font, s.opacity ]
                    .join(' ');
            })`);
            same('buttons', alike.length, 3);
            same('are alike', new Set(alike).size, 1);
            same('and large', parseInt(alike[0].split(' ')[1]) >= 44);
        }

        // 320 CSS pixels, and zoomed in to 400 %
        for (const height of [ 640, 256 ]) {
            for (const lang of site.languages) {
                at(`looks, 320x${height}, ${lang}`);
                await v.see({ ...PHONE, width: 320, height });
                await v.go(`/none/${lang}.html`);
                same('nothing is beside it', await v.run(`[ document
                    .documentElement.scrollWidth, ...[ ...document
                    .querySelectorAll('#consent-banner *') ].map(e => {
                        const r = e.getBoundingClientRect();
                        return r.right > 320 || r.left < 0 ? e.outerHTML : '';
                    }).filter(Boolean) ]`), [ 320 ]);
                same('it can be reached', await v.run(`[ ...document
                    .querySelectorAll('#consent-banner button, #consent-banner a')
                    ].filter(e => {
                        e.scrollIntoView({ block: 'center' });
                        const r = e.getBoundingClientRect();
                        return r.height < 24 || r.width < 24 || r.top < 0
                               || r.bottom > innerHeight;
                    }).map(e => e.outerHTML)`), []);
                await v.click(CHOOSE);
                await v.becomes('settings');
                same('nothing is beside the settings', await v.run(`[ ...
                    document.querySelectorAll('#consent-banner *') ].filter(
                        e => e.checkVisibility()
                             && e.getBoundingClientRect().right > 320)
                    .map(e => e.outerHTML)`), []);
            }
        }

        at('looks, print');
        await v.see(DESKTOP, { print: true });
        await v.go('/none/en.html');
        same('not printed', await v.run(`getComputedStyle(document
            .getElementById('consent-banner')).display`), 'none');
        await v.go('/consent/settings');
        same('the settings are', await v.run(`getComputedStyle(document
            .getElementById('consent-banner')).display`), 'block');

        at('looks, reduced motion');
        await v.see(DESKTOP, { 'prefers-reduced-motion': 'reduce' });
        await v.go('/none/en.html');
        same('nothing moves', await v.run(`[ ...document.querySelectorAll(
            '#consent-banner, #consent-banner *') ].filter(e => {
                const s = getComputedStyle(e);
                return s.animationName !== 'none'
                       || s.transitionDuration !== '0s';
            }).length`), 0);

        at('looks, forced colors');
        await v.see(DESKTOP, { 'forced-colors': 'active' });
        await v.go('/none/en.html');
        same('a button has an edge', await v.run(`(s => [ s.borderTopStyle,
            s.borderTopColor === s.backgroundColor ])(getComputedStyle(document
            .querySelector('${ACCEPT}')))`), [ 'solid', false ]);

        at('looks, right to left');
        await v.see(DESKTOP);
        await v.go('/none/ar.html');
        same('direction', await v.run(`(b => [ getComputedStyle(b).direction,
            [ ...b.querySelectorAll('button') ].map(e => e
                .getBoundingClientRect().left).every((x, i, a) =>
                    !i || x < a[i - 1]) ])(document.getElementById(
            'consent-banner'))`), [ 'rtl', true ]);

        at('looks, a site\'s own colours');
        await v.go('/none/en.html');
        await v.run(`document.documentElement.style.setProperty(
            '--consent-accent', 'rgb(120, 0, 80)')`);
        same('they count', await v.run(`getComputedStyle(document
            .querySelector('${ACCEPT}')).backgroundColor`), 'rgb(120, 0, 80)');
        await v.end();
    },

    async size(browser, site) {
        let largest = 0;
        for (const lang of site.languages) {
            at(`size, ${lang}`);
            const headers = { 'Sec-Fetch-Dest': 'document' };
            const path = `/none/${lang}.html`;
            const [ ours, plain ] = await Promise.all([ site.port.whole, site.port.off ]
                .map(port => fetch(`http://127.0.0.1:${port}${path}`,
                                   { headers }).then(r => r.text())));
            const bytes = ours.length - plain.length;
            largest = Math.max(largest, bytes);
            same(`${bytes} bytes`, bytes > 1000 && bytes < MOST);
        }
        console.log(`size: at most ${largest} bytes`);
    },
};


await program('MODULE WORK', async ({ module, work, keep }) => {
    const site = await Site.start(module, work, keep);
    const browser = await keep(Chromium.start(work, { flags: [
        `--host-resolver-rules=MAP *.example 127.0.0.1:${site.port.third}` ] }));

    await steps(STEPS, browser, site);
});
