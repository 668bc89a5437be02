// What Chromium fetches of style sheets, for test_css.c:
//
//     node t/unit/css_vectors.mjs > t/unit/css_vectors.tsv
//
// with playwright-core where node finds it.  Each sheet is served as a <style>
// and as a file; "~1" stands for //t.test/1.  The second column is what was
// requested, the third what we report besides: where doubt holds back.

import http from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { chromium } = require('playwright-core');

const cases = [
  // functions and their names
  ['p{background:url(~1)}'],
  ['p{background:URL(~1)}'],
  ['p{background:uRl( \n\t~1\f )}'],
  ['p{background:url("~1")}'],
  ["p{background:url( '~1' )}"],
  ['p{background:url("~1"/**/)}'],
  ['p{background:url(/**/"~1")}'],
  ['p{background:url/**/(~1)}'],
  ['p{background:url (~1)}'],
  ['p{background:u\\72l(~1)}'],
  ['p{background:u\\72 l(~1)}'],
  ['p{background:\\75 rl(~1)}'],
  ['p{background:\\000075rl(~1)}'],
  ['p{background:\\0000075rl(~1)}'],
  ['p{background:\\55\nrl(~1)}'],
  ['p{background:\\75\r\nrl(~1)}'],
  ['p{background:\\75  rl(~1)}'],
  ['p{background:\\u\\r\\l(~1)}'],
  ['p{background:u\\\nrl(~1)}'],
  ['p{background:url\\28 ~1)}'],
  ['p{background:xurl(~1)}'],
  ['p{background:-url(~1)}'],
  ['p{background:#url(~1)}'],
  ['p{background:@url(~1)}'],
  ['p{background:1url(~1)}'],
  ['p{background:\u00e9url(~1)}'],
  ['p{background:\u2003url(~1)}'],
  ['p{background:u\0rl(~1)}'],
  ['p{background:red url(~1)}'],
  ['p{background:red/**/url(~1)}'],
  ['p{background:1px url(~1)}'],
  ['p{background:+url(~1)}', '/1'],
  ['p{background:1%url(~1)}', '/1'],
  ['p{background:#f00url(~1)}'],
  ['p{background:#f00 url(~1)}'],
  ['p{background:url(~1),url(~2)}'],
  ['p{background:url(~1)url(~2)}', '/1 /2'],
  ['p{cursor:url(~1),auto;list-style:url(~2);border-image:url("~3") 1}'],
  ['p{background:src("~1")}', '/1'],
  ['p{background:image("~1")}', '/1'],
  ['p{background:var(--x,url(~1))}'],
  ['p{--u:url(~1)}', '/1'],
  ['p{--u:url(~1);background:var(--u)}'],
  ['@font-face{font-family:f;src:url(~1)}p{font-family:f}'],
  ['@font-face{font-family:f;src:local(x),url("~1")format("woff2")}p{font-family:f}'],
  ['i::after{content:url(~1)}'],
  ['i::after{content:"~1"}'],
  ['q{quotes:"~1" "~2"}'],
  ['p[a="~1"]{color:red}'],
  ['@media all{p{background:url(~1)}}'],
  ['@supports (display:block){p{background:url(~1)}}'],
  ['@layer a{p{background:url(~1)}}'],
  ['body{p&{background:url(~1)}}', '/1'],
  ['body{& p{background:url(~1)}}'],
  ['@-moz-document url(~1){p{color:red}}', '/1'],
  ['p{background:url(~1) !important}'],
  ['p{background:url(~1)garbage}', '/1'],

  // unquoted
  ['p{background:url(~1"2)}p{color:red;background:url(~3)}'],
  ["p{background:url(~1'2)}"],
  ['p{background:url(~1(2)}'],
  ['p{background:url(~1 2)}'],
  ['p{background:url(~1\u00012)}'],
  ['p{background:url(~1\u007f)}'],
  ['p{background:url(~1\u00002)}'],
  ['p{background:url(~1\\"2)}'],
  ['p{background:url(~1\\)2)}'],
  ['p{background:url(~1\\(2)}'],
  ['p{background:url(~1\\ 2)}'],
  ['p{background:url(~1\\41 2)}'],
  ['p{background:url(~1\\41  2)}'],
  ['p{background:url(~1\\000041\r\n2)}'],
  ['p{background:url(~1\\\n2)}'],
  ['p{background:url(\\2f/t.test/1)}'],
  ['p{background:url(\\2f\\2ft\\2etest\\2f 1)}'],
  ['p{background:url(//t.te\\st/1)}'],
  ['p{background:url(~1/**/)}'],
  ['p{background:url(~1;{}<!--)}'],
  ['p{background:url(~1"\\)2);background:url(~3)}'],
  ['p{background:url(~1"\\29);background:url(~3)}'],
  ['p{background:url(")")}i{background:url(~2)}'],
  ['p{background:url(x")}i{background:url(~2)}q{content:"}'],
  ['p{background:url()}'],
  ['p{background:url(   )}'],
  ['p{background:url(~1'],
  ['p{background:url(~1  '],
  ['p{background:url(~1\\'],
  ['p{background:url(~1"'],

  // strings
  ['p{background:url("~1)2")}'],
  ['p{background:url("~1\'2")}'],
  ['p{background:url("~1\\"2")}'],
  ['p{background:url("~1\\\n2")}'],
  ['p{background:url("~1\\\r\n2")}'],
  ['p{background:url("~1\\\f2")}'],
  ['p{background:url("~1\\41\n2")}'],
  ['p{background:url("~1\\41\r\n2")}'],
  ['p{background:url("~1\n2")}i{background:url(~3)}'],
  ['p{background:url("~1\n2");}i{background:url(~3)}'],
  ['p{background:url("~1\r2")}'],
  ['p{background:url("~1\f2")}'],
  ['p{background:url("~1\u00002")}'],
  ['p{background:url("\\00002f\\2f t.test/1")}'],
  ['p{background:url("~1\\0")}'],
  ['p{background:url("~1\\d800")}'],
  ['p{background:url("~1\\110000")}'],
  ['p{background:url("~1\\1f600")}'],
  ['p{background:url("~1"'],
  ['p{background:url("~1'],
  ['p{background:url("~1\\'],
  ['p{background:url("~1" foo)}', '/1'],
  ['p{background:url("~1""~2")}', '/1'],
  ['p{content:"\n";background:url(~1)}'],
  ['p{content:"x\n"}i{background:url(~1)}'],

  // comments
  ['/* p{background:url(~1)} */'],
  ['/**/p{background:url(~1)}'],
  ['/*/ p{background:url(~1)} */'],
  ['/* **/p{background:url(~1)}'],
  ['/* url(~1)'],
  ['p{/* " */background:url(~1)}'],
  ['p{/* \\*/background:url(~1)}'],
  ['p{content:"/*";background:url(~1)}'],
  ['<!-- p{background:url(~1)} -->'],
  ['<!-- @import "~1"; -->'],
  ['p{color:red}//i{background:url(~1)}\ni{background:url(~2)}', '/1'],

  // image-set
  ['p{background:image-set("~1" 1x)}'],
  ["p{background:-WEBKIT-image-set('~1' 1x)}"],
  ['p{background:image-set(url(~1) 1x,"~2" 20x)}', '/2'],
  ['p{background:image-\\53 et("~1" 1x)}'],
  ['p{background:image-set("~1" type("image/png") 1x)}'],
  ['p{background:image-set("~1" type("~2") 1x)}', '/1'],
  ['p{background:image-set("~1" 1x type("image/svg+xml"), "~2" 20x)}', '/1'],
  ['p{background:image-set(/* ) */"~1" 1x)}'],
  ['p{background:image-set(linear-gradient(red,red) 20x,"~1" 1x)}', '/1'],
  ['p{background:image-set(var(--y,"~1") 1x)}'],
  ['p{background:image-set("~1'],
  ['p{background:image-set("~1\n" 1x)}'],
  ['p{background:image-set(calc(1) "~1" 1x)}', '/1'],
  ['p{background:cross-fade(red,image-set("~1" 1x))}', '/1'],
  ['i{background:image-set("a" 1x)}i::after{content:"~1"}'],
  ['i{background:image-set(url(a) 1x)}i::after{content:"~1"}'],
  ['p{--u:"~1"}', '/1'],
  ['p{--u:"~1";background:image-set(var(--u) 1x)}'],
  ['p{--U/**/:/**/"~1";background:image-set(var(--U) 1x)}'],
  ['p{\\2d-u:"~1";background:image-set(var(--u) 1x)}'],
  ['p{\\--\\75 : "~1";background:image-set(var(--\\u) 1x)}'],
  ['p{--\u00e9:"~1";background:image-set(var(--\u00e9) 1x)}'],
  ['p{--u:x;content:"~1"}'],
  ['p{--u:(;"x");content:"~1"}'],
  ['p{--u:{;};content:"~1"}'],
  ['p{--u:x}i{content:"~1"}'],
  ['p{color:var(--u);content:"~1"}'],
  ['.a--b:hover{content:"~1"}'],
  ['p{background:image-set(if(media(print):"~1";else:"~2") 1x)}', '/1'],
  ['p{--u:if(media(print):"~1";else:"~2");background:image-set(var(--u) 1x)}', '/1'],
  ['@function --f(){result:"~1"}p{background:image-set(--f() 1x)}'],
  ['@function --f(--a:"~1"){result:var(--a)}p{background:image-set(--f() 1x)}'],
  ['@function --f(){@media all{result:"~1"}}p{background:image-set(--f() 1x)}'],
  ['@property --u{syntax:"<string>";inherits:false;initial-value:"~1"}p{background:image-set(var(--u) 1x)}'],
  ['@property --u{syntax:"*";inherits:false}i::after{content:"~1"}'],
  ['p{background:image-set(attr(data-u type(<string>)) 1x)}'],

  // @import
  ['@import "~1";'],
  ["@import '~1'"],
  ['@import "~1'],
  ['@import url(~1);'],
  ['@import url("~1");'],
  ['@IMPORT URL( ~1 );'],
  ['@\\69mport "~1";'],
  ['@\\69\\6d port\n"~1";'],
  ['@i\\mport url(~1);'],
  ['@import"~1";'],
  ['@import/**/"~1";'],
  ['@import/*x*/ /*y*/ url(~1);'],
  ['@import\\ "~1";'],
  ['@imports "~1";'],
  ['@ import "~1";'],
  ['@import x "~1";'],
  ['@import "~1" layer;'],
  ['@import "~1" layer(a) supports(display:block) screen;'],
  ['@import "~1" supports(display:none) all;'],
  ['@import "~1" supports(x:y);', '/1'],
  ['@import "~1" print and (x);'],
  ['@import url("~1" foo);', '/1'],
  ['@import "~1" {}', '/1'],
  ['@import {} "~1";'],
  ['p{} @import "~1";', '/1'],
  ['@layer a;@import "~1";'],
  ['@layer a{}@import "~1";', '/1'],
  ['@charset "x";@import "~1";'],
  ['@charset "~1";'],
  ['@namespace "~1";'],
  ['@namespace url(~1);'],
  ['@namespace a url(~1);i{background:url(~2)}'],
  ['@namespace a/**/"~1";i{background:url(~2)}'],
  ['@namespace;i{background:url(~1)}'],
  ['@import "~1\\\n2";'],
  ['@import "\\2f/t.test/1";'],
  ['@import "//t.te\\st/1";'],
  ['@import url(//t.te\\st/1);'],

  // @import as the preload scanner reads it
  ['@import ~1;'],
  ['@import ~1 ;p{}'],
  ['@import ~1'],
  ['@IMPORT\f~1 layer(x);'],
  ['/* */@import ~1 ;'],
  ['/ @import ~1 ;'],
  ['@@import ~1 ;'],
  ['@x ;@import ~1 ;'],
  ['@x y;@import ~1 ;'],
  ['@layer a, b;@import ~1 ;'],
  ['@charset "a ;@import ~1 ;"'],
  ['@charset a;b ;@import ~1 ;'],
  ['@import a;p{} ;@import ~1 ;'],
  ['@import "a";p{};@import ~1 ;'],
  ['@import url(a;b);@import ~1 ;'],
  ['@import a b c;@import ~1 ;'],
  ['p{}@import ~1 ;'],
  ['<!-- @import ~1 ;'],
  ['@import ~1 screen;', '/1'],
  ['@import//t.test/1 ;'],
  ['@import url(~1"2);'],
  ["@import url(~1'2)"],
  ['@import "~1\\" ;', 'doubt'],
  ['@import x,url(~1 ;2)', 'doubt'],
  ['@imp\0ort ~1 ;'],
  ['@import //t.te\0st/1 ;'],
  ['@import "//t.te\0st/1";'],
  ['@import "//t.test\\/1" ;', '/1'],
  ['@import ~1{} ;'],
  ['@x url( ; @import ~1 ; )'],

  // recovery
  ['p{background:url(~1))}', '/1'],
  ['p{background:(url(~1)}', '/1'],
  ['}p{background:url(~1)}', '/1'],
  ['p{background:url(~1)'],
  ['p{x:"}i{background:url(~1)}'],
  ['p{x:"\n}i{background:url(~1)}'],
  ['p{background:\\url(~1)}'],
  ['p{background:url\\(~1)}'],
  ['p{x:\\"}i{background:url(~1)}'],
  ['p{x:\\\n"}i{background:url(~1)}"'],
  ["p{x:'\"'}i{background:url(~1)}q{x:'\"'}"],
  ['p{x:--url(~1)}'],
  ['p{x:-->url(~1)}', '/1'],
  ['p{x:1-->url(~1)}', '/1'],
  ['p{x:#--url(~1)}'],
  ['p{x:<!--url(~1)}', '/1'],
  ['p{x:a--url(~1)}'],
  ['p{x:url(~1\n)}', '/1'],
];

const body = '<p id=a data-u="//t.test/9">x</p><i>y</i><q>z</q>';
const pages = [];

for (const [css] of cases) {
  const text = css.replace(/~(\d)/g, '//t.test/$1');

  pages.push({ '/': ['text/html', `<!DOCTYPE html><style>${text}</style>${body}`] });
  pages.push({
    '/': ['text/html', `<!DOCTYPE html><link rel=stylesheet href=/s>${body}`],
    '/s': ['text/css', text],
  });
}

const got = pages.map(() => new Set());

const kinds = { script: 'text/javascript', style: 'text/css' };

const server = http.createServer((q, r) => {
  const host = (q.headers.host ?? '').replace(/:.*/, '');
  const page = /^c(\d+)\.test$/.exec(host);

  if (host === 't.test') {
    const from = /\/c(\d+)\.test/.exec(q.headers.referer ?? q.headers.origin ?? '');

    if (from) got[from[1]].add(q.url);

    const type = kinds[q.headers['sec-fetch-dest']] ?? 'image/svg+xml';
    r.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*',
                       'cache-control': 'no-store' });
    r.end(type === 'image/svg+xml' ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : '');
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

const escape = (s) => s.replace(/[\\\u0000-\u001f\u007f]/g,
  (c) => '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0'));

cases.forEach(([css, more], i) => {
  const all = new Set([...got[2 * i], ...got[2 * i + 1]]);

  console.log([escape(css), [...all].sort().join(' '), more ?? ''].join('\t'));
});
