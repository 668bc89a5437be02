// tarteaucitron: its services load what they are for by themselves, nothing in
// the page is marked

const SERVICES = [ 'gtag', 'facebookpixel', 'twitter' ];

const LOADS = {
    performance: [ 'www.googletagmanager.com/gtag/js' ],
    advertising: [ 'connect.facebook.net/en_US/fbevents.js' ],
    sharing: [ 'platform.twitter.com/widgets.js' ],
};

const DENY = SERVICES.map(s => `#${s}Denied`);

const site = {
    name: 'tarteaucitron',
    source: 'consent_source tarteaucitron;',
    cookie: 'tarteaucitron',
    loads: LOADS,

    // its buttons are there half a second before they do anything
    late: true,

    // who takes something back has the page loaded anew
    reloads: true,

    // it notes that it has asked, before anybody has answered
    early: [ 'tarteaucitron' ],

    head: `
<script src=/lib/tarteaucitronjs/tarteaucitron.js></script>
<script>
tarteaucitron.init({
    hashtag: '#cookies', cookieName: 'tarteaucitron', orientation: 'bottom',
    showAlertSmall: false, showIcon: false, DenyAllCta: true,
    AcceptAllCta: true, highPrivacy: true, removeCredit: true,
    googleConsentMode: false, bingConsentMode: false, pianoConsentMode: false,
});
</script>`,

    body: `
<button id=settings onclick="tarteaucitron.userInterface.openPanel()">
Cookies</button>
<script>
tarteaucitron.user.gtagUa = 'G-XXXXXXXXXX';
tarteaucitron.user.facebookpixelId = '1';
tarteaucitron.job = ${JSON.stringify(SERVICES)};
</script>`,

    refuse: [ '#tarteaucitronAllDenied2' ],
    accept: [ '#tarteaucitronPersonalize2' ],
    again: [ '#settings', '#tarteaucitronAllAllowed',
             '#tarteaucitronClosePanel' ],
    choose: [ '#settings', ...DENY.slice(1), '#tarteaucitronClosePanel' ],
    withdraw: [ '#settings', '#tarteaucitronAllDenied',
                '#tarteaucitronClosePanel' ],
};

export default [ site ];
