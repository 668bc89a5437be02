// Pages that an XML parser reads: XHTML, SVG documents, XML with either in it.

import { loads, same } from '../lib/case.mjs';

const T = 'http://c0.tracker.example';
const H = 'http://www.w3.org/1999/xhtml', S = 'http://www.w3.org/2000/svg', L = 'http://www.w3.org/1999/xlink';
const live = '<img src="http://c0.kept.example/k.gif"/>';
const page = (body, head = '') => `<html xmlns="${H}"><head><title>a</title>${head}</head><body>${body}${live}</body></html>`;
const types = { xhtml: 'application/xhtml+xml', svg: 'image/svg+xml', xml: 'application/xml', text: 'text/xml' };
const x = (name, html) => loads(`xhtml: ${name}`, html, { type: types.xhtml });
const s = (name, html) => loads(`svg: ${name}`, html, { type: types.svg });
const keeps = (name, why, html, type = types.xhtml) => same(name, why, html, { type });
const doc = (body, attributes = '') => `<svg xmlns="${S}" xmlns:xlink="${L}" width="9" height="9" ${attributes}>${body}</svg>`;

export default [

    // XHTML
    x('img', page(`<img src="${T}/a.gif"/>`)),
    x('img with an end tag', page(`<img src="${T}/a.gif"></img>`)),
    x('img in single quotes', page(`<img alt=">" src='${T}/a.gif' />`)),
    x('script', page('', `<script src="${T}/a.js"></script>`)),
    x('script, self-closing', page('', `<script src="${T}/a.js"/>`)),
    x('stylesheet', page('', `<link rel="stylesheet" href="${T}/a.css"/>`)),
    x('iframe', page(`<iframe src="${T}/a.html"/>`)),
    x('an XML declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n' + page(`<img src="${T}/a.gif"/>`)),
    x('an entity of a number', page('<img src="http://c0.&#116;racker.example/a.gif"/>')),
    x('an entity of XHTML', '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">' + page('<img src="http://c0.trac&shy;ker.example/a.gif"/>')),
    x('a prefix', `<h:html xmlns:h="${H}"><h:body><h:img src="${T}/a.gif"/><h:img src="http://c0.kept.example/k.gif"/></h:body></h:html>`),
    x('a prefix of a script', `<h:html xmlns:h="${H}"><h:head><h:script src="${T}/a.js"/></h:head><h:body/></h:html>`),
    x('a prefix that is not ASCII', `<\u00e9:html xmlns:\u00e9="${H}"><\u00e9:body><\u00e9:img src="${T}/a.gif"/></\u00e9:body></\u00e9:html>`),
    x('a namespace further in', `<a xmlns="urn:x"><img src="http://c0.plain.example/" xmlns="${H}" alt=""/><div xmlns="${H}"><img src="${T}/a.gif"/></div></a>`),
    x('textarea is an ordinary element', page(`<textarea><img src="${T}/a.gif"/></textarea>`)),
    x('noscript is an ordinary element', page(`<noscript><img src="${T}/a.gif"/></noscript>`)),
    x('title is an ordinary element', page('', `<title><script src="${T}/a.js"/></title>`)),
    x('style is an ordinary element', page(`<style><img src="${T}/a.gif"/></style>`)),
    x('xmp is an ordinary element', page(`<xmp><img src="${T}/a.gif"/></xmp>`)),
    x('plaintext is an ordinary element', page(`<plaintext/><img src="${T}/a.gif"/>`)),
    x('iframe with content', page(`<iframe><img src="${T}/a.gif"/></iframe>`)),
    x('script with content', page(`<script>a = 1 &lt; 2; // <img src="${T}/a.gif"/>\n</script>`)),
    x('after CDATA', page(`<p><![CDATA[ <b> <!-- ]]></p><img src="${T}/a.gif"/>`)),
    x('after a comment of <!-->', page(`<!--> -- a --><img src="${T}/a.gif"/>`.replace('-- a', 'a'))),
    x('after a processing instruction that holds >', page(`<?a b > c ?><img src="${T}/a.gif"/>`)),
    x('after a script that holds <!-- <script>', page(`<script>/* &lt;!-- &lt;script> */</script><img src="${T}/a.gif"/>`)),
    x('a style', page('<p>a</p>', `<style>p { background: url(${T}/a.gif) }</style>`)),
    x('a style with an entity', page('<p>a</p>', '<style>@import "http://c0.&#116;racker.example/a.css";</style>')),
    x('a style in CDATA', page('<p>a</p>', `<style><![CDATA[@import "${T}/a.css";]]></style>`)),
    x('a style attribute', page(`<p style="background: url(${T}/a.gif)">a</p>`)),
    x('a marked script', page(`<script>window.markedQueue = []; new Image().src = "${T}/m.gif"</script>`)),
    x('a marked script in CDATA', page(`<script>//<![CDATA[\nwindow.markedQueue = []; new Image().src = "${T}/m.gif"\n//]]></script>`)),
    x('a marked script with an entity', page(`<script>window.marked&#81;ueue = []; new Image().src = "${T}/m.gif"</script>`)),
    x('a base', page('<img src="a.gif"/>', `<base href="${T}/"/>`)),
    x('an entity of the DTD', `<!DOCTYPE html [<!ENTITY t "tracker">]>` + page('<img src="http://c0.&t;.example/a.gif"/>')),
    x('an entity of entities', `<!DOCTYPE html [<!ENTITY a "track"><!ENTITY t "&a;er.example">]>` + page('<img src="http://c0.&t;/a.gif"/>')),
    x('an entity that is an element', `<!DOCTYPE html [<!ENTITY i '<img xmlns="${H}" src="${T}/a.gif"/>'>]>` + page('&i;')),
    x('an entity of numbers', `<!DOCTYPE html [<!ENTITY t "&#116;rac&#x6b;er">]>` + page('<img src="http://c0.&t;.example/a.gif"/>')),
    x('a default of an ATTLIST', `<!DOCTYPE html [<!ATTLIST img src CDATA "${T}/a.gif">]>` + page('<img alt="a"/>')),
    x('a fixed attribute of an ATTLIST', `<!DOCTYPE html [<!ATTLIST link rel CDATA #FIXED "stylesheet">]>` + page('', `<link href="${T}/a.css"/>`)),
    x('a namespace of an ATTLIST', `<!DOCTYPE html [<!ATTLIST html xmlns CDATA "${H}">]>` + page(`<img src="${T}/a.gif"/>`).replace(` xmlns="${H}"`, '')),
    x('a doctype with a comment of ]>', '<!DOCTYPE html [<!-- ]> -->]>' + page(`<img src="${T}/a.gif"/>`)),
    x('an xml-stylesheet', `<?xml-stylesheet href="${T}/a.css" type="text/css"?>` + page('')),
    x('an xml-stylesheet with a pseudo-entity', '<?xml-stylesheet type="text/css" href="http://c0.&#116;racker.example/a.css"?>' + page('')),
    x('svg in it', page(`<svg xmlns="${S}" xmlns:l="${L}"><image l:href="${T}/a.gif" width="9" height="9"/></svg>`)),
    x('srcset', page(`<img srcset="${T}/a.gif 1x"/>`)),
    x('broken at the end', page(`<img src="${T}/a.gif"/><p`).replace(/<\/body>.*/s, '')),
    x('broken before, which stops nothing that came earlier', `<html xmlns="${H}"><body><img src="${T}/a.gif"/></p></body></html>`),
    x('with a BOM', '\ufeff' + page(`<img src="${T}/a.gif"/>`)),
    loads('xml: img', page(`<img src="${T}/a.gif"/>`), { type: types.xml }),
    loads('xml: text/xml', page(`<img src="${T}/a.gif"/>`), { type: types.text }),
    loads('xml: SVG', doc(`<image href="${T}/a.gif" width="9" height="9"/>`), { type: types.xml }),
    loads('xhtml: by a charset', page('<img src="http://c0.tr\xe0cker.example/b.gif"/><img src="http://c0.trac\xadker.example/a.gif"/>'), { type: 'application/xhtml+xml; charset=iso-8859-1', as: 'latin1' }),
    loads('xhtml: UTF-16', '\ufeff<?xml version="1.0" encoding="utf-16"?>' + page(`<img src="${T}/a.gif"/>`), { type: types.xhtml, as: 'utf16le' }),

    // SVG documents
    s('image', doc(`<image href="${T}/a.gif" width="9" height="9"/>`)),
    s('image xlink', doc(`<image xlink:href="${T}/a.gif" width="9" height="9"/>`)),
    s('image with another prefix', `<svg xmlns="${S}" xmlns:q="${L}"><image q:href="${T}/a.gif" width="9" height="9"/></svg>`),
    s('elements with a prefix', `<s:svg xmlns:s="${S}"><s:image href="${T}/a.gif" width="9" height="9"/></s:svg>`),
    s('script', doc(`<script href="${T}/a.js"/>`)),
    s('script xlink', doc(`<script xlink:href="${T}/a.js" type="text/ecmascript"/>`)),
    s('feImage', doc(`<filter id="f"><feImage href="${T}/a.gif"/></filter><rect width="9" height="9" filter="url(#f)"/>`)),
    s('style', doc(`<style>@import "${T}/a.css";</style><rect width="9" height="9"/>`)),
    s('style in CDATA', doc(`<style><![CDATA[@import url(${T}/a.css);]]></style>`)),
    s('set', doc(`<image href="#" width="9" height="9"><set attributeName="href" to="${T}/a.gif"/></image>`)),
    s('foreignObject', doc(`<foreignObject width="9" height="9"><img xmlns="${H}" src="${T}/a.gif"/></foreignObject>`)),
    s('an HTML script in it', doc(`<h:script xmlns:h="${H}" src="${T}/a.js"/>`)),
    s('an xml-stylesheet', `<?xml-stylesheet type="text/css" href="${T}/a.css"?>` + doc('<rect width="9" height="9"/>')),
    s('an entity of the DTD', `<!DOCTYPE svg [<!ENTITY t "${T}">]>` + doc('<image href="&t;/a.gif" width="9" height="9"/>')),
    s('a marked script', doc('<script>window.markedQueue = []; fetch("http://c0.tracker.example/m.gif", { mode: "no-cors" })</script>')),
    s('title is an ordinary element', doc(`<title><b/></title><image href="${T}/a.gif" width="9" height="9"/>`)),
    s('a style attribute', doc(`<rect width="9" height="9" style="fill: url(${T}/a.svg#x)"/>`)),

    // look-alikes
    keeps('xhtml: capitals', 'XML has case: no such element', page(`<IMG src="${T}/a.gif"/><SCRIPT src="${T}/a.js"/>`)),
    keeps('xhtml: an attribute in capitals', 'XML has case: no such attribute', page(`<img SRC="${T}/a.gif"/>`)),
    keeps('xhtml: CDATA', 'text, whatever is in it', page(`<p><![CDATA[ > <img src="${T}/a.gif"/> ]]></p>`)),
    keeps('xhtml: a comment that holds >', 'a comment', page(`<!--> <img src="${T}/a.gif"/> -->`)),
    keeps('xhtml: a processing instruction', 'it ends at ?>', page(`<?a > <img src="${T}/a.gif"/> ?>`)),
    keeps('xhtml: no namespace', 'elements of no namespace are nothing', `<html><body><img src="${T}/a.gif"/></body></html>`, types.xml),
    keeps('xhtml: an entity that nobody uses', 'a declaration fetches nothing', `<!DOCTYPE html [<!ENTITY t "a &#60;b">]>` + page('')),
    keeps('xhtml: clean', 'nothing refused', '<?xml version="1.0"?>' + page('<p>a &amp; b</p>')),
    keeps('svg: clean', 'nothing refused', doc('<image xlink:href="http://c0.kept.example/k.gif" width="9" height="9"/>'), types.svg),
    keeps('svg: an anchor', 'an anchor is for clicking', doc(`<a href="${T}/a.html"><text>a</text></a>`), types.svg),
    keeps('svg: metadata', 'names', doc(`<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="${T}/"/></metadata>`), types.svg),
    keeps('xml: a feed', 'text', `<?xml version="1.0"?><rss version="2.0"><channel><link>${T}/</link><enclosure url="${T}/a.mp3" type="audio/mpeg" length="1"/></channel></rss>`, types.xml),
];
