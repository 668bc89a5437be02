/*
 * consent_guard: what the edge cannot see happens in the page.  This is the
 * source of src/ngx_consent_guard_script.c, which conf/ui/minify.sh writes.
 *
 * The module calls the function with the rows of what is refused:
 *
 *     u  consent_uri                 s  in there, where a choice is changed
 *     c  names of the categories
 *     q  the required ones, a mask   g  the granted ones, a mask
 *     p  how single providers differ from their categories, 0: none does
 *     t  elements and requests are held back: 0 with consent_tags off
 *     f  consent_first_party         o  cookies that nobody takes away
 *     x  URLs that no row names: a mask to wait for, -1: refused, 0: pass
 *     y  cookies, likewise
 *     r  [mask to wait for, 1: a platform's; of a provider that differs: what
 *        is granted of it; of one that may: its name; urls, cookies, storage
 *        keys]; of these providers each has one
 *
 * What goes wrong in here changes nothing: each wrapper falls through.
 */

data => {
    'use strict';

    const page = window, doc = document, { apply, construct } = Reflect;

    const attempt = (f, otherwise) => {
        try {
            return f();
        } catch {
            return otherwise;
        }
    };

    if (page.consent) {
        return;
    }

    const descriptor = Object.getOwnPropertyDescriptor;

    /* natives, before anybody has changed them: us, too */

    const native = (name, key, kind = 'value') => {
        const f = (descriptor(page[name]?.prototype ?? {}, key) ?? {})[kind];
        return (self, ...args) => apply(f, self, args);
    };

    const get = native('Element', 'getAttribute');
    const put = native('Element', 'setAttribute');
    const drop = native('Element', 'removeAttribute');
    const set_html = native('Element', 'innerHTML', 'set');
    const get_cookie = native('Document', 'cookie', 'get');
    const set_cookie = native('Document', 'cookie', 'set');
    const remove_item = native('Storage', 'removeItem');
    const fetch = page.fetch;

    const HELD = 'data-consent', ASIDE = HELD + '-';

    let granted = data.g, reviving;


    /* The table, as src/ngx_consent_table_url.c and _name.c look it up. */

    const hosts = {}, site = [], any = [];

    /* of names: by the whole of it, wildcards, expressions */
    const cookies = [ {}, [], [] ], items = [ {}, [], [] ];

    /* names are compared byte by byte */
    const bytes = s => unescape(encodeURIComponent(s));

    const like = (s, end) => new RegExp('^' + s.split('*').map(
        p => p.replace(/\W/g, '\\$&')).join('[^]*') + end);

    const push = (map, key, value) => (map['.' + key] ??= []).push(value);
    const literal = s => s.replace(/\*/g, '').length;

    data.r.forEach(([ needs, platform, given, , ...kinds ]) => {
        const rule = { needs, platform, given };
        const [ urls, ...more ] = kinds.map(
            text => text ? text.split('\t') : []);

        urls.forEach(row => {
            const [ , host, path, args ] =
                /^([^/?]*)([^?]*)\??([^]*)/.exec(bytes(row));
            const wild = path.includes('*');
            const wanted = args ? args.split('&').map(a => {
                const [ , name, is, value ] = /^([^=]*)(=?)([^]*)/.exec(a);
                return [ name, is && like(value, '$') ];
            }) : [];
            const u = { ...rule, path, wanted, test: wild && like(path, '(/|$)'),
                        rank: (literal(path) * 2 + !wild) * 256
                              + Math.min(wanted.length, 255) };

            host === '*' ? any.push(u) : host ? push(hosts, host, u)
                                              : site.push(u);
        });

        [ cookies, items ].forEach((names, i) => more[i].forEach(row => {
            const [ pattern, domain ] = bytes(row).split('\n');
            const wild = pattern.includes('*');
            const n = { ...rule, rank: literal(pattern) * 512 + ~~domain };

            if (pattern[0] === '~') {
                n.test = attempt(() => new RegExp(
                    pattern.replace(/^~\*?/, ''), pattern[1] === '*' ? 'i' : ''));
                n.rank %= 512;
                n.test && names[2].push(n);

            } else if (wild) {
                n.test = like(pattern, '$');
                names[1].push(n);

            } else {
                push(names[0], pattern, n);
            }
        }));
    });

    const missing = rule => rule.needs & ~(rule.given ?? granted);
    const unknown = mask => mask < 0 ? mask : mask & ~granted;

    /* of equally specific rules all categories are needed */
    const best = (rules, fits) => {
        let found;

        for (const rule of rules ?? []) {
            if (!(rule.rank < found?.rank) && fits(rule)) {
                if (!(rule.rank === found?.rank)) {
                    found = { rank: rule.rank, mask: 0 };
                }
                found.mask |= missing(rule);
            }
        }

        return found;
    };

    const decode = (s, which) => s.replace(/%([\da-f]{2})/gi, (all, hex) => {
        const c = String.fromCharCode('0x' + hex);
        return which.test(c) ? c : all;
    });

    const find_url = url => {
        const host = url.hostname.replace(/\.$/, '');
        const path = decode(url.pathname, /[\w.~-]/);
        const first = host === page.location.hostname
            || data.f.some(name => host === name
                || (name[0] === '.' && ('.' + host).endsWith(name)));
        const args = url.search.slice(1).split('&').filter(a => a).map(
            a => /^([^=]*)=?([^]*)/.exec(a).slice(1).map(
                s => decode(s.replace(/\+/g, ' '), /[^]/)));

        /* whole, or up to a slash; and the arguments, in any order */
        const fits = (rule, at) => (rule.test ? rule.test.test(at)
                : !rule.path || (at + '/').startsWith(rule.path + '/'))
            && rule.wanted.every(([ name, test ]) => args.some(
                a => a[0] === name && (!test || test.test(a[1]))));
        const here = rule => fits(rule, path);

        /* the longest host that has a row for this path decides */
        const chain = [ hosts['.=' + host], hosts['.' + host] ?? [] ];
        const listed = [ ...chain ];

        if (first) {
            chain[1] = chain[1].concat(site);
        }

        for (let i; (i = host.indexOf('.', i) + 1);) {
            chain.push(listed[i + 1] = hosts[host.slice(i - 1)]);
        }

        const found = chain.reduce((found, rules) => found ?? best(rules, here),
                                   undefined)
            ?? best(any, rule => {
                for (let i = -1; (i = path.indexOf('/', i + 1)) >= 0;) {
                    if (fits(rule, path.slice(i))) {
                        return 1;
                    }
                }
            });

        /* who cannot see the question can never answer it */
        return listed.flat().some(rule => rule?.platform && here(rule)) ? 0
            : found ? found.mask : first ? 0 : unknown(data.x);
    };

    /* What a URL waits for, a mask; -1: nothing brings it back; 0: it passes */

    const judge = value => attempt(() => {
        const url = new URL(value, doc.baseURI);
        return /^(http|ws|ftp)/.test(url.protocol) ? find_url(url) : 0;
    }, 0);

    const find_name = (names, name) => {
        const s = bytes(name), test = rule => rule.test.test(s);

        return best(names[0]['.' + s], () => 1)
               ?? best(names[1], test) ?? best(names[2], test);
    };

    const judge_cookie = name =>
        data.o.some(own => like(own, '$').test(name)) ? 0
            : (find_name(cookies, name) ?? { mask: unknown(data.y) }).mask;

    const judge_item = name => find_name(items, name)?.mask;


    /* Elements: the same inert form as the edge's. */

    const FETCH = {
        script: 'src href', iframe: 'src', frame: 'src', embed: 'src',
        object: 'data', img: 'src srcset', source: 'src srcset',
        input: 'src', video: 'src poster', audio: 'src', track: 'src',
        link: 'href imagesrcset', image: 'href', feimage: 'href',
        a: 'ping', area: 'ping',
    };

    const TAGS = Object.keys(FETCH);
    const SELECTOR = TAGS.slice(0, -2) + ',[ping]';
    const MAYBE = new RegExp(`<(${TAGS.join('|')})\\b`, 'i');
    const LINK = /sheet|load|fetch|connect|render|icon|touch|manifest|diction|subres|import|next/i;

    /* held by us before they ran: they need not be made anew */
    const ours = new WeakSet();

    const names_of = mask => data.c.filter(
        (name, i) => mask > 0 && (mask & ~data.q) >> i & 1);

    const local = el => el.localName.toLowerCase();

    const fetches = (el, name) => {
        const tag = local(el);

        return FETCH[tag]?.split(' ').includes(name)
            && (tag === 'link' ? LINK.test(get(el, 'rel'))
                : tag === 'input' ? /image/i.test(get(el, 'type'))
                : name === 'href' ? /svg/.test(el.namespaceURI)
                : tag !== 'script' || get(el, HELD) !== null
                  || /^\s*$|module|script/i.test(get(el, 'type') ?? ''));
    };

    /* a candidate's descriptor is a URL of the site's own to us */

    const judge_value = (name, value) =>
        (/set$|ping/.test(name) ? value.split(/[\s,]+/) : [ value ]).reduce(
            (mask, url) => {
                const more = url && judge(url);
                return mask < 0 || more < 0 ? -1 : mask | more;
            }, 0);

    /* 1 if the value must not come into that attribute: it is kept aside */

    const hold = (el, full, value, sure) => {
        const name = full.replace(/.*:/, '');
        const mask = (sure || fetches(el, name)) && judge_value(name, value);

        if (!mask) {
            return;
        }

        put(el, full.replace(/[^:]*$/, ASIDE + '$&'), value);
        drop(el, full);

        if (local(el) === 'script' && get(el, 'type') !== 'text/plain') {
            get(el, 'type') && put(el, ASIDE + 'type', get(el, 'type'));
            put(el, 'type', 'text/plain');
        }

        put(el, HELD, [ ...new Set((get(el, HELD) ?? '').split(' ')
            .concat(names_of(mask))) ].join(' ').trim());
        ours.add(el);

        return 1;
    };

    /* as it was before; with attributes that are aside, or without them */

    const free = (el, restore) => {
        drop(el, HELD);

        if (local(el) === 'script' && get(el, 'type') === 'text/plain') {
            drop(el, 'type');
        }

        for (const { name, value } of [ ...el.attributes ]) {
            const full = name.replace(ASIDE, '');

            if (full !== name) {
                drop(el, name);
                (restore || full === 'type') && put(el, full,
                    full === 'src' ? trusted('ScriptURL', value) : value);
            }
        }
    };

    const check = el => {
        for (const { name, value } of [ ...el.attributes ]) {
            hold(el, name, value);
        }
    };

    const sweep = root => {
        root?.attributes && check(root);
        root?.firstElementChild
            && root.querySelectorAll(SELECTOR).forEach(check);
    };

    /* An attribute that is about to be set: 1 if it must not be. */

    const assign = (el, name, value) => {
        const full = `${name}`.toLowerCase();

        if (full === 'rel' && local(el) === 'link' && LINK.test(value)) {
            const href = get(el, 'href');
            href && hold(el, 'href', href, 1);

        } else if (FETCH[local(el)]?.includes(full.replace(/.*:/, ''))) {

            if (hold(el, full, `${value}`)) {
                return [];
            }

            /* what is aside is of no use once there is another value */
            get(el, ASIDE + full) !== null && free(el);
        }
    };


    /* HTML that a script writes, read where nothing runs or is fetched */

    const inert = doc.implementation.createHTMLDocument('');

    /* Trusted Types; a site that lists its policies is asked for one more */

    const same = s => s;
    let policy;

    const trusted = (kind, value) => {
        policy ??= attempt(() => page.trustedTypes.createPolicy('consent', {
            createScriptURL: same, createScript: same, createHTML: same,
        }), 0);

        return policy && `${value}` === value ? policy['create' + kind](value)
                                              : value;
    };

    /* what it is read to, with what has to be held held; or nothing */

    const read = (html, context) => {
        if (!MAYBE.test(html)) {
            return;
        }

        const box = inert.createElementNS(
            context?.namespaceURI ?? 'http://www.w3.org/1999/xhtml',
            context?.localName ?? 'body');
        let held;

        set_html(box, trusted('HTML', html));

        const inside = box.content ?? box;

        inside.querySelectorAll(SELECTOR).forEach(el => {
            const before = get(el, HELD);
            check(el);
            held ||= get(el, HELD) !== before;
        });

        return held && inside;
    };

    const move = box => {
        const out = doc.createDocumentFragment();
        out.append(...box.childNodes);
        return out;
    };

    const rewrite = html => html.replace(
        /(<script\b(?:"[^"]*"|'[^']*'|[^"'>])*>)([^]*?)(?=<\/script|$)|<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi,
        (all, script, text = '') => {
            const el = read(script ?? all)?.firstElementChild;

            return el ? el.cloneNode().outerHTML.replace(/<\/[^>]*>$/, '')
                        + text : all;
        });


    /*
     * Natives are wrapped in proxies, which have their names, lengths and
     * texts.  before: nothing and the native runs, or [ what is returned
     * instead ], or a function whose result that is.
     */

    const wrap = (object, names, kind, before, after) =>
        names.split(' ').forEach(name => attempt(() => {
            const d = descriptor(object, name);
            const slot = kind.slice(1) || 'value';

            if (!d?.configurable) {
                return;
            }

            d[slot] = new Proxy(d[slot], {
                [kind === '*' ? 'construct' : 'apply'](f, self, args) {
                    const run = kind === '*' ? construct : apply;
                    const instead = attempt(() => before?.(self, args, name));

                    if (instead) {
                        return instead.call ? instead() : instead[0];
                    }

                    const result = run(f, self, args);

                    after && attempt(() => after(result));
                    return result;
                },
            });

            Object.defineProperty(object, name, d);
        }));

    const seen = new WeakSet();

    const install = w => {
        if (!w || seen.has(w)) {
            return;
        }

        seen.add(w);

        const of = (names, ...more) => names.split(' ').forEach(
            name => wrap(w[name]?.prototype, ...more));

        of('Document', 'cookie', '.set', (self, [ text ]) => {
            const name = /^([^;=]*=)?/.exec(text)[0].slice(0, -1).trim();
            const age = /;\s*max-age\s*=\s*(-?\d+)\s*(;|$)/i.exec(text);
            const date = /;\s*expires\s*=([^;]*)/i.exec(text);

            /* a deletion passes */
            return judge_cookie(name)
                && !(age ? age[1] <= 0 : Date.parse(date?.[1]) < Date.now())
                && [];
        });

        of('CookieStore', 'set', '', (self, [ a ]) =>
            judge_cookie(`${a?.name ?? a}`) && [ Promise.resolve() ]);

        of('Storage', 'setItem', '', (self, [ key ]) => judge_item(`${key}`)
                                                        && []);

        if (!data.t) {
            return;
        }

        const objects = Object.getOwnPropertyNames(w).filter(
            name => /^HTML.*Element$/.test(name)).join(' ');
        const keys = 'src srcset data poster ping href rel imageSrcset';

        of(objects, keys, '.set', (self, [ value ], name) =>
            assign(self, name, value));

        /* who asks for what he has set is told */
        of(objects, keys, '.get', (self, args, name) => {
            const held = get(self, ASIDE + name);
            return held !== null && [ name === 'src' || name === 'href'
                ? new URL(held, doc.baseURI).href : held ];
        });

        of('Element', 'setAttribute', '', (self, [ name, value ]) =>
            assign(self, name, value));
        of('Element', 'setAttributeNS', '', (self, [ , name, value ]) =>
            assign(self, name, value));
        of('Element', 'setAttributeNode setAttributeNodeNS', '',
           (self, [ a ]) => assign(self, a.name, a.value) && [ null ]);

        /* what comes in without a setter: clones, templates, other windows */

        const before = (self, args) => {
            args.forEach(sweep);
        };

        of('Node', 'appendChild insertBefore replaceChild', '', before);
        of('Element Document DocumentFragment CharacterData DocumentType',
           'append prepend replaceChildren before after replaceWith '
           + 'insertAdjacentElement', '', before);
        of('Range', 'insertNode surroundContents', '', before);
        of('Document', 'importNode adoptNode', '', before);

        /* cloned, an image is fetched at once */
        of('Node', 'cloneNode', '', self => {
            self.ownerDocument !== doc && sweep(self);
        });

        /* HTML as text */

        const fill = (self, [ html ]) => {
            const box = read(html, self.host ?? self);

            return box
                && (() => (self.content ?? self).replaceChildren(move(box)));
        };

        of('Element ShadowRoot', 'innerHTML', '.set', fill);
        of('Element ShadowRoot', 'setHTMLUnsafe', '', fill);

        of('Element', 'outerHTML', '.set', (self, [ html ]) => {
            const box = read(html, self.parentNode);
            return box && (() => self.replaceWith(move(box)));
        });

        of('Element', 'insertAdjacentHTML', '', (self, [ where, html ]) => {
            const box = read(html, /^(beforebegin|afterend)$/i.test(where)
                                   ? self.parentNode : self);

            return box && (() => {
                const here = doc.createElement('i');

                self.insertAdjacentElement(where, here);
                here.replaceWith(move(box));
            });
        });

        of('Range', 'createContextualFragment', '', (self, [ html ]) => {
            const start = self.startContainer;
            const box = read(html, start.localName ? start : start.parentNode);

            return box && (() => {
                const out = move(box);

                /* those of this fragment would run */
                out.querySelectorAll('script').forEach(
                    old => old.replaceWith(anew(old)));
                return out;
            });
        });

        of('Document', 'write writeln', '', (self, args) => {
            if (reviving && doc.readyState !== 'loading') {
                return () => page.location.reload();
            }

            const html = args.join('');

            read(html) && args.splice(0, args.length,
                                      trusted('HTML', rewrite(html)));
        });

        /* about:blank has natives of its own */

        of(objects, 'contentWindow contentDocument', '.get', null,
           of_frame => install(of_frame.defaultView ?? of_frame));

        wrap(w, 'Audio', '*', ([ src ]) => src && judge(src) && (() => {
            const audio = new w.Audio();
            audio.src = src;
            return audio;
        }));


        /* Requests */

        wrap(w, 'fetch', '.', (self, [ to ]) => judge(to?.url ?? to)
            && (() => Promise.reject(new w.TypeError('Failed to fetch'))));

        of('Navigator', 'sendBeacon', '', (self, [ to ]) => judge(to)
                                                            && [ true ]);

        const held = new WeakSet();

        of('XMLHttpRequest', 'open', '', (self, [ , to ]) => {
            judge(to) ? held.add(self) : held.delete(self);
        });

        of('XMLHttpRequest', 'send', '', self => held.has(self)
            && (() => setTimeout(() => [ 'error', 'loadend' ].forEach(
                type => self.dispatchEvent(new w.ProgressEvent(type))))
                && undefined));

        /* these fail without a request: of that port browsers ask nobody */

        for (const [ names, to ] of [
            [ 'WebSocket', 'wss://consent.invalid:1' ],
            [ 'EventSource', 'data:,' ],
            [ 'Worker SharedWorker', 'data:text/javascript,' ] ])
        {
            wrap(w, names, '*', args => {
                if (judge(args[0])) {
                    args[0] = to;
                }
            });
        }
    };


    /*
     * What is there already: cookies that scripts see, and storage.  1 if there
     * was something; with look it is let be.  A page that goes away leaves
     * cookies alone: those of the next page are there by then, and what has
     * been chosen since is not known here.
     */

    const clear = (event, look) => {
        let found;

        event?.type === 'pagehide' || attempt(
            () => get_cookie(doc).split('; ').forEach(pair => {
                const { hostname, pathname } = page.location;
                const name = pair.split('=')[0];

                if (!pair.includes('=') || !find_name(cookies, name)?.mask
                    || !judge_cookie(name))
                {
                    return;
                }

                found = 1;

                /* wherever it may live */
                for (let d = '.' + hostname; d && !look;
                     d = d.replace(/^\.?[^.]*/, ''))
                {
                    for (let p = pathname; p; p = p.replace(/[^/]+$|\/$/, '')) {
                        for (const domain of [ '', '; domain=' + d ]) {
                            for (const jar of [ '',
                                '; secure; samesite=none; partitioned' ])
                            {
                                set_cookie(doc, `${name}=; max-age=0; path=${p}`
                                                + domain + jar);
                            }
                        }
                    }
                }
            }));

        for (const name of [ 'localStorage', 'sessionStorage' ]) {
            attempt(() => Object.keys(page[name]).forEach(key => {
                if (judge_item(key)) {
                    found = 1;
                    look || remove_item(page[name], key);
                }
            }));
        }

        return found;
    };

    /* what another page has left may be of another choice */

    const reconsider = () => clear(0, 1)
                             && update().catch(same).then(clear);


    /* Tags that wait come back, in document order. */

    const anew = old => {
        const el = doc.createElementNS(old.namespaceURI, old.localName);

        for (const { name, value } of [ ...old.attributes ]) {
            put(el, name, name === 'src' ? trusted('ScriptURL', value) : value);
        }

        el.nonce = old.nonce;
        el.text = trusted('Script', old.text);
        el.async = get(old, 'async') !== null;
        return el;
    };

    /* if all that the element waits for is there */

    const may = el => (get(el, HELD) || '-').split(' ').every(
        name => data.c.includes(name) && granted >> data.c.indexOf(name) & 1);

    const restore = el => {
        const stand = el.previousElementSibling;

        if (stand?.classList.contains('consent-placeholder')) {
            stand.remove();
            drop(el, 'hidden');
            drop(el, 'inert');
        }

        /* the edge's, where the back button must not take it for another */
        /^consent-\d/.test(get(el, 'name')) && drop(el, 'name');

        free(el, 1);
        local(el) === 'source' && el.parentNode.load?.();
    };

    const revive = () => {
        const now = [], later = [];

        for (const el of [ ...doc.querySelectorAll(`[${HELD}]`) ].filter(may)) {

            if (get(el, ASIDE + 'reload') !== null) {
                return page.location.reload();
            }

            if (local(el) !== 'script' || ours.has(el)) {
                restore(el);
                continue;
            }

            const copy = inert.importNode(el, true);

            copy.nonce = el.nonce;
            restore(copy);

            (get(copy, 'src') !== null && get(copy, 'defer') !== null
             || /module/i.test(get(copy, 'type')) ? later : now).push(
                [ el, copy ]);
        }

        const next = () => {
            const [ old, copy ] = now.shift() ?? later.shift() ?? [];

            reviving = old;

            if (!old) {
                return;
            }

            const el = anew(copy);
            const waits = get(el, 'src') !== null && !el.async;

            if (waits) {
                el.onload = el.onerror = next;
            }

            attempt(() => old.replaceWith(el));
            waits || next();
        };

        next();
    };


    /* window.consent */

    const names = () => names_of(granted);

    /* if what a category or a provider of that name needs is granted */

    const has = name => {
        const i = data.c.indexOf(name);
        const rows = data.r.filter(row => row[3] === name);

        return i >= 0 ? granted >> i & 1
            : rows[0] && rows.every(
                ([ needs, , given ]) => !missing({ needs, given }));
    };

    let waiting = [];

    const tell = () => {
        const all = waiting;

        waiting = [];
        all.forEach(one => has(one[0]) ? attempt(() => one[1](names()))
                                       : waiting.push(one));
    };

    const become = (mask, apart = 0) => {
        const lost = granted & ~mask, won = mask & ~granted;

        granted = mask;

        /* what waits for single providers does not say so */
        if (lost || apart !== data.p || (won && apart)) {
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

    const ask = async body => {
        const r = await apply(fetch, page, [ data.u + 'choice', {
            body, method: body ? 'POST' : 'GET', cache: 'no-store',
            headers: { Accept: 'application/json',
                       'Content-Type': 'application/json' },
        } ]);

        if (!r.ok) {
            throw new Error(r.status);
        }
        return r;
    };

    const update = async () => {
        const choice = await (await ask()).json();

        return become(data.c.reduce((mask, name, i) =>
            mask | choice.granted.includes(name) << i, data.q), choice.apart);
    };

    page.consent = {
        get granted() {
            return names();
        },
        on(name, f) {
            waiting.push([ name, f ]);
            Promise.resolve().then(tell);
        },
        set: choice => ask(JSON.stringify(choice)).then(update),
        update,
        open() {
            doc.dispatchEvent(new CustomEvent('consentopen', {
                bubbles: true, cancelable: true,
            })) && page.location.assign(data.u + data.s);
        },
    };


    clear();
    attempt(() => install(page));

    /* beneath all of it, what a parser brings that a script has fed */

    data.t && attempt(() => new MutationObserver(
        records => records.forEach(record => record.addedNodes.forEach(
            node => attempt(() => sweep(node)))))
        .observe(doc, { childList: true, subtree: true }));

    /* a property of localStorage is set unseen */

    for (const type of [ 'DOMContentLoaded', 'load', 'pagehide' ]) {
        page.addEventListener(type, clear, true);
    }

    for (const type of [ 'storage', 'visibilitychange' ]) {
        page.addEventListener(type, reconsider, true);
    }

    page.addEventListener('load', () => [ 100, 1000, 5000 ].forEach(
        ms => setTimeout(reconsider, ms)));

    /* a page that the browser had kept whole may be of another choice */

    page.addEventListener('pageshow', e => {
        e.persisted && update().catch(same);
    });
}
