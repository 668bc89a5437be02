// Hosts beside those of another URL parser, run by hand after `make unit`:
//
//     node t/unit/url_compare.mjs node|chromium [COUNT [SEED]]
//
// Every code point in three surroundings, then COUNT random names.  Where the
// other parser has a host, ours must be the same; where it has none, ours may
// be any (ngx_consent_url_idna.h says why).  Node 20 has an older Unicode, in
// which a capital sharp s is "ss".

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [browser, count = 200000, seed = 1] = process.argv.slice(2);

let state = Number(seed) || 1;
const random = (n) => {
  state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
  return (state >>> 0) % n;
};
const pick = (list) => list[random(list.length)];

// kinds of characters, by what happens to them

const kinds = { mapped: [], composed: [], mark: [], plain: [] };

for (let c = 0x80; c < 0x20000; c++) {
  if (c >= 0xd800 && c < 0xe000) continue;
  const s = String.fromCodePoint(c);
  if (!/\p{Assigned}/u.test(s) || /\p{Co}/u.test(s)) continue;
  if (/\p{M}/u.test(s)) kinds.mark.push(s);
  else if (s.normalize('NFD') !== s) kinds.composed.push(s);
  else if (s.normalize('NFKC').toLowerCase() !== s) kinds.mapped.push(s);
  else kinds.plain.push(s);
}

const latin = [...'aeiounsxkABEOUN0123-'];
const common = [...'\u0300\u0301\u0308\u0323\u0327\u0338\u0345\u3099\u00ad\u200d'
  + '\u1161\u11a8\u1100\uac00\u03b1\u0399\u0627\u0653\u05d0\u30ab\uff76\uff9e'
  + '\u3002\uff0e\u00df\u1e9e\u03c2\u2126\u212b\ufb01\u2121\ufe0f'];

const character = () => {
  const r = random(20);
  return r < 8 ? pick(latin) : r < 12 ? pick(common)
    : pick(kinds[pick(['mapped', 'composed', 'mark', 'plain'])]);
};

const name = () => {
  let s = '';
  for (let n = 1 + random(9); n; n--) s += character();
  if (random(8) === 0) s = encodeURIComponent(s);
  return s + pick(['', '', '.x', '.example', '.\u00fcx']);
};

const hosts = [];

for (let c = 0x80; c < 0x110000; c++) {
  if (c >= 0xd800 && c < 0xe000) continue;
  const s = String.fromCodePoint(c);
  hosts.push(s + '.x', 'q' + s + '.x', '\u0628' + s + '.x');
}

const singles = hosts.length;

for (let i = 0; i < count; i++) hosts.push(name());

// theirs

const ask = (host) => {
  try {
    return new URL('http://' + host + '/').hostname;
  } catch {
    return '';
  }
};

const chromium = () => {
  const dir = mkdtempSync(join(tmpdir(), 'idna-'));

  writeFileSync(join(dir, 'page.html'), `<meta charset=utf-8><pre id=out></pre>
    <script>const ask = ${ask}; const hosts = ${JSON.stringify(hosts)
    .replace(/[<>&\u007f-\uffff]/g, (c) => '\\u'
      + c.charCodeAt(0).toString(16).padStart(4, '0'))};
    document.getElementById('out').textContent
      = 'begin\\n' + hosts.map(ask).join('\\n') + '\\nend';</script>`);

  const out = execFileSync('chromium', ['--headless', '--no-sandbox',
    '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--user-data-dir=' + join(dir, 'profile'), '--virtual-time-budget=100000',
    '--dump-dom', join(dir, 'page.html')],
  { maxBuffer: 1 << 29, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

  rmSync(dir, { recursive: true, maxRetries: 5 });

  return /begin\n([^]*)\nend<\/pre>/.exec(out)[1].replaceAll('&amp;', '&')
    .split('\n');
};

const theirs = browser === 'chromium' ? chromium() : hosts.map(ask);

const ours = execFileSync('objs/unit/test_host', ['0'], {
  input: hosts.map((h) => Buffer.from(h).toString('hex') + '\n').join(''),
  maxBuffer: 1 << 29,
}).toString().split('\n');

// Chromium writes these two in a host, and we as they are

const plain = (host) => host.replace(/%20/g, ' ').replace(/%2A/g, '*')
  .replace(/\.$/, '');

let same = 0, skipped = 0, none = 0, ourOwn = 0, shown = 0, bad = 0;

hosts.forEach((host, i) => {
  if (plain(theirs[i]) === '') {
    none++;
    if (ours[i] !== '') ourOwn++;
  } else if (browser !== 'chromium' && /\u1e9e|%E1%BA%9E/.test(host)) {
    skipped++;
  } else if (plain(theirs[i]) === ours[i]) {
    same++;
  } else {
    bad++;
    if (shown++ < 40) {
      console.log(JSON.stringify(host), [...host].map((c) =>
        c.codePointAt(0).toString(16)).join(' '),
      'is', theirs[i], 'ours', ours[i]);
    }
  }
});

console.log(`${singles} of one code point and ${hosts.length - singles} random `
  + `names: ${same} the same, ${bad} differ, ${skipped} `
  + `not compared; ${none} have no host, of which we `
  + `take ${ourOwn} for one`);

process.exit(bad ? 1 : 0);
