// Klaro, which asks by service; and Orejime, which came of it

const HOSTS = { performance: 'metrics.example', advertising: 'ads.example',
                sharing: 'share.example' };

const KEYS = { metrics: HOSTS.performance, ads: HOSTS.advertising,
               share: HOSTS.sharing };

const WHERE = '/lib/klaro/dist/klaro.js';

// As the documentation has it: whatever is named waits for its service.  Klaro
// runs what is inline once more with every answer; an image that is kept is not
// asked for again.

const marked = keys => Object.entries(keys).map(([ key, host ]) => `
<script type="text/plain" data-type="application/javascript"
 data-name="${key}" data-src="https://${host}/marked.js"></script>
<script type="text/plain" data-type="application/javascript"
 data-name="${key}">(window.images ??= []).push(new Image());
images.at(-1).src = 'https://${host}/marked.gif';</script>
<iframe data-name="${key}" data-src="https://${host}/marked.html"></iframe>`)
    .join('');

const loads = hosts => Object.fromEntries(Object.entries(hosts).map(
    ([ key, host ]) => [ key, [ `${host}/marked.gif`, `${host}/marked.html`,
                                `${host}/marked.js` ] ]));

const head = services => `
<script>
var klaroConfig = {
    version: 1, acceptAll: true, groupByPurpose: false,
    translations: { zz: { privacyPolicyUrl: '/privacy' },
                    en: { purposes: { any: 'Any' } } },
    services: ${JSON.stringify(services)}.map(
        name => ({ name, title: name, purposes: [ 'any' ] })),
};
</script>
<script src=${WHERE}></script>`;

const settings =
    '<button id=settings onclick="klaro.show()">Cookies</button>';

const NOTICE = '.klaro .cookie-notice';
const MODAL = '.klaro .cookie-modal';

// who has answered once is asked to save alone: services are switched

const change = (...services) => [
    '#settings',
    ...services.map(name => `${MODAL} label[for=service-item-${name}]`),
    `${MODAL} .cm-btn-accept` ];


// a service stands for a category

const services = {
    name: 'klaro',
    source: `consent_source klaro;
        consent_map klaro metrics performance;
        consent_map klaro ads advertising;
        consent_map klaro share sharing;`,
    markup: 'klaro performance=metrics advertising=ads sharing=share',
    cookie: 'klaro',
    loads: loads(HOSTS),

    // it brings scripts and frames back, and images
    back: [ 'script', 'inline', 'image', 'frame' ],

    head: head(Object.keys(KEYS)),
    body: marked(KEYS) + settings,

    refuse: [ `${NOTICE} .cn-decline` ],
    accept: [ `${NOTICE} .cm-btn-success` ],
    again: change('metrics', 'ads', 'share'),
    choose: change('ads', 'share'),
    withdraw: change('metrics'),
};


// A service stands for a provider: its answer counts, not its category's.

const PROVIDERS = { ...KEYS, matomo: 'matomo.example' };

const providers = {
    name: 'klaro-provider',
    source: `consent_source klaro;
        consent_map klaro metrics performance;
        consent_map klaro ads advertising;
        consent_map klaro share sharing;
        consent_map klaro matomo provider=Matomo;`,
    markup: 'klaro performance=metrics advertising=ads sharing=share'
            + ' provider:Matomo=matomo',
    providers: `
        provider "Matomo" performance {
            url matomo.example; inline matomoQueue; cookie visits;
        }`,
    cookie: 'klaro',
    trackers: { 'matomo.example': 'matomo' },
    cookies: { visits: 'matomo' },
    loads: loads({ ...HOSTS, matomo: 'matomo.example' }),
    back: services.back,

    head: head(Object.keys(PROVIDERS)),
    body: marked(PROVIDERS) + settings,

    accept: services.accept,
};

const ALL = [ 'performance', 'advertising', 'sharing', 'matomo' ];

providers.steps = [
    { name: 'nobody has chosen', state: 'unset', granted: [] },
    { name: 'refuse', click: services.refuse, granted: [] },
    { name: 'accept all after all', granted: ALL, now: ALL,
      click: change('metrics', 'ads', 'share', 'matomo') },
    { name: 'all but one provider', granted: ALL.filter(k => k !== 'matomo'),
      click: change('matomo') },
    { name: 'withdraw', click: change('metrics', 'ads', 'share'),
      granted: [] },
    { name: 'one provider alone', now: [ 'matomo' ], granted: [ 'matomo' ],
      click: change('matomo') },
];


// Orejime keeps a purpose's elements in a template, which is as inert.

const kept = Object.entries(KEYS).map(([ key, host ]) => `
<template data-purpose="${key}">
<script src="https://${host}/marked.js"></script>
<iframe src="https://${host}/marked.html"></iframe>
</template>`).join('');

const SAVE = '.orejime-Modal-saveButton';
const PURPOSE = id => `label[for=orejime-purpose-${id}]`;

const orejime = {
    name: 'orejime',
    source: `consent_source klaro cookie=eu-consent;
        consent_map klaro metrics performance;
        consent_map klaro ads advertising;
        consent_map klaro share sharing;`,
    cookie: 'eu-consent',
    loads: Object.fromEntries(Object.entries(HOSTS).map(([ key, host ]) =>
        [ key, [ `${host}/marked.html`, `${host}/marked.js` ] ])),

    // what is refused is held in a template as well, in the module's own markup
    held: true,

    head: `
<link rel=stylesheet href=/lib/orejime/dist/orejime-standard.css>`,

    body: `${kept}
<button id=settings onclick="orejime.prompt()">Cookies</button>
<script>
window.orejimeConfig = {
    privacyPolicyUrl: '/privacy',
    purposes: ${JSON.stringify(Object.keys(KEYS))}.map(
        id => ({ id, title: id, cookies: [] })),
};
</script>
<script src=/lib/orejime/dist/orejime-standard-en.js></script>`,

    refuse: [ '.orejime-Banner-declineButton' ],
    accept: [ '.orejime-Banner-saveButton' ],
    again: [ '#settings', '.orejime-PurposeToggles-enableAll', SAVE ],
    choose: [ '#settings', PURPOSE('ads'), PURPOSE('share'), SAVE ],
    withdraw: [ '#settings', '.orejime-PurposeToggles-disableAll', SAVE ],
};

export default [ services, providers, orejime ];
