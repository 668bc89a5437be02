
/*
 * The request as the backend gets it: without refused cookies, and, where a
 * page may be rewritten, without what would bring it back unread (an encoding),
 * in parts, or not at all (a 304 for the page of another choice).
 *
 * Every location starts again from the request as received.
 */

#include "ngx_http_consent.h"


static ngx_int_t ngx_http_consent_edit_request(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_seen_t *seen);
static ngx_int_t ngx_http_consent_edit_first(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_seen_t *seen,
    ngx_http_consent_condition_t *c);
static ngx_int_t ngx_http_consent_edit_again(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_condition_t *c);
static ngx_int_t ngx_http_consent_edit_line(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *line);
static ngx_int_t ngx_http_consent_put(ngx_http_request_t *r,
    ngx_table_elt_t *h, ngx_table_elt_t *line, ngx_int_t rc);
static void ngx_http_consent_point(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_link_cookies(ngx_http_request_t *r,
    ngx_table_elt_t **h, ngx_uint_t n);
static void ngx_http_consent_forget_variables(ngx_http_request_t *r);
static ngx_uint_t ngx_http_consent_is_set(ngx_http_core_main_conf_t *cmcf,
    ngx_str_t *variable);


/*
 * What Sec-Fetch-Dest says of a response that may be read as a page: whatever
 * its type, or where consent_types names what it is then.  Each has a place of
 * its own, by its length and its fourth letter.
 */

#define NGX_HTTP_CONSENT_DESTS  16

#define ngx_http_consent_dest_at(len, fourth)                                \
    (((len) + (fourth)) % NGX_HTTP_CONSENT_DESTS)

#define ngx_http_consent_dest(dest, fourth, only)                            \
    [ngx_http_consent_dest_at(sizeof(dest) - 1, fourth)] = {                 \
        .name = ngx_string(dest), .if_listed = only                          \
    }

static const struct {
    ngx_str_t                 name;
    ngx_uint_t                if_listed;
} ngx_http_consent_dests[NGX_HTTP_CONSENT_DESTS] = {
    ngx_http_consent_dest("document", 'u', 0),
    ngx_http_consent_dest("embed", 'e', 0),
    ngx_http_consent_dest("empty", 't', 0),
    ngx_http_consent_dest("fencedframe", 'c', 0),
    ngx_http_consent_dest("frame", 'm', 0),
    ngx_http_consent_dest("iframe", 'a', 0),
    ngx_http_consent_dest("image", 'g', NGX_HTTP_CONSENT_TYPE_SVG),
    ngx_http_consent_dest("object", 'e', 0),
    ngx_http_consent_dest("style", 'l', NGX_HTTP_CONSENT_TYPE_CSS)
};


ngx_int_t
ngx_http_consent_enforce_request(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_seen_t *seen)
{
    ngx_int_t  rc;

    if (seen == NULL && !ctx->edited
        && ngx_http_consent_receive_again(r, ctx) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* what "set" has set after the grant was asked for counts from here on */

    ctx->conf = NULL;

    ctx = ngx_http_consent_decide(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* an internal redirect begins anew, post_action adds nothing */

    ctx->answered = r->post_action;

    if (!ctx->answered) {
        ctx->cookies_stripped = 0;
        ctx->tags_held = 0;
        ctx->decisions.nelts = 0;
        ctx->more = 0;
    }

    ngx_http_consent_asked_plain(r, ctx);

    rc = ngx_http_consent_collect(r, ctx);

    if (rc != NGX_DECLINED) {
        return rc;
    }

    if (ctx->binding == NULL && !ctx->edited) {
        return NGX_DECLINED;
    }

    if (ngx_http_consent_edit_request(r, ctx, seen) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return NGX_DECLINED;
}


/*
 * Of most requests nothing is changed, and then nothing is made anew.  seen:
 * what was found in the request's list just now; or NULL.
 */

static ngx_int_t
ngx_http_consent_edit_request(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_seen_t *seen)
{
    ngx_int_t                     rc;
    ngx_uint_t                    enforced, document;
    ngx_http_consent_condition_t  c;

    enforced = ctx->binding && !ctx->report
               && ngx_http_consent_edits_pages(ctx->conf);

    document = enforced
               && (seen ? seen->document
                        : ngx_http_consent_like_document(r, ctx->conf,
                                                         ctx->dest));

    ctx->revalidates = 0;
    ctx->unasked = 0;
    ctx->whole = 0;

    if (document) {
        ngx_http_consent_ask_plain(r, ctx);
    }

    /* an encoding is nothing but a document's, and most ask for no more */

    enforced = enforced && (document ? ctx->received.nelts : ctx->conditional);

    if (!ctx->edited && !enforced && !ngx_http_consent_refuses_cookies(ctx)) {
        return NGX_OK;
    }

    if (enforced && ctx->conditional) {
        ngx_http_consent_condition(r, ctx, document, &c);

        ctx->revalidates = c.current && c.safe;
        ctx->unasked = ngx_http_consent_unasked(&c);
        ctx->whole = c.whole;

    } else {
        c.document = document;
    }

    if (seen && seen->ncookies <= NGX_HTTP_CONSENT_SEEN
        && seen->nedited <= NGX_HTTP_CONSENT_SEEN)
    {
        rc = ngx_http_consent_edit_first(r, ctx, seen, enforced ? &c : NULL);

    } else {
        rc = ngx_http_consent_edit_again(r, ctx, enforced ? &c : NULL);
    }

    if (rc != NGX_DONE) {
        return rc;
    }

    if (ctx->conditional) {
        ngx_http_consent_point(r, ctx);
    }

    ngx_http_consent_forget_variables(r);

    ctx->edited = 1;

    return NGX_OK;
}


/*
 * Each line is edited where it stands; the context has kept what it was.  c is
 * for those that are no cookies; NULL: they stay.  NGX_DONE; NGX_OK: nothing
 * was to be done; or NGX_ERROR.
 */

static ngx_int_t
ngx_http_consent_edit_first(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_seen_t *seen, ngx_http_consent_condition_t *c)
{
    ngx_int_t        rc;
    ngx_uint_t       i, n, changed;
    ngx_table_elt_t  line, *h;

    changed = 0;
    n = 0;

    h = ctx->cookies.elts;

    for (i = 0; i < seen->ncookies; i++) {

        line = h[i];

        rc = ngx_http_consent_filter_cookies(r, ctx, i, &line);

        if (ngx_http_consent_put(r, seen->cookies[i], &line, rc) != NGX_OK) {
            return NGX_ERROR;
        }

        changed |= (rc != NGX_OK);

        if (rc != NGX_DECLINED) {
            seen->cookies[n++] = seen->cookies[i];
        }
    }

    if (n < seen->ncookies
        && ngx_http_consent_link_cookies(r, seen->cookies, n) != NGX_OK)
    {
        return NGX_ERROR;
    }

    h = ctx->received.elts;

    for (i = 0; c && i < seen->nedited; i++) {

        line = h[i];

        rc = ngx_http_consent_edit_line(r, c, &line);

        if (ngx_http_consent_put(r, seen->edited[i], &line, rc) != NGX_OK) {
            return NGX_ERROR;
        }

        changed |= (rc != NGX_OK);
    }

    return changed ? NGX_DONE : NGX_OK;
}


/* rc: NGX_OK: the line is as it was; NGX_DONE, NGX_DECLINED: it is gone. */

static ngx_int_t
ngx_http_consent_put(ngx_http_request_t *r, ngx_table_elt_t *h,
    ngx_table_elt_t *line, ngx_int_t rc)
{
    switch (rc) {

    case NGX_DONE:
        h->hash = line->hash;
        h->key = line->key;
        h->lowcase_key = line->lowcase_key;
        h->value = line->value;
        return NGX_OK;

    case NGX_DECLINED:
        return ngx_http_consent_take_out(r, h);

    default:
        return rc;
    }
}


/* The same of a list that is another than the one that came. */

static ngx_int_t
ngx_http_consent_edit_again(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_condition_t *c)
{
    ngx_int_t          rc;
    ngx_uint_t         i, n, changed;
    ngx_array_t        lines;
    ngx_table_elt_t   *h, *line, **cookies;

    n = ctx->cookies.nelts + ctx->received.nelts;

    if (ngx_array_init(&lines, r->pool, n + 1, sizeof(ngx_table_elt_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    cookies = ngx_palloc(r->pool, (n + 1) * sizeof(ngx_table_elt_t *));
    if (cookies == NULL) {
        return NGX_ERROR;
    }

    changed = ctx->edited;
    line = lines.elts;

    h = ctx->cookies.elts;

    for (i = 0; i < ctx->cookies.nelts; i++) {

        *line = h[i];

        rc = ngx_http_consent_filter_cookies(r, ctx, i, line);

        if (rc == NGX_ERROR) {
            return NGX_ERROR;
        }

        changed |= (rc != NGX_OK);

        if (rc != NGX_DECLINED) {
            cookies[lines.nelts++] = line++;
        }
    }

    n = lines.nelts;

    h = ctx->received.elts;

    for (i = 0; i < ctx->received.nelts; i++) {

        *line = h[i];

        rc = c ? ngx_http_consent_edit_line(r, c, line) : NGX_OK;

        if (rc == NGX_ERROR) {
            return NGX_ERROR;
        }

        changed |= (rc != NGX_OK);

        if (rc != NGX_DECLINED) {
            lines.nelts++;
            line++;
        }
    }

    if (!changed) {
        return NGX_OK;
    }

    if (ngx_http_consent_replace(r, &lines) != NGX_OK
        || ngx_http_consent_link_cookies(r, cookies, n) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_DONE;
}


static ngx_int_t
ngx_http_consent_edit_line(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *line)
{
    u_char     *value;
    ngx_int_t   rc;

    value = line->value.data;

    rc = ngx_http_consent_edit(line)->edit(r, c, line);

    return (rc == NGX_OK && line->value.data != value) ? NGX_DONE : rc;
}


/*
 * A response that is fetched as an image, a script or a style is never rendered
 * as a page.  Browsers that do not say what they fetch may render anything.
 */

ngx_uint_t
ngx_http_consent_like_document(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_str_t *dest)
{
    ngx_uint_t        at, if_listed;
    const ngx_str_t  *name;

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_POST))) {
        return 0;
    }

    if (dest == NULL) {
        return 1;
    }

    if (dest->len < sizeof("embed") - 1) {
        return 0;
    }

    at = ngx_http_consent_dest_at(dest->len, dest->data[3]);
    name = &ngx_http_consent_dests[at].name;

    if (dest->len != name->len
        || !ngx_http_consent_same_bytes(dest->data, name->data, name->len))
    {
        return 0;
    }

    if_listed = ngx_http_consent_dests[at].if_listed;

    return if_listed == 0 || (conf->types_listed & if_listed);
}


/*
 * What nginx itself compares with the response is what the browser sent: there
 * the entity tags carry their variants, too.
 */

static void
ngx_http_consent_point(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                       i;
    ngx_table_elt_t                 *h, **field;
    const ngx_http_consent_edit_t   *edit;

    h = ctx->received.elts;

    for (i = ctx->received.nelts; i > 0; i--) {

        edit = ngx_http_consent_edit(&h[i - 1]);

        if (edit->offset) {
            field = (ngx_table_elt_t **) ((u_char *) &r->headers_in
                                          + edit->offset);
            *field = (edit->partial && ctx->whole) ? NULL : &h[i - 1];
        }
    }
}


void
ngx_http_consent_ask_parts(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    if (ctx->whole) {
        ctx->whole = 0;
        ngx_http_consent_point(r, ctx);
    }
}


static ngx_int_t
ngx_http_consent_link_cookies(ngx_http_request_t *r, ngx_table_elt_t **h,
    ngx_uint_t n)
{
    ngx_uint_t         i;
    ngx_table_elt_t  **cookie;

#if (nginx_version < 1023000)

    r->headers_in.cookies.nelts = 0;

    for (i = 0; i < n; i++) {

        cookie = ngx_array_push(&r->headers_in.cookies);
        if (cookie == NULL) {
            return NGX_ERROR;
        }

        *cookie = h[i];
    }

#else

    cookie = &r->headers_in.cookie;

    for (i = 0; i < n; i++) {
        *cookie = h[i];
        cookie = &h[i]->next;
    }

    *cookie = NULL;

#endif

    return NGX_OK;
}


/* Values that nginx took from the headers as they were. */

static void
ngx_http_consent_forget_variables(ngx_http_request_t *r)
{
    ngx_uint_t                     i, *index;
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    index = cmcf->edited_variables.elts;

    for (i = 0; i < cmcf->edited_variables.nelts; i++) {
        r->variables[index[i]].valid = 0;
        r->variables[index[i]].not_found = 0;
    }
}


ngx_int_t
ngx_http_consent_edited_variables(ngx_cycle_t *cycle)
{
    ngx_uint_t                     i, *index;
    ngx_http_variable_t           *v;
    ngx_http_core_main_conf_t     *core;
    ngx_http_consent_main_conf_t  *cmcf;

    static ngx_str_t  cookie = ngx_string("cookie");

    core = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_core_module);
    cmcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_consent_module);

    if (cmcf == NULL || cmcf->memos == NULL) {
        return NGX_OK;
    }

    if (ngx_array_init(&cmcf->edited_variables, cycle->pool, 4,
                       sizeof(ngx_uint_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    v = core->variables.elts;

    for (i = 0; i < core->variables.nelts; i++) {

        if (((v[i].name.len > 7
              && ngx_strncmp(v[i].name.data, "cookie_", 7) == 0)
             || ngx_http_consent_is_variable(&v[i].name, &cookie)
             || ngx_http_consent_is_edited_variable(&v[i].name))
            && !ngx_http_consent_is_set(core, &v[i].name))
        {
            index = ngx_array_push(&cmcf->edited_variables);
            if (index == NULL) {
                return NGX_ERROR;
            }

            *index = i;
        }
    }

    return NGX_OK;
}


ngx_uint_t
ngx_http_consent_is_variable(ngx_str_t *variable, const ngx_str_t *header)
{
    size_t  i;

    if (variable->len != 5 + header->len
        || ngx_strncmp(variable->data, "http_", 5) != 0)
    {
        return 0;
    }

    for (i = 0; i < header->len; i++) {
        if (variable->data[5 + i]
            != (header->data[i] == '-' ? '_' : header->data[i]))
        {
            return 0;
        }
    }

    return 1;
}


/*
 * 1 if the configuration itself gives the variable its value ("set", "map"),
 * which no header has.  The array knows it as one of nginx's prefixes all the
 * same.
 */

static ngx_uint_t
ngx_http_consent_is_set(ngx_http_core_main_conf_t *cmcf, ngx_str_t *variable)
{
    ngx_http_variable_t  *v;

    v = ngx_hash_find(&cmcf->variables_hash,
                      ngx_hash_key(variable->data, variable->len),
                      variable->data, variable->len);

    return v && (v->flags & NGX_HTTP_VAR_CHANGEABLE);
}
