// What Chromium makes of labels, Content-Type values, meta elements, a page's
// first bytes, and of bytes in UTF-16 and ISO-2022-JP:
// node t/unit/charset_vectors.mjs > t/unit/charset_vectors.tsv
// CHROMIUM names the browser.  Node's own decoder of ISO-2022-JP is ICU's, which
// is not the standard's.
//
// A page that does not say what it is in takes the encoding of the page that it
// is a frame of: that is how "-" is told.  A frame whose header has a charset,
// but no known one, is in windows-1252.

import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const labels = `unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8
x-unicode20utf8 866 cp866 csibm866 ibm866 csisolatin2 iso-8859-2 iso-ir-101
iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 csisolatin3 iso-8859-3
iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 csisolatin4
iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5
iso_8859-5:1988 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114
iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6
iso_8859-6:1987 csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7
iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek csiso88598e
csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598
iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical csisolatin6
iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 iso-8859-13 iso8859-13
iso885913 iso-8859-14 iso8859-14 iso885914 csisolatin9 iso-8859-15 iso8859-15
iso885915 iso_8859-15 l9 iso-8859-16 cskoi8r koi koi8 koi8-r koi8_r koi8-ru koi8-u
csmacintosh mac macintosh x-mac-roman dos-874 iso-8859-11 iso8859-11 iso885911
tis-620 windows-874 cp1250 windows-1250 x-cp1250 cp1251 windows-1251 x-cp1251
ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100
iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252
x-cp1252 cp1253 windows-1253 x-cp1253 cp1254 csisolatin5 iso-8859-9 iso-ir-148
iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254
cp1255 windows-1255 x-cp1255 cp1256 windows-1256 x-cp1256 cp1257 windows-1257
x-cp1257 cp1258 windows-1258 x-cp1258 x-mac-cyrillic x-mac-ukrainian chinese
csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030
big5 big5-hkscs cn-big5 csbig5 x-x-big5 cseucpkdfmtjapanese euc-jp x-euc-jp
csiso2022jp iso-2022-jp csshiftjis ms932 ms_kanji shift-jis shift_jis sjis
windows-31j x-sjis cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987
ks_c_5601-1989 ksc5601 ksc_5601 windows-949 csiso2022kr hz-gb-2312 iso-2022-cn
iso-2022-cn-ext iso-2022-kr replacement unicodefffe utf-16be csunicode
iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le x-user-defined
utf-7 utf-32 utf-32le utf_8 utf_16 utf cp932 cp50220 jis7 iso-2022-jp-1
iso-2022-jp-ms iso2022jp eucjp gb-2312 binary bogus iso-8859-12 latin latin7
windows-1259 koi8-t x-mac-greek ebcdic cp037`.split(/\s+/);

const headers = ['text/html; charset=koi8-r', 'text/html;charset=koi8-r',
  'text/html; CHARSET=KOI8-R', 'text/html;\tcharset=koi8-r\t',
  'text/html; charset=koi8-r;', 'text/html; charset=koi8-r ; x',
  'text/html;;charset=koi8-r', 'text/html; charset="koi8-r"',
  'text/html; charset=" koi8-r "', 'text/html; charset="koi8-r',
  'text/html; charset="koi8-r"foo', 'text/html; charset="k\\oi8-r"',
  'text/html; charset="koi8-r\\"', 'text/html; charset="koi8-r;x"',
  'text/html; charset="           koi8-r                    "',
  'text/html; charset="koi8-r                             x"',
  "text/html; charset='koi8-r'", 'text/html; charset=koi8-r"',
  'text/html; charset= koi8-r', 'text/html; charset = koi8-r',
  'text/html; charset =koi8-r', 'text/html; charset=koi8-r foo',
  'text/html charset=koi8-r', 'text/html; xcharset=big5; charset=koi8-r',
  'text/html; charset=koi8-r; charset=big5', 'text/html; charset=bogus; charset=big5',
  'text/html; charset=; charset=koi8-r', 'text/html; charset=""; charset=koi8-r',
  'text/html; charset; charset=koi8-r', 'text/html; charset="koi8-r"; charset=big5',
  'text/html; x="a;charset=big5"; charset=koi8-r',
  'text/html; x="\\"; charset=big5"; charset=koi8-r',
  'text/html; x=\\"; charset=koi8-r', 'text/html; x=a charset=big5; charset=koi8-r',
  'text/html; x=a"b; charset=koi8-r', 'text/html; charset=x"y; charset=koi8-r"',
  'text/html, text/html; charset=koi8-r', 'text/html; charset=koi8-r, text/html',
  'text/html; charset=koi8-r, text/html; charset=big5',
  'text/plain; charset=koi8-r, text/html', 'text/html; charset=koi8-r, x',
  'text/html; x=","; charset=koi8-r', 'text/html; x=,; charset=koi8-r',
  'text/html; charset=koi8-r, TEXT/HTML', 'charset=koi8-r', '; charset=koi8-r',
  'text/html', 'text/html; charset=utf-16', 'text/html; charset=iso-2022-jp',
  'text/html; charset=iso-2022-kr', 'text/html; charset=x-user-defined',
  'text/html; charset=iso_8859-1:1987'];

const metas = [['charset', 'koi8-r'], ['charset', ' koi8-r '], ['charset', ''],
  ['charset', 'bogus'], ['charset', 'utf-16'], ['charset', 'utf-16be'],
  ['charset', 'x-user-defined'], ['charset', 'iso-2022-jp'],
  ['charset', 'koi8-r', 'charset', 'big5'], ['charset', 'bogus', 'charset', 'big5'],
  ['content', 'text/html; charset=koi8-r'],
  ['content', 'charset=koi8-r', 'http-equiv', 'content-type'],
  ['http-equiv', 'Content-Type', 'content', 'charset=koi8-r', 'charset', 'big5'],
  ['charset', 'big5', 'http-equiv', 'content-type', 'content', 'charset=koi8-r'],
  ['charset', '', 'http-equiv', 'content-type', 'content', 'charset=koi8-r'],
  ['http-equiv', 'content-type', 'content', 'charset=koi8-r', 'charset', 'bogus'],
  ['http-equiv', ' content-type', 'content', 'charset=koi8-r'],
  ['http-equiv', 'refresh', 'content', 'charset=koi8-r'],
  ['http-equiv', 'x', 'http-equiv', 'content-type', 'content', 'charset=koi8-r'],
  ['http-equiv', 'content-type', 'content', 'charset=', 'content', 'charset=koi8-r'],
  ['http-equiv', 'content-type', 'content', 'charset=koi8-r', 'content', ''],
  ['http-equiv', 'content-type', 'content', 'charset=bogus', 'content', 'charset=koi8-r'],
  ...['text/html; charset=koi8-r', 'charset=koi8-r', 'xcharset=koi8-r',
    'CHARSET=koi8-r', "charset = 'koi8-r'", 'charset="koi8-r"', "charset='koi8-r",
    'charset="koi8-r', 'charset koi8-r; charset=koi8-r', 'charset=koi8-r big5',
    'charset=koi8-r"', "charset=koi8-r'x", 'charset=bogus; charset=koi8-r',
    "charset='' charset=koi8-r", 'charset=', 'charset', 'charset=;', '',
    'charsetcharset=koi8-r', 'charscharset=koi8-r', 'charset\n=\tkoi8-r;x',
    'charset=\u0001koi8-r', 'charset=utf-16le', 'charset=" koi8-r "',
    'charset=koi8-r,big5', 'charset="bogus" charset=koi8-r', 'charset=iso-2022-jp']
    .map((content) => ['http-equiv', 'content-type', 'content', content])];

const utf16 = (s, big) => {
  const b = Buffer.from(s, 'utf16le');
  return (big ? b.swap16() : b).toString('latin1');
};

// [charset of the header, bytes]
const sniffs = [['', '<p>'], ['koi8-r', '<p>'], ['bogus', '<p>'], ['', ''],
  ['koi8-r', '\xef\xbb\xbf<p>'], ['', '\xef\xbb\xbf'], ['', '\xef\xbb'],
  ['', '\xef\xbb<p>'], ['koi8-r', '\xff\xfe' + utf16('<p>')],
  ['koi8-r', '\xfe\xff' + utf16('<p>', 1)], ['utf-16le', '\xfe\xff' + utf16('<p>', 1)],
  ['utf-16be', '\xff\xfe' + utf16('<p>')], ['utf-16le', '\xef\xbb\xbf<p>'],
  ['iso-2022-jp', '\xff\xfe' + utf16('<p>')], ['', '\xff\xfe'], ['', '\xfe\xff'],
  ['', '\xff'], ['', '\xff\xff'], ['', '\xff\xfe\x00\x00'],
  ['', utf16('<?xml?><p>')], ['', utf16('<?xml?><p>', 1)], ['', utf16('<?x y')],
  ['', utf16('<?x y', 1)], ['', utf16('<?y><p>')], ['', utf16('<p>abcd')],
  ['koi8-r', utf16('<?xml?><p>')], ['bogus', utf16('<?xml?><p>')],
  ['', '\xef\xbb\xbf<?xml encoding="koi8-r"?>'],
  ['big5', '<?xml encoding="koi8-r"?>'], ['bogus', '<?xml encoding="koi8-r"?>'],
  ...['<?xml encoding="koi8-r"?>', '<?xml version="1.0" encoding="koi8-r"?>',
    "<?xml encoding = 'koi8-r'?>", '<?xml encoding=koi8-r?>', ' <?xml encoding="koi8-r"?>',
    '<?XML encoding="koi8-r"?>', '<?xmlencoding="koi8-r">', '<?xml encoding="koi8-r>"?>',
    '<?xml a>encoding="koi8-r"?>', '<?xml encoding="bogus"?>', '<?xml encoding=" koi8-r"?>',
    '<?xml encoding="koi8-r "?>', '<?xml encodingx encoding="koi8-r"?>',
    '<?xml xencoding="koi8-r"?>', '<?xml ENCODING="koi8-r"?>', '<?xml encoding="utf-16"?>',
    '<?xml encoding="utf-16be"?>', '<?xml encoding="x-user-defined"?>',
    '<?xml encoding="koi8-r"', '<?xml encoding=""?>', '<?xml encoencoding="koi8-r"?>',
    '<?xml eencoding="koi8-r"?>', '<?xml encoding="KOI8-R"?>', '<?xml encoding="iso-2022-jp"?>',
    '<?xml encoding=\x01"koi8-r"?>', '<?xml encoding="koi8-r\'?>', '<?xml ?>', '<?xm ',
    '<?xml encoding="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"?>',
    '<?xml encoding="koi8-r"?><?xml encoding="big5"?>',
    '<?xml \x1b(B encoding="iso-2022-jp"?>'].map((s) => ['', s])];

// bytes to decode; the same numbers each time
let seed = 1;
const random = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % n;
};

const jis = ['\x1b(B', '\x1b(J', '\x1b(I', '\x1b$@', '\x1b$B', '\x1b', '\x1b(', '\x1b$',
  '\x1b(A', '\x1b$A', '\x1b$(D', '\x1b.A', '<', '>', '"', '\\', '~', 'a', '(', '$', ' ',
  '\n', '\0', '\x0e', '\x0f', '\x7f', '\x80', '\xa4\xa2', '!!', '!%', '#A', '#=', '$s', '%/',
  '-5', '|q', '0!', '~~', '\xff'];
const units = ['<', '>', 'a', '\0', '\xe9', '\u00a5', '\u3002', '\ufffd', '\ufffe', '\ufeff',
  '\ud800', '\udbff', '\udc00', '\udfff', '\ud83d\ude00', '\u0a0d', '\u3c00', '\u003c'];

const texts = [];

for (const s of jis) {
  for (const t of ['', 'a', '\x1b(B', '\x1b$B!!', '\n<']) {
    for (const u of ['', '\x1b$B', '\x1b(I', '\x1b(J']) texts.push(['iso-2022-jp', u + s + t]);
  }
}

for (let i = 0; i < 300; i++) {
  let s = '';
  for (let n = random(12); n >= 0; n--) s += jis[random(jis.length)];
  texts.push(['iso-2022-jp', s]);
}

for (let i = 0; i < 200; i++) {
  let s = '';
  for (let n = random(8); n >= 0; n--) s += units[random(units.length)];
  s = utf16(s, i & 1) + (random(3) ? '' : '\xd8');
  texts.push([i & 1 ? 'utf-16be' : 'utf-16le', s]);
}

for (let lead = 0x21; lead < 0x7f; lead++) {
  let s = '\x1b$B';
  for (let trail = 0x21; trail < 0x7f; trail++) s += String.fromCharCode(lead, trail);
  texts.push(['iso-2022-jp', s]);
}

const escape = (s) => s.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
const frames = [];

for (const type of headers) frames.push({ type, body: '<p>' });

for (const m of metas) {
  let body = '<meta';
  for (let i = 0; i < m.length; i += 2) body += ` ${m[i]}="${escape(m[i + 1])}"`;
  frames.push({ type: 'text/html', body: body + '>' });
}

for (const [charset, body] of sniffs) {
  frames.push({ type: 'text/html' + (charset && `; charset=${charset}`), body });
}

const inPage = async (n, labels, texts) => {
  const encoding = (label) => {
    try { return new TextDecoder(label).encoding; } catch { return '-'; }
  };
  const framed = (i) => new Promise((ok) => {
    const f = document.createElement('iframe');
    f.onload = () => { ok(f.contentDocument.characterSet); f.remove(); };
    f.src = `/${i}`;
    document.body.append(f);
  });
  const bytes = (s) => Uint8Array.from(s, (c) => c.charCodeAt(0));
  const out = { labels: labels.map(encoding), frames: [], texts: [] };

  for (let i = 0; i < n; i++) out.frames.push(await framed(i));
  for (const [charset, s] of texts) out.texts.push(new TextDecoder(charset).decode(bytes(s)));

  await fetch('/done', { method: 'POST', body: JSON.stringify(out) });
};

const profile = mkdtempSync(join(tmpdir(), 'charset-'));
let browser;

const done = await new Promise((ok) => {
  const server = createServer((request, response) => {
    const i = +request.url.slice(1);

    if (request.url === '/') {
      response.setHeader('Content-Type', 'text/html; charset=x-mac-cyrillic');
      const args = [frames.length, labels, texts].map((a) => JSON.stringify(a)
        .replace(/[^\x20-\x7e]|</g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')));
      response.end(`<body><script>(${inPage})(${args})</script>`);

    } else if (request.url === '/done') {
      let body = '';
      request.on('data', (part) => body += part);
      request.on('end', () => { response.end(); server.close(); ok(JSON.parse(body)); });

    } else if (frames[i]) {
      response.writeHead(200, ['Content-Type', frames[i].type]);
      response.end(Buffer.from(frames[i].body, 'latin1'));

    } else {
      response.writeHead(404);
      response.end();
    }
  });

  server.listen(0, '127.0.0.1', () => {
    browser = spawn(process.env.CHROMIUM ?? 'chromium', ['--headless', '--no-sandbox',
      '--disable-gpu', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', `--user-data-dir=${profile}`,
      `http://127.0.0.1:${server.address().port}/`], { stdio: 'ignore' });
  });
});

browser.kill();
await new Promise((ok) => browser.on('exit', ok));
rmSync(profile, { recursive: true, force: true, maxRetries: 9, retryDelay: 100 });

const hex = (s, encoding) => Buffer.from(s, encoding).toString('hex');
const row = (...columns) => console.log(columns.join('\t'));
const said = (i, known) => {
  const name = done.frames[i];
  return name === 'x-mac-cyrillic' || (name === 'windows-1252' && !known) ? '-' : name.toLowerCase();
};

// the replacement encoding has no decoder that a script could have
const replaced = /^(csiso2022kr|hz-gb-2312|iso-2022-(kr|cn|cn-ext)|replacement)$/;

labels.forEach((label, i) => row('label', label,
  replaced.test(label) ? 'replacement' : done.labels[i]));

let at = 0;

for (const type of headers) {
  row('header', hex(type, 'latin1'), said(at++, type.includes('8859-1')));
}

for (const m of metas) {
  row('meta', m.map((s) => hex(s, 'latin1') || '-').join(' '), said(at++, m.includes('x-user-defined')));
}

for (const [charset, s] of sniffs) row('sniff', hex(s, 'latin1') || '-', said(at++), charset || '-');

// of the 94 x 94 characters only some rows are decoded
const plain = texts.length - 94;
const known = new Set([0xfffd]);

for (const n of [1, 3, 4, 5, 13]) {
  for (const c of done.texts[plain + n - 1]) known.add(c.codePointAt(0));
}

// row 2 has some of row 13's too, and is not decoded
const second = new Set(done.texts[plain + 1]);

for (let c = 0x2170; c < 0x217a; c++) known.add(c);
for (let c = 0; c < 128; c++) known.add(c);
for (let c = 0xff61; c < 0xffa0; c++) known.add(c);
known.add(0xa5).add(0x203e);
second.delete('\ufffd');

// Chromium loses the error of a byte that is read again after a failed escape,
// and such bytes are ASCII's at the page's end, whatever the state.  Firefox
// follows the standard; so do we, and these rows are left to `standard'.
const strange = (s) => {
  let plain = true;
  for (const [e] of s.matchAll(/\x1b(\([BJI]|\$[@B])?[^\x1b]*/g)) {
    if (/^.[($]./.test(e) && /^.(\([BJI]|\$[@B])/.test(e)) plain = /^.\([BJ]/.test(e);
    else if (!plain || /^.{1,2}[\x0e\x0f\x80-\xff]/.test(e)) return true;
  }
  return false;
};

// by the standard's steps, as @exodus/bytes 1.16 takes them
const standard = ['1b24421b28', 'fffd fffd', '1b28491b28', 'fffd ff68', '1b24421b2861',
  'fffd fffd', '1b28491b2861', 'fffd ff68 fffd', '1b28491b281b2842', 'fffd ff68',
  '1b24421b281b24422121', 'fffd fffd 3000', '1b24421b240a3c', 'fffd fffd fffd',
  '1b28491b240a3c', 'fffd ff64 fffd ff7c', '1b28803c', 'fffd 28 fffd 3c',
  '1b800a', 'fffd fffd a', '1b240e3c', 'fffd 24 fffd 3c', '1b24421b2521211b2842',
  'fffd 30a1 fffd'];

for (let i = 0; i < standard.length; i += 2) {
  row('text', standard[i], 'iso-2022-jp', hex(standard[i + 1].split(' ')
    .map((c) => String.fromCodePoint(parseInt(c, 16))).join(''), 'utf8'));
}

texts.forEach(([charset, s], i) => {
  if (charset === 'iso-2022-jp' && strange(s)) return;

  const decoded = i < plain || [1, 3, 4, 5, 13, 92].includes(i - plain + 1);
  const text = [...done.texts[i]].map((c) => charset.startsWith('utf')
    || (decoded && known.has(c.codePointAt(0)) && (i >= plain || !second.has(c))) ? c : '\ufffd').join('');
  if (decoded || [2, 6, 16].includes(i - plain + 1)) {
    row('text', hex(s, 'latin1'), charset, hex(text, 'utf8') || '-');
  }
});
