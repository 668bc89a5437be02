// What pages make Chromium request of t.test, for css_vectors.mjs and
// js_vectors.mjs.  A page is its files: { '/path': [type, text] }, of which '/'
// is opened.  Needs playwright-core where node finds it.

import http from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { chromium } = require('playwright-core');

const kinds = { script: 'text/javascript', style: 'text/css' };

const bodies = {
  'text/javascript': 'export default 1; export const a = 1, from = 2;',
  'text/css': '',
  'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};


// an array of sets of paths

export async function fetched(pages) {
  const got = pages.map(() => new Set());

  const server = http.createServer((q, r) => {
    const host = (q.headers.host ?? '').replace(/:.*/, '');
    const page = /^c(\d+)\.test$/.exec(host);

    if (host === 't.test') {
      const from = /\/c(\d+)\.test/.exec(q.headers.referer ?? q.headers.origin ?? '');

      if (from) got[from[1]].add(q.url);

      const type = kinds[q.headers['sec-fetch-dest']] ?? 'image/svg+xml';
      r.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*',
                         'cache-control': 'no-store' });
      r.end(bodies[type]);
      return;
    }

    const [type, text] = page && pages[page[1]][q.url] || [];

    if (!type) {
      r.writeHead(404).end();
      return;
    }

    r.writeHead(200, { 'content-type': type + ';charset=utf-8',
                       'referrer-policy': 'origin' }).end(text);
  });

  await new Promise((done) => server.listen(0, '127.0.0.1', done));

  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu',
      `--host-resolver-rules=MAP * 127.0.0.1:${server.address().port}, EXCLUDE 127.0.0.1`],
  });

  const context = await browser.newContext();
  let next = 0;

  await Promise.all(Array.from({ length: 4 }, async () => {
    const tab = await context.newPage();

    while (next < pages.length) {
      await tab.goto(`http://c${next++}.test/`);
      await tab.waitForTimeout(200);
    }
  }));

  await browser.close();
  server.close();

  return got;
}


export const escape = (s) => s.replace(/[\\\u0000-\u001f\u007f]/g,
  (c) => '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0'));
