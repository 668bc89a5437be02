// A site for each consent platform, as its users would build it: an origin that
// knows nothing of consent, and nginx with the module before it.

import http from 'node:http';

import { CATEGORIES as TITLES, listen, nginx } from './nginx.mjs';

export const CATEGORIES = [ 'performance', 'advertising', 'sharing' ];

// what the origin sets on every page, and what each cookie waits for
export const COOKIES = {
    session: null, stat: 'performance', ad: 'advertising', share: 'sharing',
};

// who is in every page, of which category
export const TRACKERS = {
    'metrics.example': 'performance',
    'ads.example': 'advertising',
    'share.example': 'sharing',
};

const TABLE = `
    consent_table site {
        ${TITLES}

        provider "Own" essential { cookie session; }
        provider "Metrics" performance {
            url metrics.example; cookie stat; inline metricsQueue;
        }
        provider "Ads" advertising {
            url ads.example; cookie ad; inline adsQueue;
        }
        provider "Share" sharing {
            url share.example; cookie share; inline shareQueue;
        }

        %MORE%
    }`;


// third-party elements as vendors have them pasted into a page

const ELEMENTS = {
    script: (host) => `<script src="https://${host}/script.js"></script>`,
    inline: (host) => `<script>${host.split('.')[0]}Queue = [];`
        + ` new Image().src = "https://${host}/inline.gif";</script>`,
    image: (host) => `<img src="https://${host}/image.gif" alt="">`,
    frame: (host) => `<iframe src="https://${host}/frame.html"></iframe>`,
};

const FILES = {
    script: 'script.js', inline: 'inline.gif', image: 'image.gif',
    frame: 'frame.html',
};

export const FORMS = Object.keys(FILES);


export const requests = (host, forms) => forms.map(f => `${host}/${FILES[f]}`);

const html = ({ head, body, trackers }) => `<!DOCTYPE html>
<html lang=en>
<head>
<meta charset=utf-8>
<title>Shop</title>
${head}
</head>
<body>
<h1>Shop</h1>
${Object.keys(trackers).flatMap(
    host => FORMS.map(form => ELEMENTS[form](host))).join('\n')}
${body ?? ''}
</body>
</html>
`;


// The origin.  asked: the names of the cookies that each page was asked with,
// by host.

export class Origin {

    static async start(port, sites) {
        const o = new Origin();

        o.asked = {};

        return Object.assign(o, await listen(http.createServer((req, res) => {
            const site = sites.find(s => req.headers.host.startsWith(
                `${s.name}.`));

            o.heard(req.headers.host).push(names(req.headers.cookie));

            res.writeHead(site ? 200 : 404, {
                'Content-Type': 'text/html',
                'Set-Cookie': Object.keys(site?.cookies ?? {}).map(
                    name => `${name}=1; Path=/; Max-Age=3600`),
            });
            res.end(site ? html(site) : '');
        }), port));
    }

    heard(host) {
        return this.asked[host] ??= [];
    }
}

const names = (header = '') => header.split('; ')
    .map(pair => pair.split('=')[0]).filter(Boolean).sort();


// Each site by HTTP/1.1 and by HTTP/2, with consent, and without as NAME-off.

export function shop(work, module, sites, { libraries, origin, tls,
                                                  port })
{
    const common = `
        listen 127.0.0.1:${port.http1} ssl;
        listen 127.0.0.1:${port.http2} ssl http2;

        location / {
            proxy_set_header Host $host;
            proxy_pass http://127.0.0.1:${origin};
        }
        location /lib/ { alias ${libraries}/node_modules/; }
        location = /favicon.ico { return 204; }`;

    const servers = sites.map(site => `
    server {
        server_name ${site.name}.shop.example;

        consent site;
        consent_sweep on;
        ${site.source}
        ${site.markup ? `consent_markup ${site.markup};` : ''}

        location = /verdict {
            default_type text/plain;
            return 200 "$consent_state|$consent_granted|$http_cookie";
        }
        ${common}
    }

    server {
        server_name ${site.name}.plain.example;
        ${common}
    }`).join('');

    return nginx(work, module, port.http1, `
    ${tls.nginx}
    server_names_hash_bucket_size 128;
    large_client_header_buffers 4 32k;
    ${TABLE.replace('%MORE%', sites.map(s => s.providers ?? '').join(''))}
    ${servers}`);
}
