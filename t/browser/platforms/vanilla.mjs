// vanilla-cookieconsent, 3 and 2.9

const KEYS = [ [ 'analytics', 'metrics.example' ],
               [ 'marketing', 'ads.example' ],
               [ 'social', 'share.example' ] ];

const HOSTS = { performance: 'metrics.example', advertising: 'ads.example',
                sharing: 'share.example' };

// inert as the library's documentation has it: by address, and inline

const marked = name => KEYS.map(([ key, host ]) => `
<script type="text/plain" ${name}="${key}"
 data-src="https://${host}/marked.js"></script>
<script type="text/plain" ${name}="${key}">
new Image().src = 'https://${host}/marked.gif';
</script>`).join('');

const loads = Object.fromEntries(Object.entries(HOSTS).map(
    ([ category, host ]) => [ category, [ `${host}/marked.gif`,
                                          `${host}/marked.js` ] ]));

const MODAL = '#cc-main .pm__btn';
const TOGGLE = key => `#cc-main .section__toggle[value=${key}]`;


const v3 = {
    name: 'vanilla',
    source: 'consent_source vanilla;',
    markup: 'vanilla',
    cookie: 'cc_cookie',
    loads,

    head: `
<link rel=stylesheet href=/lib/vanilla-cookieconsent/dist/cookieconsent.css>
<script src=/lib/vanilla-cookieconsent/dist/cookieconsent.umd.js></script>`,

    body: `${marked('data-category')}
<button id=settings data-cc=show-preferencesModal>Cookies</button>
<script>
CookieConsent.run({
    disablePageInteraction: false,
    categories: { necessary: { enabled: true, readOnly: true },
                  analytics: {}, marketing: {}, social: {} },
    language: { default: 'en', translations: { en: {
        consentModal: { title: 'Cookies', description: 'We ask.',
                        acceptAllBtn: 'Accept all',
                        acceptNecessaryBtn: 'Reject' },
        preferencesModal: {
            title: 'Choose', acceptAllBtn: 'Accept all',
            acceptNecessaryBtn: 'Reject', savePreferencesBtn: 'Save',
            closeIconLabel: 'Close',
            sections: [
                { title: 'Needed', linkedCategory: 'necessary' },
                { title: 'Analytics', linkedCategory: 'analytics' },
                { title: 'Marketing', linkedCategory: 'marketing' },
                { title: 'Social', linkedCategory: 'social' } ] } } } },
});
</script>`,

    refuse: [ '#cc-main .cm__btn[data-role=necessary]' ],
    accept: [ '#cc-main .cm__btn[data-role=all]' ],
    again: [ '#settings', `${MODAL}[data-role=all]` ],
    choose: [ '#settings', TOGGLE('marketing'), TOGGLE('social'),
              `${MODAL}[data-role=save]` ],
    withdraw: [ '#settings', `${MODAL}[data-role=necessary]` ],
};


// 2.9 looks for data-cookiecategory alone

const v2 = {
    name: 'vanilla2',
    source: 'consent_source vanilla-cookieconsent-v2;',
    markup: 'vanilla-cookieconsent-v2',
    cookie: 'cc_cookie',
    loads,

    head: `
<link rel=stylesheet href=/lib/vanilla-cookieconsent-2/dist/cookieconsent.css>
<script src=/lib/vanilla-cookieconsent-2/dist/cookieconsent.js></script>`,

    body: `${marked('data-cookiecategory')}
<button id=settings data-cc=c-settings>Cookies</button>
<script>
initCookieConsent().run({
    page_scripts: true,
    languages: { en: {
        consent_modal: {
            title: 'Cookies', description: 'We ask.',
            primary_btn: { text: 'Accept all', role: 'accept_all' },
            secondary_btn: { text: 'Reject', role: 'accept_necessary' } },
        settings_modal: {
            title: 'Choose', save_settings_btn: 'Save',
            accept_all_btn: 'Accept all', reject_all_btn: 'Reject all',
            close_btn_label: 'Close',
            blocks: [ 'necessary', 'analytics', 'marketing', 'social' ].map(
                value => ({ title: value, description: value,
                            toggle: { value, enabled: value === 'necessary',
                                      readonly: value === 'necessary' } })),
        } } },
});
</script>`,

    refuse: [ '#c-s-bn' ],
    accept: [ '#c-p-bn' ],
    again: [ '#settings', '#s-all-bn' ],
    choose: [ '#settings', '.c-tgl[value=marketing]', '.c-tgl[value=social]',
              '#s-sv-bn' ],
    withdraw: [ '#settings', '#s-rall-bn' ],
};

for (const site of [ v3, v2 ]) {

    // the library brings scripts back, and nothing else
    site.back = [ 'script', 'inline' ];
}

export default [ v3, v2 ];
