// The page as bytes: which encoding it is in, and what that does to a tag.  The
// strings of cases in latin1 are bytes.

import { loads, same } from '../lib/case.mjs';

const img = '<img src="http://c0.tracker.example/a.gif">';
const live = '<img src="http://c0.kept.example/k.gif">';
const html = charset => ({ as: 'latin1', type: 'text/html; charset=' + charset });
const raw = type => ({ as: 'latin1', type });
const meta = (name, tag, body, options = {}) => loads(name, tag + body + live, { as: 'latin1', type: 'text/html', ...options });

// full-width "t", as each encoding has it
const wide = { Shift_JIS: '\x82\x94', 'EUC-JP': '\xa3\xf4', GBK: '\xa3\xf4', gb18030: '\xa3\xf4', Big5: '\xa2\xfc', 'EUC-KR': '\xa3\xf4' };

// a lead byte: what follows it may be part of a character, but never ends a tag
const leads = [ 'Shift_JIS', 'EUC-JP', 'GBK', 'gb18030', 'Big5', 'EUC-KR' ];

const iso = html('ISO-2022-JP');

export default [

    // UTF-8
    loads('UTF-8 with a BOM', '\ufeff' + img + live),
    loads('UTF-8 with a BOM, declared otherwise', '\ufeff<img src="http://c0.trac\u00adker.example/a.gif">' + live, { type: 'text/html; charset=windows-1252' }),
    loads('UTF-8 by meta', '<meta charset=utf-8><img src="http://c0.\uff54racker.example/a.gif">' + live, { type: 'text/html' }),
    loads('UTF-8 by an http-equiv meta', '<meta http-equiv=content-type content="text/html; charset=utf-8"><img src="http://c0.\uff54racker.example/a.gif">' + live, { type: 'text/html' }),
    loads('UTF-8 by the header, against meta', '<meta charset=shift_jis><img src="http://c0.\uff54racker.example/a.gif">' + live),
    loads('bytes that are not UTF-8, in an attribute', `<img alt="\xff\xfe\xc3" src="http://c0.tracker.example/a.gif">` + live, html('utf-8')),
    loads('a sequence that " cuts', `<img alt="\xe3\x81"src="http://c0.tracker.example/a.gif">` + live, html('utf-8')),
    loads('a sequence that > cuts', `<p title=\xe3\x81>` + img + live, html('utf-8')),
    loads('a sequence that < cuts', `\xf0\x9f` + img + live, html('utf-8')),
    same('a soft hyphen of one byte in UTF-8', 'no UTF-8, so U+FFFD', '<img src="http://c0.trac\xadker.example/a.gif">' + live, html('utf-8')),
    same('an overlong letter', 'no UTF-8, so U+FFFD', '<img src="http://c0.\xc1\xb4racker.example/a.gif">' + live, html('utf-8')),

    // one byte a character
    ...[ 'windows-1252', 'iso-8859-1', 'us-ascii', 'windows-1251', 'iso-8859-15', 'iso-8859-2', 'windows-1250' ].map(c =>
        loads(`0xAD vanishes from a host in ${c}`, '<img src="http://c0.trac\xadker.example/a.gif">' + live, html(c))),
    loads('0xAD where nothing is declared', '<img src="http://c0.trac\xadker.example/a.gif">' + live, raw('text/html')),
    loads('0xAD by meta', '<meta charset=latin1><img src="http://c0.trac\xadker.example/a.gif">' + live, raw('text/html')),
    loads('a feminine ordinal in windows-1252', '<img src="http://c0.tr\xaacker.example/a.gif">' + live, html('windows-1252')),
    loads('a name of windows-1252', '<img src="http://c0.b\xfccher.example/a.gif">' + live, html('windows-1252')),
    loads('a name where nothing is declared', '<img src="http://c0.b\xfccher.example/a.gif">' + live, raw('text/html')),
    loads('a name of KOI8-R that is ASCII', '<img alt="\xf0\xd2\xc9" src="http://c0.tracker.example/a.gif">' + live, html('koi8-r')),
    loads('x-user-defined', '<img alt="\xf0\xd2" src="http://c0.tracker.example/a.gif">' + live, html('x-user-defined')),
    loads('a charset that nobody knows', '<img alt="\xf0" src="http://c0.tracker.example/a.gif">' + live, html('klingon')),

    // two bytes a character
    ...Object.entries(wide).map(([ c, t ]) => loads(`a full-width letter in ${c}`, `<img src="http://c0.${t}racker.example/a.gif">` + live, html(c))),
    ...Object.entries(wide).map(([ c, t ]) => meta(`a full-width letter in ${c} by meta`, `<meta charset="${c}">`, `<img src="http://c0.${t}racker.example/a.gif">`)),
    ...leads.map(c => loads(`a lead byte before " in ${c}`, `<img alt="\x81"src="http://c0.tracker.example/a.gif">` + live, html(c))),
    ...leads.map(c => loads(`a lead byte before > in ${c}`, `<p title=\x81>` + img + live, html(c))),
    ...leads.map(c => loads(`a lead byte before < in ${c}`, `<p>\x81` + img + live, html(c))),
    loads('a trail byte that looks like \\ in Shift_JIS', `<script>a = "\x83\x5c"</script>` + img + live, html('Shift_JIS')),
    loads('a trail byte that looks like | in Big5', `<p title="\xa6\x7c">` + img + live, html('Big5')),
    loads('four bytes of gb18030', `<p title="\x81\x30\x81\x30">` + img + live, html('gb18030')),
    loads('three bytes of EUC-JP', `<p title="\x8f\xa1\xa1">` + img + live, html('EUC-JP')),
    loads('an ideographic dot in Shift_JIS', '<img src="http://c0.tracker\x81\x42example/a.gif">' + live, html('Shift_JIS')),
    loads('a half-width dot in Shift_JIS', '<img src="http://c0.tracker\xa1example/a.gif">' + live, html('Shift_JIS')),
    loads('an ideographic dot in GBK', '<img src="http://c0.tracker\xa1\xa3example/a.gif">' + live, html('GBK')),
    loads('a style in Shift_JIS', `<style>p{background:url("http://c0.${wide.Shift_JIS}racker.example/a.gif")}</style><p>a</p>` + live, html('Shift_JIS')),

    // ISO-2022-JP
    loads('ESC ( B in the name of an element', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">' + live, iso),
    loads('ESC ( B in the name of an attribute', '<img s\x1b(Brc="http://c0.tracker.example/a.gif">' + live, iso),
    loads('ESC ( B after <', '<\x1b(Bimg src="http://c0.tracker.example/a.gif">' + live, iso),
    loads('ESC ( B in a host', '<img src="http://c0.tra\x1b(Bcker.example/a.gif">' + live, iso),
    loads('ESC ( B in a scheme', '<img src="ht\x1b(Btp://c0.tracker.example/a.gif">' + live, iso),
    loads('ESC ( B between slashes', '<img src="/\x1b(B/c0.tracker.example/a.gif">' + live, iso),
    loads('ESC ( B in an entity', '<img src="http://c0.&#1\x1b(B16;racker.example/a.gif">' + live, iso),
    loads('ESC ( B in an end tag', '<title>a</ti\x1b(Btle>' + img + live, iso),
    loads('ESC ( B in the end of a comment', '<!-- -\x1b(B->' + img + live, iso),
    loads('ESC ( B in a rel', '<link rel="style\x1b(Bsheet" href="http://c0.tracker.example/a.css">' + live, iso),
    loads('ESC ( B in a marker', '<script>marked\x1b(BQueue = []; new Image().src = "http://c0.tracker.example/m.gif"</script>' + live, iso),
    loads('ESC ( J', '<img src="http://c0.tra\x1b(Jcker.example/a.gif">' + live, iso),
    loads('ESC $ B swallows <!--', '\x1b$B<!--\x1b(B' + img + '<!-- -->' + live, iso),
    loads('ESC $ B swallows ="', '<p a\x1b$B="\x1b(B>' + img + live, iso),
    loads('ESC $ @ swallows <!--', '\x1b$@<!--\x1b(B' + img + live, iso),
    loads('ESC $ B swallows <title', '\x1b$B<title>a\x1b(B' + img + live, iso),
    loads('ESC $ B and a line feed', '\x1b$B\n<\x1b(B' + img + live, iso),
    loads('ESC $ B in a script', '<script>/* \x1b$B</script>>\x1b(B*/</script>' + img + live, iso),
    meta('ISO-2022-JP by meta', '<meta charset=iso-2022-jp>', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    meta('ISO-2022-JP by meta with an entity', '<meta charset="iso-2022-j&#112;">', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    meta('ISO-2022-JP by http-equiv', '<meta http-equiv="Content-Type" content="text/html;charset=ISO-2022-JP">', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    meta('ISO-2022-JP by http-equiv, content first', '<meta content="text/html;charset=ISO-2022-JP" http-equiv=content-type>', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    meta('ISO-2022-JP by a meta in the body', '<body><p><meta charset=iso-2022-jp>', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    meta('ISO-2022-JP by a meta in noscript', '<noscript><meta charset=iso-2022-jp></noscript>', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    meta('ISO-2022-JP by a meta after 8 KB', '<!-- ' + 'a'.repeat(8192) + ' --><meta charset=iso-2022-jp>', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    meta('ISO-2022-JP by an XML declaration', '<?xml version="1.0" encoding="iso-2022-jp"?>', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    meta('csISO2022JP', '<meta charset=csiso2022jp>', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">'),
    loads('the first of two charsets', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">' + live, raw('text/html; charset=iso-2022-jp; charset=utf-8')),
    loads('a charset without a blank, in capitals', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">' + live, raw('text/html;CHARSET=ISO-2022-JP')),
    same('ESC ( B without ISO-2022-JP', 'an element that is not known', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">' + live, html('utf-8')),
    same('ESC ( B where nothing is declared', 'ISO-2022-JP is not guessed', '<i\x1b(Bmg src="http://c0.tracker.example/a.gif">' + live, raw('text/html')),
    same('ISO-2022-JP by a meta against the header', 'the header counts', '<meta charset=iso-2022-jp><i\x1b(Bmg src="http://c0.tracker.example/a.gif">' + live, html('utf-8')),
    same('ISO-2022-JP by a meta in a comment', 'a comment', '<!-- <meta charset=iso-2022-jp> --><i\x1b(Bmg src="http://c0.tracker.example/a.gif">' + live, raw('text/html')),
    same('ESC $ B swallows a tag', 'its letters are part of other characters', '<p>\x1b$B<imgsrc=//c0tracker/a>>\x1b(B</p>' + live, iso),

    // UTF-16
    loads('UTF-16LE by a BOM', '\ufeff' + img + live, { as: 'utf16le', type: 'text/html' }),
    loads('UTF-16BE by a BOM', '\ufeff' + img + live, { as: 'utf16be', type: 'text/html' }),
    loads('UTF-16LE by a BOM, against the header', '\ufeff' + img + live, { as: 'utf16le' }),
    loads('UTF-16LE by the header', img + live, { as: 'utf16le', type: 'text/html; charset=utf-16le' }),
    loads('UTF-16BE by the header', img + live, { as: 'utf16be', type: 'text/html; charset=utf-16be' }),
    loads('UTF-16 by the header', img + live, { as: 'utf16le', type: 'text/html; charset=utf-16' }),
    loads('UTF-16LE with letters of two units', '\ufeff<p>\u{1f600}</p>' + img + live, { as: 'utf16le', type: 'text/html' }),
    loads('UTF-16LE with a full-width letter', '\ufeff<img src="http://c0.\uff54racker.example/a.gif">' + live, { as: 'utf16le', type: 'text/html' }),
    loads('UTF-16LE: a letter that looks like " and >', '\ufeff<p title="\u2200\u223e\u3e22">' + img + live, { as: 'utf16le', type: 'text/html' }),
    loads('UTF-16BE: a script with a marker', '\ufeff<script>markedQueue = []; new Image().src = "http://c0.tracker.example/m.gif"</script>' + live, { as: 'utf16be', type: 'text/html' }),
    loads('UTF-16LE: a style', '\ufeff<style>p{background:url(http://c0.tracker.example/a.gif)}</style><p>a</p>' + live, { as: 'utf16le', type: 'text/html' }),
    loads('UTF-16LE: an odd byte at the end', id => Buffer.concat([ Buffer.from(('\ufeff' + img + live).replaceAll('c0', id), 'utf16le'), Buffer.from('a') ]), { type: 'text/html' }),
    loads('UTF-16 by meta is UTF-8', '<meta charset=utf-16le><img src="http://c0.\uff54racker.example/a.gif">' + live, { type: 'text/html' }),
    loads('UTF-16LE of an XML declaration', '<?xml version="1.0"?>' + img + live, { as: 'utf16le', type: 'text/html' }),
    same('UTF-16LE: a comment', 'a comment', '\ufeff<!-- ' + img + ' -->' + live, { as: 'utf16le', type: 'text/html' }),
    same('UTF-16LE: nothing refused', 'essential', '\ufeff' + live, { as: 'utf16le', type: 'text/html' }),
    same('UTF-16 that nobody declares', 'NUL between the letters', img + live, { as: 'utf16le', type: 'text/html; charset=utf-8' }),

    // types
    loads('no content type', '<html>' + img + live, { type: '' }),
    loads('an unknown content type', '<!DOCTYPE html>' + img + live, { type: 'unknown/unknown' }),
    loads('a content type of stars', '<html>' + img + live, { type: '*/*' }),
    loads('text/html with odd parameters', img + live, raw('text/html; a="b;c"; charset=utf-8')),
    loads('TEXT/HTML', img + live, { type: 'TEXT/HTML' }),
    same('text/plain', 'text is shown', img, { type: 'text/plain' }),
];
