# One page, every way in which nginx reads it and sends it: the same bytes come
# out, however slowly they are taken.

use strict;
use warnings;
use lib 't/lib';

use Compress::Zlib;
use ConsentHttp;
use Test::More;

# edits of every size, and what has none between them

my @Lines = map("<p>$_</p>" . ('x' x ($_ * 37 % 900)) . "\n"
                . ($_ % 3 ? "<img src=\"//ads.test/$_\">" : '')
                . ($_ % 17 ? '' : "<script>var a = $_;</script>")
                . ($_ % 50 ? '' : "<img src=\"//ok.test/\" alt='"
                                  . ('y' x 3000) . "'>"), 1 .. 900);

my $Big = join '', @Lines;
(my $Want = $Big) =~ s{<img src="//ads}
                      {<img data-consent="advertising" data-consent-src="//ads}g;

# [name, directives of the location; a backend's page where they proxy]

my @Ways = (
    ['sendfile', 'sendfile on;'],
    ['nopush', 'sendfile on; tcp_nopush on;'],
    ['read', 'sendfile off;'],
    ['buffers-1', 'sendfile off; output_buffers 1 300;'],
    ['buffers-2', 'sendfile off; output_buffers 2 4k;'],
    ['buffers-3', 'sendfile off; output_buffers 3 1k;'],
    ['threads', 'aio threads; sendfile on; output_buffers 2 4k;'],
    ['threads-read', 'aio threads; sendfile off; output_buffers 2 4k;'],
    ['directio', 'directio 512; output_buffers 1 8k;'],
    ['directio-threads', 'aio threads; directio 512; output_buffers 1 8k;'],
    ['postpone-0', 'postpone_output 0; output_buffers 1 2k;'],
    ['postpone', 'postpone_output 100000;'],
    ['rate', 'limit_rate 2m; limit_rate_after 100k; sendfile on;'],
    ['rate-buffers', 'limit_rate 2m; limit_rate_after 100k; sendfile off;'
                     . ' output_buffers 2 4k;'],
    ['chunk', 'sendfile_max_chunk 1k; sendfile on;'],
    ['cached-file', 'open_file_cache max=10; sendfile on;'],
    ['ssi', 'ssi on;'],
    ['sub', 'sub_filter "<p>zzz" ""; sub_filter_once off;'],
    ['addition', 'add_before_body /empty; add_after_body /empty;'],
    ['charset', 'charset a; source_charset b;'],
    ['gzip-static', 'gzip_static always; gunzip on; gunzip_buffers 2 1k;'],

    ['proxy', 'proxy_buffering on;'],
    ['proxy-off', 'proxy_buffering off; proxy_buffer_size 1k;'],
    ['proxy-few', 'proxy_buffers 2 2k; proxy_buffer_size 1k;'
                  . ' proxy_busy_buffers_size 2k; proxy_max_temp_file_size 0;'],
    ['proxy-temp', 'proxy_buffers 2 2k; proxy_buffer_size 1k;'
                   . ' proxy_busy_buffers_size 2k; sendfile on;'],
    ['proxy-temp-threads', 'proxy_buffers 2 2k; proxy_buffer_size 1k;'
                           . ' proxy_busy_buffers_size 2k; aio threads;'
                           . ' aio_write on; sendfile on;'],
    ['proxy-gunzip', 'gunzip on; gunzip_buffers 2 1k; proxy_buffers 2 2k;'
                     . ' proxy_buffer_size 1k; proxy_busy_buffers_size 2k;'],
    ['proxy-gunzip-off', 'gunzip on; proxy_buffering off;'],
    ['proxy-cache', 'proxy_cache c; proxy_cache_valid 1m;'],
);

my $Locations = join '', map {
    my ($name, $directives) = @$_;
    my $from = $name =~ /gunzip/ ? 'encoded/' : 'plain/';
    my $origin = $name =~ /\Aproxy/ ? "proxy_pass http://127.0.0.1:SECOND/$from;"
                                    : 'alias ROOT/html/;';

    "location /$name/ { $origin $directives }\n"
    . "location /gzip-$name/ { $origin $directives"
    . " gzip on; gzip_min_length 1; }\n";
} @Ways;

# a page with another before it, which has but one buffer to be read into

my $Both = <<'END';
location /outer/ {
    alias ROOT/html/;
    sendfile off; output_buffers 2 4k; add_before_body /inner/big.html;
}
location /inner/ { alias ROOT/html/; sendfile off; output_buffers 1 1k; }
END

my $Pieces = join '', map {
    "location /pieces-$_/ {"
    . " alias ROOT/html/; sendfile off; output_buffers $_ 4k; }\n"
} 1 .. 3;

my $Gzip = Compress::Zlib::memGzip($Big);

begin(config => "consent site; proxy_http_version 1.1; $Locations$Both$Pieces"
                . 'location = /empty { return 200 ""; }',
      http => <<'END',
charset_map a b { 80 80; }
proxy_cache_path ROOT/temp/cache keys_zone=c:1m;
server {
    listen 127.0.0.1:SECOND;
    sendfile on;
    location /plain/ { alias ROOT/html/; }
    location /encoded/ { alias ROOT/html/; gzip_static always; }
}
END
      files => { 'big.html' => $Big, 'big.html.gz' => $Gzip,
                 'small.html' => '<p>small', 'text.html' => 'x' x 40000 });

for my $way (@Ways) {
    my ($name) = @$way;

    same(get("/$name/big.html"), $Want, "$name");
    same(slowly("/$name/big.html"), $Want, "$name, slowly");

    next if $name eq 'gzip-static' || $name =~ /gunzip/;

    same(get("/$name/big.html", headers => accepted()), $Big,
         "$name, accepted");
    same(slowly("/$name/big.html", headers => accepted()), $Big,
         "$name, accepted, slowly");
}

for my $way (@Ways) {
    my ($name) = @$way;

    my $r = slowly("/gzip-$name/big.html",
                   headers => refused() . "Accept-Encoding: gzip\r\n");

    $r->{body} = Compress::Zlib::memGunzip($r->{body}) // 'not gzip';
    same($r, $Want, "$name, compressed, slowly");
}

for my $page (['small.html', '<p>small'], ['big.html', $Want]) {
    my ($name, $want) = @$page;

    same(get("/outer/$name"), "$Want$want", "a page before $name");
    same(slowly("/outer/$name"), "$Want$want", "a page before $name, slowly");
}

# where there are two buffers to read into, both go out at once; but the first,
# for which a reader waits, goes alone

is(pieces('/pieces-1/text.html'), join(' ', (4096) x 9, 3136),
   'one buffer: sent one by one');
is(pieces('/pieces-2/text.html'), '4096 4096 8192 8192 8192 7232',
   'two buffers: sent by twos');
is(pieces('/pieces-3/text.html'), '4096 4096 8192 8192 8192 7232',
   'of three buffers two are taken');

# one that gives up in the middle of what it is sent, and the next one

for my $way (@Ways) {
    my ($name) = @$way;

    my $s = client(rcvbuf => 2048);
    ask($s, "GET /$name/big.html HTTP/1.1\r\n" . refused() . "\r\n");
    took($s, qr/<p>5/, size => 512);
    close $s;
}

same(get("/read/big.html"), $Want, 'and the next one is not harmed');

unlike(logged(), qr/\[(?:alert|crit|emerg)\]/, 'nothing alarming is logged');

done_testing();


# The sizes of a response's chunks; its text has no end of line.

sub pieces {
    my ($uri) = @_;

    my $s = client();
    ask($s, "GET $uri HTTP/1.1\r\n" . refused() . "Connection: close\r\n\r\n");

    my $chunks = (split /\r\n\r\n/, do { local $/; <$s> }, 2)[1];

    return join ' ', grep { $_ } map { hex } $chunks =~ /^([0-9a-f]+)\r$/mg;
}


# is(), without a megabyte of difference

sub same {
    my ($r, $want, $name) = @_;

    ok($r->{complete} && $r->{body} eq $want, $name)
        or diag("complete: $r->{complete}, " . length($r->{body})
                . " of " . length($want) . " bytes");
}
