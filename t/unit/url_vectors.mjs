// Expected hosts, paths and arguments of URLs, by a WHATWG URL parser that is not
// ours: node t/unit/url_vectors.mjs > t/unit/url_vectors.tsv
//
// What differs on purpose is normalised here: unreserved characters of a path
// are decoded, a trailing dot of a host is dropped, and "https:host" (relative on
// a page of that scheme) is taken for a host, since the page's scheme is unknown.

const base = 'https://www.example.com/dir/page.html?q=1';

const hosts = ['tracker.example', 'TRACKER.Example', 'tracker.example.',
  'user@tracker.example', 'user:pw@tracker.example', '@tracker.example',
  ':@tracker.example', 'a@b@tracker.example', 'tracker.example:443',
  'tracker.example:8443', '%74racker.example', 'tracker%2Eexample',
  'tr\u00adacker.example', 'tracker\u3002example', 'tracker\uff0eexample',
  'tracker\uff61example', '\uff54racker.example', 'trac\u212aer.example',
  'tracker\u200b.example', 'tracker\ufeff.example', 'tra\u2060cker.example',
  'tracker.example\ufe0f', '[::1]', '127.0.0.1'];

const starts = ['https://', '//', '\\\\', '/\\', '\\/', '///', 'https:\\\\',
  'https:////', 'HTTPS://', ' https://', '\thttps://', 'ht\ntps://',
  'https:/\t/', '\u0001https://', 'http://', 'wss://'];

const ends = ['', '/', '/a', '/a/b?c=d', '?x', '#f', '/a#f?g', '/\u0020',
  '\\a\\b', '/%74r', '/a%2Fb', '/../x', '/a/./b/../c', '/a/%2e%2E/b', '/..',
  '/a/.', '/a/..', '/a?b?c#d', '/a b', '/a\tb', '/\u00e9',
  '/a"b', '/a<b', '/a>b', '/a`b', '/a{b', '/a}b', '/a=[b]^|~b', '/\u0001b',
  '/a%c3%a9\u044f', '/a/\u00e9/../b'];

const relative = ['a', '/a', './a', '../a', '../../a', '../../../a', 'a/../b',
  '?x=y', '#f', 'a?b#c', 'a/', '.', '..', '/', '\\a', '/a\\b', 'a:b/c', 'a%2fb',
  '  a  ', 'a\nb', '%2e%2e/a', 'page.html', '/dir/../x'];

const others = ['data:text/html,x', 'DATA:,', 'about:blank', 'javascript:1',
  'blob:https://a/b', 'mailto:a@b', 'tel:1', '', ' ', 'https://', 'https:///',
  '//', 'https://%00/', 'https://a%23b/', 'https://a|b/'];

const urls = [];

for (const s of starts) for (const h of hosts) urls.push(s + h + '/p?q=r');
for (const e of ends) urls.push('https://tracker.example' + e, '//t.example' + e);
urls.push(...relative, ...others);

const decode = (path) => path.replace(/%([0-9a-f]{2})/gi, (all, hex) => {
  const c = String.fromCharCode(parseInt(hex, 16));
  return /[A-Za-z0-9._~-]/.test(c) ? c : all;
});

// as the arguments stand in the value: they are decoded when they are compared
const plain = (s) => s.replace(/%C3%A9/g, '\u00e9').replace(/%20/g, ' ');

const escape = (s) => s.replace(/[\\\u0000-\u001f]/g,
  (c) => '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0'));

for (const url of urls) {
  let u;

  try {
    u = new URL(url, base);
  } catch {
    u = null;
  }

  let kind = 'none', host = '', path = '', args = '';

  if (u && url.trim() !== '') {
    kind = /^(https?|wss?|ftp):$/.test(u.protocol) ? 'http'
         : u.protocol === 'data:' ? 'data' : 'other';
  }

  if (kind === 'http') {
    host = u.hostname.replace(/\.$/, '');
    path = decode(u.pathname);
    args = plain(u.search.slice(1));
  }

  console.log([url, kind, host, path, args].map(escape).join('\t'));
}
