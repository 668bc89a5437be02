
/*
 * How long a row lives, as it is told: a count of the greatest unit that has no
 * rest.
 */

#include "ngx_http_consent_ui.h"


/* in the order of ngx_http_consent_unit_e */

static const time_t  ngx_http_consent_units[] = {
    365 * 86400, 30 * 86400, 86400, 3600, 60, 1
};


/*
 * 13 months are 395 days, which is how a year and a month are counted here; a
 * month has 30 days, as ngx_parse_time() has it.
 */

ngx_uint_t
ngx_http_consent_lifetime_in(time_t expires, ngx_http_consent_unit_e *unit)
{
    time_t      year, month, rest;
    ngx_uint_t  i;

    *unit = NGX_HTTP_CONSENT_SECONDS;

    if (expires <= 0) {
        return 0;
    }

    year = ngx_http_consent_units[NGX_HTTP_CONSENT_YEARS];
    month = ngx_http_consent_units[NGX_HTTP_CONSENT_MONTHS];
    rest = expires % year;

    if (expires > year && rest && rest % month == 0 && rest < 12 * month) {
        *unit = NGX_HTTP_CONSENT_MONTHS;
        return expires / year * 12 + rest / month;
    }

    for (i = 0; expires % ngx_http_consent_units[i]; i++) { /* void */ }

    *unit = i;

    return expires / ngx_http_consent_units[i];
}
