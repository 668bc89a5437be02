// node lolhtml.js LOLHTML [-n PASSES] [-o FOLDER] HOSTS FILE...
//
// lol-html's WebAssembly: the same as lolhtml.rs.

'use strict';

const fs = require('fs');
const path = require('path');

const CHUNK = 16384;

const FETCHES = {
    'script[src]': 'src',
    'iframe[src]': 'src',
    'img[src]': 'src',
    'link[href]': 'href',
    'embed[src]': 'src',
    'source[src]': 'src',
};

const args = process.argv.slice(2);
const { HTMLRewriter } = require(path.resolve(args.shift()));
const options = {};

while (args[0].startsWith('-')) {
    options[args.shift()] = args.shift();
}

const hosts = new Set(fs.readFileSync(args.shift(), 'latin1').trim()
                        .split('\n'));
const pages = args.map((file) => fs.readFileSync(file));

function refused(url) {
    const m = /^\s*(?:https?:)?\/\/([^/?#:]+)/i.exec(url);

    if (!m) {
        return false;
    }

    for (let name = m[1].toLowerCase(); ; ) {
        if (hosts.has(name)) {
            return true;
        }

        const dot = name.indexOf('.');

        if (dot < 0) {
            return false;
        }

        name = name.slice(dot + 1);
    }
}

function rewrite(page, sink) {
    const rewriter = new HTMLRewriter('utf-8', sink);

    for (const [selector, name] of Object.entries(FETCHES)) {
        rewriter.on(selector, {
            element(el) {
                if (refused(el.getAttribute(name))) {
                    el.remove();
                }
            },
        });
    }

    for (let at = 0; at < page.length; at += CHUNK) {
        rewriter.write(page.subarray(at, at + CHUNK));
    }

    rewriter.end();
    rewriter.free();
}

if (options['-o']) {
    pages.forEach((page, i) => {
        const out = [];
        rewrite(page, (chunk) => out.push(Buffer.from(chunk)));
        fs.writeFileSync(`${options['-o']}/${i}`, Buffer.concat(out));
    });

} else {
    for (let n = Number(options['-n'] || 1); n > 0; n--) {
        const start = process.cpuUsage();
        let bytes = 0;
        let written = 0;

        for (const page of pages) {
            rewrite(page, (chunk) => { written += chunk.length; });
            bytes += page.length;
        }

        const { user, system } = process.cpuUsage(start);

        console.log(bytes, ((user + system) / 1e6).toFixed(9), written);
    }
}
