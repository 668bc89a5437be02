# Reserved: a configuration may say "off", and nothing else yet.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

run_tests();

__DATA__

=== off changes nothing
--- config
location /t {
    consent site;
    consent_lifetime off;
    add_header Set-Cookie "session=1; Max-Age=999999999";
    return 200 x;
}
--- more_headers
Cookie: ad=1
--- response_headers
Set-Cookie: session=1; Max-Age=999999999



=== another word is an error
--- config
consent_lifetime clamp;
--- must_die
--- error_log eval
qr/invalid value "clamp" in .*nginx\.conf:\d+/
