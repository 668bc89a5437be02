// Hosts in UTF-8 and in other encodings, and what a URL parser that is not ours
// makes of them: node t/unit/url_hosts.mjs > t/unit/url_hosts.tsv
//
// A line is the encoding, the bytes of "//HOST/" and the host.  url_compare.mjs
// asks about all code points; these are the rules that there are.

const written = [];

// mapped, lost, composed, encoded (UTS 46); what is ASCII in the end

for (const h of ['BÜCHER.example', 'bücher.example', 'bu\u0308cher.example',
  'b%C3%BCcher.example', 'BU%CC%88CHER.example', 'xn--bcher-kva.example',
  'XN--BCHER-KVA.Example', 'ＸＮ--bcher-kva.example', 'faß.example',
  'ΣΊΓΜΑΣ.example', 'ς.example', 'Ａ．example', 'a。example', 'a｡example',
  '℡.example', '㎏.example', 'ﬀ.example', 'ſ.example', 'K.example',
  '⑴.example', '①②.example', '𝕥𝓻𝖆𝒄𝚔𝘦𝐫.example', '🅃🆁.example', '🄣.example',
  'ⓣⓡⓐⓒⓚⓔⓡ.example', '㏂.example', '㍱.example', '㏕.example', '™.example',
  'x²³¹ªº.example', '№.example', 'Ⅷ.example', 'ⅿ.example', 'ǆ.example',
  'Å.example', 'A\u030a.example', '\u01d5.example', 'u\u0308\u0304.example',
  'u\u0304\u0308.example', 'q\u0323\u0307.example', 'q\u0307\u0323.example',
  'a\u0315\u0300\u05ae\u0300b.example', '\uac01.example',
  '\u1100\u1161\u11a8.example', '\uac00\u11a8.example', 'ﾊﾟ.example',
  'ハ\u309a.example', '\u0915\u093c.example', '\u0958.example',
  '\u{11131}\u{11127}x.example', '\u1112\u0308.example', '=\u0338.example',
  '<\u0338.example', '\ufe64\u0338.example', '\uff1e.example', '中国.example',
  '日本語。ＪＰ', 'президент.example', 'مثال.example', '\ufefb.example',
  '\u0629\u0300.example', '例え.テスト', '💩.example', '\u{2f868}.example',
  'a\u00adb.example', 'a\u034fb.example', 'a\u200bb.example',
  'a\u2060b.example', 'a\u2064b.example', 'a\ufe0fb.example',
  'a\u{e0100}b.example', 'a\u{1bca0}b.example', 'a\u180eb.example',
  '\u00ad\u200b.example', 'ü.ü.example', 'ü..example', '-ü-.example',
  'ab--ü.example', 'a_ü.example', 'ü.example.', 'ü。', '\u0e33.example',
  '\u0340\u0341.example', 'q\u0344.example', 'ẛ\u0323.example',
  '１．２．３．４', '0x7f.1', '1.2.3', '256', '0300.0.0.01', '4294967295',
  '0x7F000001', '0X7f.1', '1.2.3.4.', '①.②.③.④', '%31.2.3.4', '1e2', 'a.0b',
  '1_0', '0x', '1.0x', 'a1.b2', '1a.example', '0x7g'])
{
  written.push(['utf-8', h]);
}

// no such host

const none = written.length;

for (const h of ['a\uff05.example', 'a\uff5c.example', 'a\uff20b.example',
  'a\u2100.example', 'a\ufffd.example', 'a\ue000.example', 'a\u0085.example',
  'a\ufdd0.example', 'xn--ü.example', 'ü%25.example', 'ü%23.example',
  '%ff.example', '%c3.example', '%ed%a0%80.example', '%c0%ae.example',
  '%f4%90%80%80.example', '%e0%80%ae.example', '1.2.3.4.5', '256.1.1.1', 'a.1',
  '1..2', '09.1', 'a.0x', '4294967296', '1.16777216', '\u00ad'])
{
  written.push(['utf-8', h]);
}

// other encodings: letters, digits and full stops that are wide, and more

const wide = 'ｔＲａＣｋｅｒ．ｅｘａｍｐｌｅ';

for (const encoding of ['shift_jis', 'euc-jp', 'gbk', 'gb18030', 'euc-kr',
  'big5'])
{
  for (const h of [wide, 'ａ。example', 'ａ0１９.example', 'ａ－b.example',
    '中%C2%AD.example', 'ａ%ef%bd%82.example'])
  {
    written.push([encoding, h]);
  }
}

written.push(['shift_jis', 'a｡example'], ['euc-jp', 'a｡example'],
  ['shift_jis', '①②.example'], ['euc-kr', 'a\u00adb.example'],
  ['gb18030', '𝕥𝓻\u200bx.example'], ['gb18030', 'ⅷⅫ①.example'],
  ['big5', '㎏Ⅹ.example'], ['euc-kr', 'Ⅹⓐⓩ.example']);

for (const encoding of ['windows-1250', 'windows-1251', 'windows-1252',
  'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256',
  'windows-1257', 'windows-1258', 'iso-8859-2', 'iso-8859-5', 'iso-8859-7',
  'iso-8859-15'])
{
  written.push([encoding, 'tr\u00adacker.example']);
}

for (const h of ['bücher.example', 'BÜCHER.example', 'xªº²³¹.example',
  '\u2122.example', 'caf\u00e9.example'])
{
  written.push(['windows-1252', h]);
}

written.push(['windows-1251', '№.example'], ['macintosh', 'ªº™.example'],
  ['koi8-r', '².example'], ['ibm866', '№.example'], ['iso-8859-5', '№.example']);

// to bytes: by trying them

const encoders = {};

const encoder = (encoding) => {
  const d = new TextDecoder(encoding);
  const all = new Map();
  const put = (bytes) => {
    const c = d.decode(new Uint8Array(bytes));
    if ([...c].length === 1 && c !== '\ufffd' && !all.has(c)) all.set(c, bytes);
  };

  for (let a = 0; a < 256; a++) put([a]);
  if (/windows|iso|koi|mac|ibm/.test(encoding)) return all;
  for (let a = 0x81; a < 0xff; a++) {
    for (let b = 0x40; b < 0xff; b++) put([a, b]);
  }

  for (let n = 0; encoding === 'gb18030' && n < 1260 * 1260; n++) {
    put([n / 12600 + 0x81, n / 1260 % 10 + 0x30, n / 10 % 126 + 0x81,
      n % 10 + 0x30].map(Math.floor));
  }

  return all;
};

for (const [i, [encoding, h]] of written.entries()) {
  let bytes;

  if (encoding === 'utf-8') {
    bytes = [...new TextEncoder().encode(h)];
  } else {
    encoders[encoding] ??= encoder(encoding);
    bytes = [...h].flatMap((c) => encoders[encoding].get(c));
    if (bytes.includes(undefined)) continue;    // it has no such character
  }

  let host = '';

  try {
    host = new URL('http://' + h + '/').hostname.replace(/\.$/, '');
  } catch {
    if (i < none) continue;     // not yet in this Unicode
  }

  const text = bytes.map((b) => b > 0x20 && b < 0x7f && b !== 0x5c
    ? String.fromCharCode(b)
    : '\\x' + b.toString(16).padStart(2, '0')).join('');

  console.log([encoding, '//' + text + '/', host].join('\t'));
}
