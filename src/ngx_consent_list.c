
#include "ngx_consent_list.h"


#define ngx_consent_list_blank(c)  ((c) == ' ' || (c) == '\t')


ngx_int_t
ngx_consent_list_next(u_char **pos, u_char *last, ngx_consent_member_t *m)
{
    u_char      *p, *end, *eq;
    ngx_uint_t   quoted;

    p = *pos;

    while (p < last && (ngx_consent_list_blank(*p) || *p == ',')) {
        p++;
    }

    if (p == last) {
        *pos = last;
        return NGX_DONE;
    }

    m->member.data = p;

    quoted = 0;
    eq = NULL;

    for ( /* void */ ; p < last && (quoted || *p != ','); p++) {

        if (*p == '"') {
            quoted = !quoted;

        } else if (quoted && *p == '\\' && p + 1 < last) {
            p++;

        } else if (*p == '=' && eq == NULL) {
            eq = p;
        }
    }

    *pos = p;

    m->open = quoted;

    for (end = p; ngx_consent_list_blank(end[-1]); end--) { /* void */ }

    m->member.len = end - m->member.data;

    m->name.data = m->member.data;

    if (eq) {
        for (end = eq; end > m->name.data && ngx_consent_list_blank(end[-1]);
             end--)
        { /* void */ }
    }

    m->name.len = end - m->name.data;

    return NGX_OK;
}


ngx_uint_t
ngx_consent_list_named(const ngx_consent_member_t *m, const ngx_str_t *name)
{
    size_t  i;

    if (m->name.len != name->len) {
        return 0;
    }

    for (i = 0; i < name->len; i++) {
        if (ngx_consent_tolower(m->name.data[i]) != name->data[i]) {
            return 0;
        }
    }

    return 1;
}
