
/*
 * What encoding a page is in, as Chromium says: charset_vectors.tsv.  The first
 * bytes of a page at every split.
 */

#include "ngx_consent_charset.h"
#include "charset_vectors.h"


/* the standard's names */

static const char  *names[] = {
    "-",
    "utf-8",
    "ibm866",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-8-i",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "macintosh",
    "windows-874",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "x-mac-cyrillic",
    "gbk",
    "gb18030",
    "big5",
    "euc-jp",
    "iso-2022-jp",
    "shift_jis",
    "euc-kr",
    "replacement",
    "utf-16be",
    "utf-16le",
    "x-user-defined"
};


static ngx_consent_charset_e
label(const char *s, size_t len)
{
    u_char                 *p;
    ngx_consent_charset_e   charset;

    p = test_copy(s, len);
    charset = ngx_consent_charset_label(p, len);
    free(p);

    return charset;
}


static void
check_label(char **column)
{
    char    text[64];
    size_t  i, len;

    len = strlen(column[1]);

    CHECK(strcmp(names[label(column[1], len)], column[2]) == 0,
          "label %s is %s", column[1], column[2]);

    snprintf(text, sizeof(text), " \t\n\f\r%s\r\n ", column[1]);

    for (i = 0; text[i]; i++) {
        if (text[i] >= 'a' && text[i] <= 'z' && (i & 1)) {
            text[i] &= 0xdf;
        }
    }

    CHECK(strcmp(names[label(text, i)], column[2]) == 0,
          "label %s in another case, with blanks", column[1]);

    text[5 + len] = '\v';
    CHECK(label(text, i) == NGX_CONSENT_CHARSET_NONE,
          "label %s with a vertical tab", column[1]);
}


static void
check_header(char **column)
{
    u_char  *p;
    size_t   len;

    p = vectors_bytes(column[1], strlen(column[1]), &len);

    CHECK(strcmp(names[ngx_consent_charset_header(p, len)], column[2]) == 0,
          "header %.*s is %s", (int) len, p, column[2]);

    free(p);
}


static void
check_meta(char **column)
{
    char                  *p, *name, *value;
    u_char                *n, *v;
    size_t                 len, nlen;
    ngx_consent_meta_e     attr;
    ngx_consent_meta_t     m;
    ngx_consent_charset_e  charset;

    memset(&m, 0, sizeof(m));

    for (p = column[1]; *p; /* void */) {

        name = p;
        p += strcspn(p, " ");
        n = vectors_bytes(name, p - name, &nlen);

        value = ++p;
        p += strcspn(p, " ");
        v = vectors_bytes(value, p - value, &len);

        if (*p) {
            p++;
        }

        attr = n[0] == 'h' ? NGX_CONSENT_META_HTTP_EQUIV
               : n[1] == 'h' ? NGX_CONSENT_META_CHARSET
               : NGX_CONSENT_META_CONTENT;

        ngx_consent_charset_meta(&m, attr, v, len);

        free(n);
        free(v);
    }

    charset = ngx_consent_charset_meta_end(&m);

    CHECK(strcmp(names[charset], column[2]) == 0,
          "meta %s is %s, not %s", column[1], column[2], names[charset]);
}


static void
check_sniff(char **column)
{
    u_char               *p, *a, *b;
    size_t                len, cut, header_len;
    ngx_int_t             rc;
    ngx_consent_sniff_t   s;

    p = vectors_bytes(column[1], strlen(column[1]), &len);
    header_len = column[3] ? strlen(column[3]) : 0;

    for (cut = 0; cut <= len; cut++) {

        ngx_consent_sniff_init(&s, label(column[3], header_len));

        a = test_copy(p, cut);
        b = test_copy(p + cut, len - cut);

        rc = ngx_consent_sniff(&s, a, cut, 0);

        if (rc == NGX_AGAIN) {
            rc = ngx_consent_sniff(&s, b, len - cut, 1);
        }

        CHECK(rc == NGX_OK && strcmp(names[s.charset], column[2]) == 0,
              "%s %s cut at %zu is %s, not %s", column[1], column[3], cut,
              column[2], names[s.charset]);

        free(a);
        free(b);
    }

    free(p);
}


/* what may still be changed by a meta, and what must be waited for */

static void
check_sure(void)
{
    size_t               i, n;
    u_char               p[NGX_CONSENT_CHARSET_DECLARATION + 16];
    ngx_consent_sniff_t  s;

    static const struct {
        const char             *page;
        ngx_consent_charset_e   header;
        unsigned                sure;
        int                     waits;      /* bytes */
    } rows[] = {
        { "<!doctype html>", NGX_CONSENT_CHARSET_NONE, 0, 2 },
        { "<!doctype html>", NGX_CONSENT_CHARSET_BIG5, 1, 1 },
        { "<?xml encoding='koi8-r'?>x", NGX_CONSENT_CHARSET_NONE, 0, 25 },
        { "<?xml encoding='koi8-r'?>x", NGX_CONSENT_CHARSET_BIG5, 1, 1 },
        { "<?xmk encoding='koi8-r'?>x", NGX_CONSENT_CHARSET_NONE, 0, 5 },
        { "\xef\xbb\xbfx", NGX_CONSENT_CHARSET_NONE, 1, 3 },
        { "\xff\xfex", NGX_CONSENT_CHARSET_BIG5, 1, 2 },
        { "\xefx", NGX_CONSENT_CHARSET_NONE, 0, 2 }
    };

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {

        ngx_consent_sniff_init(&s, rows[i].header);

        for (n = 0; rows[i].page[n]; n++) {
            if (ngx_consent_sniff(&s, (u_char *) &rows[i].page[n], 1, 0)
                == NGX_OK)
            {
                break;
            }
        }

        CHECK((int) n + 1 == rows[i].waits && s.sure == rows[i].sure,
              "%s waits for %d bytes, not %zu", rows[i].page, rows[i].waits,
              n + 1);
    }

    memset(p, ' ', sizeof(p));
    memcpy(p, "<?xml", 5);

    ngx_consent_sniff_init(&s, NGX_CONSENT_CHARSET_NONE);

    for (n = 0; n < sizeof(p); n++) {
        if (ngx_consent_sniff(&s, p + n, 1, 0) == NGX_OK) {
            break;
        }
    }

    CHECK(n + 1 == NGX_CONSENT_CHARSET_DECLARATION
          && s.charset == NGX_CONSENT_CHARSET_NONE,
          "an endless declaration is given up");
}


static void
check_bytes(void)
{
    CHECK(ngx_consent_charset_bytes(label("sjis", 4))
          == NGX_CONSENT_BYTES_LEAD, "Shift_JIS has lead bytes");
    CHECK(ngx_consent_charset_bytes(label("gbk", 3))
          == NGX_CONSENT_BYTES_LEAD, "GBK has lead bytes");
    CHECK(ngx_consent_charset_bytes(label("euc-jp", 6))
          == NGX_CONSENT_BYTES_ASCII, "EUC-JP's trail bytes are not ASCII");
    CHECK(ngx_consent_charset_bytes(label("utf-16", 6))
          == NGX_CONSENT_BYTES_UTF_16, "UTF-16");
    CHECK(ngx_consent_charset_bytes(label("csiso2022jp", 11))
          == NGX_CONSENT_BYTES_ISO_2022_JP, "ISO-2022-JP");
    CHECK(ngx_consent_charset_bytes(label("hz-gb-2312", 10))
          == NGX_CONSENT_BYTES_REPLACEMENT, "replacement");
    CHECK(ngx_consent_charset_bytes(NGX_CONSENT_CHARSET_NONE)
          == NGX_CONSENT_BYTES_ASCII, "a page that does not say");
}


int
main(void)
{
    CHECK(vectors_each("label", check_label) >= 228, "all labels");
    CHECK(vectors_each("header", check_header) > 0, "headers");
    CHECK(vectors_each("meta", check_meta) > 0, "metas");
    CHECK(vectors_each("sniff", check_sniff) > 0, "beginnings");

    check_sure();
    check_bytes();

    return test_done();
}
