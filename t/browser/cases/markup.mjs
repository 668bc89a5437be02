// How a tag may be written: quotes, white space, NUL, slashes, case, attributes
// that stand twice.

import { loads, same } from '../lib/case.mjs';

const live = '<img src="http://c0.kept.example/k.gif">';

export default [

    // quotes
    loads('double quotes', '<script src="http://c0.tracker.example/a.js"></script>' + live),
    loads('single quotes', "<script src='http://c0.tracker.example/a.js'></script>" + live),
    loads('no quotes', '<script src=http://c0.tracker.example/a.js></script>' + live),
    loads('no quotes, a slash before >', '<script src=http://c0.tracker.example/></script>' + live),
    loads('no quotes, quotes inside', '<img src=http://c0.tracker.example/a.gif?"x\'>' + live),
    loads('no quotes, < and = and ` inside', '<img src=http://c0.tracker.example/a.gif?<=`>' + live),
    loads('a backtick is no quote', '<img alt=`> src=http://c0.plain.example/ ><img src=http://c0.tracker.example/a.gif alt=`>' + live),
    loads('double quotes that hold >', '<img alt="a > b" src="http://c0.tracker.example/a.gif">' + live),
    loads('single quotes that hold > and "', '<img alt=\'a > " b\' src="http://c0.tracker.example/a.gif">' + live),
    loads('no space after a quoted value', '<img alt=""src="http://c0.tracker.example/a.gif"class="">' + live),
    loads('a quote as the name of an attribute', '<img " src="http://c0.tracker.example/a.gif">' + live),
    loads('a quote after a value', '<img alt="x"" src="http://c0.tracker.example/a.gif">' + live),
    loads('= begins a name', '<img =x src="http://c0.tracker.example/a.gif">' + live),
    loads('= and a quote begin a name', '<img ="x" src="http://c0.tracker.example/a.gif">' + live),
    loads('a name that holds <', '<img a<b src="http://c0.tracker.example/a.gif">' + live),
    loads('an empty value before', '<img alt= src="http://c0.plain.example/a.gif" ><img alt="" src=http://c0.tracker.example/a.gif>' + live),
    loads('an empty value without quotes and >', '<img alt=><img src=http://c0.tracker.example/a.gif>' + live),
    loads('a tag that holds another', '<img alt <img src="http://c0.tracker.example/a.gif">' + live),
    loads('a tag that follows <', '<<img src="http://c0.tracker.example/a.gif">' + live),
    loads('a tag after < and a space', '< <img src="http://c0.tracker.example/a.gif">' + live),
    loads('a tag after an end tag with attributes', '</p src="x>"><img src="http://c0.tracker.example/a.gif">' + live),
    loads('after an end tag without a name', '</><img src="http://c0.tracker.example/a.gif">' + live),

    // white space
    loads('tabs', '<script\tsrc\t=\t"http://c0.tracker.example/a.js"\t></script>' + live),
    loads('line feeds', '<script\nsrc\n=\n"http://c0.tracker.example/a.js"\n></script>' + live),
    loads('form feeds', '<script\fsrc\f=\f"http://c0.tracker.example/a.js"\f></script>' + live),
    loads('carriage returns', '<script\rsrc\r=\r"http://c0.tracker.example/a.js"\r></script>' + live),
    loads('CR LF', '<script\r\nsrc="http://c0.tracker.example/a.js"\r\n></script>' + live),
    loads('blanks in the value', '<img src="  \t\n http://c0.tracker.example/a.gif \n ">' + live),
    loads('a form feed in the value', '<img src="\fhttp://c0.tracker.example/a.gif\f">' + live),
    loads('control characters in the value', '<img src="\x01\x1f http://c0.tracker.example/a.gif\x02">' + live),
    loads('a line feed ends a value without quotes', '<img alt=x\nsrc=http://c0.tracker.example/a.gif>' + live),
    loads('a form feed ends a value without quotes', '<img alt=x\fsrc=http://c0.tracker.example/a.gif>' + live),
    loads('a vertical tab is part of a name', '<img \x0b src="http://c0.tracker.example/a.gif">' + live),
    loads('white space in an end tag', '<style>a{}</style\n\f ><img src="http://c0.tracker.example/a.gif">' + live),

    // NUL
    loads('NUL in text before', 'a\0b<img src="http://c0.tracker.example/a.gif">' + live),
    loads('NUL in another attribute', '<img alt="a\0b" src="http://c0.tracker.example/a.gif">' + live),
    loads('NUL as a name', '<img \0 src="http://c0.tracker.example/a.gif">' + live),
    loads('NUL in the path', '<img src="http://c0.tracker.example/a\0.gif">' + live),
    loads('NUL in a comment before', '<!-- \0 --><img src="http://c0.tracker.example/a.gif">' + live),
    loads('NUL in a script before', '<script>/* \0 */</script><img src="http://c0.tracker.example/a.gif">' + live),
    loads('NUL as the first byte of the page', '\0<img src="http://c0.tracker.example/a.gif">' + live),

    // slashes
    loads('a slash instead of a space', '<script/src="http://c0.tracker.example/a.js"></script>' + live),
    loads('slashes between attributes', '<img/alt=""/src="http://c0.tracker.example/a.gif"/>' + live),
    loads('a slash within the name of an attribute', '<img a/src="http://c0.tracker.example/a.gif">' + live),
    loads('many slashes', '<img //// src="http://c0.tracker.example/a.gif" ///>' + live),
    loads('slash, then =', '<img alt/=x src="http://c0.tracker.example/a.gif">' + live),
    loads('a self-closing script is none', '<script src="http://c0.tracker.example/a.js"/></script>' + live),
    loads('a self-closing frame', '<iframe src="http://c0.tracker.example/a.html"/>'),
    loads('a self-closing div', '<div/><img src="http://c0.tracker.example/a.gif"/></div>' + live),

    // case
    loads('capitals', '<SCRIPT SRC="HTTP://C0.TRACKER.EXAMPLE/A.JS"></SCRIPT>'.replace('C0', 'c0') + live),
    loads('mixed case', '<ImG sRc="hTTp://c0.TraCKer.eXample/a.gif">' + live),
    loads('a script that ends in capitals', '<script>var a = "<b>"</SCRIPT><img src="http://c0.tracker.example/a.gif">' + live),
    loads('link, rel and its words in capitals', '<LINK REL="StyleSheet" HREF="http://c0.tracker.example/a.css">' + live),

    // twice
    loads('the first of two is taken', '<img src="http://c0.tracker.example/a.gif" src="http://c0.kept.example/k.gif">'),
    loads('the first of two, in another case', '<img SRC="http://c0.tracker.example/a.gif" src="http://c0.kept.example/k.gif">'),
    loads('the first of three', '<img src=http://c0.tracker.example/a.gif src=x src=y>' + live),
    loads('the first rel', '<link rel=stylesheet rel=author href="http://c0.tracker.example/a.css">' + live),
    loads('the first type', '<script type="text/javascript" type="text/plain" src="http://c0.tracker.example/a.js"></script>' + live),
    loads('a lone name before', '<img hidden src="http://c0.tracker.example/a.gif" hidden>' + live),
    loads('two bodies', '<body><p>a</p><body background="http://c0.tracker.example/a.gif">' + live),
    loads('after our own mark', '<script data-consent="" src="http://c0.tracker.example/a.js"></script>' + live),
    loads('an attribute that is named like a renamed one', '<img data-consent-src="x" src="http://c0.tracker.example/a.gif">' + live),

    // what is no tag, is no attribute, or stays
    same('the second src', 'the first of two attributes counts', '<img src="http://c0.kept.example/k.gif" src="http://c0.tracker.example/a.gif">'),
    same('the second src, in capitals', 'names have no case', '<img src="http://c0.kept.example/k.gif" SRC="http://c0.tracker.example/a.gif">'),
    same('an empty first src', 'an empty src loads nothing, and the second is ignored', '<img src="" src="http://c0.tracker.example/a.gif">'),
    same('within another attribute', 'a value is text', '<img alt="<img src=http://c0.tracker.example/a.gif>">'),
    same('within a value of single quotes', 'a value is text', "<p title='<script src=\"http://c0.tracker.example/a.js\"></script>'>a</p>"),
    same('a space after <', '"< img" is text', '< img src="http://c0.tracker.example/a.gif">'),
    same('an end tag', 'end tags have no attributes', '</img src="http://c0.tracker.example/a.gif"></script src="http://c0.tracker.example/a.js">'),
    same('a name that goes on', 'an unknown element loads nothing', '<imgx src="http://c0.tracker.example/a.gif"><scripts src="http://c0.tracker.example/a.js"></scripts>'),
    same('a custom element', 'an element of the site loads nothing', '<my-img src="http://c0.tracker.example/a.gif"></my-img>'),
    same('a vertical tab after the name', 'a vertical tab is part of the name', '<img\x0bsrc="http://c0.tracker.example/a.gif">'),
    same('NUL in the name', 'the element is "im\ufffdg"', '<im\0g src="http://c0.tracker.example/a.gif">'),
    same('NUL in the name of the attribute', 'the attribute is "s\ufffdrc"', '<img s\0rc="http://c0.tracker.example/a.gif">'),
    same('NUL in the host', 'U+FFFD is not allowed in a host', '<img src="http://c0.tracker\0.example/a.gif">'),
    same('a name that begins with =', 'the attribute is "=src"', '<img =src="http://c0.tracker.example/a.gif">'),
    same('a name that begins with a quote', 'the attribute is "\'src"', '<img \'src="http://c0.tracker.example/a.gif">'),
    same('data-src', 'no attribute that a browser fetches', '<p data-href="http://c0.tracker.example/a">a</p>'),
    same('a link to click', 'an anchor fetches nothing by itself', '<a href="http://c0.tracker.example/a.html">a</a>'),
    same('a form', 'a form is sent by the visitor', '<form action="http://c0.tracker.example/a"><button formaction="http://c0.tracker.example/b">a</button></form>'),
    same('a citation', 'cite is never fetched', '<blockquote cite="http://c0.tracker.example/a">a</blockquote><q cite="http://c0.tracker.example/b">b</q><del cite="http://c0.tracker.example/c">c</del>'),
    same('longdesc and usemap', 'neither is fetched', '<img src="http://c0.kept.example/k.gif" longdesc="http://c0.tracker.example/a" usemap="http://c0.tracker.example/#b">'),
    same('an attribute of another element', 'no background on p, no src on div', '<p background="http://c0.tracker.example/a.gif">a</p><div src="http://c0.tracker.example/b.gif" poster="http://c0.tracker.example/c.gif" data="http://c0.tracker.example/d">b</div>'),
    same('href of an image', 'href is nothing on img', '<img href="http://c0.tracker.example/a.gif">'),
    same('src of a link', 'src is nothing on link', '<link rel=stylesheet src="http://c0.tracker.example/a.css">'),
    same('an area', 'an area is for clicking', '<map name=a><area href="http://c0.tracker.example/a.html" shape=default></map>'),
    same('text', 'text is text', 'http://c0.tracker.example/a.js src="http://c0.tracker.example/b.js"'),
    same('a tag of entities', 'entities make no tags', '&lt;img src="http://c0.tracker.example/a.gif"&gt;&#60;img src="http://c0.tracker.example/b.gif"&#62;'),
    same('an unclosed tag at the end', 'a tag that the page cuts is dropped', '<p>a</p><img src="http://c0.kept.example/k.gif" alt="a"><img alt="', {}),
];
