// Large ones, cut ones, and pages that arrive in pieces.

import { base64, loads, same } from '../lib/case.mjs';

const T = 'http://c0.tracker.example';
const img = `<img src="${T}/a.gif">`;
const live = '<img src="http://c0.kept.example/k.gif">';
const K = 1024;
const cut = (name, html) => loads(`cut: ${name}`, live + html);
const many = (n, f) => Array.from({ length: n }, (_, i) => f(i)).join('');

// constructs that every size of piece has to cut somewhere
const constructs = {
    'a script': `<script src="${T}/a.js"></script>`,
    'an address of entities': '<img src="http&colon;//c0.&#116;ra&shy;cker.example/a.gif">',
    'a comment before': `<!-- a -- b --!>${img}`,
    'script escapes before': `<script><!-- <script> </script> --></script>${img}`,
    'CDATA in svg before': `<svg><![CDATA[ ]] ]]><image href="${T}/a.gif" width=9 height=9 /></svg>`,
    'a title before': `<title></titl></title>${img}`,
    'a style': `<style>/* */@import url( "${T}/a.css" );</style>`,
    'a style attribute': `<p style="color:red;background:url(http://c0.\\74 racker.example/a.gif)">a</p>`,
    'a srcset': `<img srcset="${T}/a.gif 1x, ${T}/b.gif 2x">`,
    'a srcdoc': `<iframe srcdoc="&lt;img src='${T}/a.gif'&gt;"></iframe>`,
    'a marked script': `<script>var a = markedQueue = []; new Image().src = "${T}/m.gif"</script>`,
    'a refresh': `<meta http-equiv="refresh" content="0; url=${T}/a.html">`,
    'an import map': `<script type="importmap">{"imports":{"a":"${T}/a.js"}}</script><script type=module>import "a"</script>`,
    'a base': `<base href="${T}/"><img src=a.gif>`,
    'a name of Unicode': '<img src="//c0.b\u00fccher.example/a.gif">',
};

export default [

    // large
    loads('a value of 100 KB before', `<img alt="${'a'.repeat(100 * K)}" src="${T}/a.gif">` + live),
    loads('a value of 100 KB behind', `<img src="${T}/a.gif" alt="${'a'.repeat(100 * K)}">` + live),
    loads('a value of 100 KB without quotes', `<img alt=${'a'.repeat(100 * K)} src="${T}/a.gif">` + live),
    loads('an address of 100 KB', `<img src="${T}/${'a'.repeat(100 * K)}.gif">` + live),
    loads('an address of 20 KB of entities', `<img src="${T}/${'&#97;'.repeat(20 * K)}.gif">` + live),
    loads('100 KB of blanks before an address', `<img src="${' '.repeat(100 * K)}${T}/a.gif">` + live),
    loads('100 KB of line feeds in an address', `<img src="http:${'\n'.repeat(100 * K)}//c0.tracker.example/a.gif">` + live),
    loads('100 KB of blanks in a tag', `<img${' '.repeat(100 * K)}src="${T}/a.gif">` + live),
    loads('100 KB of slashes in a tag', `<img${'/'.repeat(100 * K)}src="${T}/a.gif">` + live),
    loads('100 KB of slashes before a host', `<img src="http:${'/'.repeat(100 * K)}c0.tracker.example/a.gif">` + live),
    loads('a name of 100 KB before', `<img ${'a'.repeat(100 * K)}=b src="${T}/a.gif">` + live),
    loads('10,000 attributes before', `<img ${many(10000, i => `a${i}=b `)}src="${T}/a.gif">` + live),
    loads('10,000 attributes behind', `<img src="${T}/a.gif"${many(10000, i => ` a${i}`)}>` + live),
    loads('10,000 attributes around a script', `<script ${many(5000, i => `a${i}='>' `)}src="${T}/a.js"${many(5000, i => ` b${i}`)}></script>` + live),
    loads('10,000 times the same attribute', `<img ${'alt=b '.repeat(10000)}src="${T}/a.gif">` + live),
    loads('src after src, 10,000 times', `<img src="${T}/a.gif"${' src=x'.repeat(10000)}>` + live),
    loads('a link whose rel comes 100 KB later', `<link href="${T}/a.css" title="${'a'.repeat(100 * K)}" rel=stylesheet>` + live),
    loads('a script whose type comes 100 KB before', `<script type="text/javascript" data-a="${'a'.repeat(100 * K)}" src="${T}/a.js"></script>` + live),
    loads('a refresh of 20 KB', `<meta http-equiv=refresh data-a="${'a'.repeat(20 * K)}" content="0;url=${T}/a.html">` + live),
    loads('a srcset of 100 KB', `<img srcset="${many(2000, i => `http://c0.plain.example/aaaaaaaaaaaaaaaaa${i}.gif ${i + 2}x, `)}${T}/a.gif 1x">` + live),
    loads('a style attribute of 100 KB', `<p style="${'color:red;'.repeat(10 * K)}background:url(${T}/a.gif)">a</p>` + live),
    loads('a style of 200 KB', `<style>${'p{color:red}'.repeat(17 * K)}p{background:url(${T}/a.gif)}</style><p>a</p>` + live),
    loads('a srcdoc of 100 KB', `<iframe srcdoc="${'<p>a</p>'.repeat(13 * K)}<img src=${T}/a.gif>"></iframe>` + live),
    loads('data: of 100 KB in base64', id => `<iframe src="data:text/html;base64,${base64('<p>a</p>'.repeat(9 * K) + `<img src="http://${id}.tracker.example/a.gif">`)}"></iframe>` + live),
    loads('a comment of 200 KB before', `<!--${' -- > '.repeat(40 * K)}-->` + img + live),
    loads('a script of 200 KB before', `<script>/*${'<!-'.repeat(60 * K)}*/</script>` + img + live),
    loads('a text of 200 KB before', '< '.repeat(100 * K) + img + live),
    loads('20,000 tags before', '<b>a</b>'.repeat(20000) + img + live),
    loads('2,000 refused ones', many(2000, i => `<link rel=preload as=image href="${T}/${i}.gif">`) + live),
    loads('a marker at 14 KB of a script', `<script>/*${'a'.repeat(14 * K)}*/ markedQueue = []; new Image().src = "${T}/m.gif"</script>` + live),
    loads('a marker at the beginning of 200 KB', `<script>markedQueue = []; new Image().src = "${T}/m.gif"; /*${'a'.repeat(200 * K)}*/</script>` + live),

    // what the end of the page cuts
    cut('a script that is not closed', `<script src="${T}/a.js">`),
    cut('a script with content', `<script src="${T}/a.js">var a = 1;`),
    cut('an iframe', `<iframe src="${T}/a.html">`),
    cut('a video', `<video src="${T}/a.mp4">`),
    cut('an object', `<object data="${T}/a.html">`),
    cut('an image, then a tag', img + '<img src="'),
    cut('an image, then a comment', img + '<!-- '),
    cut('an image, then <', img + '<'),
    cut('an image, then </', img + '</'),
    cut('an image, then <!', img + '<!'),
    cut('an image, then <!-', img + '<!-'),
    cut('an image, then an entity', img + '&am'),
    cut('an image, then a title', img + '<title>a'),
    cut('an image, then a script', img + '<script>a'),
    cut('an image in svg', `<svg><image href="${T}/a.gif" width=9 height=9>`),
    cut('an image in a table', `<table><tr><td>${img}`),
    cut('a style', `<p>a</p><style>p{background:url(${T}/a.gif)`),
    cut('a style in the middle of an address', `<p>a</p><style>p{background:url(${T}/a.g`),
    cut('a picture', `<picture><source srcset="${T}/a.gif"><img alt="">`),
    same('cut: within a tag', 'a tag without an end is none', live + `<p>a</p><img src="${T}/a.gif"`),
    same('cut: within a value', 'a tag without an end is none', live + `<p>a</p><img src="${T}/a.gif`),
    same('cut: within a script tag', 'a tag without an end is none', live + `<p>a</p><script src="${T}/a.js"`),
    same('cut: after a slash', 'a tag without an end is none', live + `<p>a</p><img src="${T}/a.gif" /`),
    same('cut: within a comment', 'a comment', live + `<!-- ${img}`),
    same('cut: within a title', 'text', live + `<title>${img}`),
    same('cut: within a textarea', 'text', live + `<textarea>${img}`),
    same('an empty page', 'nothing', ' '),
    same('a page of text', 'text', 'a\r\nb\tc & d < e > f "g" &copy; \ufeff\u00e9'),
    same('200 KB that are clean', 'nothing refused', `<p title='a"b'>a</p><!-- ${T} -->`.repeat(4000) + live),

    // pieces
    ...Object.entries(constructs).flatMap(([ name, html ]) => [ 1, 7, 61 ].slice(0, name.length % 3 + 1).map(n =>
        loads(`pieces of ${n}: ${name}`, '<!DOCTYPE html>' + html + live, { pieces: n }))),

    // taken out instead of disabled
    ...Object.entries(constructs).map(([ name, html ]) =>
        loads(`remove: ${name}`, '<!DOCTYPE html>' + html + live, { tags: 'remove' })),
    same('remove: nothing to remove', 'nothing refused', '<!DOCTYPE html><script src="http://c0.kept.example/k.js"></script>' + live, { tags: 'remove' }),
    same('remove: a comment', 'a comment', `<!-- ${img} -->` + live, { tags: 'remove' }),
];
