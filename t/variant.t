# What a page's variant depends on: all that its bytes do, and nothing else.

use strict;
use warnings;
use lib 't/lib';

use Cwd ();
use Test::More;

use ConsentHttp;

my $Table = <<'END';
    category essential required "Needed";
    category performance "Performance";
    category advertising "Advertising";
    category sharing "Sharing";
    provider "Stats" performance policy=https://stats.test/p {
        cookie stat;
        url stats.test;
        inline "statsQueue";
        stub "a()";
        stub "b()";
    }
    provider "Ads" advertising { cookie ad purpose="Ads"; url ads.test; }
    provider "Mine" performance platform=mine { url mine.test; }
    provider "One" advertising { url v113.test; }
    provider "Two" sharing { url v206.test; }
END

my $Location = 'consent_placeholder on; consent_unknown_urls sharing; '
               . 'consent_first_party one.test two.test;';

# what is written otherwise in the table: from, to

my @other_tables = (
    ['a title' => 'Advertising"', 'Advertisements"'],
    ['a category' => 'category sharing "Sharing";',
                     'category sharing "Sharing"; category more "More";'],
    ['what is required' => 'sharing "Sharing"', 'sharing required "Sharing"'],
    ['a provider\'s name' => '"Stats"', '"Numbers"'],
    ['a provider\'s policy' => 'stats.test/p', 'stats.test/q'],
    ['a provider\'s category' => '"Ads" advertising', '"Ads" sharing'],
    ['a row' => 'url ads.test', 'url adz.test'],
    ['a host alone' => 'url ads.test', 'url =ads.test'],
    ['a path' => 'url ads.test', 'url ads.test/a'],
    ['an argument' => 'url ads.test', 'url ads.test?a=b'],
    ['its value' => 'url ads.test', 'url ads.test?a=c'],
    ['a row more' => 'url ads.test;', 'url ads.test; url b.test;'],
    ['a row less' => 'inline "statsQueue";', ''],
    ['a row\'s category' => 'url ads.test;', 'url ads.test category=sharing;'],
    ['a row that is not enforced' => 'url ads.test',
                                     'url ads.test enforce=off'],
    ['a stub' => 'a()', 'c()'],
    ['the order of stubs' => 'stub "a()"; stub "b()";',
                             'stub "b()"; stub "a()";'],
    ['a platform' => ' platform=mine', ''],
    ['categories exchanged between two rows' =>
     '"One" advertising { url v113.test; } provider "Two" sharing',
     '"One" sharing { url v113.test; } provider "Two" advertising'],
);

my @same_tables = (
    ['a blank' => 'url ads.test;', 'url  ads.test ;'],
    ['a purpose' => 'purpose="Ads"', 'purpose="Advertisements"'],
);

# the words, and the settings where a banner is somewhere that has the same ones

my $Ui = 'consent_ui ' . Cwd::realpath('t/lib/../../conf/ui') . '; '
         . join ' ', map "consent_field $_ x;",
                     qw(controller address contact authority);
my $Banner = 'location ~ elsewhere { consent_banner on; }';

# in the location, besides or in place of what stands there

my @other_locations = (
    ['consent_tags' => 'consent_tags remove;'],
    ['consent_tag_buffer' => 'consent_tag_buffer 1k;'],
    ['consent_inline_buffer' => 'consent_inline_buffer 1k;'],
    ['consent_uri, where a placeholder has it' => 'consent_uri /choice/;'],
    ['consent_unknown_urls pass' => qr/consent_unknown_urls sharing/,
     'consent_unknown_urls pass'],
    ['consent_unknown_urls hold' => qr/consent_unknown_urls sharing/,
     'consent_unknown_urls hold'],
    ['another category of consent_unknown_urls' =>
     qr/consent_unknown_urls sharing/, 'consent_unknown_urls advertising'],
    ['a first party less' => qr/ two.test/, ''],
    ['no placeholder' => qr/consent_placeholder on;/, ''],
    ['another placeholder' => qr/consent_placeholder on/,
     'consent_placeholder ROOT/html/placeholder.html'],
    ['its language' => qr/consent_placeholder on/,
     'consent_placeholder on lang=de'],
    ['what is a page' => 'consent_types text/html text/css;'],
    ['that everything is' => 'consent_types *;'],
    ['a platform\'s markup' => 'consent_markup cookiebot;'],
    ['another one\'s' => 'consent_markup onetrust;'],
    ['what is live' => 'consent_markup cookiebot live;'],
    ['a key' => 'consent_markup cookiebot advertising=ads;'],
    ['another key' => 'consent_markup cookiebot advertising=adz;'],
    ['Consent Mode\'s default' => 'consent_gcm on;'],
    ['a signal\'s category' =>
     'consent_gcm on; consent_gcm_map ad_user_data sharing;'],
    ['another signal\'s' =>
     'consent_gcm on; consent_gcm_map ad_storage sharing;'],
    ['a provider\'s key' => 'consent_markup klaro provider:Ads=a;'],
    ['another key of it' => 'consent_markup klaro provider:Ads=b;'],
    ['settings, where a placeholder leads to them' => "$Ui $Banner"],
);

my @same_locations = (
    ['words that no banner has' => $Ui =~ s{ui;}{ui/../ui;}r],
    ['a banner elsewhere, with words of its own' =>
     "location ~ elsewhere { $Ui consent_banner on; }"],
    ['consent_downstream' => 'consent_downstream private;'],
    ['consent_unknown_cookies' => 'consent_unknown_cookies strip;'],
    ['consent_request_cookies' => 'consent_request_cookies pass;'],
    ['consent_opaque' => 'consent_opaque block;'],
    ['a signal that no page has' => 'consent_gcm_map ad_storage sharing;'],
    ['what is said already' => 'consent_tags disable;'],
    ['types that are said already' =>
     'consent_types text/html application/xhtml+xml;'],
);

my ($http, $config) = ('', '');
my $n = 0;

my $base = place();
my @tables = map(place(table => $_), @other_tables, @same_tables);
my @locations = map(place(location => $_), @other_locations, @same_locations);
my $klaro = place(location => [klaro => 'consent_source klaro; '
    . 'consent_map klaro stats provider=Stats; '
    . 'consent_map klaro ads provider=Ads;']);
my $both = place(location => [both => 'consent_source cookie; '
    . 'consent_source klaro; consent_map klaro stats provider=Stats; '
    . 'consent_map klaro ads advertising;']);

begin(
    files => { 'page.html' => $Sent,
               'placeholder.html' => '<p>$text_title' },
    http => $http,
    config => $config,
);

my $tag = tag($base);
my %seen = ($tag => 'as it is');

for my $it (@other_tables) {
    differs(tag(shift @tables), "the table: $$it[0]");
}

for my $it (@same_tables) {
    is(tag(shift @tables), $tag, "the table: $$it[0] changes no page");
}

for my $it (@other_locations) {
    differs(tag(shift @locations), $$it[0]);
}

for my $it (@same_locations) {
    is(tag(shift @locations), $tag, "$$it[0] changes no page");
}

# the visitor

for my $choice (qw(performance advertising sharing performance+sharing
                   performance+advertising+sharing))
{
    differs(tag($base, "Cookie: " . choice($choice)), "choice: $choice");
}

is(tag($base, "Cookie: " . choice('-')), $tag,
   'who refused gets what is sent to who has not chosen');
is(tag($base, "Cookie: " . choice('performance', age => 999)),
   tag($base, "Cookie: " . choice('performance')), 'when does not matter');
is(tag($base, "Cookie: " . choice('performance', id => 'me')),
   tag($base, "Cookie: " . choice('performance')), 'nor who');
for my $it (qw(stats%22%3Atrue ads%22%3Atrue
               stats%22%3Atrue%2C%22ads%22%3Atrue))
{
    differs(tag($klaro, "Cookie: klaro=%7B%22$it%7D"), "a provider's: $it");
}

is(tag($klaro, 'Cookie: klaro=%7B%22stats%22%3Afalse%7D'), tag($klaro),
   'that a provider is refused with its category does not matter');

# a form that could change nothing is not offered

differs(tag($both), 'two sources');
differs(tag($both, 'Cookie: klaro=%7B%22ads%22%3Afalse%7D'),
        'what another source refuses cannot be accepted here');

is(tag($base, "Cookie: other=1"), $tag, 'nor another cookie');
is(tag($base, "Sec-GPC: 1"), $tag, 'nor GPC where it refuses nothing more');

done_testing();


sub place {
    my ($what, $it) = @_;

    my ($table, $location) = ($Table, $Location);
    my $name = 'n' . $n++;

    $table =~ s/\n +/ /g;

    if ($what && $what eq 'table') {
        my ($from, $to) = @$it[1, 2];
        $table =~ s/\Q$from\E/$to/ or die "no $from";

    } elsif ($what && ref $$it[1]) {
        $location =~ s/$$it[1]/$$it[2]/ or die "no $$it[1]";

    } elsif ($what) {
        $location .= " $$it[1]";
    }

    $http .= "consent_table $name { $table }\n";
    $config .= "location /$name/ { alias ROOT/html/; consent $name; "
               . "$location }\n";

    return "/$name/page.html";
}


sub tag {
    my ($uri, $header) = @_;

    my $r = get($uri, headers => refused() . ($header ? "$header\r\n" : ''));

    return header($r, 'ETag') =~ /~consent\.([0-9a-f]{16})"\z/ ? $1
           : die "$uri has no variant: $r->{head}";
}


sub differs {
    my ($tag, $name) = @_;

    ok(!$seen{$tag}, $name) or diag("as: $seen{$tag}");
    $seen{$tag} //= $name;
}
