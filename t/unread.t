# Pages of which nothing can be held back are not read: they keep their length
# and parts.  What is put in is put in all the same.

use strict;
use warnings;
use lib 't/lib';

use Compress::Zlib ();
use Cwd ();
use Test::More;

use ConsentHttp;

my $Cookies = 'provider "Ads" advertising { cookie ad; }';
my $Ads = 'provider "Ads" advertising { cookie ad; url ads.test; }';
my $Stats = 'provider "Stats" performance { cookie stat; }';
my $Marker = 'provider "Queue" advertising { inline "adsQueue"; }';
my $Live = 'consent_source cookie; consent_markup vanilla live; '
           . 'consent_map vanilla marketing advertising;';

my $Script = '<p>x</p><script>adsQueue.push(1)</script>';
my $Marked = '<p>x</p><script type=text/plain data-category=marketing>'
             . 'a()</script>';

my $Held = qr/<img data-consent="[^"]+" data-consent-src=/;
my $Inert = qr/<script type="text\/plain" data-consent="advertising">/;

my $Klaro = 'consent_source klaro; consent_map klaro a advertising; '
            . 'consent_map klaro p performance; '
            . 'consent_map klaro ads provider=Ads;';

# name, the table's providers, the location's directives, the choice, the file

my @unread = (
    ['cookies alone', $Cookies],
    ['... in report mode', $Cookies, 'consent_mode report;'],
    ['storage and headers alone',
     'provider "Ads" advertising { storage ads-*; header Accept-CH; }'],
    ['a stub alone: nothing of its provider can be held back',
     'provider "Ads" advertising { cookie ad; stub "a()"; }', '', '-',
     'script.html'],
    ['a URL whose category is granted, another one\'s cookie', "$Ads $Stats",
     '', 'advertising'],
    ['... where unknown URLs pass', "$Ads $Stats", 'consent_unknown_urls pass;',
     'advertising'],
    ['a marker whose category is granted', "$Marker $Stats", '', 'advertising',
     'script.html'],
    ['a URL that is required', "$Cookies provider A essential { url ads.test; }"],
    ['... the platform\'s',
     "$Cookies provider A sharing platform=p { url ads.test; }"],
    ['... that is not enforced',
     "$Cookies provider A sharing { url ads.test enforce=off; }"],
    ['... that an override lets pass', "$Ads override url ads.test pass;"],
    ['URLs where tags are left alone', $Ads, 'consent_tags off;'],
    ['a provider\'s own answer that grants its URL', "$Ads $Stats", $Klaro,
     'klaro=%7B%22a%22%3Atrue%2C%22p%22%3Atrue%2C%22ads%22%3Atrue%7D'],
    ['a placeholder without a frame that it could stand for', $Cookies,
     'consent_placeholder on;'],
);

# ... and what is seen of it

my @read = (
    ['a URL that is refused', $Ads, '', '-', 'page.html', $Held],
    ['... where another category is granted', "$Ads $Stats", '', 'performance',
     'page.html', $Held],
    ['... one of two categories',
     'provider "Ads" advertising sharing { url ads.test; }', '', 'advertising',
     'page.html', $Held],
    ['an override that is refused',
     "$Cookies provider A essential { url ads.test; } "
     . 'override url ads.test advertising;', '', '-', 'page.html', $Held],
    ['unknown URLs are held back', $Cookies, 'consent_unknown_urls hold;', '-',
     'page.html', qr/data-consent-src=/],
    ['... for who has accepted everything, too', $Cookies,
     'consent_unknown_urls hold;', 'performance+advertising+sharing',
     'page.html', qr/data-consent-src=/],
    ['unknown URLs have a category', $Cookies,
     'consent_unknown_urls advertising;', '-', 'page.html', $Held],
    ['... that no row has', $Cookies, 'consent_unknown_urls sharing;',
     'advertising', 'page.html', $Held],
    ['a provider\'s own answer that refuses its URL', "$Ads $Stats", $Klaro,
     'klaro=%7B%22a%22%3Atrue%2C%22p%22%3Atrue%2C%22ads%22%3Afalse%7D',
     'page.html', $Held],
    ['a marker alone', $Marker, '', '-', 'script.html', $Inert],
    ['a marker with a stub',
     'provider "Ads" advertising { inline "adsQueue"; stub "a();"; }', '', '-',
     'script.html', qr/<script[^>]*>a\(\);<\/script>$Inert/],
    ['what an author holds back, of what is granted', "$Cookies $Stats", $Live,
     'advertising', 'marked.html', qr/<script type=text\/javascript /],
    ['Consent Mode\'s default', $Cookies, 'consent_gcm on;', '-', 'head.html',
     qr/<head><script[^>]*>.*ad_storage.*<\/script><img src=/s],
    ['the guard', $Cookies, 'consent_guard on;', '-', 'head.html',
     qr/<head><script[^>]* src="\/consent\/guard\.[^>]*><\/script><img src=/],
    ['the banner', $Cookies, 'consent_ui UI; consent_banner on; FIELDS', '',
     'head.html',
     qr/<section id="consent-banner".*<img src="\/\/ads\.test\/p">/s],
);

my $ui = Cwd::realpath('t/lib/../../conf/ui');
my $fields = join ' ', map "consent_field $_ x;",
                       qw(controller address contact authority);
# what the backend was asked last
my $Asked;

my ($http, $config) = ('', '');
my $n = 0;

for (@unread, @read) {
    my ($name, $providers, $directives) = @$_;
    $directives //= '';
    $directives =~ s/UI/$ui/;
    $directives =~ s/FIELDS/$fields/;

    $http .= "consent_table n$n { category essential required Needed; "
             . 'category performance P; category advertising A; '
             . "category sharing S; $providers }\n";
    $config .= "location /n$n/ { alias ROOT/html/; consent n$n; $directives }\n";
    $n++;
}

my %files = ('page.html' => $Sent, 'script.html' => $Script,
             'marked.html' => $Marked,
             'head.html' => '<html><head><img src="//ads.test/p"></head></html>');

# what is put into a page that a backend has compressed, or would send in parts

my @inserts = (
    ['consent_gcm on;', qr/ad_storage/],
    ['consent_guard on;', qr/\/consent\/guard\./],
    ["consent_ui $ui; consent_banner on; $fields", qr/id="consent-banner"/],
    ["$Live", qr/text\/javascript/],
);

my $inserts = join '', map "location /i$_ { consent n0; gunzip on; "
                           . "$inserts[$_][0] proxy_pass http://BACKEND; }\n",
                           0 .. $#inserts;

begin(files => \%files, http => $http, config => <<"END");
$config
location /set/ { alias ROOT/html/; consent n0; add_header Set-Cookie ad=1; }
$inserts
location /up { consent n0; consent_opaque block; gunzip on; proxy_pass http://BACKEND; }
location /br { consent n0; consent_opaque block; proxy_pass http://BACKEND; }
END

$n = 0;

for (@unread) {
    my ($name, undef, undef, $choice, $file) = @$_;
    $file //= 'page.html';

    my $uri = '/n' . $n++ . "/$file";
    my $r = get($uri, headers => headers($choice));

    is(header($r, 'Content-Length'), length $files{$file},
       "not read: $name: its length");
    is($r->{body}, $files{$file}, "not read: $name: its bytes");

    $r = get($uri, headers => headers($choice) . "Range: bytes=1-5\r\n");

    is("$r->{status} $r->{body}", '206 ' . substr($files{$file}, 1, 5),
       "not read: $name: a part");
}

for (@read) {
    my ($name, undef, undef, $choice, $file, $seen) = @$_;

    my $uri = '/n' . $n++ . "/$file";
    my $r = get($uri, headers => headers($choice));

    is(header($r, 'Content-Length'), undef, "read: $name: without a length");
    like($r->{body}, $seen, "read: $name: what is seen of it");

    $r = get($uri, headers => headers($choice) . "Range: bytes=1-5\r\n");

    is($r->{status}, 200, "read: $name: no part");
}

# its validators are those of a page: what the choice is shows in Set-Cookie

my $r = get('/set/page.html');
my $tag = header($r, 'ETag');

like($tag, qr/\A"[0-9a-f-]+~consent\.[0-9a-f]{16}"\z/, 'a tag has its variant');
is(header($r, 'Set-Cookie'), undef, 'a refused cookie is not set');
like(header($r, 'Vary'), qr/\bCookie\b/, 'caches are told');
is(header($r, 'Accept-Ranges'), 'bytes', 'parts are offered');

is(get('/set/page.html', headers => refused() . "If-None-Match: $tag\r\n")
   ->{status}, 304, 'the same variant is not sent again');

$r = get('/set/page.html', headers => accepted() . "If-None-Match: $tag\r\n");

is("$r->{status} " . header($r, 'Set-Cookie'), '200 ad=1',
   'another one is sent');

$r = get('/set/page.html', headers => refused() . "Range: bytes=0-2\r\n"
                                      . "If-Range: $tag\r\n");

is("$r->{status} $r->{body}", '206 <p>', 'a part of the same variant');

$r = get('/set/page.html', headers => accepted() . "Range: bytes=0-2\r\n"
                                      . "If-Range: $tag\r\n");

is($r->{status}, 200, 'no part of another one');

$r = get('/set/page.html', method => 'HEAD');

is(header($r, 'Content-Length'), length $Sent, 'HEAD says the length');

# what cannot be read need not be

my $gzip = Compress::Zlib::memGzip($Sent);

is(encoded('/up', 'gzip', $gzip, "Accept-Encoding: gzip\r\n"), "200 gzip $gzip",
   'a compressed page is not inflated for who takes it');
is(encoded('/br', 'br', 'xyz'), '200 br xyz',
   'an opaque page is no reason for 502');

for my $i (0 .. $#inserts) {

    my ($directive) = $inserts[$i][0] =~ /(consent_(?!ui|source)\w+)/;
    my ($page) = $i == 3 ? $Marked : $files{'head.html'};
    my $headers = 'Cookie: ' . choice($i == 3 ? 'advertising' : '-') . "\r\n";

    $headers = '' if $directive eq 'consent_banner';

    like(encoded("/i$i/x.html", 'gzip', Compress::Zlib::memGzip($page),
                 "Accept-Encoding: gzip\r\nRange: bytes=1-5\r\n$headers"),
         qr/\A200 - .*$inserts[$i][1]/s,
         "$directive is put into what comes compressed");
    unlike($Asked, qr/^Range:/m, '... which is not asked for in parts');
}

done_testing();


sub headers {
    my ($choice) = @_;

    return refused() if !defined $choice || $choice eq '';
    return refused() . 'Cookie: '
           . ($choice =~ /=/ ? $choice : choice($choice)) . "\r\n";
}


sub encoded {
    my ($uri, $coding, $body, $headers) = @_;

    my $s = client();
    ask($s, "GET $uri HTTP/1.1\r\n" . refused() . ($headers // '')
            . "Connection: close\r\n\r\n");

    (my $b, $Asked) = backend();
    answer($b, "HTTP/1.0 200 OK\nContent-Type: text/html\n"
               . "Content-Encoding: $coding\n"
               . 'Content-Length: ' . length($body) . "\n", $body);
    close $b;

    my $r = response($s);

    return "$r->{status} " . (header($r, 'Content-Encoding') // '-')
           . " $r->{body}";
}
