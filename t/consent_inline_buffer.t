# consent_inline_buffer: of an inline script, how much is looked at for markers.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# a page of one script, with a marker after so many bytes

sub page {
    my ($before) = @_;
    return ">>> page.html\n<script>" . " " x $before . "statsQueue</script>";
}

our $Held = qr{^<script type="text/plain" data-consent="performance"> +statsQu};
our $Kept = qr{^<script> +statsQueue</script>$};

add_block_preprocessor(sub {
    my ($block) = @_;
    $block->set_value("request", "GET /page.html") if !defined $block->request;
});

log_level("info");

run_tests();

__DATA__

=== 16k is the default
--- config
location /page.html {
    consent site;
}
--- user_files eval: ::page(16000)
--- response_body_like eval: $::Held



=== what is past it passes, and is counted
--- config
location /page.html {
    consent site;
    access_log logs/error.log counted;
}
--- http_config eval
$::Table . 'log_format counted "held=$consent_tags_held did=$consent_decisions";'
--- user_files eval: ::page(17000)
--- response_body_like eval: $::Kept
--- error_log
held=0 did=long unknown



=== a site may look at more
--- config
location /page.html {
    consent site;
    consent_inline_buffer 32k;
}
--- user_files eval: ::page(17000)
--- response_body_like eval: $::Held



=== it is inherited
--- config
consent_inline_buffer 1k;
location /page.html {
    consent site;
}
--- user_files eval: ::page(2000)
--- response_body_like eval: $::Kept



=== it has limits
--- config
consent_inline_buffer 255;
--- must_die
--- error_log eval
qr/invalid size, 256 to 16777216 bytes were expected in .*nginx\.conf:\d+/



=== it is a size
--- config
consent_inline_buffer much;
--- must_die
--- error_log eval
qr/"consent_inline_buffer" directive invalid value in .*nginx\.conf:\d+/



=== it may be named once
--- config
consent_inline_buffer 1k;
consent_inline_buffer 2k;
--- must_die
--- error_log eval
qr/"consent_inline_buffer" directive is duplicate in .*nginx\.conf:\d+/
