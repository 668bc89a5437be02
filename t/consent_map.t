# What a key in a source's cookie stands for.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Say = 'return 200 "$consent_state|$consent_granted\n";';

run_tests();

__DATA__

=== a key stands for a category
--- config eval
"location /t { consent site; consent_map cookie c0002 performance; $::Say }"
--- more_headers eval
"Cookie: " . ::choice("c0002")
--- response_body
decided|performance



=== a key stands for several
--- config eval
"location /t { consent site; consent_map cookie all3 performance sharing; $::Say }"
--- more_headers eval
"Cookie: " . ::choice("all3")
--- response_body
decided|performance,sharing



=== the categories' own names stay
--- config eval
"location /t { consent site; consent_map cookie c0002 performance; $::Say }"
--- more_headers eval
"Cookie: " . ::choice("c0002+sharing")
--- response_body
decided|performance,sharing



=== it may stand before the table is chosen, and is inherited
--- config eval
"consent_map cookie c0002 performance; location /t { consent site; $::Say }"
--- more_headers eval
"Cookie: " . ::choice("c0002")
--- response_body
decided|performance



=== an unknown category names its own file and line
--- config
consent_map cookie c0002 nosuch;
consent site;
--- must_die
--- error_log eval
qr/unknown category "nosuch", one of the consent table "site" was expected in .*nginx\.conf:\d+/



=== an unknown source names what was expected
--- config
consent_map nosuch c0002 performance;
--- must_die
--- error_log eval
qr/unknown consent source "nosuch", one of these was expected: .* in .*nginx\.conf:\d+/



=== a key without a category is an error
--- config
consent_map cookie c0002;
--- must_die
--- error_log eval
qr/no category for the key "c0002" in .*nginx\.conf:\d+/
