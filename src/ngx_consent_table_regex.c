
/*
 * Expressions, and what can be wrong with them and with other names.
 */

#include "ngx_consent_table_int.h"


#define NGX_CONSENT_REGEX_ERROR  192


static ngx_int_t ngx_consent_regex_setup(ngx_consent_table_t *t);
static void *ngx_consent_regex_malloc(size_t size, void *data);
static void ngx_consent_regex_free(void *p, void *data);
static void ngx_consent_regex_error(ngx_consent_table_t *t, int code,
    size_t offset, ngx_consent_fault_t *fault);


ngx_int_t
ngx_consent_name_check(ngx_consent_table_t *t, const ngx_consent_row_t *row,
    ngx_consent_fault_t *fault)
{
    size_t             i;
    pcre2_code        *code;
    ngx_uint_t         n;
    const ngx_str_t   *pattern;

    /* no tracker has any of these names; the empty one is hardly ever met */

    static const ngx_str_t  names[] = {
        ngx_string("Zq9-w_.xJ"),
        ngx_string("\x01\x7f")
    };

    pattern = &row->pattern;

    if (row->domain.data && row->domain.len == 0) {
        return ngx_consent_fault(fault, "invalid \"domain=\", a host name was "
                                        "expected", &row->domain);
    }

    if (row->domain.len && (row->domain.data[0] == '.'
                            || row->domain.data[row->domain.len - 1] == '.'))
    {
        return ngx_consent_fault(fault, "invalid \"domain=\", a host name "
                                        "without a dot before or after it was "
                                        "expected", &row->domain);
    }

    for (i = 0; i < row->domain.len; i++) {
        if (!((ngx_consent_tolower(row->domain.data[i]) >= 'a'
               && ngx_consent_tolower(row->domain.data[i]) <= 'z')
              || (row->domain.data[i] >= '0' && row->domain.data[i] <= '9')
              || row->domain.data[i] == '-' || row->domain.data[i] == '.'
              || row->domain.data[i] == '_'))
        {
            return ngx_consent_fault(fault, "invalid character in \"domain=\"",
                                     &row->domain);
        }
    }

    if (row->kind == NGX_CONSENT_ROW_HEADER) {

        n = pattern->len;

        /* a beginning; of less than a word of the name it would be anything */

        if (n > 2 && pattern->data[n - 1] == '*' && pattern->data[n - 2] == '-')
        {
            n--;
        }

        for (i = 0; i < n; i++) {
            if (memchr("*~ ():,;<=>?@[\\]{}\"", pattern->data[i], 19)) {
                break;
            }
        }

        if (i < n || n > NGX_CONSENT_MAX_HEADER_NAME) {
            return ngx_consent_fault(fault, "invalid header name", pattern);
        }

        return NGX_OK;
    }

    if (pattern->data[0] == '~') {

        code = ngx_consent_regex_compile(t, pattern, fault);
        if (code == NULL) {
            return fault->reason ? NGX_DECLINED : NGX_ERROR;
        }

        for (n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
            if (pcre2_match(code, names[n].data, names[n].len, 0, 0,
                            t->match_data, NULL)
                < 0)
            {
                break;
            }
        }

        pcre2_code_free(code);

        if (n < sizeof(names) / sizeof(names[0])) {
            return NGX_OK;
        }

        return ngx_consent_fault(fault, "pattern that matches everything",
                                 pattern);
    }

    for (i = 0; row->kind == NGX_CONSENT_ROW_COOKIE && i < pattern->len; i++) {
        if (pattern->data[i] == '=' || pattern->data[i] == ';') {
            return ngx_consent_fault(fault, "a cookie's name has no \"=\" and "
                                            "no \";\", a name alone was "
                                            "expected", pattern);
        }
    }

    for (i = 0; i < pattern->len && pattern->data[i] == '*'; i++) {
        /* void */
    }

    if (i == pattern->len) {
        return ngx_consent_fault(fault, "pattern that matches everything",
                                 pattern);
    }

    return NGX_OK;
}


/* "~..." or "~*..."; NULL: fault says why, or memory is short */

pcre2_code *
ngx_consent_regex_compile(ngx_consent_table_t *t, const ngx_str_t *pattern,
    ngx_consent_fault_t *fault)
{
    int                     error;
    size_t                  offset, skip;
    pcre2_code             *code;
    pcre2_compile_context  *context;

    if (ngx_consent_regex_setup(t) != NGX_OK) {
        return NULL;
    }

    context = pcre2_compile_context_create(t->general);
    if (context == NULL) {
        return NULL;
    }

    skip = (pattern->len > 1 && pattern->data[1] == '*') ? 2 : 1;

    code = pcre2_compile(pattern->data + skip, pattern->len - skip,
                         skip == 2 ? PCRE2_CASELESS : 0, &error, &offset,
                         context);
    if (code == NULL) {
        ngx_consent_regex_error(t, error, offset, fault);
        fault->subject = *pattern;
        return NULL;
    }

    /* where JIT is not to be had, the expression is interpreted */

    (void) pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);

    return code;
}


/*
 * What pcre2_match() itself tries first, but for the cost of a call: the names
 * of most cookies begin otherwise.
 */

void
ngx_consent_regex_first(ngx_consent_regex_t *regex)
{
    uint32_t        options, type, first, other;
    const uint8_t  *bitmap;

    memset(regex->first, 0xff, sizeof(regex->first));

    if (pcre2_pattern_info(regex->code, PCRE2_INFO_ALLOPTIONS, &options) != 0
        || !(options & PCRE2_ANCHORED))
    {
        return;
    }

    if (pcre2_pattern_info(regex->code, PCRE2_INFO_FIRSTBITMAP, &bitmap) == 0
        && bitmap)
    {
        memcpy(regex->first, bitmap, sizeof(regex->first));
        return;
    }

    if (pcre2_pattern_info(regex->code, PCRE2_INFO_FIRSTCODETYPE, &type) != 0
        || type != 1
        || pcre2_pattern_info(regex->code, PCRE2_INFO_FIRSTCODEUNIT, &first)
           != 0
        || first >= 0x80)
    {
        return;
    }

    /* whether its case counts is not told */

    other = ((first | 0x20) >= 'a' && (first | 0x20) <= 'z') ? first ^ 0x20
                                                             : first;

    memset(regex->first, 0, sizeof(regex->first));

    regex->first[first / 8] |= 1 << first % 8;
    regex->first[other / 8] |= 1 << other % 8;
}


static ngx_int_t
ngx_consent_regex_setup(ngx_consent_table_t *t)
{
    if (t->match_data) {
        return NGX_OK;
    }

    t->general = pcre2_general_context_create(ngx_consent_regex_malloc,
                                              ngx_consent_regex_free, t);
    if (t->general == NULL) {
        return NGX_ERROR;
    }

    /* only whether it matches is asked */

    t->match_data = pcre2_match_data_create(1, t->general);

    return t->match_data ? NGX_OK : NGX_ERROR;
}


static void *
ngx_consent_regex_malloc(size_t size, void *data)
{
    ngx_consent_table_t  *t = data;

    return ngx_palloc(t->pool, size);
}


static void
ngx_consent_regex_free(void *p, void *data)
{
    /* the pool's */

    (void) p;
    (void) data;
}


static void
ngx_consent_regex_error(ngx_consent_table_t *t, int code, size_t offset,
    ngx_consent_fault_t *fault)
{
    int      len;
    u_char  *p, digits[20], *d;

    static const u_char  invalid[] = "invalid expression, ";
    static const u_char  at[] = " at offset ";

    p = ngx_pnalloc(t->pool, NGX_CONSENT_REGEX_ERROR);
    if (p == NULL) {
        return;
    }

    fault->reason = (char *) p;

    memcpy(p, invalid, sizeof(invalid) - 1);
    p += sizeof(invalid) - 1;

    /* the message, and room for what stands around it */

    len = pcre2_get_error_message(code, p, NGX_CONSENT_REGEX_ERROR - 64);
    if (len > 0) {
        p += len;
    }

    memcpy(p, at, sizeof(at) - 1);
    p += sizeof(at) - 1;

    d = digits + sizeof(digits);

    do {
        *--d = '0' + offset % 10;
        offset /= 10;
    } while (offset);

    memcpy(p, d, digits + sizeof(digits) - d);
    p += digits + sizeof(digits) - d;

    *p = '\0';
}


void
ngx_consent_table_destroy(ngx_consent_table_t *t)
{
    ngx_uint_t  i;

    for (i = 0; i < t->nregexes; i++) {
        pcre2_code_free(t->regexes[i].code);
    }

    t->nregexes = 0;
}
