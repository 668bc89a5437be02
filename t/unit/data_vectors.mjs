// What Node and Chromium make of data: URLs, for test_data.c:
//
//     node t/unit/data_vectors.mjs > t/unit/data_vectors.tsv
//
// with playwright-core where node finds it.  The columns: the URL, then type,
// charset and bytes as Node reads it, who follows the standard, then the same
// of Chromium where it differs; '-' where there is nothing to compare.

import http from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { chromium } = require('playwright-core');

const urls = [
  'data:,x', 'data:text/html,x', 'DATA:TEXT/HTML,x', 'data:;charset=utf-16,x',
  'data:;base64,eHg=', 'data:text/html;base64,eHg=',
  'data:text/html;BASE64,eHg=', 'data:text/html; base64,eHg=',
  'data:text/html ; base64,eHg=', 'data:text/html;base64 ,eHg=',
  'data:text/html;base64;charset=utf-8,eHg=',
  'data:text/html;charset=utf-8;base64,eHg=',
  'data:text/html;charset=a;charset=b,x', 'data:text/html;charset="a,b",x',
  'data:text/html;charset="utf-16le",x', 'data:text/html;charset="utf-16le,x',
  'data:text/html;charset=\'utf-16le\',x', 'data:text/html;charset =utf-8,x',
  'data:text/html;charset= utf-8,x', 'data:text/html; charset=utf-8,x',
  'data:text/html;CHARSET=UTF-8,x', 'data:text%2Fhtml,x',
  'data:text/html%3Bcharset=x,x', 'data:text/html;charset=%22a%22,x',
  'data:text,x', 'data:text/,x', 'data:/html,x', 'data: text/html ,x',
  'data:text/ html,x', 'data:text/html;,x', 'data:text/html;;charset=a,x',
  'data:text/html;charset=,x', 'data:text/html;charset,x',
  'data:text/html;x;charset=a,x',
  'data:text/html;x="a;charset=b";charset=c,x', 'data:te(xt/html,x',
  'data:text/html;base64,e Hg=', 'data:text/html;base64,e%20Hg=',
  'data:text/html;base64,eHg', 'data:text/html;base64,eH',
  'data:text/html;base64,e', 'data:text/html;base64,eHg==',
  'data:text/html;base64,eHg=x', 'data:text/html;base64,eHh4eHg=!',
  'data:text/html;base64,%65%48%67%3D', 'data:text/html;base64,e-_=',
  'data:text/html;base64,', 'data:text/html;base64,=',
  'data:text/html;base64,ab=c', 'data:text/html,%41%4z%',
  'data:text/html,a#b', 'data:text/html,a%23b', 'data:text/html,a?b',
  'data:text/html,a b ', 'data:text/html,a\nb\t', '  data:text/html,a',
  '\u0001data:text/html,a', 'da\nta:text/html,a', 'data:text/html',
  'data://x/html,y', 'data:/text/html,y', 'data:text/html;xbase64,eHg=',
  'data:text/html;base64=1,eHg=', 'data:base64,eHg=', 'data:; base64,eHg=',
  'data:;;base64,eHg=', 'data:image/svg+xml;utf8,<svg/>',
  'data:text/html,\u00e9', 'data:text/html;charset="\\u\\t\\f-8",x',
  'data:text/html;charset=gbk;base64;base64,eHg=',
  'data:text/html;base64;,eHg=', 'data:text/html;base64;x=y,eHg=',
  'data:application/xhtml+xml;charset="x"y,a',
  'data:text/html;base64,ZXg=\u00a0', 'data:text/html;base64,eHh4\u000b',
  'data:text/html;base64,eHg%3d%20%0a', 'data:text/html;base64,eHg%0c=',
  'data:text/html; charset=utf-8; base64,eHg=',
  'data:text/html;  base64,eHg=', 'data:text/html;base64\u000c,eHg=',
  'data:text/html;\tbase64,eHg=', 'data:text/ht\nml,x', 'data:text/html\n,x',
  '\ndata:text/html,x', 'd\tata:text/html,x', 'data:\ttext/html,x',
  'data:text/html;ba\nse64,eHg=', 'data:text/html,<a\nb\tc\rd>\n',
  'data:text/html,a\n', 'data://text/html,x', 'data:///text/html,x',
  'data:////text/html,x', 'data:\\\\text/html,x', 'data:/\\text/html,x',
  'data://text/html;base64,eHg=', 'data:// text/html,x',
  'data://user@text/html,x', 'data://text:80/html,x', 'data://TEXT/HTML,x',
  'data:///,x', 'data://,x', 'data:text/html;charset=a\nb,x',
  'data:text/html,a\u0000b', 'data:text/html,a\u000bb', 'data:text/html,%0',
  'data:text/html,a%23b#%41', 'data:text/html,a\u0001', 'data:text/html,a ',
  'data:text/html,a #', 'data:text/html,a\n#b\n',
  'data:text/html;base64,eH\n g=', 'data:text/html;base64, e%0bHg=',
  'data:text/html;base64,e%0cHg=', 'data:text/html;base64,e%ffHg=',
  'data:text/html;base64,eHh4=', 'data:text/html;base64,eHh4==',
  'data:text/html;base64,eHh4e===', 'data:text/html;base64,eB==',
  'data:text/html;base64,eHi=', 'data:text/html;base64,eH=g=',
  'data:text/html;base64,====',
];

const read = async (url) => {
  try {
    const r = await fetch(url);
    const bytes = [...new Uint8Array(await r.arrayBuffer())];

    return [r.headers.get('content-type'),
            bytes.map((b) => b.toString(16).padStart(2, '0')).join('')];
  } catch {
    return null;
  }
};

const columns = (got) => {
  if (!got || /%0/.test(got[0])) return ['-', '-', '-'];

  const charset = /;charset=("?)(.*?)\1(;|$)/.exec(
    got[0].toLowerCase().replace(/;x=".*?"/, ''));

  return [got[0].replace(/;.*/, '').toLowerCase(),
          charset ? charset[2].trim() : '', got[1]];
};

const escape = (s) => s.replace(/[\\\u0000-\u001f]/g,
  (c) => '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0'));

const server = http.createServer((q, r) => r.end('x'));
await new Promise((done) => server.listen(0, '127.0.0.1', done));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);

for (const url of urls) {
  const node = columns(await read(url));
  const other = columns(await page.evaluate(read, url));
  const differs = other[0] !== '-' && other.join() !== node.join();

  console.log([escape(url), ...node, ...differs ? other : ['-', '-', '-']]
    .join('\t'));
}

await browser.close();
server.close();
