# The filters of brotli and zstd beside us: Debian's own packages of them.

use strict;
use warnings;
use lib 't/lib';

use ConsentHttp;
use File::Basename qw(dirname);
use Test::More;

my ($ours, $echo) = modules();
my $folder = dirname($echo // '/usr/lib/nginx/modules/x');

# [name, its word in Accept-Encoding, the end of its files' names]

my @Kinds = grep(-f "$folder/ngx_http_$_->[0]_filter_module.so",
                 ['brotli', 'br', 'br'], ['zstd', 'zstd', 'zst']);

plan skip_all => "no brotli or zstd module in $folder" unless @Kinds;

my @Late = map(("$folder/ngx_http_$_->[0]_filter_module.so",
                "$folder/ngx_http_$_->[0]_static_module.so"), @Kinds);

# a frame of zstd with one raw block, since zstd_static looks: brotli's does not

my $Opaque = "\x28\xb5\x2f\xfd\x20\x06" . "\x31\0\0" . 'opaque';

my $Locations = join '', map(<<"END", @Kinds);
    location /$_->[0]/ {
        alias ROOT/html/;
        $_->[0] on;
        $_->[0]_min_length 1;
    }
    location /$_->[0]-static/ {
        alias ROOT/html/;
        $_->[0]_static on;
    }
    location /$_->[0]-both/ {
        alias ROOT/html/;
        $_->[0]_static on;
        $_->[0] on;
        $_->[0]_min_length 1;
        gzip on;
    }
    location /$_->[0]-always/ {
        alias ROOT/html/;
        $_->[0]_static always;
        consent_opaque block;
    }
END

my %It = (http => "server { listen 127.0.0.1:SECOND http2; root ROOT/html;"
                  . "consent site; $Locations }",
          config => '',
          files => { 'page.html' => $Sent, 'a.css' => 'a {}',
                     map(("page.html.$_->[2]" => $Opaque,
                          "a.css.$_->[2]" => $Opaque), @Kinds) });

for my $kind (@Kinds) {
    my $name = "ngx_http_$kind->[0]_filter_module";
    my @other = grep(!/\Q$kind->[0]\E/, @Late);
    my ($its) = grep(/\Q$name\E/, @Late);

    like(checked(%It, modules => [@other, grep(/_$kind->[0]_static/, @Late),
                                  $ours, $its]),
         qr/\[warn\].* pages that "$name" compresses are not read/,
         "$kind->[0]: loaded after us it is said so");
}

unlike(checked(%It, modules => [@Late, $ours]), qr/\[warn\].* are not read/,
       'loaded before us nothing is');

begin(%It, modules => [@Late, $ours]);

my @Yes = ('-H', (split /\r\n/, accepted())[1]);

for my $kind (@Kinds) {
    my ($name, $word) = @$kind;
    my @ask = ('-H', "Accept-Encoding: $word");

    my $r = curl("/$name/page.html", @ask, '--compressed');
    is(header($r, 'Content-Encoding'), $word, "$name: the page is compressed");
    is($r->{body}, $Page, "$name: after it was read");

    $r = curl("/$name/page.html", @Yes, @ask, '--compressed');
    is(header($r, 'Content-Encoding'), $word, "$name: so is that of who accepted");
    is($r->{body}, $Sent, "$name: as it was");

    $r = curl("/$name-static/page.html", @ask);
    is(header($r, 'Content-Encoding'), undef, "$name static: the plain file");
    is($r->{body}, $Page, "$name static: is read");

    $r = curl("/$name-static/page.html", @Yes, @ask);
    is($r->{body}, $Opaque, "$name static: its copy for who accepted");

    $r = curl("/$name-static/a.css", @ask);
    is($r->{body}, $Opaque, "$name static: its copy of a style sheet");

    $r = curl("/$name-both/page.html", @ask, '--compressed');
    is(header($r, 'Content-Encoding'), $word,
       "$name static: what was asked for is not forgotten");
    is($r->{body}, $Page, "$name static: and compressed after it was read");

    $r = curl("/$name-always/page.html", @ask);
    is($r->{status}, 502, "$name static always: opaque");
}

like(logged(), qr/a page came encoded as "$_->[1]"/, "$_->[0]: and logged")
    for @Kinds;

unlike(logged(), qr/\[(?:alert|crit|emerg)\]/, 'nothing alarming is logged');

done_testing();
