
/* Made by t/unit/service_types.py of tarteaucitronjs (MIT): do not edit. */

#include "ngx_consent_source_map.h"


static const ngx_str_t  ngx_consent_source_types[] = {
    ngx_string("ads"),
    ngx_string("analytic"),
    ngx_string("social")
};


/* shorter names first, then by bytes */

typedef struct {
    ngx_str_t  key;
    u_char     type;
} ngx_consent_source_service_t;


static const ngx_consent_source_service_t  ngx_consent_source_services[] = {
    { ngx_string("gajs"), 1 },
    { ngx_string("gtag"), 1 },
    { ngx_string("xiti"), 1 },
    { ngx_string("cjcom"), 0 },
    { ngx_string("ekomi"), 2 },
    { ngx_string("gplus"), 2 },
    { ngx_string("koban"), 1 },
    { ngx_string("plezi"), 1 },
    { ngx_string("skaze"), 0 },
    { ngx_string("teads"), 0 },
    { ngx_string("vshop"), 0 },
    { ngx_string("xandr"), 0 },
    { ngx_string("adform"), 0 },
    { ngx_string("amazon"), 0 },
    { ngx_string("clicky"), 1 },
    { ngx_string("criteo"), 0 },
    { ngx_string("eskimi"), 0 },
    { ngx_string("hotjar"), 1 },
    { ngx_string("kwanko"), 0 },
    { ngx_string("mautic"), 1 },
    { ngx_string("pardot"), 1 },
    { ngx_string("reddit"), 0 },
    { ngx_string("tiktok"), 1 },
    { ngx_string("twenga"), 0 },
    { ngx_string("addthis"), 2 },
    { ngx_string("adsense"), 0 },
    { ngx_string("affilae"), 0 },
    { ngx_string("clarity"), 1 },
    { ngx_string("discord"), 2 },
    { ngx_string("equativ"), 0 },
    { ngx_string("force24"), 1 },
    { ngx_string("getplus"), 1 },
    { ngx_string("hubspot"), 1 },
    { ngx_string("klaviyo"), 0 },
    { ngx_string("kompass"), 1 },
    { ngx_string("metrica"), 1 },
    { ngx_string("twitter"), 2 },
    { ngx_string("usercom"), 1 },
    { ngx_string("actistat"), 1 },
    { ngx_string("antvoice"), 0 },
    { ngx_string("compteur"), 1 },
    { ngx_string("crazyegg"), 1 },
    { ngx_string("etracker"), 1 },
    { ngx_string("eulerian"), 1 },
    { ngx_string("facebook"), 2 },
    { ngx_string("firebase"), 1 },
    { ngx_string("leadinfo"), 1 },
    { ngx_string("linkedin"), 2 },
    { ngx_string("mixpanel"), 1 },
    { ngx_string("outbrain"), 0 },
    { ngx_string("piwikpro"), 1 },
    { ngx_string("snapchat"), 1 },
    { ngx_string("weborama"), 1 },
    { ngx_string("wysistat"), 1 },
    { ngx_string("amplitude"), 1 },
    { ngx_string("analytics"), 1 },
    { ngx_string("emolytics"), 1 },
    { ngx_string("getquanty"), 1 },
    { ngx_string("googleads"), 0 },
    { ngx_string("instagram"), 2 },
    { ngx_string("kameleoon"), 1 },
    { ngx_string("pinterest"), 2 },
    { ngx_string("piximedia"), 0 },
    { ngx_string("prelinker"), 0 },
    { ngx_string("sharethis"), 2 },
    { ngx_string("shinystat"), 1 },
    { ngx_string("teambrain"), 1 },
    { ngx_string("userpilot"), 1 },
    { ngx_string("atinternet"), 1 },
    { ngx_string("goldenbees"), 0 },
    { ngx_string("gplusbadge"), 2 },
    { ngx_string("madmetrics"), 0 },
    { ngx_string("pubdirecte"), 0 },
    { ngx_string("rumbletalk"), 2 },
    { ngx_string("shareasale"), 0 },
    { ngx_string("twitteruwt"), 1 },
    { ngx_string("webmecanik"), 1 },
    { ngx_string("adsenseauto"), 0 },
    { ngx_string("clicmanager"), 0 },
    { ngx_string("doubleclick"), 0 },
    { ngx_string("matomocloud"), 1 },
    { ngx_string("shareaholic"), 2 },
    { ngx_string("sharpspring"), 1 },
    { ngx_string("statcounter"), 1 },
    { ngx_string("addtoanyfeed"), 2 },
    { ngx_string("aduptech_ads"), 0 },
    { ngx_string("criteoonetag"), 0 },
    { ngx_string("facebookpost"), 2 },
    { ngx_string("multiplegtag"), 1 },
    { ngx_string("thetradedesk"), 0 },
    { ngx_string("twitterembed"), 2 },
    { ngx_string("xandrsegment"), 0 },
    { ngx_string("addtoanyshare"), 2 },
    { ngx_string("adsensesearch"), 0 },
    { ngx_string("contentsquare"), 1 },
    { ngx_string("facebookpixel"), 0 },
    { ngx_string("freshsalescrm"), 1 },
    { ngx_string("leadforensics"), 0 },
    { ngx_string("matomoheatmap"), 1 },
    { ngx_string("verizondottag"), 1 },
    { ngx_string("visualrevenue"), 1 },
    { ngx_string("xiti_smarttag"), 1 },
    { ngx_string("zohopagesense"), 1 },
    { ngx_string("activecampaign"), 0 },
    { ngx_string("adobeanalytics"), 1 },
    { ngx_string("adobeworkspace"), 1 },
    { ngx_string("googlepartners"), 0 },
    { ngx_string("pianoanalytics"), 1 },
    { ngx_string("pinterestpixel"), 0 },
    { ngx_string("clickdimensions"), 0 },
    { ngx_string("facebooklikebox"), 2 },
    { ngx_string("outbrainamplify"), 0 },
    { ngx_string("sharethissticky"), 2 },
    { ngx_string("twittertimeline"), 2 },
    { ngx_string("xandrconversion"), 0 },
    { ngx_string("leadforensicsold"), 1 },
    { ngx_string("openwebanalytics"), 1 },
    { ngx_string("adsensesearchform"), 0 },
    { ngx_string("datingaffiliation"), 0 },
    { ngx_string("linkedininsighttag"), 0 },
    { ngx_string("adsensesearchresult"), 0 },
    { ngx_string("aduptech_conversion"), 0 },
    { ngx_string("atinternethightrack"), 1 },
    { ngx_string("aduptech_retargeting"), 0 },
    { ngx_string("facebookcustomerchat"), 2 },
    { ngx_string("datingaffiliationpopup"), 0 },
    { ngx_string("googleadwordsconversion"), 0 },
    { ngx_string("googleadwordsremarketing"), 0 },
    { ngx_string("microsoftcampaignanalytics"), 1 }
};


const ngx_str_t *
ngx_consent_source_tarteaucitron_type(const u_char *key, size_t len)
{
    int                                  rc;
    ngx_uint_t                           low, high, middle;
    const ngx_consent_source_service_t  *row;

    low = 0;
    high = sizeof(ngx_consent_source_services)
           / sizeof(ngx_consent_source_services[0]);

    while (low < high) {

        middle = (low + high) / 2;
        row = &ngx_consent_source_services[middle];

        if (row->key.len != len) {
            rc = row->key.len < len ? -1 : 1;

        } else {
            rc = memcmp(row->key.data, key, len);
        }

        if (rc == 0) {
            return &ngx_consent_source_types[row->type];
        }

        if (rc < 0) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return NULL;
}
