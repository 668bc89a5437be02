# What leaves a request's headers, and that nothing else of them does: wherever
# the lines stand, and however many others there are.

use strict;
use warnings;
use lib 't/lib';

use File::Basename qw(dirname);
use Test::More;

use ConsentHttp;

my ($ours, $echo) = modules();
my $adds = dirname($echo // '/usr/lib/nginx/modules/x')
           . '/ngx_http_headers_more_filter_module.so';

my $Version = version();

my $Seen = 'proxy_set_header X-Seen "$http_cookie|$cookie_ad|$cookie_session|'
           . '$http_accept_encoding|$http_if_none_match"; '
           . 'proxy_set_header X-Before "$before"; '
           . 'proxy_http_version 1.1; proxy_set_header Connection close;';

my $Added = 'more_set_input_headers "X-Added: yes";';
my $Made = 'more_set_input_headers "Cookie: ad=6; session=7";';

begin(modules => [$ours, $adds], config => <<"END");
gzip on; gzip_types *; gzip_min_length 1; gzip_http_version 1.0; gzip_proxied any;
default_type text/plain;
$Seen

set \$before "\$http_cookie|\$cookie_ad|\$cookie_session|\$http_accept_encoding|\$http_if_none_match";

location / { consent site; proxy_pass http://BACKEND; }

# the grant is asked for before, by what comes first
location /asked/ {
    consent site;
    set \$state \$consent_state;
    proxy_pass http://BACKEND;
}

location /on/ { consent site; try_files /none /asked/; }
location /off/ { consent site; try_files /none \@off; }
location \@off { proxy_pass http://BACKEND; }

location /error/ {
    consent site;
    proxy_pass http://127.0.0.1:1;
    error_page 502 = \@off;
}

location /more/ { consent site; try_files /none /added/; }
location /added/ {
    consent site;
    $Added
    proxy_pass http://BACKEND;
}
location /taken/ {
    $Added
    proxy_pass http://BACKEND;
}
location /taken-off/ { consent site; try_files /none /taken/; }
location /auth/ {
    consent site;
    auth_request /sub;
    proxy_pass http://BACKEND;
}
location /sub { proxy_pass http://BACKEND/sub; }

# what comes first has made other cookies of them, and the grant was asked for
location /makes/ { consent site; $Made proxy_pass http://BACKEND; }
location /asked-makes/ {
    consent site;
    set \$state \$consent_state;
    $Made
    proxy_pass http://BACKEND;
}
location /asked-clears/ {
    consent site;
    set \$state \$consent_state;
    more_clear_input_headers Cookie;
    proxy_pass http://BACKEND;
}
END

# lines that may leave: as they come, and as they are left

my %lines = (
    a => ['Cookie: ad=1', undef],
    b => ['Cookie: ad=2; session=3; stat=4', 'Cookie: session=3'],
    c => ['Cookie: session=5', 'Cookie: session=5'],
    e => ['Accept-Encoding: gzip', undef],
    n => ['If-None-Match: "x~consent.0000000000000000"', undef],
    r => ['Range: bytes=0-1', undef],
    x => ['X-Other: 1', 'X-Other: 1'],
    s => ['Cookie: ad=1;', undef],
);

# a list of nginx has parts of 20

# and some headers may come once

my @few = grep !/n.*n|r.*r/, '', all(1), all(2), all(3);
my @many;

for my $n (18 .. 23, 38 .. 42, 59 .. 62) {

    # one, or two that follow each other, at each place around a part's end

    for my $at (grep $_ >= 0 && $_ < $n, 0, 1, 17 .. 22, 38 .. 41, $n - 1) {
        for my $what (qw(a b e ae ea)) {
            my $it = 'x' x $n;
            substr $it, $at, length $what, $what;
            push @many, $it;
        }
    }

    push @many, 'e' x $n, 'a' x $n, 'ax' x ($n / 2), 'xa' x ($n / 2),
                'bax' x ($n / 3), 'a' . 'x' x ($n - 2) . 'e';
}

for my $uri (qw(/ /asked/)) {
    rows("$uri: few lines", $uri, \&left, @few);
    rows("$uri: many lines", $uri, \&left, @many);
}

# another location begins with the request as it came

rows('another location: few lines', '/on/', \&left, @few);
rows('another location: many lines', '/on/', \&left, @many);
rows('a named one where consent is off: few lines', '/off/', \&came, @few);
rows('a named one where consent is off: many lines', '/off/', \&came, @many);
rows('error_page: few lines', '/error/', \&came, grep length, @few);

# what another module adds takes nobody's place

rows('headers that are added: few lines', '/more/',
     sub { (left(@_), 'X-Added: yes') }, @few);
rows('headers that are added: many lines', '/more/',
     sub { (left(@_), 'X-Added: yes') }, @many);
rows('... where consent is off: few lines', '/taken-off/',
     sub { (came(@_), 'X-Added: yes') }, @few);

rows('auth_request: few lines', '/auth/', \&left, @few);

# cookies that the rewrite phase has made, or taken away

for my $uri (qw(/makes/ /asked-makes/)) {
    rows("$uri: few lines", $uri, sub { (others(@_), 'Cookie: session=7') },
         @few);
}

rows('/asked-clears/: few lines', '/asked-clears/', \&others, @few);

done_testing();


# every string of n letters

sub all {
    my ($n) = @_;

    return '' unless $n;
    return map { my $it = $_; map("$it$_", sort keys %lines) } all($n - 1);
}


sub left { return grep defined, map $lines{$_}[1], split //, $_[0] }
sub came { return map $lines{$_}[0], split //, $_[0] }
sub others { return grep !/^Cookie:/, left(@_) }


# One row of many requests: what is wrong with which of them.

sub rows {
    my ($name, $uri, $expected, @requests) = @_;
    my @wrong;

    for my $it (@requests) {
        my $wrong = wrong($uri, $it, $expected->($it));
        push @wrong, "$it: $wrong" if $wrong;
    }

    is(join("\n", @wrong[0 .. ($#wrong > 4 ? 4 : $#wrong)]), '',
       sprintf '%s (%d)', $name, scalar @requests);
}


sub wrong {
    my ($uri, $it, @expected) = @_;

    my $s = client();
    ask($s, join "\r\n", "GET $uri HTTP/1.0", map($lines{$_}[0], split //, $it),
        '', '');

    my @requests;

    # what auth_request asks comes first

    for my $body ($uri eq '/auth/' ? ('', 'x' x 100) : 'x' x 100) {
        my ($b, $request) = backend();
        answer($b, "HTTP/1.0 200 OK\nContent-Type: text/css\n"
                   . 'Content-Length: ' . length($body) . "\n", $body);
        close $b;
        push @requests, $request;
    }

    my $r = response($s);

    for my $request (@requests) {
        my $wrong = compared($request, $uri, $it, @expected);
        return $wrong if $wrong;
    }

    # who said so still takes gzip

    my $gzip = (header($r, 'Content-Encoding') // '') eq 'gzip';

    return $it =~ /e/ ? 'not compressed' : 'compressed' if $gzip != ($it =~ /e/);
    return '';
}


sub compared {
    my ($request, $uri, $it, @expected) = @_;

    my (undef, @lines) = split /\r\n/, $request;
    my %seen = map { /^(X-Seen|X-Before): (.*)/ ? ($1, $2) : () } @lines;

    @lines = grep !/^(?:Host|Connection|X-Seen|X-Before):/, @lines;

    return "got @lines, not @expected"
        if join("\n", sort @lines) ne join("\n", sort @expected);

    # variables of nginx say the same, of what no other module took away

    return '' if $uri eq '/asked-clears/';

    my $values = values_of(@expected);

    # in the rewrite phase, which an internal redirect enters once more

    my $before = $uri =~ m{^/(?:|asked/|off/|error/)$} ? values_of(came($it))
                 : $seen{'X-Before'};

    return "variables say $seen{'X-Seen'}, not $values"
        if $seen{'X-Seen'} ne $values;
    return "they said $seen{'X-Before'} before, not $before"
        if $seen{'X-Before'} ne $before;

    return '';
}


# by nginx's documentation of them

sub values_of {
    my @lines = @_;

    my @cookies = map /^Cookie: (.*)/, @lines;
    my @pairs = map { split /; */ } @cookies;
    my ($ad) = map /^ad=(.*)/, @pairs;
    my ($session) = map /^session=(.*)/, @pairs;
    my @encodings = map /^Accept-Encoding: (.*)/, @lines;
    my ($tag) = map /^If-None-Match: (.*)/, @lines;

    # several lines of a name are one value since 1.23.0

    $#encodings = 0 if @encodings && $Version < 1023000;

    return join '|', join('; ', @cookies), $ad // '', $session // '',
                     join(', ', @encodings), $tag // '';
}
