package BenchTrackers;

# What vendors have sites put into pages: tags, and inline scripts in words of our
# own.  $HEX, $N and $WORD are filled in by the generator.

use strict;
use warnings;

use Exporter 'import';

our @EXPORT_OK = qw(@tags @inlines);

our @tags = (
    '<script async src="https://www.googletagmanager.com/gtag/js?id=G-$HEX">'
        . '</script>',
    '<script async src="https://www.googletagmanager.com/gtm.js?id=GTM-$HEX">'
        . '</script>',
    '<noscript><iframe src="https://www.googletagmanager.com/ns.html?id='
        . 'GTM-$HEX" height="0" width="0" style="display:none;visibility:hidden'
        . '"></iframe></noscript>',
    '<script async src="https://www.google-analytics.com/analytics.js">'
        . '</script>',
    '<link rel="preconnect" href="https://www.google-analytics.com">',
    '<link rel="dns-prefetch" href="//securepubads.g.doubleclick.net">',
    '<link rel="dns-prefetch" href="//stats.g.doubleclick.net" />',
    '<script async="async" src="https://securepubads.g.doubleclick.net/tag/js/'
        . 'gpt.js"></script>',
    '<img height="1" width="1" style="border-style:none;" alt="" src="https://'
        . 'googleads.g.doubleclick.net/pagead/viewthroughconversion/$N/?guid=ON'
        . '&amp;script=0" />',
    '<link rel="preload" as="script" href="https://pagead2.googlesyndication'
        . '.com/pagead/js/adsbygoogle.js">',
    '<script async src="//pagead2.googlesyndication.com/pagead/js/'
        . 'adsbygoogle.js?client=ca-pub-$N" crossorigin="anonymous"></script>',
    '<script async defer crossorigin="anonymous" src="https://connect.facebook'
        . '.net/en_GB/sdk.js#xfbml=1&amp;version=v18.0" nonce="$HEX"></script>',
    '<link rel="dns-prefetch" href="//connect.facebook.net">',
    '<noscript><img height="1" width="1" style="display:none" src="https://www'
        . '.facebook.com/tr?id=$N&amp;ev=PageView&amp;noscript=1" /></noscript>',
    '<iframe width="560" height="315" src="https://www.youtube.com/embed/$HEX"'
        . ' title="$WORD" allow="accelerometer; autoplay; encrypted-media"'
        . ' allowfullscreen></iframe>',
    '<iframe src="https://player.vimeo.com/video/$N?title=0&amp;byline=0"'
        . ' width="640" height="360" allow="autoplay; fullscreen"></iframe>',
    '<script type="text/javascript" async="async" src="https://widgets.outbrain'
        . '.com/outbrain.js"></script>',
    '<link rel="preconnect" href="https://c.amazon-adsystem.com" crossorigin>',
    '<script async src="https://c.amazon-adsystem.com/aax2/apstag.js"></script>',
    '<script class="kxint" type="text/javascript" src="//cdn.krxd.net/'
        . 'controltag/$WORD.js"></script>',
    '<link rel="preload" as="script" href="https://ads.rubiconproject.com/'
        . 'prebid/$N.js">',
    '<script src="https://sb.scorecardresearch.com/beacon.js" async></script>',
    '<img src="https://b.scorecardresearch.com/p?c1=2&amp;c2=$N&amp;cv=2.0'
        . '&amp;cj=1" alt="">',
    '<img src="//pixel.quantserve.com/pixel/p-$HEX.gif" border="0" height="1"'
        . ' width="1" alt="Quantcast">',
    '<script async src="https://secure.quantserve.com/quant.js"></script>',
    '<script defer src="https://static.chartbeat.com/js/chartbeat.js"></script>',
    '<link rel="dns-prefetch" href="//static.criteo.net">',
    '<script async src="https://static.criteo.net/js/ld/ld.js"></script>',
    '<link rel="preconnect" href="https://ib.adnxs.com">',
    '<script async src="//cdn.taboola.com/libtrc/$WORD/loader.js"></script>',
    '<script async src="https://static.hotjar.com/c/hotjar-$N.js?sv=6">'
        . '</script>',
    '<script async src="https://www.clarity.ms/tag/$HEX"></script>',
    '<script async src="https://bat.bing.com/bat.js"></script>',
    '<script async src="https://analytics.tiktok.com/i18n/pixel/events.js'
        . '?sdkid=$HEX&lib=ttq"></script>',
    '<script async src="https://platform.twitter.com/widgets.js"'
        . ' charset="utf-8"></script>',
    '<iframe src="https://platform.twitter.com/widgets/tweet_button.html'
        . '?size=l&amp;text=$WORD" width="140" height="28"></iframe>',
    '<script id="dsq-count-scr" src="//$WORD.disqus.com/count.js" async>'
        . '</script>',
    '<script src="https://$HEX.kameleoon.eu/kameleoon.js" async="true">'
        . '</script>',
    '<script defer src="https://stats.wp.com/e-202640.js"></script>',
    '<script src="https://s.skimresources.com/js/$N.skimlinks.js"></script>',
);

our @inlines = (
    '(function(w,d,n,i){w[n]=w[n]||[];w[n].push({"gtm.start":Date.now(),event:'
        . '"gtm.js"});var s=d.createElement("script");s.async=true;s.src='
        . '"https://www.googletagmanager.com/gtm.js?id="+i;d.head.appendChild(s)'
        . '})(window,document,"dataLayer","GTM-$HEX");',
    'window.dataLayer = window.dataLayer || [];'
        . "\nfunction gtag(){dataLayer.push(arguments)}\ngtag('js', new Date());"
        . "\ngtag('config', 'G-\$HEX', {'anonymize_ip': true});",
    'var googletag = googletag || {};' . "\n"
        . 'googletag.cmd = googletag.cmd || [];' . "\n"
        . 'googletag.cmd.push(function() { googletag.defineSlot("/$N/$WORD",'
        . ' [[300, 250], [728, 90]], "div-$N").addService(googletag.pubads());'
        . ' googletag.enableServices(); });',
    'googletag.cmd.push(function() { googletag.display("div-gpt-$N"); });',
    'window.fbq || (fbq = function() { fbq.queue.push(arguments) }, fbq.queue ='
        . ' []);' . "\n" . 'var l = document.createElement("script"); l.src ='
        . ' "https://connect.facebook.net/en_US/fbevents.js";' . "\n"
        . 'document.head.append(l); fbq("init", "$N"); fbq("track",'
        . ' "PageView");',
    'window._taboola = window._taboola || [];' . "\n"
        . '_taboola.push({mode: "thumbnails-a", container: "$WORD", placement:'
        . ' "$WORD", target_type: "mix"});',
    'window.Krux || ((Krux = function() { Krux.q.push(arguments) }).q = []);'
        . ' Krux("set", "$WORD", "$HEX");',
    'var _comscore = _comscore || []; _comscore.push({c1: "2", c2: "$N"});',
    'var _qevents = _qevents || []; _qevents.push({qacct: "p-$HEX"});',
    'var _sf_async_config = window._sf_async_config = (window._sf_async_config'
        . ' || {}); _sf_async_config.uid = $N; _sf_async_config.domain ='
        . ' "www.example.com";',
    'window._hjSettings = {hjid: $N, hjsv: 6}; window.hj = window.hj ||'
        . ' function() { (hj.q = hj.q || []).push(arguments) };',
    'var _gaq = _gaq || []; _gaq.push(["_setAccount", "UA-$N-1"]);'
        . ' _gaq.push(["_trackPageview"]);',
    '(adsbygoogle = window.adsbygoogle || []).push({google_ad_client:'
        . ' "ca-pub-$N", enable_page_level_ads: true});',
    'var disqus_shortname = "$WORD"; var disqus_identifier = "$N";',
);

1;
