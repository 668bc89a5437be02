// Where a page's head begins, for test_head.c:
//
//     node t/unit/head_vectors.mjs [COUNT [SEED]] > t/unit/head_vectors.tsv
//
// parse5 7 comes from npm, in a folder of its own.  The columns: the page, the
// offset at which its head is opened ('-': it ends before), and 1 if a DOCTYPE
// or a tag html, head, body or frameset was there by then.  A script that is put
// there must become the first child of the head, in a tree that is otherwise as
// it was.  A byte order mark is the decoder's, which parse5 has none of.

import { parse, Parser, Token } from 'parse5';

const [ count = '300', first = '1' ] = process.argv.slice(2);
const script = '<script>"here"</script>';
const mark = '\u00ef\u00bb\u00bf';

const pages = [
  '<html><head><title>a</title>', '<!doctype html><html><head><p>a',
  '<!DOCTYPE html>\n<html lang=en>\n<head>\n<title>a</title>',
  '<HTML><HEAD><TITLE>a', '<head><title>a', '<head/><title>a',
  '<head a="1>" b=\'>\' c=>>a', '<head\n><link>', '<!doctype html><title>a',
  '<title>a</title>b', '<p>a', 'a', 'a<html><head><title>b', ' a', '\n\t\f\r a',
  '\u000ba', '\u0000a', '\u00a0a', '<3', '<<p>', '< p>', 'a<head>', '&amp;',
  '<body>a', '<body><head><title>b', '<html><body>a', '<html>\n<body>\na',
  '<!doctype html><body onload=x>', '<frameset><frame>', '<html><frameset>',
  '<head></head><frameset>', '<noscript><img></noscript>',
  '<head><noscript><link></noscript>', '<template><p></template>',
  '<!-- a --><html><!-- b --><head><!-- c --><title>d',
  '<!-- <head> --><head>a', '<!--><head>a', '<!---><p>', '<!-- --!><p>',
  '<!-- -- ><head>--><p>', '<!-- <head>', '<?xml version="1.0"?><html><p>',
  '<?php <head> ?><head>a', '<!x><head>a', '<![CDATA[<head>]]><p>', '</3><head>a',
  '</><head>a', '<!doctype>a', '<!doctypehtml><p>', '<!doctyp html><p>',
  '<!DocType HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "a>b"><head>c',
  '<!-- a --><!doctype html><p>', '<html><!doctype html><p>',
  '<p><!doctype html>', '<!doctype html><!doctype html><head>a',
  '</head><p>', '</body>a', '</html>a', '</br>a', '</p><head>a', '</a><p>',
  '</title><p>', '</frameset><p>', '<html></head><p>', '<html></html>a',
  '<html></body><title>a', '<head></head><body>', '<head></html><p>',
  '<html><html lang=en><head>a', '<html><head><html><head><p>', '<head><head>a',
  '<base href=/><title>a', '<meta charset=utf-8>a', '<link>', '<style>a</style>',
  '<script>a</script><head>', '<svg><head>', '<math>', '<table><tr>',
  '<select><head>', '<textarea><head>', '<plaintext><head>', '<xmp><head>',
  '<iframe><head></iframe>', '<header>a', '<heads>a', '<hea>a', '<htm>a',
  '<html5><head>a', '<bodyx>', '<br><head>', '<br/>', '<html/><head/>a',
  '<html a=<head>><p>', '<head a=b/>c', '<abcdefghijklmnopqrstuvwxyz><p>',
  '</abcdefghijklmnopqrstuvwxyz><p>', '<h\u0000ead><p>', '<head\u0000><p>',
  '', ' \n ', '<!doctype html>', '<html>', '<head>', '<!doctype html><html> ',
  '<html><head> ', '<head> <title>a', '<html> <p>', '<head>\n<!-- a --><p>',
  mark + '<p>', mark + 'a', mark + '<!doctype html><head>a', mark + ' <p>',
  mark + mark + '<head>a', '\u00ef\u00bba<p>', ' ' + mark + '<head>a',
  mark + '<frameset><frame>', mark,
];

const words = `<html> <html_a=1> <head> <head_x=">"> <body> </html> </head> </body>
    </br> </p> </x> <!--a--> <!--> <!----!> <!doctype_html> <!doctypehtml> <?x?>
    <!x> </> <title>a</title> <script>a</script> <p> <frameset> <template>
    <noscript> <meta> <base> a \u0000 < <svg> <HEAD> <hEaD/> <Html> <header>
    <table> <br>`.split(/\s+/).concat([ ' ', '\n', '\f', '\r\n', '\t' ]);


let seed = Number(first);

function random(n) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor(seed / 65536) % n;
}


// the tree without the script; null where that is not the head's first child

function tree(html, ours) {
    const document = parse(html);
    const root = document.childNodes.find(n => n.nodeName === 'html');
    const head = root.childNodes.find(n => n.nodeName === 'head');

    if (ours) {
        const node = head.childNodes.shift();

        if (node?.nodeName !== 'script'
            || node.childNodes[0].value !== '"here"')
        {
            return null;
        }
    }

    return JSON.stringify(document, (key, value) =>
        [ 'parentNode', 'namespaceURI' ].includes(key) ? undefined : value);
}


// Where the first token ends that is the head's start tag, or where another
// begins that opens it unsaid; and whether a document's token was there by then.

function begins(html) {
    let at = null;
    let text = false;
    let found = 0;

    class Reader extends Parser {
        watch(token, read) {
            const before = this.headElement;

            if (!before
                && (token.type === Token.TokenType.DOCTYPE
                    || (token.type === Token.TokenType.START_TAG
                        && [ 'html', 'head', 'body', 'frameset' ]
                            .includes(token.tagName))))
            {
                found = 1;
            }

            read.call(this, token);

            if (!before && this.headElement && at === null) {
                at = token.type === Token.TokenType.START_TAG
                     && token.tagName === 'head' ? token.location.endOffset
                                                 : token.location.startOffset;
                text = token.chars !== undefined;
            }
        }

        onDoctype(token) { this.watch(token, super.onDoctype); }
        onComment(token) { this.watch(token, super.onComment); }
        onStartTag(token) { this.watch(token, super.onStartTag); }
        onEndTag(token) { this.watch(token, super.onEndTag); }
        onCharacter(token) { this.watch(token, super.onCharacter); }
        onNullCharacter(token) { this.watch(token, super.onNullCharacter); }
        onWhitespaceCharacter(token) {
            this.watch(token, super.onWhitespaceCharacter);
        }
    }

    new Reader({ sourceCodeLocationInfo: true }).tokenizer.write(html, true);

    // parse5 says of a text that begins with '<' where it goes on, and takes
    // "</>", which is nothing, for a part of the text behind it

    if (html[at - 1] === '<') {
        at--;
    }

    while (text && html.startsWith('</>', at)) {
        at += 3;
    }

    // where nothing comes behind it, there is nothing to be the first of

    if (at === null || at === html.length || (text && html.slice(at) === '<')) {
        return [ null, 0 ];
    }

    if (tree(html.slice(0, at) + script + html.slice(at), 1) !== tree(html)) {
        throw new Error(`${JSON.stringify(html)}: not ${at}`);
    }

    return [ at, found ];
}


for (let i = 0; i < Number(count); i++) {
    pages.push(Array.from({ length: 1 + random(6) },
                          () => words[random(words.length)].replace('_', ' '))
                    .join(''));
}

for (const page of new Set(pages)) {
    const skip = page.startsWith(mark) ? mark.length : 0;
    const html = page.slice(skip);
    const [ at, found ] = begins(html);

    console.log([
        page.replace(/[^ -~]|\\/g, c => '\\x' + c.charCodeAt(0).toString(16)
                                                 .padStart(2, '0')),
        at === null ? '-' : skip + at,
        found,
    ].join('\t'));
}
