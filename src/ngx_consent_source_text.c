
#include "ngx_consent_source_text.h"


ngx_int_t
ngx_consent_text_plain(u_char *dst, const ngx_str_t *value, ngx_str_t *text)
{
    *text = *value;

    if (value->len > NGX_CONSENT_SOURCE_MAX_VALUE) {
        return NGX_ERROR;
    }

    if (value->len == 0 || memchr(value->data, '%', value->len) == NULL) {
        return ngx_consent_source_text(value->data, value->len);
    }

    text->data = dst;

    return ngx_consent_source_percent(dst, value, &text->len);
}


void
ngx_consent_text_tell(ngx_consent_text_told_t *told, const ngx_str_t *key,
    ngx_uint_t yes)
{
    uint64_t  bit;

    bit = (uint64_t) 1 << ((key->data[0] * 7 + key->data[key->len - 1]
                            + key->len * 3)
                           % 64);

    if (!yes) {
        told->refused |= bit;

    } else if (told->second) {
        return;

    } else if (told->refused & bit) {
        told->mixed = 1;
    }

    ngx_consent_source_say(told->answer, told->of, key, yes);
}


ngx_uint_t
ngx_consent_text_again(ngx_consent_text_told_t *told)
{
    if (told->second || !told->mixed) {
        return 0;
    }

    told->second = 1;

    return 1;
}


ngx_uint_t
ngx_consent_text_is_number(const ngx_str_t *s)
{
    size_t  i;

    for (i = 0; i < s->len; i++) {

        if (s->data[i] < '0' || s->data[i] > '9') {
            return 0;
        }
    }

    return s->len != 0;
}


ngx_int_t
ngx_consent_text_numbers(ngx_consent_answer_t *answer, ngx_consent_key_e of,
    const ngx_str_t *list, u_char separator, ngx_uint_t yes)
{
    ngx_str_t  rest, item;

    if (list->len == 0) {
        return NGX_OK;
    }

    rest = *list;

    while (ngx_consent_text_item(&rest, separator, &item)) {

        if (!ngx_consent_text_is_number(&item)) {
            return NGX_ERROR;
        }

        ngx_consent_source_say(answer, of, &item, yes);
    }

    return NGX_OK;
}
