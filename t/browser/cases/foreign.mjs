// SVG and MathML within HTML: another set of rules until something breaks out.

import { loads, same } from '../lib/case.mjs';

const url = 'http://c0.tracker.example/a.gif';
const img = `<img src="${url}">`;
const live = '<img src="http://c0.kept.example/k.gif">';
const svg = (name, html) => loads(`svg: ${name}`, `<svg>${html}</svg>` + live);
const math = (name, html) => loads(`math: ${name}`, `<math>${html}</math>` + live);

export default [

    // what fetches
    svg('image href', `<image href="${url}" width=9 height=9 />`),
    svg('image xlink:href', `<image xlink:href="${url}" width=9 height=9 />`),
    svg('image XLINK:HREF', `<IMAGE XLINK:HREF="${url}" width=9 height=9 />`),
    svg('image: href beats xlink:href', `<image xlink:href="http://c0.plain.example/a.gif" href="${url}" width=9 height=9 />`),
    svg('image with an entity', '<image href="http&colon;//c0.&#116;racker.example/a.gif" width=9 height=9 />'),
    svg('feImage', `<filter id=f><feImage href="${url}"/></filter><rect width=9 height=9 filter="url(#f)"/>`),
    svg('feImage xlink:href', `<filter id=f><feimage xlink:href="${url}"/></filter><rect width=9 height=9 filter="url(#f)"/>`),
    svg('script href', '<script href="http://c0.tracker.example/a.js"></script>'),
    svg('script xlink:href', '<script xlink:href="http://c0.tracker.example/a.js"></script>'),
    svg('script, self-closing', '<script href="http://c0.tracker.example/a.js" />'),
    svg('script with a type', '<script type="text/ecmascript" href="http://c0.tracker.example/a.js" />'),
    loads('svg: use', '<svg><use href="http://c0.tracker.example/a.svg#x" /></svg>' + live,
        { void: 'what is used must be of the same origin' }),
    svg('style', '<style>@import "http://c0.tracker.example/a.css"; rect { fill: red }</style>'),
    svg('style with an entity', '<style>@import "http://c0.&#116;racker.example/a.css";</style>'),
    svg('style in CDATA', '<style><![CDATA[@import "http://c0.tracker.example/a.css";]]></style>'),
    svg('style with a comment', '<style><!-- a -->@import "http://c0.tracker.example/a.css";</style>'),
    svg('a style attribute', `<rect width=9 height=9 style="mask-image: url(${url})" />`),
    svg('fill of another document', '<rect width=9 height=9 style="fill: url(http://c0.tracker.example/a.svg#x)" />',),
    loads('svg: filter of another document', '<svg><rect width=9 height=9 filter="url(http://c0.tracker.example/a.svg#x)" /></svg>' + live,
        { void: 'a filter of another document is not fetched' }),
    svg('mask of another document', '<rect width=9 height=9 mask="url(http://c0.tracker.example/a.svg#x)" />'),
    svg('clip-path of another document', '<rect width=9 height=9 clip-path="url(http://c0.tracker.example/a.svg#x)" />'),
    svg('set on href', `<image href="#" width=9 height=9><set attributeName="href" to="${url}" /></image>`),
    loads('svg: set on xlink:href', `<svg><image xlink:href="#" width=9 height=9><set attributeName="xlink:href" to="${url}" /></image></svg>` + live,
        { void: 'only href is animated' }),
    svg('animate on href', `<image href="#" width=9 height=9><animate attributeName="href" values="${url};${url}" dur="1s" /></image>`),
    svg('animate from and to', `<image href="#" width=9 height=9><animate attributeName="href" from="${url}" to="${url}" dur="9s" /></image>`),
    svg('set on an image elsewhere', `<image id=i href="#" width=9 height=9 /><set href="#i" attributeName="href" to="${url}" />`),
    svg('a link in it', `<a href="#"><image href="${url}" width=9 height=9 /></a>`),
    svg('cursor', `<rect width=9 height=9 style="cursor: url(${url}), auto; background: url(${url})" />`),

    // breaking out
    svg('img breaks out', img),
    ...[ 'style', 'script', 'textarea', 'title', 'xmp', 'noscript', 'plaintext', 'iframe', 'noembed', 'noframes' ].map(
        e => svg(`img in ${e}`, `<${e}>${img}</${e}>`)),
    svg('img in desc', `<desc>${img}</desc>`),
    svg('img in g', `<g><g>${img}`),
    svg('img after p', `<p>${img}`),
    svg('img after </p>', `</p>${img}`),
    svg('img after </br>', `</br>${img}`),
    svg('font with a colour breaks out', `<font color=red><title><a b="</title>"></font>${img}`),
    svg('font without a colour stays, and so does title', `<font><title></title>${img}`),
    svg('in an option', `<desc><select><option>${img}</select></desc>`),

    // integration points
    svg('foreignObject', `<foreignObject width=9 height=9>${img}</foreignObject>`),
    svg('foreignObject in capitals', `<FOREIGNOBJECT>${img}</FOREIGNOBJECT>`),
    svg('foreignObject: a title of HTML', `<foreignObject><title><b></title>${img}</foreignObject>`),
    svg('foreignObject: a script of HTML', '<foreignObject><script src="http://c0.tracker.example/a.js"></script></foreignObject>'),
    svg('desc: a textarea of HTML', `<desc><textarea><b a="</textarea>${img}</desc>`),
    svg('title: a style of HTML', `<title><style><b a="</style>${img}</title>`),
    svg('back in svg after foreignObject', `<foreignObject></foreignObject><image href="${url}" width=9 height=9 />`),
    svg('svg in foreignObject', `<foreignObject><svg><image href="${url}" width=9 height=9 /></svg></foreignObject>`),
    math('mi', `<mi>${img}</mi>`),
    math('mtext: a title of HTML', `<mtext><title><b></title>${img}</mtext>`),
    math('mo, mn and ms', `<mo><mn></mn></mo><ms><textarea></textarea>${img}</ms>`),
    math('mtext: mglyph is of MathML', `<mtext><mglyph><style>${img}</style></mglyph></mtext>`),
    math('annotation-xml of HTML', `<semantics><annotation-xml encoding="text/html"><title><b></title>${img}</annotation-xml></semantics>`),
    math('annotation-xml of XHTML, in capitals', `<annotation-xml encoding="Application/XHTML+XML"><style><b></style>${img}</annotation-xml>`),
    math('annotation-xml of nothing', `<annotation-xml><style>${img}</style></annotation-xml>`),
    math('annotation-xml of SVG: svg', `<annotation-xml><svg><image href="${url}" width=9 height=9 /></svg></annotation-xml>`),
    math('img breaks out', `<mrow>${img}</mrow>`),
    math('img in style', `<style>${img}</style>`),
    math('img in a title', `<title>${img}</title>`),
    math('img in plaintext', `<plaintext>${img}`),

    // self-closing
    loads('<svg/>', '<svg/><title><b></title>' + img + live),
    loads('<svg/> and CDATA', '<svg/><![CDATA[><img src="http://c0.tracker.example/a.gif">]]>' + live),
    loads('<math/>', '<math/><style><b></style>' + img + live),
    loads('<svg /> with an attribute that ends in a slash', '<svg a=b/><title>' + img + '</title></svg>' + live),
    loads('<svg><title/>', '<svg><title/>' + img + '</svg>' + live),
    loads('<svg><style/>', '<svg><style/><image href="http://c0.tracker.example/a.gif" width=9 height=9 /></svg>' + live),
    loads('<svg><script/>', '<svg><script/><image href="http://c0.tracker.example/a.gif" width=9 height=9 /></svg>' + live),
    loads('<svg><foreignObject/>', '<svg><foreignObject/><style><image href="http://c0.tracker.example/a.gif" width=9 height=9 /></style></svg>' + live),
    loads('</svg> ends what it holds', '<svg><g><desc></svg><title><b></title>' + img + live),
    loads('svg that is never closed', '<svg><title>a</title>' + img + live),
    loads('an end tag of HTML in svg', '<div><svg></div><title><b a="</title>' + img + live),
    loads('svg in a table', '<table><svg><style>' + img + '</style></svg></table>' + live),
    loads('svg in a select', '<select><svg><title>a</title></svg></select>' + img + live),
    loads('svg in svg', '<svg><svg></svg><title></title><image href="http://c0.tracker.example/a.gif" width=9 height=9 /></svg>' + live),
    loads('svg in a template', '<template><svg><style></style></svg></template>' + img + live),

    // CDATA
    svg('after CDATA', '<![CDATA[ a ]]><image href="' + url + '" width=9 height=9 />'),
    svg('after CDATA that holds >', '<![CDATA[ > <a b="]]><image href="' + url + '" width=9 height=9 />'),
    svg('after CDATA of ]', '<![CDATA[ ]]]]]><image href="' + url + '" width=9 height=9 />'),
    svg('after CDATA that is empty', '<![CDATA[]]>' + img),
    svg('within CDATA after >, for the preload scanner', `<![CDATA[ > ${img} ]]>`),
    svg('a style sheet within CDATA after >', '<![CDATA[ > <link rel=stylesheet href="http://c0.tracker.example/a.css"> ]]>'),
    svg('a script within CDATA after >', '<![CDATA[ > <script href="http://c0.tracker.example/a.js"></script> ]]>'),
    loads('within CDATA in foreignObject', `<svg><foreignObject><![CDATA[ > ${img} ]]></foreignObject></svg>` + live),
    math('after CDATA', '<![CDATA[ <!-- ]]>' + img),
    math('within CDATA after >, for the preload scanner', `<![CDATA[ > ${img} ]]>`),

    // look-alikes
    same('svg: within CDATA', 'text, and no > before', `<svg><![CDATA[ <image href='${url}' ]]></svg>` + live),
    same('svg: an anchor', 'an anchor is for clicking', '<svg><a href="http://c0.tracker.example/a.html"><text>a</text></a></svg>' + live),
    same('svg: an anchor, xlink', 'an anchor is for clicking', '<svg><a xlink:href="http://c0.tracker.example/a.html"><text>a</text></a></svg>' + live),
    same('svg: a namespace', 'a namespace is a name', '<svg xmlns="http://c0.tracker.example/ns" xmlns:a="http://c0.tracker.example/">' + '</svg>' + live),
    same('svg: an attribute of image that fetches nothing', 'src is nothing here', `<svg><image src2="${url}" data-a="${url}" width=9 height=9 /></svg>` + live),
    same('svg: text', 'text', `<svg><text>${url}</text><desc>${url}</desc></svg>` + live),
    same('svg: a comment', 'a comment', `<svg><!-- <image href="${url}"/> --></svg>` + live),
    same('svg: set on another attribute', 'fill fetches no image', `<svg><rect><set attributeName="title" to="${url}" /></rect></svg>` + live),
    same('math: href', 'a link is for clicking', '<math><mi href="http://c0.tracker.example/a.html">a</mi></math>' + live),
    same('math: an unknown element', 'mglyph fetches nothing', `<math><mi>a</mi><mfoo src="${url}">b</mfoo></math>` + live),
];
