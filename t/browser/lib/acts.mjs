// What is done in a tab, waited for, and seen.

import { sleep } from '../../http/lib/stack.mjs';

// how long what is waited for may take, on a machine that does much besides
const PATIENCE = 45000;


// tab: of a page whose load event counts

export async function load(row, act) {
    const { tab } = row;

    tab.loaded = new Promise(done => { tab.load = done; });
    await act();

    // go() waits for another one
    if (!await Promise.race([ tab.loaded.then(() => true), sleep(PATIENCE) ])) {
        throw new Error('a page has not loaded');
    }
    await until(() => tab.evaluate('document.readyState === "complete"'),
                'whole page');
}

export async function click(row, expression) {
    await row.tab.evaluate(`${expression}.click()`);
}

export async function until(fact, what, most = PATIENCE) {
    for (const end = Date.now() + most; Date.now() < end; await sleep(25)) {
        if (await fact()) {
            return;
        }
    }

    if (what) {
        throw new Error(`no ${what}`);
    }
}


// meanwhile(): once each has said that it is ready; then all of them go on

export async function each(list, width, act, meanwhile) {
    const left = [ ...list ];

    if (meanwhile) {
        let go;
        const reloaded = new Promise(done => { go = done; });
        const ready = list.map(row => new Promise(done => {
            row.ready = done;
            row.reloaded = reloaded;
        }));

        const all = Promise.all(list.map(act));

        await Promise.race([ Promise.all(ready), all ]);
        await meanwhile();
        go();
        await all;
        return;
    }

    await Promise.all(Array.from({ length: width }, async () => {
        while (left.length) {
            await act(left.shift());
        }
    }));
}


export const cookie = async row => (await all_cookies(row)).find(
    c => c.name === 'consent');

export const all_cookies = async row =>
    (await row.tab.send('Network.getAllCookies')).cookies;


export async function stored(row) {
    const keys = await row.tab.send('Runtime.evaluate', {
        expression: row.top && row.top !== row.site ? `new Promise(done => {
            onmessage = e => done(e.data);
            frames[0].postMessage(0, '*');
        })` : '[ Object.keys(localStorage), Object.keys(sessionStorage) ]',
        awaitPromise: true, returnByValue: true });

    return keys.result.value;
}


// may: what of it need not be there

export function differ(what, is, want, may = () => false) {
    const more = [ ...is ].filter(one => !want.has(one)).sort();
    const less = [ ...want ].filter(one => !is.has(one) && !may(one)).sort();

    return more.length + less.length ? `${what}: ${[
        more.length && `too much ${more.join(' ')}`,
        less.length && `missing ${less.join(' ')}` ].filter(s => s)
        .join(', ')}` : null;
}
