# Large pages out of files, by whatever way nginx reads and sends them: nginx
# fills some of its buffers again while others wait for the client, and each must
# leave once, whole and in its turn.

use strict;
use warnings;
use lib 't/lib';

use Digest::MD5 qw(md5_hex);
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# no two pieces are the same: one that comes twice, late or not at all is seen

our $Big = join '', map "<p>$_</p><img src=\"//ads.test/$_\">\n", 1 .. 12000;
our $Held = $Big =~ s/<img src/<img data-consent="advertising" data-consent-src/gr;

our $All = "Cookie: " . choice("performance+advertising+sharing");

our @Ways = qw(plain threads directio one two many slow sendfile nopush unread);

our $Config = join "\n", "consent site; aio_write off;",
    map("location /$_->[0]/ { alias html/; $_->[1] }",
        ['plain', 'sendfile off;'],
        ['threads', 'aio threads; sendfile off;'],
        ['directio', 'directio 4k; directio_alignment 512; aio threads;'],
        ['one', 'sendfile off; output_buffers 1 8k;'],
        ['two', 'sendfile off; output_buffers 2 4k;'],
        ['many', 'sendfile off; output_buffers 8 1k;'],
        ['slow', 'sendfile off; limit_rate 256k;'],
        ['sendfile', 'sendfile on;'],
        ['nopush', 'sendfile on; tcp_nopush on; sendfile_max_chunk 16k;'],
        ['unread', 'consent_tags off; sendfile on;']),
    'location /ssi/ { alias html/; ssi on; }',
    'location /ssi_threads/ { alias html/; ssi on; aio threads; }';

our $Ssi = join '|', map "<!--# include virtual=\"/$_/big.html\" -->",
                     qw(plain threads slow);

our $Included = md5_hex("(" . join("|", ($Held) x 3) . ")");

sub digests {
    return [map md5_hex($_ eq 'unread' ? $Big : $Held), @Ways];
}

add_block_preprocessor(sub {
    my ($block) = @_;

    $block->set_value("config", $Config);
    $block->set_value("user_files", [['big.html', $Big],
                                     ['ssi.html', "($Ssi)"]]);

    # two megabytes that differ are nothing to read

    $block->set_value("response_body_filters", \&md5_hex);
});

run_tests();

__DATA__

=== every byte once, whichever way nginx reads a file
--- request eval
[map "GET /$_/big.html", @::Ways]
--- response_body eval
::digests()



=== the same over HTTP/2
--- http2
--- request eval
[map "GET /$_/big.html", @::Ways]
--- response_body eval
::digests()



=== files that a page includes
--- request eval
["GET /ssi/ssi.html", "GET /ssi_threads/ssi.html"]
--- response_body eval
[($::Included) x 2]



=== files that a page includes, over HTTP/2
--- http2
--- request eval
["GET /ssi/ssi.html", "GET /ssi_threads/ssi.html"]
--- response_body eval
[($::Included) x 2]



=== of a page that changes no part is sent, but all of it
--- request eval
[map "GET /$_/big.html", @::Ways[0 .. 8]]
--- more_headers
Range: bytes=70000-90000
--- error_code eval
[(200) x 9]
--- response_body eval
[@{::digests()}[0 .. 8]]



=== ... nor over HTTP/2
--- http2
--- request eval
[map "GET /$_/big.html", @::Ways[0 .. 8]]
--- more_headers
Range: bytes=70000-90000
--- error_code eval
[(200) x 9]
--- response_body eval
[@{::digests()}[0 .. 8]]



=== who accepted everything gets the part that he asks for
--- request eval
[map "GET /$_/big.html", @::Ways]
--- more_headers eval
"Range: bytes=70000-90000\n$::All"
--- error_code eval
[(206) x 10]
--- response_body eval
[(::md5_hex(substr $::Big, 70000, 20001)) x 10]



=== ... and over HTTP/2
--- http2
--- request eval
[map "GET /$_/big.html", @::Ways]
--- more_headers eval
"Range: bytes=70000-90000\n$::All"
--- error_code eval
[(206) x 10]
--- response_body eval
[(::md5_hex(substr $::Big, 70000, 20001)) x 10]
