# consent_tag_buffer: a longer tag is judged in parts, attribute by attribute.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# a page of one link that fetches nothing, as its rel says after so many bytes:
# in parts it counts as fetching

sub page {
    my ($before) = @_;
    return ">>> page.html\n<link href=//ads.test/a title=\"" . "x" x $before
           . "\" rel=help>";
}

our $Whole = qr{^<link href=//ads\.test/a title="x+" rel=help>$};
our $Parts = qr{^<link [^<]*data-consent-href=//ads\.test/a };

add_block_preprocessor(sub {
    my ($block) = @_;
    $block->set_value("request", "GET /page.html") if !defined $block->request;
});

log_level("info");

run_tests();

__DATA__

=== 8k is the default
--- config
location /page.html {
    consent site;
}
--- user_files eval: ::page(8000)
--- response_body_like eval: $::Whole



=== a longer one is judged in parts, and counted
--- config
location /page.html {
    consent site;
    access_log logs/error.log counted;
}
--- http_config eval
$::Table . 'log_format counted "held=$consent_tags_held did=$consent_decisions";'
--- user_files eval: ::page(9000)
--- response_body_like eval: $::Parts
--- error_log eval
qr/held=1 did=.*long unknown/



=== a site may keep more together
--- config
location /page.html {
    consent site;
    consent_tag_buffer 16k;
}
--- user_files eval: ::page(9000)
--- response_body_like eval: $::Whole



=== it is inherited
--- config
consent_tag_buffer 1k;
location /page.html {
    consent site;
}
--- user_files eval: ::page(2000)
--- response_body_like eval: $::Parts



=== it has limits
--- config
consent_tag_buffer 17m;
--- must_die
--- error_log eval
qr/invalid size, 256 to 16777216 bytes were expected in .*nginx\.conf:\d+/



=== it is a size
--- config
consent_tag_buffer much;
--- must_die
--- error_log eval
qr/"consent_tag_buffer" directive invalid value in .*nginx\.conf:\d+/



=== it may be named once
--- config
consent_tag_buffer 1k;
consent_tag_buffer 2k;
--- must_die
--- error_log eval
qr/"consent_tag_buffer" directive is duplicate in .*nginx\.conf:\d+/
