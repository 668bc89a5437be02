// Pages that are read by XML's rules: what is markup there is no markup in HTML,
// and the other way round; and what a DTD adds to a page.

import { loads, same } from '../lib/case.mjs';

const XHTML = 'application/xhtml+xml; charset=utf-8';
const SVG = 'image/svg+xml; charset=utf-8';

const T = 'http://c0.tracker.example';
const gif = `${T}/a.gif`, js = `${T}/a.js`, css = `${T}/a.css`;
const live = '<img src="http://c0.kept.example/k.gif"/>';

const STRICT = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"'
    + ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"';

const html = (body, before = '') => before
    + '<html xmlns="http://www.w3.org/1999/xhtml"'
    + ' xmlns:s="http://www.w3.org/2000/svg"'
    + ' xmlns:x="http://www.w3.org/1999/xlink"><head><title>t</title></head>'
    + `<body>${live}${body}</body></html>`;

const x = (name, body, options = {}) =>
    loads(name, html(body), { type: XHTML, ...options });
const before = (name, text, body = '', options = {}) =>
    loads(name, html(body, text), { type: XHTML, ...options });
const dtd = (name, text, body, options = {}) =>
    before(`DTD: ${name}`, `<!DOCTYPE html [${text}]>`, body, options);
const svg = (name, body, options = {}) =>
    loads(`svg: ${name}`, '<svg xmlns="http://www.w3.org/2000/svg"'
          + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
          + ` xmlns:h="http://www.w3.org/1999/xhtml">${body}</svg>`,
          { type: SVG, ...options });

const no = (name, why, body, options = {}) =>
    same(name, why, html(body), { type: XHTML, ...options });
const no_dtd = (name, why, text, body, options = {}) =>
    same(`DTD: ${name}`, why, html(body, `<!DOCTYPE html [${text}]>`),
         { type: XHTML, ...options });

const img = `<img src="${gif}"/>`;
const t_img = '<img src="http://c0.&t;.example/a.gif"/>';
const run = url => `new Image().src = "${url}"`;
const ns = 'xmlns="http://www.w3.org/1999/xhtml"';

export default [

    // names
    x('an element', img),
    x('an element with a prefix', `<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="${gif}"/>`),
    x('an odd prefix', `<_a.b-c:img xmlns:_a.b-c="http://www.w3.org/1999/xhtml" src="${gif}"/>`),
    x('a prefix that is not ASCII', `<\u00e9:img xmlns:\u00e9="http://www.w3.org/1999/xhtml" src="${gif}"/>`),
    no('names have a case', 'capitals are other names', `<IMG src="${gif}"/><img SRC="${gif}"/><Script src="${js}"/>`),
    no('a prefix of an attribute', 'src has none', `<img x:src="${gif}"/>`),
    no('names of namespaces', 'a namespace is a name', `<p xmlns:t="${T}/" xmlns:src="${T}/">a</p>`),
    no('anchors', 'an anchor is for clicking', `<a href="${gif}">x</a><s:svg><s:a x:href="${gif}"/></s:svg>`),

    // in tags
    x('space and line ends', `<img\r\n src\t=\n '${gif}'\n/>`),
    x('> in a value', `<img alt=">" src="${gif}"/>`),
    x('a number in a URL', '<img src="http://c0.&#x74;racker.example/a.gif"/>'),
    x('a line end in a URL, as a number', '<img src="http://c0.tra&#10;cker.example/a.gif"/>'),
    x('a line end in a URL', '<img src="http://c0.tra\ncker.example/a.gif"/>', { void: 'it is a space' }),

    // no raw text
    ...[ 'title', 'textarea', 'style', 'noscript', 'iframe', 'xmp', 'noembed', 'plaintext' ].map(
        e => x(`an image in ${e}`, `<${e}>${img}</${e}>`)),
    x('an image in a script of data', `<script type="text/plain">${img}</script>`),
    x('an image in a template', `<template>${img}</template>`, { void: 'a template is inert' }),
    x('a script without an end tag', `<script src="${js}"/>`),
    x('after a script without an end tag', `<script src="http://c0.kept.example/a.js"/>${img}`),
    x('after other elements without end tags', `<style/><title/><textarea/><iframe/>${img}`),

    // comments, CDATA, processing instructions
    x('after CDATA', `<![CDATA[ <!-- ]]]]>${img}`),
    x('after a comment', `<!-- <img> - > -->${img}`),
    x('after a processing instruction', `<?php " ' ?>${img}`),
    no('within CDATA', 'CDATA is text', `<p><![CDATA[ > ${img} ]] > ]>]]></p>`),
    no('within "<!-->"', 'that is the beginning of a comment', `<!-->${img}-->`),
    no('within a comment, after "-!>"', 'that does not end it', `<!-- - -!>${img}-->`),
    no('within a processing instruction', 'only "?>" ends it', `<?php > ${img} ?>`),
    x('after "--" in a comment', `<!-- a -- b -->${img}`, { void: 'an error' }),

    // xml-stylesheet
    before('xml-stylesheet', `<?xml-stylesheet href="${css}" type="text/css"?>`),
    before('xml-stylesheet after a declaration', `<?xml version="1.0"?>\n<?xml-stylesheet href='${css}'?>`),
    before('xml-stylesheet with a number', '<?xml-stylesheet type="text/css" href="http://c0.&#116;racker.example/a.css"?>'),
    before('xml-stylesheet with &amp;', `<?xml-stylesheet type="text/css" title="?" href="${css}?a=1&amp;b=2"?>`),
    before('xml-stylesheet with > in a title', `<?xml-stylesheet title=">" href="${css}" type="text/css"?>`),
    before('xml-stylesheet, an alternate', `<?xml-stylesheet type="text/css" alternate="yes" title="a" href="${css}"?>`),
    before('xml-stylesheet of another medium', `<?xml-stylesheet type="text/css" media="print" href="${css}"?>`),
    before('xml-stylesheet, a data: URL', `<?xml-stylesheet href="data:text/css,@import '${css}';" type="text/css"?>`),
    loads('xml-stylesheet at the end', html('') + `<?xml-stylesheet href="${css}" type="text/css"?>`, { type: XHTML }),
    loads('xml-stylesheet before an error', `<?xml-stylesheet href="${css}" type="text/css"?><a><b></a>`, { type: XHTML }),
    dtd('xml-stylesheet in it', `<?xml-stylesheet href="${css}" type="text/css"?>`),
    before('xml-stylesheet that is held back', `<?xml-stylesheet data-consent="advertising" data-consent-href="${css}" type="text/css"?>`, '', { void: 'href has another name' }),
    same('xml-stylesheet, another name', 'it has no meaning', html('', `<?XML-STYLESHEET href="${css}"?><?xml-stylesheets href="${css}"?>`), { type: XHTML }),

    // styles
    x('a style', `<style>@import "${css}";</style>`),
    x('a style in CDATA', `<style><![CDATA[@import "${css}";]]></style>`),
    x('a style in CDATA in comments of CSS', `<style>/*<![CDATA[*/@import "${css}";/*]]>*/</style>`),
    x('a style with references', '<style>@import &quot;http://c0.&#116;racker.example/a.css&quot;;</style>'),
    x('a URL of a style, split by CDATA', '<style>@import "http://c0.tra<![CDATA[cker.exam]]>ple/a.css";</style>'),
    x('a URL of a style, split by a comment', '<style>@import "http://c0.tra<!-- x -->cker.example/a.css";</style>'),
    x('a URL of a style, split by an instruction', '<style>@import "http://c0.tra<?x y?>cker.example/a.css";</style>'),
    x('a URL of a style after CDATA that is empty', '<style>@import "ht<![CDATA[]]>tp://c0.tracker.example/a.css";</style>'),
    x('a style split by an element', `<style>@imp<b>x</b>ort "${css}";</style>`),
    x('a style with >', `<style>a > b { color: red } p { background: url(${gif}) } p{}</style><p>a</p>`),
    x('a style after an instruction', `<style>a{} <?x > @import ?>p{background:url(${gif})}</style><p>a</p>`),
    x('a style in a style', `<style>a{}<style>@import "${css}";</style></style>`),
    x('a style in a script', `<script>var a<style>@import "${css}";</style></script>`),
    x('a style attribute', `<p style="background:url(&#34;${gif}&#34;)">a</p>`),
    no('text of an element in a style', 'only its own text counts', `<style><b>@import "${css}";</b></style>`),
    no('a comment in a style', 'it is no text', `<style>a{} <!-- @import "${css}"; --></style>`),

    // scripts, by a marker
    x('a script', `<script>/* markedQueue */ ${run(gif)}</script>`),
    x('a script in CDATA', `<script><![CDATA[/* markedQueue */ ${run(gif)}]]></script>`),
    x('a script with references', '<script>/* marked&#81;ueue */ new Image()&#46;src = "http://c0.&#116;racker.example/a.gif"</script>'),
    x('a script whose marker is split', `<script>/* marked<![CDATA[Queue */]]> ${run(gif)}</script>`),
    x('a script after an element', `<script>var a; /*<b/>markedQueue*/ ${run(gif)}</script>`),
    x('a script in a script', `<script>var a = 1; <script>${run(gif)}</script></script>`),
    x('a script after a script in it', `<script>/* markedQueue */ <script/> ${run(gif)}</script>`),
    x('a script with an href that is nothing', `<script href="x">/* markedQueue */ ${run(gif)}</script>`),
    x('a script of svg with a src that is nothing', `<s:svg><s:script src="x">/* markedQueue */ ${run(gif)}</s:script></s:svg>`),
    x('an import map', `<script type="importmap"><![CDATA[{"imports":{"a":"${js}"}}]]></script><script type="module">import "a";</script>`),
    x('an import map with references', `<script type="importmap">{&quot;imports&quot;:{&quot;a&quot;:&quot;${js}&quot;}}</script><script type="module">import "a";</script>`),
    x('an import', `<script type="module"><![CDATA[import "${js}";]]></script>`),
    x('an import with references', '<script type="module">import &quot;http://c0.&#116;racker.example/a.js&quot;;</script>'),
    no('another script', 'it has no marker', '<script><![CDATA[if (1 && 2 > 1) document.title = "tracker.example"]]></script>'),
    no('a marker in a comment of XML', 'it is no text', '<script>var a;<!-- markedQueue --></script>'),

    // other elements
    x('meta refresh', `<meta http-equiv="refresh" content="0;url=${T}/a.html"/>`),
    x('object', `<object data="${T}/a.html"/>`),
    x('embed', `<embed src="${T}/a.html"/>`),
    x('a link', `<link rel="stylesheet" href="${css}"/>`),
    x('srcdoc', `<iframe srcdoc="&lt;img src='${gif}'&gt;"/>`),
    x('base', `<base href="${T}/"/><img src="a.gif"/>`),
    x('xml:base', `<div xml:base="${T}/"><img src="a.gif"/></div>`, { void: 'it has no effect' }),

    // svg
    x('svg: image in XHTML', `<s:svg><s:image x:href="${gif}" width="9" height="9"/></s:svg>`),
    x('svg: image, href', `<s:svg><s:image href="${gif}" width="9" height="9"/></s:svg>`),
    x('svg: script in XHTML', `<s:svg><s:script x:href="${js}"/></s:svg>`),
    x('svg: feImage in XHTML', `<s:svg><s:filter id="f"><s:feImage href="${gif}"/></s:filter><s:rect width="9" height="9" filter="url(#f)"/></s:svg>`),
    x('svg: set in XHTML', `<s:svg><s:image href="#" width="9" height="9"><s:set attributeName="href" to="${gif}"/></s:image></s:svg>`),
    x('svg: set with a prefix', `<s:svg><s:image href="#" width="9" height="9"><s:set attributeName="x:href" to="${gif}"/></s:image></s:svg>`),
    no('svg: feimage', 'names have a case', `<s:svg><s:filter id="f"><s:feimage href="${gif}"/></s:filter><s:rect width="9" height="9" filter="url(#f)"/></s:svg>`),
    svg('image', `<image href="${gif}" width="9" height="9"/>`),
    svg('image, xlink', `<image xlink:href="${gif}" width="9" height="9"/>`),
    svg('script', `<script href="${js}"/>`),
    svg('style', `<style>@import "${css}";</style>`),
    svg('style in CDATA', `<style type="text/css"><![CDATA[@import "${css}";]]></style>`),
    svg('an element of HTML', `<h:img src="${gif}"/>`),
    svg('a link of HTML', `<h:link rel="stylesheet" href="${css}"/>`),
    svg('foreignObject', `<foreignObject width="9" height="9"><h:img src="${gif}"/></foreignObject>`),
    svg('fill', `<rect width="9" height="9" fill="url(${T}/a.svg#x)"/>`),
    same('svg: text and descriptions', 'text', `<svg xmlns="http://www.w3.org/2000/svg"><title>${gif}</title><desc>${js}</desc><text>${css}</text><style><![CDATA[a > b { fill: url(#c) }]]></style></svg>`, { type: SVG }),

    // other types, and documents in documents
    loads('application/xml', `<r><h:img xmlns:h="http://www.w3.org/1999/xhtml" src="${gif}"/></r>`, { type: 'application/xml' }),
    loads('text/xml', `<r><h:script xmlns:h="http://www.w3.org/1999/xhtml" src="${js}"/></r>`, { type: 'text/xml' }),
    loads('the type in capitals', html(`<title>${img}</title>`), { type: 'Application/XHTML+XML' }),
    loads('no type', `<?xml version="1.0"?><r xmlns:h="http://www.w3.org/1999/xhtml"><h:title><h:img src="${gif}"/></h:title></r>`, { type: '' }),
    loads('an unknown type', `<?xml version="1.0"?><r xmlns:h="http://www.w3.org/1999/xhtml"><h:title><h:img src="${gif}"/></h:title></r>`, { type: '*/*' }),
    loads('data: XHTML', `<iframe src='data:application/xhtml+xml,<html ${ns}><title><img src="${gif}"/></title></html>'></iframe>`),
    loads('data: svg', `<iframe src='data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"><image href="${gif}" width="9" height="9"/></svg>'></iframe>`),
    loads('data: svg with an entity', '<iframe src=\'data:image/svg+xml,<!DOCTYPE svg [<!ENTITY t "tracker">]><svg xmlns="http://www.w3.org/2000/svg"><image href="http://c0.%26t;.example/a.gif" width="9" height="9"/></svg>\'></iframe>'),
    loads('data: svg as an image', `<img src='data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"><image href="${gif}" width="9" height="9"/></svg>'>`, { void: 'an image fetches nothing' }),

    // DTD: where it ends
    dtd('quotes and comments hide its end', `<!ENTITY a "]>"><!-- ]> ' --><?x ]> " ?><!ENTITY b ']]>'><!ELEMENT html ANY>`, img),
    before('DTD: a system identifier with > and [', '<!DOCTYPE html SYSTEM "a>b["\n[ <!ENTITY a "b"> ] >', img),

    // DTD: entities in attributes
    dtd('an entity in a URL', '<!ENTITY t "tracker">', t_img),
    dtd('entities in each other', '<!ENTITY t "&a;cker"><!ENTITY a "tra">', t_img),
    dtd('an entity that is a reference', '<!ENTITY t "&#38;#116;racker">', t_img),
    dtd('of two the first counts', '<!ENTITY t "tracker"><!ENTITY t "kept">', t_img),
    dtd('of two the second does not', '<!ENTITY t "kept"><!ENTITY t "tracker">', t_img, { void: 'the first counts' }),
    dtd('amp stays what it is', '<!ENTITY amp "tracker">', '<img src="http://c0.&amp;.example/a.gif"/>', { void: 'the five names do not change' }),
    dtd('a long entity', `<!ENTITY a "${'x'.repeat(9000)}">`, `<img src="${gif}?&a;"/>`),
    dtd('many entities', Array.from({ length: 200 }, (_, i) => `<!ENTITY e${i} "v${i}">`).join('') + '<!ENTITY t "tracker">', '<img src="http://c0.&t;.example/?&e1;"/>'),
    dtd('an entity in CSS', '<!ENTITY t "tracker">', '<p style="color:red;background:url(\'http://c0.&t;.example/a.gif\')">a</p>'),
    dtd('an entity in rel', '<!ENTITY r "stylesheet">', `<link rel="&r;" href="${css}"/>`),
    dtd('an entity in type', '<!ENTITY r "javascript">', `<script type="text/&r;" src="${js}"/>`),
    dtd('an entity in srcdoc', '<!ENTITY r "tracker">', '<iframe srcdoc="&lt;img src=\'http://c0.&r;.example/a.gif\'&gt;"/>'),
    no_dtd('entities in text and links', 'text', '<!ENTITY t "tracker.example">', '<p>&t;</p><a href="http://c0.&t;/">x</a>'),
    no_dtd('entities of another host', 'it is kept', '<!ENTITY k "kept"><!ENTITY ns "http://www.w3.org/2000/svg">', '<img src="http://c0.&k;.example/b.gif"/><svg xmlns="&ns;"/>'),

    // DTD: what is declared elsewhere, or nowhere
    before('DTD: what a system identifier may declare', '<!DOCTYPE html SYSTEM "x">', '<img src="http://c0.trac&foo;ker.example/a.gif"/>'),
    before('DTD: a name of HTML that is not declared', '<!DOCTYPE html SYSTEM "x">', '<img src="http://c0.trac&eacute;ker.example/a.gif"/>'),
    before('DTD: a public identifier of nobody', '<!DOCTYPE html PUBLIC "-//EVIL//XHTML 1.0" "x">', '<img src="http://c0.trac&eacute;ker.example/a.gif"/>'),
    before('DTD: one of XHTML, and no such name', `${STRICT}>`, '<img src="http://c0.trac&foo;ker.example/a.gif"/>'),
    before('DTD: after a parameter entity', '<!DOCTYPE html [<!ENTITY % a "b">%a;]>', '<img src="http://c0.trac&foo;ker.example/a.gif"/>'),
    before('DTD: what is not declared, in a style', '<!DOCTYPE html SYSTEM "x">', '<style>@import "http://c0.trac&foo;ker.example/a.css";</style>'),
    before('DTD: what is not declared, in a script', '<!DOCTYPE html SYSTEM "x">', '<script>/* marked&foo;Queue */ new Image().src = "http://c0.trac&foo;ker.example/a.gif"</script>'),
    dtd('an entity elsewhere, in a style', '<!ENTITY foo SYSTEM "x">', '<style>@import "http://c0.trac&foo;ker.example/a.css";</style>'),
    before('DTD: a name of HTML', `${STRICT}>`, '<img src="http&colon;//c0.tracker.example/a.gif"/>'),
    before('DTD: names of HTML and its own', `${STRICT} [<!ENTITY t "tracker">]>`, '<img src="http&colon;//c0.&t;.example/a.gif"/>'),
    before('DTD: a name of HTML that means something else', `${STRICT} [<!ENTITY nbsp "tracker">]>`, '<img src="http://c0.&nbsp;.example/a.gif"/>'),
    same('DTD: XHTML with its names', 'names', html('<p>&nbsp;&copy;</p><img src="http://c0.kept.example/?&nbsp;&amp;x"/>', `${STRICT}>`), { type: XHTML }),
    same('DTD: one elsewhere', 'no browser loads it', html('<p/>', `<!DOCTYPE html SYSTEM "${T}/a.dtd">`), { type: XHTML }),
    no_dtd('an entity elsewhere', 'no browser loads it', `<!ENTITY t SYSTEM "${T}/a.ent">`, '<p>&t;</p>'),

    // DTD: entities in text
    dtd('an entity of markup', `<!ENTITY i "<img ${ns.replace(/"/g, "'")} src='${gif}'/>">`, '<p>&i;</p>'),
    dtd('markup in the namespace around', `<!ENTITY i "<img src='${gif}'/>">`, '<p>&i;</p>'),
    dtd('markup by references', `<!ENTITY i "&#60;img src='${gif}'/&#62;">`, '<p>&i;</p>'),
    dtd('markup in an entity in an entity', `<!ENTITY i "<b>&j;</b>"><!ENTITY j "<img src='${gif}'/>">`, '<p>&i;</p>'),
    dtd('markup with an entity that comes later', '<!ENTITY i "<img src=\'http://c0.&t;/a.gif\'/>"><!ENTITY t "tracker.example">', '<p>&i;</p>'),
    dtd('a style', `<!ENTITY c "<style>@import '${css}';</style>">`, '&c;'),
    dtd('a script', `<!ENTITY c "<script src='${js}'/>">`, '&c;'),
    dtd('an entity in a style', '<!ENTITY t "tracker.example">', '<style>@import "http://c0.&t;/a.css";</style>'),
    dtd('an entity that is a style', `<!ENTITY c "@import '${css}';">`, '<style>&c;</style>'),
    dtd('CDATA that is a style', `<!ENTITY c "<![CDATA[@import '${css}';]]>">`, '<style>&c;</style>'),
    dtd('an element in a URL of a style', '<!ENTITY a "<b>x</b>">', '<style>@import "http://c0.tra&a;cker.example/a.css";</style>'),
    dtd('an entity that is a script', `<!ENTITY m "/* markedQueue */ new Image().src='${gif}'">`, '<script>&m;</script>'),
    no_dtd('an entity of text', '"&lt;" is no markup', `<!ENTITY i "&lt;img src='${gif}'/>">`, '<p>&i;</p>'),
    dtd('half an element', `<!ENTITY a "<img src='${gif}'">`, '&a;/>', { void: 'an error' }),

    // DTD: attributes
    dtd('an attribute', `<!ATTLIST img src CDATA "${gif}">`, '<img/>'),
    dtd('an attribute that is fixed', `<!ATTLIST img alt CDATA #IMPLIED src CDATA #FIXED '${gif}'>`, '<img/>'),
    dtd('an attribute after a list', `<!ATTLIST img alt (a | b) "a" src CDATA "${gif}">`, '<img/>'),
    dtd('an attribute with an entity', '<!ENTITY t "tracker.example"><!ATTLIST img src CDATA "http://c0.&t;/a.gif">', '<img/>'),
    dtd('an attribute of a name with a prefix', `<!ATTLIST h:img xmlns:h CDATA "http://www.w3.org/1999/xhtml" src CDATA "${gif}">`, '<h:img xmlns:h="http://www.w3.org/1999/xhtml"/>'),
    dtd('rel', '<!ATTLIST link rel CDATA "stylesheet">', `<link href="${css}"/>`),
    dtd('href', `<!ATTLIST link href CDATA "${css}">`, '<link rel="stylesheet"/>'),
    dtd('style', `<!ATTLIST p style CDATA "background:url(${gif})">`, '<p>a</p>'),
    dtd('xlink:href', `<!ATTLIST s:image x:href CDATA "${gif}">`, '<s:svg><s:image width="9" height="9"/></s:svg>'),
    dtd('an attribute after what is not read', `%a;<!ATTLIST img src CDATA "${gif}">`, '<img/>'),
    no_dtd('other attributes', 'they fetch nothing', `<!ATTLIST svg xmlns:x CDATA #FIXED "${T}/"><!ATTLIST a href CDATA "${gif}">`, '<a>x</a>'),

    // DTD: parameter entities
    dtd('a parameter entity', `<!ENTITY % p "<!ENTITY t 'tracker'>">%p;`, t_img, { void: 'parameter entities are not read' }),
    dtd('a parameter entity of attributes', `<!ENTITY % p "<!ATTLIST img src CDATA '${gif}'>">%p;`, '<img/>', { void: 'parameter entities are not read' }),
    dtd('what a parameter entity does not declare', `<!ENTITY % p "<!ENTITY t 'kept'>">%p;<!ENTITY t "tracker">`, t_img),

    // errors: what comes before one is shown
    x('before an error', `${img}</b>`),
    x('never closed', `${img}<p>`),
    loads('the end is missing', `<html ${ns}><body>${img}`, { type: XHTML }),
    x('after a prefix that is not declared', `<q:b/>${img}`),
    x('after an error', `</b>${img}`, { void: 'an error' }),
    x('after an entity that is not declared', `a &foo; b ${img}`, { void: 'an error' }),
    x('two attributes of a name', `<img src="${gif}" src="b"/>`, { void: 'an error' }),
    x('without quotes', `<img src=${gif} />`, { void: 'an error' }),
];
