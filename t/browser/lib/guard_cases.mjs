// What guard.mjs does.  HOST in a script is the case's own refused host.

// js: runs in a page of a visitor's; html: stands before it; left: instead of a
// request, what must be true in the page where it is accepted, and must not
// where it is refused; dead: this browser does not do it; wait: longer

const el = (tag, attr, value, then = 'document.body.append(e)') =>
    `var e = document.createElement('${tag}'); e.${attr} = '${value}'; ${then}`;

const cookie = "document.cookie.split('; ').some(c => /^ad(_1)?(=|$)/.test(c))";
const U = 'https://HOST';

export const APIS = [
    { name: 'script.src', js: el('script', 'src', `${U}/a.js`) },
    { name: 'script.src in head, before the first script',
      js: `var s = document.createElement('script'); s.async = 1;
           s.src = '${U}/a.js'; var f = document.getElementsByTagName('script')[0];
           f.parentNode.insertBefore(s, f);` },
    { name: 'script.src once it is connected',
      js: `var s = document.createElement('script'); document.head.appendChild(s);
           s.src = '//HOST/a.js';` },
    { name: 'script setAttribute',
      js: `var s = document.createElement('script');
           s.setAttribute('SRC', '${U}/a.js'); document.head.appendChild(s);` },
    { name: 'script setAttributeNS',
      js: `var s = document.createElement('script');
           s.setAttributeNS(null, 'src', '${U}/a.js');
           document.head.appendChild(s);` },
    { name: 'script setAttributeNode',
      js: `var s = document.createElement('script');
           var a = document.createAttribute('src'); a.value = '${U}/a.js';
           s.setAttributeNode(a); document.head.appendChild(s);` },
    { name: 'script, its type behind its src',
      js: `var s = document.createElement('script'); s.src = '${U}/a.js';
           s.type = 'text/javascript'; document.head.appendChild(s);` },
    { name: 'a module', js: `var s = document.createElement('script');
           s.type = 'module'; s.src = '${U}/a.mjs'; document.head.append(s);` },
    { name: 'an attribute that is changed before it is connected',
      js: `var s = document.createElement('script');
           s.attributes.setNamedItem(document.createAttribute('src'));
           s.attributes.src.value = '${U}/a.js'; document.head.append(s);` },
    { name: 'a script in a svg', js: `
           var s = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
           var t = document.createElementNS(s.namespaceURI, 'script');
           t.setAttribute('href', '${U}/a.js'); s.append(t);
           document.body.append(s);` },
    { name: 'an image of svg', js: `
           var s = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
           var t = document.createElementNS(s.namespaceURI, 'image');
           t.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href',
                            '${U}/a.gif');
           s.append(t); document.body.append(s);` },
    { name: 'new Image().src', js: `new Image().src = '${U}/a.gif'` },
    { name: 'img.srcset', js: el('img', 'srcset',
                                 '/own/a.gif 9x, https://HOST/a.gif 1x', '') },
    { name: 'img setAttribute', js: `document.createElement('img')
                                     .setAttribute('src', '${U}/a.gif')` },
    { name: 'iframe.src', js: el('iframe', 'src', `${U}/a.html`) },
    { name: 'iframe appendChild', js: el('iframe', 'src', `${U}/a.html`,
                                         'd.appendChild(e)') },
    { name: 'iframe replaceChild', js: el('iframe', 'src', `${U}/a.html`,
        'd.append("x"); d.replaceChild(e, d.firstChild)') },
    { name: 'embed.src', js: el('embed', 'src', `${U}/a.html`) },
    { name: 'object.data', js: el('object', 'data', `${U}/a.html`) },
    { name: 'video.poster', js: el('video', 'poster', `${U}/a.gif`) },
    { name: 'video.src', js: el('video', 'src', `${U}/a.mp4`) },
    { name: 'new Audio()', js: `new Audio('${U}/a.mp3').load()` },
    { name: 'source.src', js: `var v = document.createElement('video');
           var s = document.createElement('source'); s.src = '${U}/a.mp4';
           v.append(s); d.append(v); v.load()` },
    { name: 'track.src', js: `var v = document.createElement('video');
           v.src = '/none.mp4'; v.crossOrigin = '';
           var s = document.createElement('track'); s.default = true;
           s.src = '${U}/a.vtt'; v.append(s); d.append(v);
           s.track.mode = 'showing'` },
    { name: 'input type=image', js: el('input', 'type', 'image',
        `e.src = '${U}/a.gif'; d.append(e)`) },
    { name: 'link stylesheet', js: el('link', 'rel', 'stylesheet',
        `e.href = '${U}/a.css'; document.head.append(e)`) },
    { name: 'link, its rel behind its href', js: el('link', 'href',
        `${U}/a.css`, 'e.rel = "stylesheet"; document.head.append(e)') },
    { name: 'link, its rel when it is connected', js: el('link', 'href',
        `${U}/a.css`, 'document.head.append(e); e.rel = "stylesheet"') },
    { name: 'link preload', js: el('link', 'rel', 'preload',
        `e.as = 'script'; e.href = '${U}/a.js'; document.head.append(e)`) },
    { name: 'innerHTML', js: `d.innerHTML = '<p><img src="${U}/a.gif">'` },
    { name: 'innerHTML of odd markup',
      js: "d.innerHTML = '<a title=it\\'s><img/src=//HOST/a.gif alt=x>'" },
    { name: 'outerHTML', js: `d.outerHTML = '<iframe src=${U}/a.html>'` },
    { name: 'insertAdjacentHTML', js: `d.insertAdjacentHTML('afterend',
                                       '<iframe src=${U}/a.html>')` },
    { name: 'insertAdjacentHTML in front', js: `d.insertAdjacentHTML(
           'beforebegin', '<iframe src=${U}/a.html>')` },
    { name: 'createContextualFragment', js: `d.append(document.createRange()
           .createContextualFragment('<script src="${U}/a.js"></' + 'script>'))` },
    { name: 'an image of a contextual fragment', js: `document.createRange()
           .createContextualFragment('<img src="${U}/a.gif">')` },
    { name: 'a template', js: `var t = document.createElement('template');
           t.innerHTML = '<img src="${U}/a.gif">';
           document.importNode(t.content, true)` },
    { name: 'a template of the page, cloned', js: `d.append(document
           .createElement('template').cloneNode());
           var t = document.createElement('template');
           var i = t.content.ownerDocument.createElement('img');
           i.setAttribute('src', '${U}/a.gif'); t.content.append(i);
           d.append(t.content.cloneNode(true))` },
    { name: 'DOMParser', js: `d.append(new DOMParser().parseFromString(
           '<iframe src="${U}/a.html">', 'text/html').body.firstChild)` },
    { name: 'document.write of a script',
      js: `document.write('<script src="${U}/a.js"><\\/script>')` },
    { name: 'document.write in pieces', js: `document.write('<scr', 'ipt src="',
           '${U}/a.js', '"></scr', 'ipt>')` },
    { name: 'document.write of a frame',
      js: `document.write('<p title=">"><iframe src=${U}/a.html></iframe>')` },
    { name: 'document.write of an image', js: `document.write('<b><!-- <i> -->'
           + "<img alt='x' src='${U}/a.gif'>")` },
    { name: 'document.writeln after the page has loaded', js: `onload = () => {
           document.writeln('<img src="${U}/a.gif">'); document.close() }` },
    { name: 'a shadow root', js: `d.attachShadow({ mode: 'closed' }).innerHTML =
           '<img src="${U}/a.gif">'` },
    { name: "another window's natives", js: `var f = document.createElement(
           'iframe'); d.append(f); var g = f.contentWindow;
           g.document.body.innerHTML = '<img src=${U}/a.gif>';
           new g.Image().src = '${U}/b.gif'; g.fetch('${U}/f')
           .catch(() => {})` },
    { name: 'sendBeacon', js: `navigator.sendBeacon('${U}/b', 'x') || broken()` },
    { name: 'fetch', js: `fetch('${U}/f').catch(() => {})` },
    { name: 'fetch of a Request', js: `fetch(new Request('${U}/f', { method:
           'POST', body: 'x' })).catch(() => {})` },
    { name: 'fetch of a URL', js: `fetch(new URL('${U}/f')).catch(() => {})` },
    { name: 'XMLHttpRequest', js: `var x = new XMLHttpRequest();
           x.open('POST', '${U}/x'); x.onloadend = () => window.ended = 1;
           x.send('a')` },
    { name: 'XMLHttpRequest, synchronous', js: `var x = new XMLHttpRequest();
           x.open('GET', '${U}/x', false); try { x.send() } catch (e) { }` },
    { name: 'WebSocket', js: `new WebSocket('wss://HOST/ws')` },
    { name: 'EventSource', js: `new EventSource('${U}/es')` },
    { name: 'a[ping]', html: '<a id=a href=#x>x</a>', js: `a.ping = '${U}/p';
           a.click()` },
    { name: 'a name that is written in another way', js:
      `new Image().src = '\\t https:\\\\\\\\' + 'HOST'.toUpperCase() + '.\\\\a.gif'` },

    { name: 'document.cookie', js: 'document.cookie = "ad=1; path=/"',
      left: cookie },
    { name: 'document.cookie by an expression',
      js: 'document.cookie = " ad_1 =1; path=/"', left: cookie },
    { name: 'cookieStore', js: 'cookieStore.set("ad", "1")', left: cookie },
    { name: 'cookieStore, an object', left: cookie,
      js: 'cookieStore.set({ name: "ad", value: "1", path: "/" })' },
    { name: "another window's document.cookie", js: `
           var f = document.createElement('iframe'); d.append(f);
           f.contentDocument.cookie = 'ad=1; path=/'`, left: cookie },
    { name: 'localStorage', js: 'localStorage.setItem("ad", 1)',
      left: '"ad" in localStorage' },
    { name: 'sessionStorage', js: 'sessionStorage.setItem("stat", 1)',
      left: '"stat" in sessionStorage' },
    { name: 'a wildcard of storage', js: 'localStorage.setItem("stats 17", 1)',
      left: '"stats 17" in localStorage' },
    { name: 'a property of localStorage', js: 'localStorage.ad = 1',
      left: '"ad" in localStorage' },
    { name: 'a property that is set late', wait: 1200,
      js: 'onload = () => setTimeout(() => { localStorage["ad"] = 1 }, 200)',
      left: '"ad" in localStorage' },
];


// c.run gets: tab, is(what, ok), go(path), until, sleep, heard(), clear()

const script = (src, more = '') => `<script ${more} src="${src}"></script>`;
const HEAD = '<!DOCTYPE html><html><head><title>t</title>';

export const PAGES = [
    { name: 'what is granted goes on', html: `${HEAD}</head><body><div id=d></div>
<script>
document.cookie = 'session=1; path=/'; document.cookie = 'mine=1; path=/';
localStorage.setItem('mine', 1); sessionStorage.mine = 2;
new Image().src = 'https://good.ads.example/g.gif';
new Image().src = 'https://unknown.example/g.gif';
d.innerHTML = '<p id=p>a<img src="https://good.ads.example/h.gif">';
fetch('https://unknown.example/f', { method: 'POST', body: 'x' });
var s = document.createElement('script'); s.src = '//good.ads.example/a.js';
s.onload = () => window.done = 1; document.head.append(s);
document.write('<i id=w>w</i>');
</script>`,
      async run({ tab, is, until, heard }) {
          is('a script runs', await until(() => tab.evaluate(
              'window.done === 1')));
          await until(() => heard().length >= 5);
          is('requests leave', heard().length === 5, heard());
          is('cookies', await tab.evaluate('document.cookie')
                        === 'session=1; mine=1');
          is('storage', await tab.evaluate(
              'localStorage.mine + sessionStorage.mine') === '12');
          is('HTML', await tab.evaluate('p.outerHTML + w.outerHTML')
              === '<p id="p">a<img src="https://good.ads.example/h.gif"></p>'
                  + '<i id="w">w</i>');
      } },

    { name: 'natives look like natives', html: `${HEAD}`,
      async run({ tab, is }) {
          is('text, length, name', await tab.evaluate(`
              [ fetch, Node.prototype.appendChild, Element.prototype.setAttribute,
                WebSocket, Storage.prototype.setItem,
                Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set ]
              .every(f => /\\[native code\\]/.test(Function.prototype.toString
                         .call(f)))
              && fetch.length === 1 && fetch.name === 'fetch'
              && WebSocket.OPEN === 1 && WebSocket.name === 'WebSocket'
              && WebSocket.prototype.constructor.OPEN === 1`));
          is('errors of theirs', await tab.evaluate(`(() => {
              try { document.body.appendChild(7) } catch (e) {
                  return e instanceof TypeError
              } })()`));
      } },

    { name: 'what was there is cleared', html: `${HEAD}`,
      async run({ tab, is, go }) {
          await tab.send('Network.setCookie', { url: 'https://www.shop.example',
              name: 'ad', value: '1', domain: '.shop.example', path: '/' });
          await tab.send('Network.setCookie', { url: 'https://www.shop.example',
              name: 'mine', value: '1' });
          await go('/page.html');
          is('a cookie of the domain',
             await tab.evaluate('document.cookie') === 'mine=1',
             await tab.evaluate('document.cookie'));
      } },

    { name: 'a partitioned cookie that was there', html: `${HEAD}`,
      async run({ tab, is, go, until }) {
          const site = 'https://www.shop.example';
          const there = async () => (await tab.send('Network.getAllCookies'))
              .cookies.some(c => c.name === 'ad');

          await tab.send('Network.setCookie', { url: site, name: 'ad',
              value: '1', secure: true, sameSite: 'None', partitionKey: {
                  topLevelSite: 'https://shop.example',
                  hasCrossSiteAncestor: false } });
          is('it is there', await there());
          await go('/page.html');
          is('it has gone', await until(async () => !await there()));
      } },

    { name: 'what was accepted in another tab', html: `${HEAD}`,
      async run({ tab, is, until, sleep }) {
          await tab.act(`fetch('/consent/choice', { method: 'POST', body:
              'accept=all', headers: { 'Content-Type':
              'application/x-www-form-urlencoded', Accept: 'application/json' } })
              .then(r => window.posted = r.status)`);
          await until(() => tab.evaluate('window.posted === 204'));
          await tab.send('Network.setCookie', { url: 'https://www.shop.example',
              name: 'ad', value: '1' });
          await tab.act(`localStorage.ad = 1;
              document.dispatchEvent(new Event('visibilitychange'))`);
          is('is known here', await until(() => tab.evaluate(
              'consent.granted.length === 3')));
          await sleep(300);
          is('stays', await tab.evaluate(
              'document.cookie === "ad=1" && localStorage.ad === "1"'),
             await tab.evaluate('document.cookie'));
      } },

    { name: 'held in the form of the edge', html: `${HEAD}</head><body>
<script>
var s = document.createElement('script'); s.id = 's'; s.async = true;
s.type = 'text/javascript'; s.src = 'https://x.ads.example/a.js';
document.body.append(s);
var f = document.createElement('iframe'); f.id = 'f';
f.src = 'https://x.share.example/'; document.body.append(f);
</script>`,
      async run({ tab, is }) {
          is('script', await tab.evaluate('s.outerHTML')
              === '<script id="s" async="" type="text/plain" data-consent-src='
                  + '"https://x.ads.example/a.js" data-consent-type='
                  + '"text/javascript" data-consent="advertising"></script>',
             await tab.evaluate('s.outerHTML'));
          is('what was set is told',
             await tab.evaluate('s.src') === 'https://x.ads.example/a.js');
          is('frame', await tab.evaluate('f.outerHTML')
              === '<iframe id="f" data-consent-src="https://x.share.example/" '
                  + 'data-consent="sharing"></iframe>',
             await tab.evaluate('f.outerHTML'));
      } },

    { name: 'window.consent', accepted: [ 'performance' ], html: `${HEAD}
<script>
window.log = [];
consent.on('performance', g => log.push('performance ' + g));
consent.on('advertising', g => log.push('advertising ' + g));
consent.on('nonsense', g => log.push('nonsense'));
document.addEventListener('consentchange',
    e => log.push('change ' + e.detail.granted));
</script>
<script>window.order = []</script>
${script('https://a.ads.example/1.js')}
<script async src="https://a.ads.example/async.js"></script>
<script type=module src="https://a.ads.example/m.mjs"></script>
<script defer src="https://a.ads.example/defer.js"></script>
${script('https://a.ads.example/2.js')}
${script('https://a.ads.example/3.js', 'type="text/javascript"')}
${script('https://a.share.example/s.js')}
</head><body><iframe id=f src="https://f.ads.example/f.html"></iframe>
<img id=i src="https://f.ads.example/i.gif" srcset="https://f.ads.example/i.gif 1x">
<script>
var s = document.createElement('script'); s.src = 'https://a.ads.example/own.js';
s.onload = () => log.push('own loaded'); document.head.append(s);
</script>`,
      async run({ tab, is, until, heard, sleep }) {
          await sleep(300);
          is('nothing has left', heard().length === 0, heard());
          is('granted', await tab.evaluate('consent.granted.join()')
                        === 'performance');
          is('on() of what is granted', await tab.evaluate('log.join("|")')
              === 'performance performance', await tab.evaluate('log.join("|")'));

          await tab.act(`consent.set({ accept: [ 'performance',
              'advertising' ] }).then(g => window.set = g.join())`);
          await until(() => tab.evaluate('(window.ran || []).length >= 7'));
          is('set() tells what is granted', await until(() => tab.evaluate(
              'window.set === "performance,advertising"')));
          const ran = await tab.evaluate('(window.ran || []).join(" ")');
          const plain = ran.split(' ').filter(s => !/own|async/.test(s)).join(' ');
          is('in document order, what is deferred last', plain
              === '/1.js /2.js /3.js /m.mjs /defer.js', ran);
          is('what has no order', /own/.test(ran) && /async/.test(ran), ran);
          is('the frame', await until(() => heard().some(
              h => h.url === '/f.html')), heard());
          is('the image', await until(() => heard().some(
              h => h.url === '/i.gif')), heard());
          is('what is refused still waits',
             !heard().some(h => /share/.test(h.host)), heard());
          is('the placeholder has gone', await tab.evaluate(
              `!document.querySelector('.consent-placeholder') && !f.hidden
               && !f.inert && f.outerHTML`)
              === '<iframe id="f" src="https://f.ads.example/f.html"></iframe>',
             await tab.evaluate('f.outerHTML'));
          is('events, in their order', await tab.evaluate(
              'log.slice(1, 3).join("|")')
              === 'change performance,advertising|'
                  + 'advertising performance,advertising',
             await tab.evaluate('log.join("|")'));
          is('handlers of a script live on',
             await tab.evaluate('log.includes("own loaded")'));

          // and back

          await tab.act(`localStorage.setItem('ad', 1);
              document.cookie = 'ad=1; path=/'; window.before = 1;
              void consent.set({ accept: [] })`);
          is('a withdrawal loads the page anew',
             await until(() => tab.evaluate(
                 '!window.before && document.readyState === "complete"')));
          is('cookies and storage have gone', await tab.evaluate(
              '!("ad" in localStorage) && !document.cookie'),
             await tab.evaluate('document.cookie'));
          is('nothing is granted', await tab.evaluate(
              'consent.granted.length') === 0);
      } },

    { name: 'document.write of what comes back', html: `${HEAD}
</head><body><script>document.documentElement.id = 'old'</script>
<script src="https://a.ads.example/w.js" data-consent-reload></script>`,
      async run({ tab, is, until, heard }) {
          await tab.act(`window.before = 1;
              void consent.set({ accept: [ 'advertising' ] })`);
          is('the page is loaded anew', await until(() => tab.evaluate(
              '!window.before && document.readyState === "complete"')));
          is('it runs', await until(() => heard().some(
              h => h.url === '/w.js')), heard());
      } },

    { name: 'a frame of before a withdrawal, by the back button',
      accepted: [ 'performance', 'advertising', 'sharing' ],
      html: `${HEAD}</head><body onunload="1">
<iframe src="https://f.share.example/1.html"></iframe><p>
<iframe name=mine src="https://f.share.example/2.html"></iframe>
<iframe src="https://good.ads.example/3.html"></iframe>`,
      async run({ tab, is, go, until, heard, sleep, clear }) {
          await until(() => heard().length >= 3);
          is('it was there', heard().length === 3, heard());
          await go('/own/other.html');
          await tab.act(`fetch('/consent/choice', { method: 'POST', body:
              'accept=none', headers: { 'Content-Type':
              'application/x-www-form-urlencoded', Accept: 'application/json' } })
              .then(r => window.posted = r.status)`);
          await until(() => tab.evaluate('window.posted === 204'));
          clear();
          await tab.act('history.back()');
          is('the page is there', await until(() => tab.evaluate(
              'location.pathname === "/page.html"'
              + ' && document.readyState === "complete"')));
          is('what is granted is asked for', await until(() => heard().some(
              h => h.url === '/3.html')), heard());
          await sleep(500);
          is('what is not is not', !heard().some(h => /share/.test(h.host)),
             heard());
          await tab.act('consent.set({ accept: [ "sharing" ] })');
          await until(() => heard().filter(h => /share/.test(h.host)).length >= 2);
          is('they come back under their names', await tab.evaluate(
              `[ ...document.querySelectorAll('iframe') ].map(f => f.name
               + f.getAttribute('src').slice(-6)).join()`)
              === '1.html,mine2.html,3.html', await tab.evaluate(
              'document.body.innerHTML'));
      } },

    { name: 'open()', html: `${HEAD}`,
      async run({ tab, is, until }) {
          await tab.act('consent.open()');
          is('leads to the settings, where the page has no banner',
             await until(() => tab.evaluate(
                 'location.pathname === "/consent/settings"')));
      } },

    { name: 'Trusted Types', html: `${HEAD}<meta http-equiv=Content-Security-Policy
 content="require-trusted-types-for 'script'"></head><body>
${script('https://a.ads.example/1.js')}
<script>
var p = trustedTypes.createPolicy('own', { createScriptURL: s => s,
                                           createHTML: s => s });
var s = document.createElement('script');
s.src = p.createScriptURL('https://a.ads.example/2.js');
document.body.append(s);
var d = document.createElement('div');
d.innerHTML = p.createHTML('<img src="https://a.ads.example/3.gif">');
</script>`,
      async run({ tab, is, until, heard, sleep }) {
          await sleep(300);
          is('nothing has left', heard().length === 0, heard());
          await tab.act(`consent.set({ accept: [ 'advertising' ] })`);
          is('scripts come back', await until(() => [ '/1.js', '/2.js' ].every(
              url => heard().some(h => h.url === url))), heard());
      } },
];
