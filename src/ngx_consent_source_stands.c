
#include "ngx_consent_source_map.h"


/*
 * What a platform's usual keys stand for.  Keys for preferences and functional
 * ones stay unmapped: consent to them is not consent to measurement.  Several
 * rows of one category: one of them is enough.
 */

const ngx_consent_stands_t  ngx_consent_stands_vanilla[] = {
    { "necessary", "essential" },
    { "essential", "essential" },
    { "analytics", "performance" },
    { "statistics", "performance" },
    { "performance", "performance" },
    { "marketing", "advertising" },
    { "ads", "advertising" },
    { "advertisement", "advertising" },
    { "advertising", "advertising" },
    { "targeting", "advertising" },
    { "social", "sharing" },
    { "sharing", "sharing" },
    { NULL, NULL }
};


/* a type is accepted where all services of it that were answered are */

const ngx_consent_stands_t  ngx_consent_stands_tarteaucitron[] = {
    { "type:analytic", "performance" },
    { "type:ads", "advertising" },
    { "type:social", "sharing" },
    { NULL, NULL }
};


/* "dismiss" is implied: it counts with implied=allow alone */

const ngx_consent_stands_t  ngx_consent_stands_osano[] = {
    { "allow", "performance" },
    { "allow", "advertising" },
    { "allow", "sharing" },
    { "dismiss", "performance" },
    { "dismiss", "advertising" },
    { "dismiss", "sharing" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_onetrust[] = {
    { "C0001", "essential" },
    { "1", "essential" },
    { "C0002", "performance" },
    { "2", "performance" },
    { "C0004", "advertising" },
    { "4", "advertising" },
    { "C0005", "sharing" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_cookiebot[] = {
    { "necessary", "essential" },
    { "statistics", "performance" },
    { "marketing", "advertising" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_cookieyes[] = {
    { "necessary", "essential" },
    { "analytics", "performance" },
    { "advertisement", "advertising" },
    { "social-media", "sharing" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_complianz[] = {
    { "functional", "essential" },
    { "statistics", "performance" },
    { "marketing", "advertising" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_borlabs[] = {
    { "essential", "essential" },
    { "statistics", "performance" },
    { "marketing", "advertising" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_iubenda[] = {
    { "1", "essential" },
    { "4", "performance" },
    { "5", "advertising" },
    { "*", "performance" },
    { "*", "advertising" },
    { "*", "sharing" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_trustarc[] = {
    { "0", "essential" },
    { "1", "performance" },
    { "2", "advertising" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_shopify[] = {
    { "analytics", "performance" },
    { "marketing", "advertising" },
    { "sale_of_data", "sharing" },
    { NULL, NULL }
};


/* ids of categories are the account's own */

const ngx_consent_stands_t  ngx_consent_stands_trustcommander[] = {
    { "ALL", "performance" },
    { "ALL", "advertising" },
    { "ALL", "sharing" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_tcf[] = {
    { "p1+p8", "performance" },
    { "p1+p3+p4", "advertising" },
    { NULL, NULL }
};


/* of its US Privacy string only a refusal counts */

const ngx_consent_stands_t  ngx_consent_stands_fundingchoices[] = {
    { "p1+p8", "performance" },
    { "p1+p3+p4", "advertising" },
    { "sale", "sharing" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_gpp[] = {
    { "targeted", "advertising" },
    { "sale", "sharing" },
    { "sharing", "sharing" },
    { NULL, NULL }
};


const ngx_consent_stands_t  ngx_consent_stands_usprivacy[] = {
    { "sale", "sharing" },
    { NULL, NULL }
};
