// Elements whose content is text: where they end, and who reads them otherwise.

import { loads, same } from '../lib/case.mjs';

const img = '<img src="http://c0.tracker.example/a.gif">';
const live = '<img src="http://c0.kept.example/k.gif">';
const raw = [ 'title', 'textarea', 'style', 'xmp', 'iframe', 'noembed', 'noframes' ];

export default [

    // ends
    ...raw.map(e => loads(`after ${e}`, `<${e}><b "'</${e}>` + img + live)),
    ...raw.map(e => same(`within ${e}`, 'its content is text', `<${e}>${img}</${e}>` + live)),
    ...raw.map(e => loads(`after ${e} that other end tags do not end`, `<${e}></b></${e}x></${e} a=">">` + img + live)),
    same('within title, after an end tag of a longer name', 'it ends at its own end tag only', `<title></titlex>${img}</title>` + live),
    same('within style, after an end tag with a space', '"</ style" is text', `<style></ style>${img}</style>` + live),
    same('within textarea, after a comment', 'no comments in it', `<textarea><!-- --></text>${img}</textarea>` + live),
    same('within xmp, after a script', 'no scripts in it', `<xmp><script></script>${img}</xmp>` + live),
    loads('title: end tag in an attribute', '<title><a title="</title>' + img + '">' + live),
    loads('textarea: end tag in a comment', '<textarea><!-- </textarea>' + img + '-->' + live),
    loads('style: end tag in a comment', '<style>/* </style>' + img + '*/' + live),
    loads('style: end tag in a string', '<style>a{content:"</style>' + img + '"}' + live),
    loads('iframe: end tag in its text', '<iframe><b a="</iframe>' + img + live),
    loads('an end tag with a slash', '<title>a</title/>' + img + live),
    loads('an end tag with attributes', '<title>a</title a="</title>">' + img + live),
    loads('an end tag with a tab', '<textarea>a</textarea\t>' + img + live),
    loads('an end tag in capitals', '<xmp>a</XMP>' + img + live),
    loads('a self-closing title is no end', '<title/>a</title>' + img + live),
    loads('a title in the body', '<body><title><b></title>' + img + live),
    loads('listing and pre are ordinary', '<listing>' + img + '</listing><pre>' + live + '</pre>'),
    loads('an end tag without a start', '</title></textarea></style></script>' + img + live),

    // plaintext
    same('within plaintext', 'nothing ends it', live + '<plaintext>' + img + '</plaintext>' + img),
    loads('before plaintext', img + live + '<plaintext>'),
    loads('plaintext in a template', '<template><plaintext></template>' + live, { void: 'nothing ends it, in a template either' }),

    // noscript is read both ways
    loads('noscript without scripts', '<noscript>' + img + '</noscript>' + live, { noscript: true }),
    loads('noscript in the head without scripts', '<head><noscript><link rel=stylesheet href="http://c0.tracker.example/a.css"></noscript></head>' + live, { noscript: true }),
    loads('after noscript', '<noscript><b a="</noscript>' + img + live),
    loads('after noscript that holds a comment', '<noscript><!-- </noscript>' + img + '<!-- -->' + live),
    loads('after noscript that holds a style', '<noscript><style></noscript>' + img + '<style></style>' + live),
    loads('after noscript that holds a title', '<noscript><title></noscript>' + img + live),
    loads('noscript in a comment, without scripts', '<noscript><!-- </noscript> -->' + img + '</noscript>' + live, { noscript: true }),
    loads('noscript in an attribute, without scripts', '<noscript><p title="</noscript>">' + img + '</p></noscript>' + live, { noscript: true }),
    loads('noscript that a textarea holds, without scripts', '<noscript><textarea></noscript></textarea>' + img + '</noscript>' + live, { noscript: true }),
    loads('noscript in svg', '<svg><noscript>' + img + '</noscript></svg>' + live),
    loads('noscript that document.write opens', '<script>document.write("<nos" + "cript>")</script></noscript>' + img + live),

    // select
    loads('within select', '<select><option>a' + img + '</select>' + live),
    loads('after select', '<select><option>a</select>' + img + live),
    loads('input ends select', '<select><input type=image src="http://c0.tracker.example/a.gif">' + live),
    loads('a script within select', '<select><script src="http://c0.tracker.example/a.js"></script></select>' + live),
    ...[ 'title', 'textarea', 'xmp', 'noembed' ].map(e => loads(`${e} within select`, `<select><${e}></${e}></select>` + img + live)),
    loads('select in a table', '<table><tr><td><select><td>' + img + '</table>' + live),

    // templates
    loads('after a template', '<template><p></template>' + img + live),
    loads('a declarative shadow root', '<div><template shadowrootmode=open>' + img + '</template></div>' + live),
    loads('a closed shadow root', '<div><template shadowrootmode="CLOSED">' + img + '</template></div>' + live),
    loads('a style in a shadow root', '<div><template shadowrootmode=open><style>b{background:url(http://c0.tracker.example/a.gif)}</style><b>b</b></template></div>' + live),
    loads('a template in a shadow root, used', '<div><template shadowrootmode=open><slot></slot>' + img + '</template>a</div>' + live),
    loads('a template that a script uses', '<p>a<template id=t>' + img + '</template><script>document.body.append(t.content.cloneNode(true))</script>'),

    // frames
    loads('frameset', '<frameset cols="50%,50%"><frame src="http://c0.tracker.example/a.html"><frame src="http://c0.kept.example/k.html"></frameset>'),
    loads('frameset after a head', '<head><title>a</title></head><frameset><frame src="http://c0.tracker.example/a.html"></frameset>'),
    loads('noframes and frameset', '<frameset><noframes><p a="</noframes><frame src="http://c0.tracker.example/a.html"></frameset>'),
    loads('an image after frameset, for the preload scanner', '<frameset></frameset>' + img),
    same('a frame outside of a frameset, in a comment', 'a comment', '<!-- <frame src="http://c0.tracker.example/a.html"> -->'),

    // the tree does not keep an element from being fetched
    loads('image instead of img', '<image src="http://c0.tracker.example/a.gif">' + live),
    loads('in a table', '<table>' + img + '<tr>' + live + '</table>'),
    loads('in a colgroup', '<table><colgroup>' + img + '</table>' + live),
    loads('after </body>', '<body></body>' + img + live),
    loads('after </html>', '<html></html>' + img + live),
    loads('in the head', '<head>' + img + '</head>' + live),
    loads('a script after </html>', '</html><script src="http://c0.tracker.example/a.js"></script>' + live),
    loads('in unclosed formatting', '<b><i><p></b>' + img + '</i>' + live),
    loads('in nested anchors', '<a href="#"><a href="#">' + img + '</a></a>' + live),
    loads('in a button in a button', '<button><button>' + img + '</button>' + live),
    loads('in dialog, details and a hidden div', '<dialog>' + img + '</dialog><details>a</details><div hidden>' + live + '</div>'),
    loads('in an object that falls back', '<object>' + img + '</object>' + live),
    loads('in canvas, audio and video', '<canvas>' + img + '</canvas><video><p>' + live + '</video>'),
    loads('deep down', '<div>'.repeat(1000) + img + live),
    loads('in a form in a form', '<form><form>' + img + '</form>' + live),
];
