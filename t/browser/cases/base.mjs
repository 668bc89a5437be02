// <base>, which says what relative addresses are relative to.

import { loads, same } from '../lib/case.mjs';

const T = 'http://c0.tracker.example/';
const base = `<base href="${T}">`;
const img = '<img src="a.gif">';
const live = '<img src="http://c0.kept.example/k.gif">';

export default [
    loads('early', base + img + live),
    loads('with a path', `<base href="${T}x/y/z.html"><img src="../a.gif">` + live),
    loads('without a scheme', '<base href="//c0.tracker.example">' + img + live),
    loads('in capitals', `<BASE HREF="${T}">` + img + live),
    loads('with a target', `<base target=_blank href="${T}">` + img + live),
    loads('after a base that has no href', '<base target=_top>' + base + img + live),
    loads('in the body', '<body><p>' + base + img + live),
    loads('in a div', '<div><div>' + base + '</div></div>' + img + live),
    loads('with an entity', '<base href="http&colon;//c0.&#116;racker.example/">' + img + live),
    loads('an absolute path under it', base + '<img src="/a.gif">' + live),
    loads('a query under it', base + '<script src="?a.js"></script>' + live),
    loads('a style under it', base + '<style>body{background:url(a.gif)}</style>a' + live),
    loads('a srcset under it', base + '<img srcset="a.gif 1x">' + live),
    loads('late: the image is after it all the same', '<p>a</p>'.repeat(50) + base + img + live),
    loads('after the image, for images that wait', '<img loading=lazy src="a.gif">' + base + live),
    loads('in svg, as the preload scanner has it', '<svg><base href="' + T + '"></svg>' + img + live),
    loads('in CDATA of svg, as the preload scanner has it', '<svg><![CDATA[ > ' + base + ' ]]></svg>' + img + live),
    loads('in a row of a table', '<table><tr>' + base + '</table>' + img + live),
    loads('relative to a row with a path', '<base href="//c0.paths.example/x/"><img src="../collect">' + live),
    same('of another host', 'kept.example is essential', '<base href="http://c0.kept.example/"><img src="k.gif">'),
    same('of this host', 'the site itself', '<base href="/x/"><img src="//c0.kept.example/k.gif">'),
    same('within a comment', 'a comment', '<!-- ' + base + ' -->' + '<img src="//c0.kept.example/k.gif">'),
    same('within a textarea', 'text', '<textarea>' + base + '</textarea>' + live),
    same('with a host as its target', 'a target is a name', '<base target="http://c0.tracker.example/">' + live),
];
