
#include "ngx_consent_field_int.h"
#include "ngx_consent_js.h"


static ngx_uint_t ngx_consent_field_refresh(ngx_consent_field_t *f);
static ngx_uint_t ngx_consent_field_csp(ngx_consent_field_t *f);
static ngx_uint_t ngx_consent_field_policy(ngx_consent_field_t *f,
    const u_char *p, const u_char *last);
static ngx_uint_t ngx_consent_field_directive(ngx_consent_field_t *f,
    const u_char *p, const u_char *last);
static void ngx_consent_field_cut(ngx_consent_field_t *f, size_t from,
    size_t to);
static ngx_uint_t ngx_consent_field_piece(ngx_consent_field_t *f,
    const u_char *p, const u_char *last);


typedef struct {
    ngx_str_t              name;        /* in lower case */
    ngx_uint_t           (*read)(ngx_consent_field_t *f);
} ngx_consent_field_row_t;


/*
 * In the order of ngx_consent_field_e.  Not here: Location, which is where the
 * visitor goes; SourceMap, which only developer tools fetch; the headers that
 * name a group or an endpoint of Reporting without its URL.
 */

static const ngx_consent_field_row_t  ngx_consent_field_rows[] = {
    { ngx_string("link"), ngx_consent_field_link },
    { ngx_string("refresh"), ngx_consent_field_refresh },
    { ngx_string("content-security-policy"), ngx_consent_field_csp },
    { ngx_string("content-security-policy-report-only"),
      ngx_consent_field_csp },
    { ngx_string("reporting-endpoints"), ngx_consent_field_endpoints },
    { ngx_string("report-to"), ngx_consent_field_report_to },
    { ngx_string("nel"), ngx_consent_field_nel },
    { ngx_string("speculation-rules"), ngx_consent_field_speculation }
};


ngx_consent_field_e
ngx_consent_field_name(const ngx_str_t *name)
{
    size_t                          i;
    ngx_uint_t                      n;
    const ngx_consent_field_row_t  *row;

    for (n = 0; n < NGX_CONSENT_FIELDS; n++) {

        row = &ngx_consent_field_rows[n];

        if (row->name.len != name->len) {
            continue;
        }

        for (i = 0; i < name->len; i++) {
            if (ngx_consent_tolower(name->data[i]) != row->name.data[i]) {
                break;
            }
        }

        if (i == name->len) {
            break;
        }
    }

    return (ngx_consent_field_e) n;
}


ngx_int_t
ngx_consent_field_filter(ngx_consent_field_t *f, ngx_consent_field_e field)
{
    f->left = 0;
    f->done = 0;

    if (ngx_consent_field_rows[field].read(f)) {
        return NGX_DECLINED;
    }

    if (f->done == 0) {
        return NGX_OK;
    }

    memcpy(f->text + f->left, f->value + f->done, f->len - f->done);
    f->left += f->len - f->done;

    return NGX_DONE;
}


/* HTML 4.2.5.3, of the header as of meta (HTML 7.4.2.2) */

static ngx_uint_t
ngx_consent_field_refresh(ngx_consent_field_t *f)
{
    ngx_str_t   url;
    ngx_uint_t  whole;

    whole = ngx_consent_value_refresh(f->value, f->len, &url);

    /* browsers join equal lines: the time may stand in the line before */

    if (!whole) {
        ngx_consent_value_refresh_url(f->value, f->len, &url);
    }

    if (f->ask(f->data, NGX_CONSENT_FIELD_FETCHED, url.data, url.len)) {
        return 1;
    }

    if (ngx_consent_value_refresh_longer(f->value, f->len, &url)
        && f->ask(f->data, NGX_CONSENT_FIELD_FETCHED, url.data, url.len))
    {
        return 1;
    }

    return whole ? 0 : ngx_consent_field_doubt(f, 0, f->len);
}


/*
 * Policies with ',' between them, directives with ';' (CSP 3, 2.2).  Nothing
 * but URLs of report-uri is ever dropped, and what then says nothing any more:
 * what is left protects as before.
 */

static ngx_uint_t
ngx_consent_field_csp(ngx_consent_field_t *f)
{
    ngx_uint_t                 gone;
    const u_char              *p, *last, *end;
    ngx_consent_field_list_t   policies;

    ngx_consent_field_list(&policies);

    last = f->value + f->len;

    for (p = f->value; p < last; p = end + 1) {

        while (p < last && ngx_consent_value_space(*p)) {
            p++;
        }

        end = memchr(p, ',', last - p);
        if (end == NULL) {
            end = last;
        }

        if (p == end) {
            continue;
        }

        ngx_consent_field_begin(f, &policies, p - f->value);
        gone = ngx_consent_field_policy(f, p, end);
        ngx_consent_field_end(f, &policies, end - f->value, gone);
    }

    return ngx_consent_field_close(f, &policies);
}


static ngx_uint_t
ngx_consent_field_policy(ngx_consent_field_t *f, const u_char *p,
    const u_char *last)
{
    ngx_uint_t                 gone;
    const u_char              *end;
    ngx_consent_field_list_t   directives;

    ngx_consent_field_list(&directives);

    for ( /* void */ ; p < last; p = end + 1) {

        while (p < last && ngx_consent_value_space(*p)) {
            p++;
        }

        end = memchr(p, ';', last - p);
        if (end == NULL) {
            end = last;
        }

        if (p == end) {
            continue;
        }

        ngx_consent_field_begin(f, &directives, p - f->value);
        gone = ngx_consent_field_directive(f, p, end);
        ngx_consent_field_end(f, &directives, end - f->value, gone);
    }

    return ngx_consent_field_close(f, &directives);
}


static ngx_uint_t
ngx_consent_field_directive(ngx_consent_field_t *f, const u_char *p,
    const u_char *last)
{
    size_t                     i;
    ngx_str_t                  token;
    ngx_uint_t                 refused;
    ngx_consent_field_list_t   urls;

    static const ngx_str_t  name = ngx_string("report-uri");

    (void) ngx_consent_value_token(&p, last, &token);

    if (token.len != name.len) {
        return 0;
    }

    for (i = 0; i < name.len; i++) {
        if (ngx_consent_tolower(token.data[i]) != name.data[i]) {
            return 0;
        }
    }

    ngx_consent_field_list(&urls);

    while (ngx_consent_value_token(&p, last, &token) == NGX_OK) {

        ngx_consent_field_begin(f, &urls, token.data - f->value);

        refused = f->ask(f->data, NGX_CONSENT_FIELD_FETCHED, token.data,
                         token.len);

        ngx_consent_field_end(f, &urls, p - f->value, refused);
    }

    return ngx_consent_field_close(f, &urls);
}


void
ngx_consent_field_list(ngx_consent_field_list_t *l)
{
    memset(l, 0, sizeof(ngx_consent_field_list_t));
}


/*
 * What went before it is cut as if it stayed: if it goes, too, that is taken
 * back.
 */

void
ngx_consent_field_begin(ngx_consent_field_t *f, ngx_consent_field_list_t *l,
    size_t start)
{
    if (!l->any) {
        l->any = 1;
        l->first = start;
    }

    l->start = start;
    l->left = f->left;
    l->done = f->done;

    if (l->goes) {
        ngx_consent_field_cut(f, l->gone, start);
    }
}


void
ngx_consent_field_end(ngx_consent_field_t *f, ngx_consent_field_list_t *l,
    size_t end, ngx_uint_t refused)
{
    l->end = end;

    if (!refused) {
        l->stays = 1;
        l->goes = 0;
        l->kept = end;
        return;
    }

    f->left = l->left;
    f->done = l->done;

    if (!l->goes) {
        l->goes = 1;
        l->gone = l->start;
    }
}


ngx_uint_t
ngx_consent_field_close(ngx_consent_field_t *f, ngx_consent_field_list_t *l)
{
    if (l->goes) {
        ngx_consent_field_cut(f, l->stays ? l->kept : l->first, l->end);
    }

    return l->any && !l->stays;
}


static void
ngx_consent_field_cut(ngx_consent_field_t *f, size_t from, size_t to)
{
    memcpy(f->text + f->left, f->value + f->done, from - f->done);

    f->left += from - f->done;
    f->done = to;
}


/*
 * Where it is not known what is a string or a URL: whatever stands between two
 * of the signs that may bound one is taken for one, and every part of that.
 */

ngx_uint_t
ngx_consent_field_doubt(ngx_consent_field_t *f, size_t from, size_t to)
{
    const u_char  *p, *q, *end, *last;

    last = f->value + to;

    for (p = f->value + from; p < last; p = end + 1) {

        for (end = p; end < last; end++) {
            if (*end == '"' || *end == '<' || *end == '>') {
                break;
            }
        }

        if (ngx_consent_field_piece(f, p, end)) {
            return 1;
        }

        while (p < end) {

            for (q = p; q < end; q++) {
                if (ngx_consent_value_space(*q) || *q == ',' || *q == ';'
                    || *q == '=')
                {
                    break;
                }
            }

            if (ngx_consent_field_piece(f, p, q)) {
                return 1;
            }

            p = q + 1;
        }
    }

    return 0;
}


/* Firefox takes all white space out of the URL of a Link. */

ngx_uint_t
ngx_consent_field_ask(ngx_consent_field_t *f, ngx_consent_field_ask_e ask,
    const u_char *p, size_t len)
{
    size_t  i, n;
    u_char  text[NGX_CONSENT_URL_MAX];

    if (f->ask(f->data, ask, (u_char *) p, len)) {
        return 1;
    }

    n = 0;

    for (i = 0; i < len && n < sizeof(text); i++) {
        if (!ngx_consent_value_space(p[i])) {
            text[n++] = p[i];
        }
    }

    return n < i && f->ask(f->data, ask, text, n);
}


static ngx_uint_t
ngx_consent_field_piece(ngx_consent_field_t *f, const u_char *p,
    const u_char *last)
{
    size_t  n;
    u_char  text[NGX_CONSENT_URL_MAX];

    if (p == last) {
        return 0;
    }

    if (ngx_consent_field_ask(f, NGX_CONSENT_FIELD_FETCHED, p, last - p)) {
        return 1;
    }

    if (memchr(p, '\\', last - p) == NULL) {
        return 0;
    }

    n = ngx_consent_js_text(text, sizeof(text), p, last - p, 0);

    return f->ask(f->data, NGX_CONSENT_FIELD_FETCHED, text, n);
}
