# A cache in front of the module, as conf/nginx.conf and the README have it.

use strict;
use warnings;
use lib 't/lib';

use Cwd qw(realpath);
use File::Basename qw(dirname);
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;
use ConsentBackend;

my $sent = '<p>x</p><iframe src="//ads.test/p"></iframe>';

our $All = "Cookie: " . choice("performance+advertising+sharing");
our $Other = "Cookie: x=1; " . choice("performance+advertising+sharing",
                                      age => 900, id => "abc");

# the root of the repository: this file is a link to one in it
my $root = dirname(dirname(realpath($0)));


# What stands in a file after a line that holds this, up to a server's end:
# what is before the server, and what is in it.  Test::Nginx has one already.

sub recipe {
    my ($file, $start) = @_;

    open my $in, '<', "$root/$file" or die "$file: $!";
    local $/;
    my $text = <$in>;

    $text =~ s/\A.*\Q$start\E.*?\n(?=\s*(?:\#\s*)?(?:map|server) )//s
        or die "$file has no \"$start\"";

    $text =~ s/^    # ?//mg if $text =~ /\A\s*#/;

    my ($http, $server) = $text =~ /\A(.*?)^server \{\s+listen 80;(.*?)^\}\n/ms
        or die "$file has no server after \"$start\"";

    $server =~ s{http://127.0.0.1:8081}{http://unix:\$TEST_NGINX_HTML_DIR/edge.sock:}g;
    $server =~ s/(proxy_cache_key)/add_header X-Cache \$upstream_cache_status;\n$1/;

    return ($http, $server);
}

our ($With, $Without) = map [recipe(@$_)],
    ["conf/nginx.conf", "A cache in front keeps a copy"],
    ["README.md", "**nginx without it**"];

our $Edge = <<"END";
proxy_cache_path \$TEST_NGINX_SERVER_ROOT/pages_cache keys_zone=pages:1m;

server {
    listen unix:\$TEST_NGINX_HTML_DIR/edge.sock;
    consent site;
    gzip on;
    gzip_http_version 1.0;
    gzip_proxied any;
    gzip_min_length 0;
    gzip_vary on;
    gzip_types text/css;
    location / { $Proxy }
    location /consent/ { consent_pages; }
}
END

our $Back = backend(<<"END");
add_header Cache-Control max-age=60;
location / { return 200 '$sent'; }
location /css { default_type text/css; return 200 'p { }'; }
END

add_block_preprocessor(sub {
    my ($block) = @_;

    my $front = $block->without ? $Without : $With;

    $block->set_value("http_config", "$Table$Back$Edge$front->[0]"
                      . ($block->http // ""));
    $block->set_value("config", $front->[1]);
});

no_root_location();

run_tests();

__DATA__

=== conf/nginx.conf: a copy for each choice, not for each Cookie header
--- request eval
[("GET /") x 8]
--- more_headers eval
["", "Cookie: x=1", "Cookie: consent=broken", $::All, $::Other,
 "Cookie: " . ::choice("-"), "Cookie: " . ::choice("performance"), $::All]
--- response_headers eval
[map "X-Cache: $_", qw(MISS HIT HIT MISS HIT HIT MISS HIT)]
--- response_body_like eval
my ($held, $sent) = ('<iframe data-consent="advertising"', '<iframe src');
[$held, $held, $held, $sent, $sent, $held, $held, $sent]
--- asked
GET /
GET /
GET /
--- files: 3



=== of who compressed and who did not, each gets what he can read
--- request eval
["GET /css", "GET /css", "GET /css"]
--- more_headers eval
["Accept-Encoding: gzip", "", "Accept-Encoding: br"]
--- response_headers eval
["X-Cache: MISS\nContent-Encoding:", ("X-Cache: HIT\nContent-Encoding:") x 2]
--- response_body eval
["p { }", "p { }", "p { }"]



=== who refuses by GPC what he could not accept is shown no form to accept it
--- http
consent_gpc strict advertising;
consent_placeholder on;
--- request eval
["GET /", "GET /", "GET /", "GET /"]
--- more_headers eval
["", "Sec-GPC: 1", "", "Sec-GPC: 1"]
--- response_headers eval
[map "X-Cache: $_", qw(MISS MISS HIT HIT)]
--- response_body_like eval
["<form", "(?s)\\A(?!.*<form)", "<form", "(?s)\\A(?!.*<form)"]



=== a visitor's choice is never cached
--- request eval
["GET /consent/choice", "GET /consent/choice"]
--- more_headers eval
["", $::All]
--- response_body_like eval
["unset", "decided"]



=== README.md: a copy for each consent cookie, whatever other cookies there are
--- without: 1
--- request eval
[("GET /") x 8]
--- more_headers eval
["", "Cookie: x=1", $::All, "$::All; x=2", "Cookie: ad=1; " . $::All =~ s/Cookie: //r,
 "Cookie: x=1; " . ::choice("-"), $::Other, "Sec-GPC: 1"]
--- response_headers eval
[map "X-Cache: $_", qw(MISS HIT MISS HIT HIT MISS MISS MISS)]
--- response_body_like eval
my ($held, $sent) = ('<iframe data-consent="advertising"', '<iframe src');
[$held, $held, $sent, $sent, $sent, $held, $sent, $held]
--- files: 5



=== README.md: no cookie makes the key of who has not chosen, and is granted
--- without: 1
--- request eval
[("GET /") x 8]
--- more_headers eval
my $all = $::All =~ s/Cookie: //r;
[(map "Cookie: $_", "consent=; $all", "Consent=1; $all", "$all; consent=",
  "x=1;\t$all", "x; $all", "xconsent=1; $all"), "",
 "Cookie: a=b $all"]
--- response_headers eval
[map "X-Cache: $_", qw(MISS MISS MISS HIT HIT HIT MISS HIT)]
--- response_body_like eval
my ($held, $sent) = ('<iframe data-consent="advertising"', '<iframe src');
[($sent) x 6, $held, $held]
