// cookieconsent 3.1 (Insites, now Osano): one question, all or nothing, and no
// markup of its own

const head = type => `
<link rel=stylesheet href=/lib/cookieconsent/build/cookieconsent.min.css>
<script src=/lib/cookieconsent/build/cookieconsent.min.js></script>
<script>
addEventListener('load', () => cookieconsent.initialise({
    type: '${type}', revokable: true, animateRevokable: false,
}));
</script>`;

const REVOKE = '.cc-revoke';

const asks = {
    name: 'osano',
    source: 'consent_source osano;',
    cookie: 'cookieconsent_status',
    head: head('opt-in'),

    refuse: [ '.cc-window .cc-deny' ],
    accept: [ '.cc-window .cc-allow' ],
    again: [ REVOKE, '.cc-window .cc-allow' ],
    withdraw: [ REVOKE, '.cc-window .cc-deny' ],
};


// A banner that only tells: closing it is no consent, unless the operator has
// it count.

const tells = {
    name: 'osano-tells',
    source: 'consent_source osano;',
    cookie: 'cookieconsent_status',
    head: head('info'),
    steps: [
        { name: 'nobody has chosen', state: 'unset', granted: [] },
        { name: 'got it', state: 'implied', granted: [],
          click: [ '.cc-window .cc-dismiss' ] },
    ],
};

const counts = {
    ...tells,
    name: 'osano-counts',
    source: 'consent_source osano implied=allow;',
    steps: [
        { name: 'nobody has chosen', state: 'unset', granted: [] },
        { name: 'got it', state: 'implied',
          granted: [ 'performance', 'advertising', 'sharing' ],
          click: [ '.cc-window .cc-dismiss' ] },
    ],
};

export default [ asks, tells, counts ];
