
#include "ngx_consent_charset.h"
#include "ngx_consent_char.h"


typedef struct {
    ngx_str_t              label;
    ngx_consent_charset_e  charset;
} ngx_consent_charset_label_t;


/* Encoding standard 4.2, shorter labels first, then by bytes */

static const ngx_consent_charset_label_t  ngx_consent_charset_labels[] = {

    { ngx_string("l1"),               NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("l2"),               NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("l3"),               NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("l4"),               NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("l5"),               NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("l6"),               NGX_CONSENT_CHARSET_ISO_8859_10 },
    { ngx_string("l9"),               NGX_CONSENT_CHARSET_ISO_8859_15 },
    { ngx_string("866"),              NGX_CONSENT_CHARSET_IBM866 },
    { ngx_string("gbk"),              NGX_CONSENT_CHARSET_GBK },
    { ngx_string("koi"),              NGX_CONSENT_CHARSET_KOI8_R },
    { ngx_string("mac"),              NGX_CONSENT_CHARSET_MACINTOSH },
    { ngx_string("big5"),             NGX_CONSENT_CHARSET_BIG5 },
    { ngx_string("koi8"),             NGX_CONSENT_CHARSET_KOI8_R },
    { ngx_string("sjis"),             NGX_CONSENT_CHARSET_SHIFT_JIS },
    { ngx_string("utf8"),             NGX_CONSENT_CHARSET_UTF_8 },
    { ngx_string("ascii"),            NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("cp819"),            NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("cp866"),            NGX_CONSENT_CHARSET_IBM866 },
    { ngx_string("greek"),            NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("ms932"),            NGX_CONSENT_CHARSET_SHIFT_JIS },
    { ngx_string("ucs-2"),            NGX_CONSENT_CHARSET_UTF_16LE },
    { ngx_string("utf-8"),            NGX_CONSENT_CHARSET_UTF_8 },
    { ngx_string("x-gbk"),            NGX_CONSENT_CHARSET_GBK },
    { ngx_string("arabic"),           NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("cp1250"),           NGX_CONSENT_CHARSET_WINDOWS_1250 },
    { ngx_string("cp1251"),           NGX_CONSENT_CHARSET_WINDOWS_1251 },
    { ngx_string("cp1252"),           NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("cp1253"),           NGX_CONSENT_CHARSET_WINDOWS_1253 },
    { ngx_string("cp1254"),           NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("cp1255"),           NGX_CONSENT_CHARSET_WINDOWS_1255 },
    { ngx_string("cp1256"),           NGX_CONSENT_CHARSET_WINDOWS_1256 },
    { ngx_string("cp1257"),           NGX_CONSENT_CHARSET_WINDOWS_1257 },
    { ngx_string("cp1258"),           NGX_CONSENT_CHARSET_WINDOWS_1258 },
    { ngx_string("csbig5"),           NGX_CONSENT_CHARSET_BIG5 },
    { ngx_string("euc-jp"),           NGX_CONSENT_CHARSET_EUC_JP },
    { ngx_string("euc-kr"),           NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("gb2312"),           NGX_CONSENT_CHARSET_GBK },
    { ngx_string("greek8"),           NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("hebrew"),           NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("ibm819"),           NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("ibm866"),           NGX_CONSENT_CHARSET_IBM866 },
    { ngx_string("koi8-r"),           NGX_CONSENT_CHARSET_KOI8_R },
    { ngx_string("koi8-u"),           NGX_CONSENT_CHARSET_KOI8_U },
    { ngx_string("koi8_r"),           NGX_CONSENT_CHARSET_KOI8_R },
    { ngx_string("korean"),           NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("latin1"),           NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("latin2"),           NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("latin3"),           NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("latin4"),           NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("latin5"),           NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("latin6"),           NGX_CONSENT_CHARSET_ISO_8859_10 },
    { ngx_string("utf-16"),           NGX_CONSENT_CHARSET_UTF_16LE },
    { ngx_string("visual"),           NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("x-sjis"),           NGX_CONSENT_CHARSET_SHIFT_JIS },
    { ngx_string("chinese"),          NGX_CONSENT_CHARSET_GBK },
    { ngx_string("cn-big5"),          NGX_CONSENT_CHARSET_BIG5 },
    { ngx_string("cseuckr"),          NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("cskoi8r"),          NGX_CONSENT_CHARSET_KOI8_R },
    { ngx_string("dos-874"),          NGX_CONSENT_CHARSET_WINDOWS_874 },
    { ngx_string("gb18030"),          NGX_CONSENT_CHARSET_GB18030 },
    { ngx_string("gb_2312"),          NGX_CONSENT_CHARSET_GBK },
    { ngx_string("koi8-ru"),          NGX_CONSENT_CHARSET_KOI8_U },
    { ngx_string("ksc5601"),          NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("logical"),          NGX_CONSENT_CHARSET_ISO_8859_8_I },
    { ngx_string("tis-620"),          NGX_CONSENT_CHARSET_WINDOWS_874 },
    { ngx_string("unicode"),          NGX_CONSENT_CHARSET_UTF_16LE },
    { ngx_string("asmo-708"),         NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("csgb2312"),         NGX_CONSENT_CHARSET_GBK },
    { ngx_string("csibm866"),         NGX_CONSENT_CHARSET_IBM866 },
    { ngx_string("cyrillic"),         NGX_CONSENT_CHARSET_ISO_8859_5 },
    { ngx_string("ecma-114"),         NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("ecma-118"),         NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("elot_928"),         NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("iso88591"),         NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("iso88592"),         NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("iso88593"),         NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("iso88594"),         NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("iso88595"),         NGX_CONSENT_CHARSET_ISO_8859_5 },
    { ngx_string("iso88596"),         NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("iso88597"),         NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("iso88598"),         NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("iso88599"),         NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("ksc_5601"),         NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("ms_kanji"),         NGX_CONSENT_CHARSET_SHIFT_JIS },
    { ngx_string("us-ascii"),         NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("utf-16be"),         NGX_CONSENT_CHARSET_UTF_16BE },
    { ngx_string("utf-16le"),         NGX_CONSENT_CHARSET_UTF_16LE },
    { ngx_string("x-cp1250"),         NGX_CONSENT_CHARSET_WINDOWS_1250 },
    { ngx_string("x-cp1251"),         NGX_CONSENT_CHARSET_WINDOWS_1251 },
    { ngx_string("x-cp1252"),         NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("x-cp1253"),         NGX_CONSENT_CHARSET_WINDOWS_1253 },
    { ngx_string("x-cp1254"),         NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("x-cp1255"),         NGX_CONSENT_CHARSET_WINDOWS_1255 },
    { ngx_string("x-cp1256"),         NGX_CONSENT_CHARSET_WINDOWS_1256 },
    { ngx_string("x-cp1257"),         NGX_CONSENT_CHARSET_WINDOWS_1257 },
    { ngx_string("x-cp1258"),         NGX_CONSENT_CHARSET_WINDOWS_1258 },
    { ngx_string("x-euc-jp"),         NGX_CONSENT_CHARSET_EUC_JP },
    { ngx_string("x-x-big5"),         NGX_CONSENT_CHARSET_BIG5 },
    { ngx_string("csunicode"),        NGX_CONSENT_CHARSET_UTF_16LE },
    { ngx_string("iso-ir-58"),        NGX_CONSENT_CHARSET_GBK },
    { ngx_string("iso8859-1"),        NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("iso8859-2"),        NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("iso8859-3"),        NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("iso8859-4"),        NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("iso8859-5"),        NGX_CONSENT_CHARSET_ISO_8859_5 },
    { ngx_string("iso8859-6"),        NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("iso8859-7"),        NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("iso8859-8"),        NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("iso8859-9"),        NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("iso885910"),        NGX_CONSENT_CHARSET_ISO_8859_10 },
    { ngx_string("iso885911"),        NGX_CONSENT_CHARSET_WINDOWS_874 },
    { ngx_string("iso885913"),        NGX_CONSENT_CHARSET_ISO_8859_13 },
    { ngx_string("iso885914"),        NGX_CONSENT_CHARSET_ISO_8859_14 },
    { ngx_string("iso885915"),        NGX_CONSENT_CHARSET_ISO_8859_15 },
    { ngx_string("macintosh"),        NGX_CONSENT_CHARSET_MACINTOSH },
    { ngx_string("shift-jis"),        NGX_CONSENT_CHARSET_SHIFT_JIS },
    { ngx_string("shift_jis"),        NGX_CONSENT_CHARSET_SHIFT_JIS },
    { ngx_string("big5-hkscs"),       NGX_CONSENT_CHARSET_BIG5 },
    { ngx_string("csshiftjis"),       NGX_CONSENT_CHARSET_SHIFT_JIS },
    { ngx_string("gb_2312-80"),       NGX_CONSENT_CHARSET_GBK },
    { ngx_string("hz-gb-2312"),       NGX_CONSENT_CHARSET_REPLACEMENT },
    { ngx_string("iso-8859-1"),       NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("iso-8859-2"),       NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("iso-8859-3"),       NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("iso-8859-4"),       NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("iso-8859-5"),       NGX_CONSENT_CHARSET_ISO_8859_5 },
    { ngx_string("iso-8859-6"),       NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("iso-8859-7"),       NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("iso-8859-8"),       NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("iso-8859-9"),       NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("iso-ir-100"),       NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("iso-ir-101"),       NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("iso-ir-109"),       NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("iso-ir-110"),       NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("iso-ir-126"),       NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("iso-ir-127"),       NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("iso-ir-138"),       NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("iso-ir-144"),       NGX_CONSENT_CHARSET_ISO_8859_5 },
    { ngx_string("iso-ir-148"),       NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("iso-ir-149"),       NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("iso-ir-157"),       NGX_CONSENT_CHARSET_ISO_8859_10 },
    { ngx_string("iso8859-10"),       NGX_CONSENT_CHARSET_ISO_8859_10 },
    { ngx_string("iso8859-11"),       NGX_CONSENT_CHARSET_WINDOWS_874 },
    { ngx_string("iso8859-13"),       NGX_CONSENT_CHARSET_ISO_8859_13 },
    { ngx_string("iso8859-14"),       NGX_CONSENT_CHARSET_ISO_8859_14 },
    { ngx_string("iso8859-15"),       NGX_CONSENT_CHARSET_ISO_8859_15 },
    { ngx_string("iso_8859-1"),       NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("iso_8859-2"),       NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("iso_8859-3"),       NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("iso_8859-4"),       NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("iso_8859-5"),       NGX_CONSENT_CHARSET_ISO_8859_5 },
    { ngx_string("iso_8859-6"),       NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("iso_8859-7"),       NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("iso_8859-8"),       NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("iso_8859-9"),       NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("csiso2022jp"),      NGX_CONSENT_CHARSET_ISO_2022_JP },
    { ngx_string("csiso2022kr"),      NGX_CONSENT_CHARSET_REPLACEMENT },
    { ngx_string("csiso88596e"),      NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("csiso88596i"),      NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("csiso88598e"),      NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("csiso88598i"),      NGX_CONSENT_CHARSET_ISO_8859_8_I },
    { ngx_string("csisolatin1"),      NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("csisolatin2"),      NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("csisolatin3"),      NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("csisolatin4"),      NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("csisolatin5"),      NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("csisolatin6"),      NGX_CONSENT_CHARSET_ISO_8859_10 },
    { ngx_string("csisolatin9"),      NGX_CONSENT_CHARSET_ISO_8859_15 },
    { ngx_string("csmacintosh"),      NGX_CONSENT_CHARSET_MACINTOSH },
    { ngx_string("iso-2022-cn"),      NGX_CONSENT_CHARSET_REPLACEMENT },
    { ngx_string("iso-2022-jp"),      NGX_CONSENT_CHARSET_ISO_2022_JP },
    { ngx_string("iso-2022-kr"),      NGX_CONSENT_CHARSET_REPLACEMENT },
    { ngx_string("iso-8859-10"),      NGX_CONSENT_CHARSET_ISO_8859_10 },
    { ngx_string("iso-8859-11"),      NGX_CONSENT_CHARSET_WINDOWS_874 },
    { ngx_string("iso-8859-13"),      NGX_CONSENT_CHARSET_ISO_8859_13 },
    { ngx_string("iso-8859-14"),      NGX_CONSENT_CHARSET_ISO_8859_14 },
    { ngx_string("iso-8859-15"),      NGX_CONSENT_CHARSET_ISO_8859_15 },
    { ngx_string("iso-8859-16"),      NGX_CONSENT_CHARSET_ISO_8859_16 },
    { ngx_string("iso_8859-15"),      NGX_CONSENT_CHARSET_ISO_8859_15 },
    { ngx_string("replacement"),      NGX_CONSENT_CHARSET_REPLACEMENT },
    { ngx_string("unicodefeff"),      NGX_CONSENT_CHARSET_UTF_16LE },
    { ngx_string("unicodefffe"),      NGX_CONSENT_CHARSET_UTF_16BE },
    { ngx_string("windows-31j"),      NGX_CONSENT_CHARSET_SHIFT_JIS },
    { ngx_string("windows-874"),      NGX_CONSENT_CHARSET_WINDOWS_874 },
    { ngx_string("windows-949"),      NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("x-mac-roman"),      NGX_CONSENT_CHARSET_MACINTOSH },
    { ngx_string("iso-8859-6-e"),     NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("iso-8859-6-i"),     NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("iso-8859-8-e"),     NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("iso-8859-8-i"),     NGX_CONSENT_CHARSET_ISO_8859_8_I },
    { ngx_string("sun_eu_greek"),     NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("windows-1250"),     NGX_CONSENT_CHARSET_WINDOWS_1250 },
    { ngx_string("windows-1251"),     NGX_CONSENT_CHARSET_WINDOWS_1251 },
    { ngx_string("windows-1252"),     NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("windows-1253"),     NGX_CONSENT_CHARSET_WINDOWS_1253 },
    { ngx_string("windows-1254"),     NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("windows-1255"),     NGX_CONSENT_CHARSET_WINDOWS_1255 },
    { ngx_string("windows-1256"),     NGX_CONSENT_CHARSET_WINDOWS_1256 },
    { ngx_string("windows-1257"),     NGX_CONSENT_CHARSET_WINDOWS_1257 },
    { ngx_string("windows-1258"),     NGX_CONSENT_CHARSET_WINDOWS_1258 },
    { ngx_string("csksc56011987"),    NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("unicode11utf8"),    NGX_CONSENT_CHARSET_UTF_8 },
    { ngx_string("unicode20utf8"),    NGX_CONSENT_CHARSET_UTF_8 },
    { ngx_string("ansi_x3.4-1968"),   NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("ks_c_5601-1987"),   NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("ks_c_5601-1989"),   NGX_CONSENT_CHARSET_EUC_KR },
    { ngx_string("x-mac-cyrillic"),   NGX_CONSENT_CHARSET_X_MAC_CYRILLIC },
    { ngx_string("x-user-defined"),   NGX_CONSENT_CHARSET_X_USER_DEFINED },
    { ngx_string("csiso58gb231280"),  NGX_CONSENT_CHARSET_GBK },
    { ngx_string("csisolatingreek"),  NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("iso-10646-ucs-2"),  NGX_CONSENT_CHARSET_UTF_16LE },
    { ngx_string("iso-2022-cn-ext"),  NGX_CONSENT_CHARSET_REPLACEMENT },
    { ngx_string("iso_8859-1:1987"),  NGX_CONSENT_CHARSET_WINDOWS_1252 },
    { ngx_string("iso_8859-2:1987"),  NGX_CONSENT_CHARSET_ISO_8859_2 },
    { ngx_string("iso_8859-3:1988"),  NGX_CONSENT_CHARSET_ISO_8859_3 },
    { ngx_string("iso_8859-4:1988"),  NGX_CONSENT_CHARSET_ISO_8859_4 },
    { ngx_string("iso_8859-5:1988"),  NGX_CONSENT_CHARSET_ISO_8859_5 },
    { ngx_string("iso_8859-6:1987"),  NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("iso_8859-7:1987"),  NGX_CONSENT_CHARSET_ISO_8859_7 },
    { ngx_string("iso_8859-8:1988"),  NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("iso_8859-9:1989"),  NGX_CONSENT_CHARSET_WINDOWS_1254 },
    { ngx_string("x-mac-ukrainian"),  NGX_CONSENT_CHARSET_X_MAC_CYRILLIC },
    { ngx_string("x-unicode20utf8"),  NGX_CONSENT_CHARSET_UTF_8 },
    { ngx_string("csisolatinarabic"), NGX_CONSENT_CHARSET_ISO_8859_6 },
    { ngx_string("csisolatinhebrew"), NGX_CONSENT_CHARSET_ISO_8859_8 },
    { ngx_string("unicode-1-1-utf-8"), NGX_CONSENT_CHARSET_UTF_8 },
    { ngx_string("csisolatincyrillic"), NGX_CONSENT_CHARSET_ISO_8859_5 },
    { ngx_string("cseucpkdfmtjapanese"), NGX_CONSENT_CHARSET_EUC_JP }
};


/* the standard's ASCII whitespace */

#define ngx_consent_charset_space(c)                                         \
    ((c) == ' ' || (c) == '\t' || (c) == '\n' || (c) == '\f' || (c) == '\r')


ngx_consent_charset_e
ngx_consent_charset_label(const u_char *p, size_t len)
{
    int                                 rc;
    u_char                              name[NGX_CONSENT_CHARSET_MAX_LABEL];
    size_t                              i;
    ngx_uint_t                          left, right, mid;
    const ngx_consent_charset_label_t  *l;

    while (len && ngx_consent_charset_space(p[0])) {
        p++;
        len--;
    }

    while (len && ngx_consent_charset_space(p[len - 1])) {
        len--;
    }

    if (len > sizeof(name)) {
        return NGX_CONSENT_CHARSET_NONE;
    }

    for (i = 0; i < len; i++) {
        name[i] = ngx_consent_tolower(p[i]);
    }

    left = 0;
    right = sizeof(ngx_consent_charset_labels)
            / sizeof(ngx_consent_charset_labels[0]);

    while (left < right) {

        mid = (left + right) / 2;
        l = &ngx_consent_charset_labels[mid];

        rc = (len > l->label.len) - (len < l->label.len);
        if (rc == 0) {
            rc = memcmp(name, l->label.data, len);
        }

        if (rc == 0) {
            return l->charset;
        }

        if (rc < 0) {
            right = mid;

        } else {
            left = mid + 1;
        }
    }

    return NGX_CONSENT_CHARSET_NONE;
}


ngx_consent_bytes_e
ngx_consent_charset_bytes(ngx_consent_charset_e charset)
{
    switch (charset) {

    case NGX_CONSENT_CHARSET_UTF_16BE:
    case NGX_CONSENT_CHARSET_UTF_16LE:
        return NGX_CONSENT_BYTES_UTF_16;

    case NGX_CONSENT_CHARSET_ISO_2022_JP:
        return NGX_CONSENT_BYTES_ISO_2022_JP;

    case NGX_CONSENT_CHARSET_GBK:
    case NGX_CONSENT_CHARSET_GB18030:
    case NGX_CONSENT_CHARSET_BIG5:
    case NGX_CONSENT_CHARSET_SHIFT_JIS:
    case NGX_CONSENT_CHARSET_EUC_KR:
        return NGX_CONSENT_BYTES_LEAD;

    case NGX_CONSENT_CHARSET_REPLACEMENT:
        return NGX_CONSENT_BYTES_REPLACEMENT;

    default:
        return NGX_CONSENT_BYTES_ASCII;
    }
}


ngx_uint_t
ngx_consent_charset_lead(ngx_consent_charset_e charset)
{
    if (ngx_consent_charset_bytes(charset) != NGX_CONSENT_BYTES_LEAD) {
        return 0;
    }

    return (charset == NGX_CONSENT_CHARSET_SHIFT_JIS) ? NGX_CONSENT_LEAD_SJIS
                                                      : NGX_CONSENT_LEAD_GBK;
}
