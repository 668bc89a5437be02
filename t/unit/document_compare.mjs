#!/usr/bin/env node

// Start tags of whole documents, against parse5: document_compare.mjs TOOL
// COUNT [SEED [FILE...]]
//
// TOOL is objs/consent-tokens; parse5 7 comes from npm, in a folder of its own:
// run by hand.  Each document is a random row of tags that change how what
// follows is read, or a file.  parse5 ignores raw text elements in a select, as
// the standard did once; browsers do not any more, so no select is among them.

import { Parser } from 'parse5';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { spawn } from 'node:child_process';

const [ path, count = '10000', first = '1', ...files ] = process.argv.slice(2);

const words = `<svg> </svg> <math> </math> <mi> </mi> <desc> </desc> <title>
    </title> <foreignObject> </foreignObject> <style> </style> <script>
    </script> <textarea> </textarea> <p> </p> <div> </div> <b> </b> <a> </a> <g>
    </g> <img> <br> </br> <font/color=a> <font> </font> <![CDATA[ x> y]]> <!--
    --> --!> <noscript> </noscript> <iframe> </iframe> <xmp> </xmp> <table>
    </table> <tr> <td> </td> <annotation-xml/encoding=text/html>
    <annotation-xml> </annotation-xml> <mglyph> <svg/> <script/> <template>
    </template> <input> <span> </span> <li> <ul> </ul> <noembed> </noembed>
    <i/x=1> a <button> </button> <h1> </h1> <path/> <path> </path> <section>
    </section> <malignmark> <form> </form> <image> <mtext> </mtext> <frameset>
    <frame> <noframes> </noframes> <body> <head> </head> <html> <meta> <link>
    <base>`.split(/\s+/);

const tool = spawn(path);
const waiting = [];

createInterface({ input: tool.stdout })
    .on('line', line => waiting.shift()(JSON.parse(line).tokens));


// as a browser reads it that runs scripts

function expected(html) {
    const tags = [];

    class Reader extends Parser {
        onStartTag(token) {
            tags.push([ token.tagName,
                        Object.fromEntries(token.attrs.map(
                            a => [ a.name, a.value ])),
                        token.selfClosing ]);
            super.onStartTag(token);
        }
    }

    new Reader({ scriptingEnabled: true }).tokenizer.write(html, true);

    return tags;
}


function actual(html) {
    return new Promise(done => {
        waiting.push(tokens => done(tokens.map(t => t.slice(1, 4))));
        tool.stdin.write(JSON.stringify({
            id: 1, mode: 'document', chunks: [],
            b64: Buffer.from(html).toString('base64') }) + '\n');
    });
}


async function differ(html, name) {
    const [ a, b ] = [ expected(html), await actual(html) ]
        .map(tags => tags.map(t => JSON.stringify(t)));
    const i = a.findIndex((t, n) => t !== b[n]);

    if (i < 0 && a.length === b.length) {
        return 0;
    }

    const n = i < 0 ? a.length : i;
    console.log(`${name}\n    parse5 has ${a[n]}, we have ${b[n]}`);

    return 1;
}


// mulberry32: a seed gives the same documents again

let seed = Number(first);

function random(n) {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) % n;
}


let checked = 0, wrong = 0;

for (const file of files) {

    // whatever the encoding, beyond ASCII nothing matters
    const html = readFileSync(file, 'latin1').replace(/[\x80-\xff]/g, '?');

    checked++;
    wrong += await differ(html, file);
}

for (let i = 0; i < Number(count); i++) {
    const html = Array.from({ length: 2 + random(10) },
                            () => words[random(words.length)]).join('');
    checked++;
    wrong += await differ(html, html);
}

console.log(`${checked - wrong} passed, ${wrong} failed`);
tool.stdin.end();
