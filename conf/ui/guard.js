/*
 * consent_guard: what the edge cannot see happens in the page.  This is the
 * source of src/ngx_consent_guard_script.c, which conf/ui/minify.sh writes.
 *
 * The module calls the function with the rows of what is refused:
 *
 *     u  consent_uri                 c  names of the categories
 *     q  the required ones, a mask   g  the granted ones, a mask
 *     p  1 if single providers differ from their categories
 *     t  elements and requests are held back: 0 with consent_tags off
 *     f  consent_first_party         o  cookies that nobody takes away
 *     x  URLs that no row names: a mask to wait for, -1: refused, 0: pass
 *     y  cookies, likewise
 *     n  providers of which nothing is refused
 *     r  [provider, mask to wait for, platform, urls, cookies, storage keys,
 *        what is granted of it, where p is 1]
 *
 * What goes wrong in here changes nothing: each wrapper falls through.
 */

(function (data) {
    'use strict';

    const page = window, doc = document;

    if (page.consent || !page.Proxy || !page.WeakMap) {
        return;
    }

    const apply = Reflect.apply;
    const proto = name => page[name] && page[name].prototype;
    const getter = (object, name) =>
        (Object.getOwnPropertyDescriptor(object, name) || {}).get;
    const attempt = (f, otherwise) => {
        try {
            return f();
        } catch (e) {
            return otherwise;
        }
    };

    const element = Element.prototype, node = Node.prototype;
    const get = element.getAttribute, put = element.setAttribute;
    const has = element.hasAttribute, drop = element.removeAttribute;
    const get_cookie = getter(Document.prototype, 'cookie')
                       || getter(proto('HTMLDocument') || {}, 'cookie');
    const set_html = (Object.getOwnPropertyDescriptor(element, 'innerHTML')
                      || {}).set;
    const insert = node.insertBefore, remove_item =
        (proto('Storage') || {}).removeItem;
    const fetch = page.fetch;

    const attr = name => 'data-consent' + (name ? '-' + name : '');

    let granted = data.g;


    /* The table, as src/ngx_consent_table_url.c and _name.c look it up. */

    const hosts = new Map(), site = [], any = [];
    const cookies = { exact: new Map(), open: [], last: [] };
    const items = { exact: new Map(), open: [], last: [] };

    /* names are compared byte by byte */
    const bytes = s => /[^\0-\x7f]/.test(s)
                       ? unescape(encodeURIComponent(s)) : s;
    const like = (s, end) => new RegExp('^' + s.split('*').map(
        p => p.replace(/[^\w]/g, '\\$&')).join('[^]*') + end);
    const push = (map, key, value) => {
        const list = map.get(key);
        list ? list.push(value) : map.set(key, [ value ]);
    };
    const literal = s => s.replace(/\*/g, '').length;

    const add_url = (rule, pattern) => {
        const parts = /^([^/?]*)([^?]*)\??([^]*)$/.exec(bytes(pattern));
        const path = parts[2], wild = path.indexOf('*') >= 0;

        rule.path = path;
        rule.test = wild && like(path, '(?:/|$)');
        rule.args = parts[3] && parts[3].split('&').map(a => {
            const pair = /^([^=]*)(=?)([^]*)$/.exec(a);
            return [ pair[1], pair[2] && like(pair[3], '$') ];
        });
        rule.rank = (literal(path) * 2 + !wild) * 256
                    + Math.min(rule.args ? rule.args.length : 0, 255);

        parts[1] === '' ? site.push(rule)
            : parts[1] === '*' ? any.push(rule) : push(hosts, parts[1], rule);
    };

    const add_name = (rule, names, row) => {
        const pattern = bytes(row.pop ? row[0] : row);
        const wild = pattern.indexOf('*') >= 0;

        rule.rank = literal(pattern) * 512 + (row.pop ? row[1] : 0);

        if (pattern[0] === '~') {
            rule.test = attempt(() => pattern[1] === '*'
                                      ? new RegExp(pattern.slice(2), 'i')
                                      : new RegExp(pattern.slice(1)));
            rule.rank %= 512;
            rule.test && names.last.push(rule);

        } else if (wild) {
            rule.test = like(pattern, '$');
            names.open.push(rule);

        } else {
            push(names.exact, pattern, rule);
        }
    };

    data.r.forEach(group => {
        const rule = () => ({
            needs: group[1], platform: group[2],
            given: group.length > 6 ? group[6] : -1,
        });

        group[3].forEach(row => add_url(rule(), row));
        group[4].forEach(row => add_name(rule(), cookies, row));
        group[5].forEach(row => add_name(rule(), items, row));
    });

    const missing = rule =>
        rule.needs & ~(rule.given === -1 ? granted : rule.given);

    /* of equally specific rules all categories are needed */
    const best = (rules, matches) => {
        let found = null;

        for (const rule of rules) {
            if ((!found || rule.rank >= found.rank) && matches(rule)) {
                if (!found || rule.rank > found.rank) {
                    found = { rank: rule.rank, missing: 0 };
                }
                found.missing |= missing(rule);
            }
        }

        return found;
    };

    const percent = (s, which) => s.replace(/%([\da-f]{2})/gi, (all, hex) => {
        const c = String.fromCharCode(parseInt(hex, 16));
        return which.test(c) ? c : all;
    });

    const path_fits = (rule, path) => rule.test ? rule.test.test(path)
        : path.startsWith(rule.path)
          && (!rule.path || path.length === rule.path.length
              || path[rule.path.length] === '/');

    const find_url = url => {
        const host = url.hostname.replace(/\.$/, '');
        const path = percent(url.pathname, /[\w.~-]/);
        let args = null, first = host === page.location.hostname;

        for (const name of data.f) {
            first = first || host === name
                || (name[0] === '.' && ('.' + host).endsWith(name));
        }

        const has_args = rule => !rule.args || rule.args.every(wanted => {
            args = args || url.search.slice(1).split('&')
                .filter(a => a).map(a => /^([^=]*)=?([^]*)$/.exec(a).slice(1)
                    .map(s => percent(s.replace(/\+/g, ' '), /[^]/)));
            return args.some(a => a[0] === wanted[0]
                                  && (!wanted[1] || wanted[1].test(a[1])));
        });
        const fits = (rule, at) => path_fits(rule, at) && has_args(rule);
        const here = rule => fits(rule, path);

        /* the longest host that has a row for this path decides */
        const own = hosts.get(host) || [];
        const chain = [ hosts.get('=' + host) || [],
                        first ? own.concat(site) : own ];
        let all = chain[0].concat(own);

        for (let i; (i = host.indexOf('.', i) + 1) > 0;) {
            const rules = hosts.get(host.slice(i));

            if (rules) {
                chain.push(rules);
                all = all.concat(rules);
            }
        }

        let found = null;

        for (const rules of chain) {
            found = found || best(rules, here);
        }

        for (let i = -1; !found && (i = path.indexOf('/', i + 1)) >= 0;) {
            /* at every slash: the best of all of them */
            const rest = any.map(rule => Object.assign({}, rule));
            found = best(rest, rule => {
                for (let at = i; at >= 0; at = path.indexOf('/', at + 1)) {
                    if (fits(rule, path.slice(at))) {
                        return true;
                    }
                }
                return false;
            });
            break;
        }

        if (all.some(rule => rule.platform && here(rule))) {
            return 0;
        }

        return found ? found.missing : first ? 0 : unknown(data.x);
    };

    const unknown = mask => mask < 0 ? -1 : mask & ~granted;

    /* What a URL waits for, a mask; -1: nothing brings it back; 0: it passes */

    const judge = value => attempt(() => {
        const url = new URL(String(value), doc.baseURI);
        return /^(https?|wss?|ftp):$/.test(url.protocol) ? find_url(url) : 0;
    }, 0);

    const find_name = (names, name) => {
        name = bytes(name);

        const test = rule => rule.test.test(name);

        return best(names.exact.get(name) || [], () => true)
               || best(names.open, test) || best(names.last, test);
    };

    const judge_cookie = name => {
        const own = data.o.some(s => s.slice(-1) === '*'
                                     ? name.startsWith(s.slice(0, -1))
                                     : name === s);
        const found = own || find_name(cookies, name);

        return own ? 0 : found ? found.missing : unknown(data.y);
    };

    const judge_item = name => (find_name(items, name) || {}).missing;


    /* Elements: the same inert form as the edge's. */

    const FETCH = {
        script: 'src', iframe: 'src', frame: 'src', embed: 'src',
        object: 'data', img: 'src srcset', source: 'src srcset',
        input: 'src', video: 'src poster', audio: 'src', track: 'src',
        link: 'href imagesrcset', a: 'ping', area: 'ping', image: 'href',
        feimage: 'href',
    };

    const SELECTOR = Object.keys(FETCH).filter(s => s.length > 1).join()
                     + ',[ping]';
    const MAYBE = new RegExp('<(?:' + Object.keys(FETCH).filter(
        s => s.length > 1).join('|') + ')\\b|\\bping', 'i');
    const LINK = /\b(stylesheet|(module)?preload|preconnect|(dns-)?prefetch|next|prerender|(mask-)?icon|apple-touch|manifest|compression-dictionary|subresource|import)\b/i;
    const SCRIPT = /^\s*$|^\s*module\s*$|(java|ecma|j|live)script/i;

    /* held by us, before they ran: they need not be made anew */
    const ours = new WeakSet();

    const names_of = mask => data.c.filter((name, i) =>
        mask > 0 && mask >> i & 1 && !(data.q >> i & 1));

    const local = el => String(el.localName).toLowerCase();

    const watches = (el, name) =>
        (' ' + FETCH[local(el)] + ' ').indexOf(' ' + name + ' ') >= 0;

    const fetches = (el, name) => {
        switch (local(el)) {

        case 'link':
            return LINK.test(get.call(el, 'rel'));

        case 'script':
            return SCRIPT.test(get.call(el, 'type') || '')
                   || has.call(el, attr());

        case 'input':
            return /^image$/i.test(get.call(el, 'type'));

        default:
            return true;
        }
    };

    const judge_value = (name, value) => {
        let mask = 0;

        value = String(value);

        const urls = /srcset$/.test(name)
            ? value.replace(/(\s[\d.]+[wxh])\s*,/g, '$1 ').split(/[\s]+/)
                .map(s => s.replace(/^,+|,+$/g, ''))
                .filter(s => s && !/^[\d.]+[wxh]$/.test(s))
            : name === 'ping' ? value.split(/\s+/) : [ value ];

        for (const url of urls) {
            const m = url && judge(url);
            mask = m < 0 || mask < 0 ? -1 : mask | m;
        }

        return mask;
    };

    /* 1 if the value must not come into that attribute: it is kept aside */

    const hold = (el, name, value, qualified) => {
        if (!fetches(el, name)) {
            return 0;
        }

        const mask = judge_value(name, value);

        if (!mask) {
            return 0;
        }

        const full = qualified || name;
        const aside = full.indexOf(':') > 0 ? full.replace(':', ':' + attr('.'))
            .replace('.', '') : attr(name);

        apply(put, el, [ aside, String(value) ]);
        apply(drop, el, [ full ]);

        if (local(el) === 'script' && get.call(el, 'type') !== 'text/plain') {
            if (has.call(el, 'type')) {
                apply(put, el, [ attr('type'), get.call(el, 'type') ]);
            }
            apply(put, el, [ 'type', 'text/plain' ]);
        }

        const waits = (get.call(el, attr()) || '').split(' ')
            .concat(names_of(mask)).filter((s, i, all) =>
                s && all.indexOf(s) === i);

        apply(put, el, [ attr(), waits.join(' ') ]);
        ours.add(el);

        return 1;
    };

    /* what was aside is of no use once the attribute has another value */

    const unhold = (el, name) => {
        if (has.call(el, attr(name))) {
            apply(drop, el, [ attr(name) ]);

            if (!/(^|:)data-consent-(?!type)/m.test(
                    el.getAttributeNames().join('\n')))
            {
                release_type(el);
                apply(drop, el, [ attr() ]);
            }
        }
    };

    const release_type = el => {
        if (local(el) === 'script' && get.call(el, 'type') === 'text/plain') {
            const type = get.call(el, attr('type'));

            type === null ? apply(drop, el, [ 'type' ])
                : apply(put, el, [ 'type', type ]);
        }

        apply(drop, el, [ attr('type') ]);
    };

    const check = el => {
        const names = FETCH[local(el)];

        for (const name of names ? names.split(' ') : []) {
            for (const full of [ name, name === 'href' && 'xlink:href' ]) {
                const value = full && get.call(el, full);
                if (value) {
                    hold(el, name, value, full);
                }
            }
        }
    };

    const sweep = root => {
        if (!root || (root.nodeType !== 1 && root.nodeType !== 11)) {
            return;
        }

        root.nodeType === 1 && check(root);

        if (root.firstElementChild) {
            root.querySelectorAll(SELECTOR).forEach(check);
        }
    };

    /* An attribute that is about to be set: 1 if it must not be. */

    const assign = (el, name, value) => {
        name = String(name).toLowerCase();

        const last = name.replace(/^.*:/, '');

        if (local(el) === 'link' && name === 'rel') {
            const href = get.call(el, 'href');
            href && LINK.test(value) && judge(href)
                && (apply(put, el, [ 'rel', value ]), check(el));
            return 0;
        }

        if (!watches(el, last)) {
            return 0;
        }

        if (hold(el, last, value, name)) {
            return 1;
        }

        unhold(el, last);
        return 0;
    };


    /* HTML that a script writes, read where nothing runs or is fetched */

    const inert = doc.implementation.createHTMLDocument('');

    /* A container with what has to be held held, or null if nothing has. */

    const read = (html, context) => {
        if (!MAYBE.test(html)) {
            return null;
        }

        const box = inert.createElementNS(
            context ? context.namespaceURI : 'http://www.w3.org/1999/xhtml',
            context ? context.localName : 'body');

        apply(set_html, box, [ html ]);

        const inside = box.content || box;
        let held = 0;

        inside.querySelectorAll(SELECTOR).forEach(el => {
            const had = has.call(el, attr());
            check(el);
            held |= !had && has.call(el, attr());
        });

        return held ? inside : null;
    };

    const move = (from, to) => {
        while (from.firstChild) {
            apply(insert, to, [ from.firstChild, null ]);
        }
        return to;
    };

    const TAG = /<!--[^]*?-->|<(script|style|textarea|title|xmp)\b((?:"[^"]*"|'[^']*'|[^"'>])*>)([^]*?)(?=<\/\1|$)|<([a-z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

    const rewrite = html => html.replace(TAG, (all, raw, rest, text, name) => {
        const tag = raw ? '<' + raw + rest : name ? all : '';
        const box = tag && read(tag);
        const el = box && box.firstElementChild;

        return el ? el.cloneNode(false).outerHTML.replace(/<\/[^>]*>$/, '')
                    + (raw ? text : '')
                  : all;
    });


    /*
     * Natives are wrapped in proxies, which have their names, lengths and
     * texts.  before: undefined and the native runs, or [ what is returned
     * instead ], or a function whose result that is.
     */

    const wrap = (object, name, kind, before, after) => attempt(() => {
        const d = Object.getOwnPropertyDescriptor(object, name);
        const trap = kind === 'new' ? 'construct' : 'apply';
        const slot = kind === 'new' || !kind ? 'value' : kind;

        if (!d || !d.configurable || !d[slot]) {
            return;
        }

        d[slot] = new Proxy(d[slot], {
            [trap](native, self, args) {
                const instead = attempt(() => kind === 'new'
                                              ? before(self) : before(self, args));

                if (instead) {
                    return typeof instead === 'function' ? instead()
                                                         : instead[0];
                }

                const result = kind === 'new'
                    ? Reflect.construct(native, self, args)
                    : apply(native, self, args);

                after && attempt(() => after(result, self, args));
                return result;
            },
        });

        Object.defineProperty(object, name, d);
    });

    const each = (object, names, kind, before, after) =>
        object && names.split(' ').forEach(
            name => wrap(object, name, kind, before, after));

    const seen = new WeakSet();

    const install = w => attempt(() => {
        if (!w || seen.has(w)) {
            return;
        }

        seen.add(w);

        const of = name => w[name] && w[name].prototype;

        install_cookies(of);
        install_storage(of);
        data.t && install_elements(of, w);
        data.t && install_requests(of, w);
    });


    const install_cookies = of => {
        const expired = text => {
            const age = /;[ \t]*max-age[ \t]*=[ \t]*(-?\d+)[ \t]*(;|$)/i
                .exec(text);
            const date = /;[ \t]*expires[ \t]*=([^;]*)/i.exec(text);

            return age ? Number(age[1]) <= 0
                       : date && Date.parse(date[1]) < Date.now();
        };

        const before = (self, args) => {
            const text = String(args[0]);
            const pair = text.split(';')[0];
            const name = pair.indexOf('=') < 0 ? ''
                : pair.split('=')[0].replace(/^[ \t]+|[ \t]+$/g, '');

            return judge_cookie(name) && !expired(text) ? [] : undefined;
        };

        each(of('Document'), 'cookie', 'set', before);
        each(of('HTMLDocument'), 'cookie', 'set', before);

        each(of('CookieStore'), 'set', '', (self, args) => {
            const name = args[0] && args[0].name !== undefined ? args[0].name
                                                               : args[0];
            return judge_cookie(String(name).trim())
                   ? [ Promise.resolve() ] : undefined;
        });
    };


    const install_storage = of => each(of('Storage'), 'setItem', '',
        (self, args) => judge_item(String(args[0])) ? [] : undefined);


    const install_elements = (of, w) => {

        const setters = {
            Script: 'src', IFrame: 'src', Frame: 'src', Embed: 'src',
            Object: 'data', Image: 'src srcset', Source: 'src srcset',
            Media: 'src', Video: 'poster', Track: 'src', Input: 'src',
            Link: 'href rel imageSrcset', Anchor: 'ping', Area: 'ping',
        };

        for (const key in setters) {
            for (const name of setters[key].split(' ')) {
                const object = of(`HTML${key}Element`);

                if (!object) {
                    continue;
                }

                wrap(object, name, 'set', (self, args) =>
                    assign(self, name, args[0]) ? [] : undefined);

                /* who asks what he has set is told */
                name !== 'rel' && wrap(object, name, 'get', self =>
                    has.call(self, attr(name)) && !has.call(self, name)
                    ? [ /srcset|ping/i.test(name) ? get.call(self, attr(name))
                        : new URL(get.call(self, attr(name)), doc.baseURI).href ]
                    : undefined);
            }
        }

        const el = of('Element');

        wrap(el, 'setAttribute', '', (self, args) =>
            assign(self, args[0], args[1]) ? [] : undefined);
        wrap(el, 'setAttributeNS', '', (self, args) =>
            assign(self, args[1], args[2]) ? [] : undefined);
        each(el, 'setAttributeNode setAttributeNodeNS', '', (self, args) =>
            assign(self, args[0].name, args[0].value) ? [ null ] : undefined);

        /* what comes in without a setter: clones, templates, other windows */

        const before = (self, args) => {
            for (const n of args) {
                n && n.nodeType && sweep(n);
            }
        };

        each(of('Node'), 'appendChild insertBefore replaceChild', '', before);
        for (const parent of [ el, of('Document'), of('DocumentFragment') ]) {
            each(parent, 'append prepend replaceChildren', '', before);
        }
        for (const child of [ el, of('CharacterData'), of('DocumentType') ]) {
            each(child, 'before after replaceWith', '', before);
        }
        each(el, 'insertAdjacentElement', '', (self, args) => sweep(args[1]));
        each(of('Range'), 'insertNode surroundContents', '', before);
        each(of('Document'), 'importNode adoptNode', '', before);

        /* HTML as text */

        const fill = (self, args) => {
            const box = read(String(args[0]), self.host || self);
            const target = self.content || self;

            return box && (() => {
                while (target.firstChild) {
                    target.removeChild(target.firstChild);
                }
                move(box, target);
            });
        };

        each(el, 'innerHTML', 'set', fill);
        each(of('ShadowRoot'), 'innerHTML', 'set', fill);
        each(el, 'setHTMLUnsafe', '', fill);

        wrap(el, 'outerHTML', 'set', (self, args) => {
            const parent = self.parentNode;
            const box = parent && read(String(args[0]), parent);

            return box && (() => {
                self.replaceWith(move(box, doc.createDocumentFragment()));
            });
        });

        wrap(el, 'insertAdjacentHTML', '', (self, args) => {
            const where = String(args[0]).toLowerCase();
            const beside = /^(beforebegin|afterend)$/.test(where);
            const parent = beside ? self.parentNode : self;
            const box = parent && read(String(args[1]), parent);
            const at = { beforebegin: self, afterend: self.nextSibling,
                         afterbegin: self.firstChild, beforeend: null }[where];

            return box && at !== undefined && (() => {
                apply(insert, parent, [
                    move(box, doc.createDocumentFragment()), at ]);
            });
        });

        wrap(of('Range'), 'createContextualFragment', '', (self, args) => {
            const start = self.startContainer;
            const box = read(String(args[0]),
                             start.nodeType === 1 ? start : start.parentNode);

            return box && (() => {
                const out = move(box, doc.createDocumentFragment());

                /* those of this fragment would run */
                out.querySelectorAll('script').forEach(s => s.parentNode
                    .replaceChild(anew(s), s));
                return out;
            });
        });

        each(of('Document'), 'write writeln', '', (self, args) => {
            if (reviving && doc.readyState !== 'loading') {
                return () => { page.location.reload(); };
            }

            const html = [].join.call(args, '');

            if (read(html)) {
                args.splice(0, args.length, rewrite(html));
            }
        });

        /* about:blank has natives of its own */

        for (const name of [ 'HTMLIFrameElement', 'HTMLObjectElement' ]) {
            each(of(name), 'contentWindow', 'get', () => {}, install);
            each(of(name), 'contentDocument', 'get', () => {},
                 d => d && install(d.defaultView));
        }

        wrap(w, 'Audio', 'new', args => judge_value('src', args[0] || '')
            ? () => {
                const audio = new w.Audio();
                audio.src = args[0];
                return audio;
            } : undefined);
    };


    const install_requests = (of, w) => {
        const url_of = input => input && typeof input === 'object'
                                && 'url' in input ? input.url : input;

        wrap(w, 'fetch', '', (self, args) => judge(url_of(args[0]))
            ? () => Promise.reject(new w.TypeError('Failed to fetch'))
            : undefined);

        wrap(of('Navigator'), 'sendBeacon', '', (self, args) =>
            judge(args[0]) ? [ true ] : undefined);

        const held = new WeakMap();

        wrap(of('XMLHttpRequest'), 'open', '', (self, args) => {
            held.delete(self);
            judge(args[1]) && held.set(self, args.length < 3 || args[2]);
        });

        wrap(of('XMLHttpRequest'), 'send', '', self => held.has(self) && (() => {
            if (!held.get(self)) {
                throw new w.DOMException('Failed to load', 'NetworkError');
            }
            setTimeout(() => [ 'error', 'loadend' ].forEach(type =>
                self.dispatchEvent(new w.ProgressEvent(type))));
        }));

        /* these fail without a request: of the port browsers ask nobody */

        const failing = {
            WebSocket: 'wss://consent.invalid:1/', EventSource: 'data:,',
            Worker: 'data:text/javascript,',
            SharedWorker: 'data:text/javascript,',
        };

        for (const name in failing) {
            wrap(w, name, 'new', args => {
                judge(args[0]) && (args[0] = failing[name]);
            });
        }
    };


    /* What is there already: cookies that scripts see, and storage. */

    const clear_cookies = () => {
        const text = attempt(() => apply(get_cookie, doc, []), '');
        const host = page.location.hostname;
        const domains = [ '' ], paths = [ '/' ];

        for (let h = host; h.indexOf('.') > 0; h = h.replace(/^[^.]*\./, '')) {
            domains.push('; domain=' + h);
        }

        page.location.pathname.replace(/[^/]+/g, (all, i, path) => {
            paths.push(path.slice(0, i + all.length),
                       path.slice(0, i + all.length) + '/');
        });

        for (const pair of text ? text.split('; ') : []) {
            const name = pair.split('=')[0];
            const found = pair.indexOf('=') > 0 && find_name(cookies, name);

            if (found && found.missing && judge_cookie(name)) {
                for (const domain of domains) {
                    for (const path of paths) {
                        doc.cookie = name + '=; max-age=0; path=' + path
                                     + domain;
                    }
                }
            }
        }
    };

    const clear_storage = () => [ 'localStorage', 'sessionStorage' ].forEach(
        name => attempt(() => {
            const area = page[name];

            Object.keys(area).forEach(key => {
                judge_item(key) && apply(remove_item, area, [ key ]);
            });
        }));

    const clear = () => {
        attempt(clear_cookies);
        clear_storage();
    };


    /* Tags that wait come back, in document order. */

    let reviving = 0;

    const policy = attempt(() => page.trustedTypes.createPolicy('consent', {
        createScriptURL: s => s, createScript: s => s, createHTML: s => s,
    }));
    const trusted = (kind, value) => policy ? policy['create' + kind](value)
                                            : value;

    const anew = old => {
        const el = doc.createElementNS(old.namespaceURI, old.localName);

        for (const a of Array.from(old.attributes)) {
            el.setAttributeNode(a.cloneNode());
        }

        el.nonce = old.nonce;
        el.text = trusted('Script', old.text);
        el.async = has.call(old, 'async');
        return el;
    };

    /* 1 if all that the element waits for is there */

    const may = el => (get.call(el, attr()) || '-').split(' ').every(name => {
        const i = data.c.indexOf(name);
        return i >= 0 && granted >> i & 1;
    }) && Array.from(el.attributes).every(a => {
        const name = /(?:^|:)data-consent-(.+)$/.exec(a.name);
        return !name || !watches(el, name[1]) || !judge_value(name[1], a.value);
    });

    const restore = el => {
        const stand = el.previousElementSibling;

        if (stand && stand.classList.contains('consent-placeholder')) {
            stand.remove();
            apply(drop, el, [ 'hidden' ]);
            apply(drop, el, [ 'inert' ]);
        }

        release_type(el);
        apply(drop, el, [ attr() ]);

        for (const a of Array.from(el.attributes)) {
            const name = a.name.replace(/(^|:)data-consent-/, '$1');

            if (name !== a.name) {
                el.removeAttributeNode(a);
                apply(put, el, [ name, local(el) === 'script' && name === 'src'
                    ? trusted('ScriptURL', a.value) : a.value ]);
            }
        }

        const parent = el.parentNode;
        local(el) === 'source' && parent && parent.load && parent.load();
    };

    const revive = () => {
        const list = Array.from(doc.querySelectorAll(`[${attr()}]`))
            .filter(may);

        if (list.some(el => has.call(el, attr('reload')))) {
            page.location.reload();
            return;
        }

        const now = [], later = [];

        for (const el of list) {
            if (local(el) !== 'script' || ours.has(el)) {
                restore(el);

            } else {
                const src = has.call(el, attr('src'));
                (src && has.call(el, 'defer')
                 || /module/i.test(get.call(el, attr('type')))
                 ? later : now).push(el);
            }
        }

        const next = () => {
            const old = now.shift() || later.shift();

            if (!old) {
                reviving = 0;
                return;
            }

            const src = has.call(old, attr('src'));
            const waits = src && !has.call(old, 'async');

            attempt(() => {
                /* its attributes, as they were; it has not run and never will */
                restore_script(old, waits);
            });

            waits || next();
        };

        const restore_script = (old, waits) => {
            const copy = old.cloneNode(true);

            copy.nonce = old.nonce;
            restore(copy);

            const el = anew(copy);

            if (waits) {
                el.addEventListener('load', next);
                el.addEventListener('error', next);
            }

            old.parentNode.replaceChild(el, old);
        };

        reviving = 1;
        next();
    };


    /* window.consent */

    const list = [];
    const names = () => names_of(granted);

    /* what it takes to call who asked for this name; null: no such name */

    const asks = name => {
        const i = data.c.indexOf(name);

        if (i >= 0) {
            return granted >> i & 1;
        }

        const groups = data.r.filter(group => group[0] === name);

        return groups.length
            ? groups.every(group => !missing({
                needs: group[1], given: group.length > 6 ? group[6] : -1 }))
            : data.n.indexOf(name) >= 0;
    };

    const tell = () => {
        for (const one of list.splice(0)) {
            asks(one[0]) ? attempt(() => one[1](names())) : list.push(one);
        }
    };

    const become = mask => {
        const lost = granted & ~mask, won = mask & ~granted;

        granted = mask;

        if (lost || (won && data.p)) {
            clear();
            page.location.reload();

        } else if (won) {
            doc.dispatchEvent(new CustomEvent('consentchange', {
                bubbles: true, detail: { granted: names() },
            }));
            tell();
            data.t && revive();
        }

        return names();
    };

    const ask = options => apply(fetch, page, [ data.u + 'choice',
        Object.assign({ credentials: 'same-origin', cache: 'no-store',
                        headers: { Accept: 'application/json',
                                   'Content-Type': 'application/json' } },
                      options) ]).then(r => {
        if (!r.ok) {
            throw new Error('consent: ' + r.status);
        }
        return r;
    });

    const update = () => ask({}).then(r => r.json()).then(choice =>
        become(data.c.reduce((mask, name, i) =>
            choice.granted.indexOf(name) >= 0 ? mask | 1 << i : mask, data.q)));

    attempt(() => Object.defineProperty(page, 'consent', {
        configurable: true,
        value: {
            get granted() {
                return names();
            },
            on(name, f) {
                list.push([ name, f ]);
                Promise.resolve().then(tell);
            },
            set: choice => ask({ method: 'POST',
                                 body: JSON.stringify(choice) }).then(update),
            update,
            open() {
                const event = new CustomEvent('consentopen', {
                    bubbles: true, cancelable: true,
                });
                doc.dispatchEvent(event)
                    && page.location.assign(data.u + 'policy#choice');
            },
        },
    }));


    clear();
    install(page);

    /* beneath all of it, what a parser brings that a script has fed */

    data.t && attempt(() => new MutationObserver(records => {
        for (const record of records) {
            record.addedNodes.forEach(n => attempt(() => sweep(n)));
        }
    }).observe(doc, { childList: true, subtree: true }));

    /* a property of localStorage is set unseen */

    for (const type of [ 'DOMContentLoaded', 'load', 'pagehide', 'storage',
                         'visibilitychange' ])
    {
        page.addEventListener(type, clear, true);
    }

    page.addEventListener('load', () => [ 100, 1000, 5000 ].forEach(
        ms => setTimeout(clear, ms)));

    /* a page that the browser had kept whole may be of another choice */

    page.addEventListener('pageshow', e => {
        e.persisted && update().catch(() => {});
    });
})
