// IAB TCF: a consent platform of the least that one can be, which keeps its
// string with the IAB's own library and answers __tcfapi with its other one

const LIST = {
    gvlSpecificationVersion: 3, vendorListVersion: 100, tcfPolicyVersion: 5,
    lastUpdated: '2025-01-02T16:00:00Z',
    purposes: numbered(11), specialPurposes: numbered(3), features: numbered(3),
    specialFeatures: numbered(2), stacks: {}, dataCategories: numbered(11),
    vendors: Object.fromEntries([ 25, 91, 755 ].map(id => [ id, {
        id, name: `Vendor ${id}`, purposes: [ 1, 2, 3, 4, 7, 8, 9, 10 ],
        legIntPurposes: [], flexiblePurposes: [], specialPurposes: [],
        features: [], specialFeatures: [], usesCookies: true,
        cookieMaxAgeSeconds: 31536000, cookieRefresh: false,
        usesNonCookieAccess: false, urls: [], dataDeclaration: [],
    } ])),
};

function numbered(n) {
    return Object.fromEntries(Array.from({ length: n }, (_, i) =>
        [ i + 1, { id: i + 1, name: `${i + 1}`, description: '',
                   illustrations: [] } ]));
}

const ALL = [ 'performance', 'advertising', 'sharing', 'vendor' ];

const site = {
    name: 'tcf',
    source: `consent_source tcf;
        consent_map tcf p1+p9 sharing;`,
    cookie: 'euconsent-v2',

    providers: `
        provider "Vendor" advertising tcf=755 {
            url vendor.example; inline vendorQueue;
        }`,
    trackers: { 'vendor.example': 'vendor' },

    head: `
<script type=importmap>
{ "imports": { "@iabtcf/core": "/lib/@iabtcf/core/lib/mjs/index.js",
               "@iabtcf/cmpapi": "/lib/@iabtcf/cmpapi/lib/mjs/index.js" } }
</script>
<script type=module>
import { GVL, TCModel, TCString } from '@iabtcf/core';
import { CmpApi } from '@iabtcf/cmpapi';

const api = new CmpApi(300, 1, true);
const had = /(?:^|; )euconsent-v2=([^;]+)/.exec(document.cookie)?.[1];

api.update(had ?? '', !had);

const CHOICES = {
    accept: model => model.setAll(),
    refuse: model => model.unsetAll(),
    measure: model => {
        model.unsetAll();
        model.purposeConsents.set([ 1, 8 ]);
        model.setAllVendorConsents();
    },
    without: model => {
        model.setAll();
        model.vendorConsents.unset(755);
    },
};

const list = new GVL(${JSON.stringify(LIST)});

document.addEventListener('click', async event => {
    const choose = CHOICES[event.target.id];

    if (choose) {
        await list.readyPromise;

        const model = new TCModel(list);
        model.cmpId = 300;
        model.cmpVersion = 1;
        model.isServiceSpecific = true;
        choose(model);

        // disclosed is who was shown, whatever the answer
        model.setAllVendorsDisclosed();

        const string = TCString.encode(model);
        document.cookie = 'euconsent-v2=' + string
                          + '; Path=/; Max-Age=31536000; Secure; SameSite=Lax';
        api.update(string, false);
    }
});
</script>`,

    body: `
<button id=accept>Accept all</button>
<button id=refuse>Reject all</button>
<button id=measure>Measurement only</button>
<button id=without>All but one vendor</button>`,

    steps: [
        { name: 'nobody has chosen', state: 'unset', granted: [] },
        { name: 'refuse', click: [ '#refuse' ], granted: [] },
        { name: 'accept all after all', click: [ '#accept' ], granted: ALL },
        { name: 'choose performance alone', click: [ '#measure' ],
          granted: [ 'performance' ] },
        { name: 'all but one vendor', click: [ '#without' ],
          granted: ALL.filter(key => key !== 'vendor') },
        { name: 'withdraw', click: [ '#refuse' ], granted: [] },
        { name: 'accept all at the first page', anew: true,
          click: [ '#accept' ], granted: ALL },
    ],
};

export default [ site ];
