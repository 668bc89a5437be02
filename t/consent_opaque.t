# A page that comes in an encoding that cannot be read.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Http = $ConsentNginx::Table . <<'END';
log_format consent '[$consent_decisions]';
END

# a backend that encodes although nobody has asked

sub proxied {
    my ($directives, $encoding) = @_;

    return "location /t { consent site; $directives"
           . ' access_log logs/error.log consent;'
           . ' proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back; }'
           . " location /back { default_type text/html;"
           . " add_header Content-Encoding $encoding; return 200 bytes; }";
}

run_tests();

__DATA__

=== pass is the default: it passes, logged and counted
--- http_config eval: $::Http
--- config eval: ::proxied('', 'br')
--- response_body: bytes
--- error_log
a page came encoded as "br" and could not be read
[opaque unknown]



=== block: it does not
--- http_config eval: $::Http
--- config eval: ::proxied('consent_opaque block;', 'br')
--- error_code: 502
--- response_body_unlike: bytes
--- error_log
a page came encoded as "br" and could not be read



=== gzip without gunzip is opaque
--- http_config eval: $::Http
--- config eval: ::proxied('consent_opaque block;', 'gzip')
--- error_code: 502
--- error_log
a page came encoded as "gzip" and could not be read, "gunzip on" inflates gzip



=== block: who accepted everything gets it
--- http_config eval: $::Http
--- config eval: ::proxied('consent_opaque block;', 'br')
--- more_headers eval
"Cookie: " . ::choice("performance+advertising+sharing")
--- response_body: bytes



=== block: so it does with consent_gcm, which is not put in
--- http_config eval: $::Http
--- config eval: ::proxied('consent_opaque block; consent_gcm on;', 'br')
--- more_headers eval
"Cookie: " . ::choice("performance+advertising+sharing")
--- response_body: bytes
--- error_log
[]



=== report never blocks
--- http_config eval: $::Http
--- config eval: ::proxied('consent_opaque block; consent_mode report;', 'br')
--- response_body: bytes
--- error_log
[opaque unknown]



=== "identity" is no encoding
--- http_config eval: $::Http
--- config eval: ::proxied('consent_opaque block;', 'identity')
--- response_body: bytes



=== add_header says it as well, of a file that is kept encoded
--- http_config eval: $::Http
--- config
location /t {
    consent site;
    consent_opaque block;
    default_type text/html;
    add_header Content-Encoding br;
    return 200 bytes;
}
--- error_code: 502
--- error_log
a page came encoded as "br" and could not be read



=== block: not for ever, where the error's page says it too
--- http_config eval: $::Http
--- config
location /t {
    consent site;
    consent_opaque block;
    default_type text/html;
    add_header Content-Encoding br always;
    return 200 bytes;
}
--- error_code: 502
--- error_log
a page came encoded as "br" and could not be read
--- no_error_log
[alert]



=== one of several lines is enough
--- http_config eval: $::Http
--- config
location /t {
    consent site;
    consent_opaque block;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    default_type text/html;
    add_header Content-Encoding br;
    add_header Content-Encoding identity;
    return 200 bytes;
}
--- error_code: 502
--- error_log
a page came encoded as "br" and could not be read



=== another word is an error
--- config
consent_opaque drop;
--- must_die
--- error_log eval
qr/invalid value "drop" in .*nginx\.conf:\d+/
