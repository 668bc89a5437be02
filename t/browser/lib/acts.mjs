// What is done in a tab, waited for, and seen.

import { until } from './frame.mjs';


// tab: of a page whose load event counts

export async function load(row, act) {
    await row.tab.loads(act);
    await until(() => row.tab.evaluate('document.readyState === "complete"'),
                'whole page');
}

export async function click(row, expression) {
    await row.tab.act(`${expression}.click()`);
}


export const cookie = async row => (await all_cookies(row)).find(
    c => c.name === 'consent');

export const all_cookies = async row =>
    (await row.tab.send('Network.getAllCookies')).cookies;


export function stored(row) {
    return row.tab.run(row.top && row.top !== row.site ? `new Promise(done => {
        onmessage = e => done(e.data);
        frames[0].postMessage(0, '*');
    })` : '[ Object.keys(localStorage), Object.keys(sessionStorage) ]');
}
