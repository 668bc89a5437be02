# What takes the place of a script that is held back.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# two blocks of one provider, an override, and a provider in two categories

our $Stubs = <<'END';
consent_table site {
    category essential required "Needed for the site to work";
    category performance "Site performance and customisation";
    category advertising "Targeted advertising";

    provider "Pixel" advertising {
        url    pixel.test;
        inline "pix(";
        stub   "window.pix=window.pix||function(){};";
    }

    provider "Pixel" advertising {
        url    old.test;
        stub   "window.oldpix=window.oldpix||[];";
    }

    provider "Suite" performance {
        url    count.test;
        stub   "window.count=window.count||[];";
    }

    provider "Suite" advertising {
        url    bid.test;
        stub   "window.bid=window.bid||[];";
    }

    provider "Moved" essential {
        url    moved.test;
        stub   "window.moved=window.moved||[];";
    }

    provider "Printed" advertising {
        url    printed.test;
        stub   "window.printed=window.printed||[];" enforce=off;
    }

    override provider "Moved" performance;
}
END

our $Pix = "window.pix=window.pix||function(){};\n"
           . "window.oldpix=window.oldpix||[];";

our $Held = ' type="text/plain" data-consent="advertising"';

# what browsers get of a page, filtered by one location and by two

sub site {
    my ($directives) = @_;

    return <<"END";
location = /t { consent site; $directives default_type text/html;
    alias \$TEST_NGINX_SERVER_ROOT/html/page.html; }
location = /twice { consent site; $directives
    proxy_pass http://127.0.0.1:\$TEST_NGINX_SERVER_PORT/t; }
END
}

run_tests();

__DATA__

=== the stubs of a provider's blocks in one element, once a page, with the nonce
--- http_config eval: $::Stubs
--- config eval: ::site('')
--- user_files
>>> page.html
<script nonce="Zm9v" src="//old.test/"></script><script>pix(1)</script>
--- pipelined_requests eval
["GET /t", "GET /twice"]
--- response_body eval
[("<script nonce=\"Zm9v\" data-consent-stub=\"\">$::Pix</script>"
  . "<script$::Held nonce=\"Zm9v\" data-consent-src=\"//old.test/\"></script>"
  . "<script$::Held>pix(1)</script>\n") x 2]



=== removed: the stub stands where the script stood
--- http_config eval: $::Stubs
--- config eval: ::site('consent_tags remove;')
--- user_files
>>> page.html
a<script src="//pixel.test/"></script>b<script>pix(1)</script>c
--- pipelined_requests eval
["GET /t", "GET /twice"]
--- response_body eval
[("a<script data-consent-stub=\"\">$::Pix</script>bc\n") x 2]



=== a stub with a marker is not held back, a script beside it is
--- http_config eval: $::Stubs
--- config eval: ::site('')
--- user_files
>>> page.html
<script>pix(1)</script><script data-consent-stub="">pix(2)</script>
--- pipelined_requests eval
["GET /t", "GET /twice"]
--- response_body eval
[("<script data-consent-stub=\"\">$::Pix</script><script$::Held>pix(1)</script>"
  . "<script$::Held data-consent-stub=\"\">pix(2)</script>\n") x 2]



=== of a provider in two categories the one that is refused
--- http_config eval: $::Stubs
--- config eval: ::site('')
--- user_files
>>> page.html
<script src="//count.test/"></script><script src="//bid.test/"></script>
--- more_headers eval
"Cookie: " . ::choice("performance")
--- request
GET /t
--- response_body eval
"<script src=\"//count.test/\"></script>"
. "<script data-consent-stub=\"\">window.bid=window.bid||[];</script>"
. "<script$::Held data-consent-src=\"//bid.test/\"></script>\n"



=== an override moves the stubs with the rows; enforce=off is only published
--- http_config eval: $::Stubs
--- config eval: ::site('')
--- user_files
>>> page.html
<script src="//moved.test/"></script><script src="//printed.test/"></script>
--- request
GET /t
--- response_body eval
"<script data-consent-stub=\"\">window.moved=window.moved||[];</script>"
. "<script type=\"text/plain\" data-consent=\"performance\" data-consent-src=\"//moved.test/\"></script>"
. "<script$::Held data-consent-src=\"//printed.test/\"></script>\n"



=== report mode and full consent: no stub
--- http_config eval: $::Stubs
--- config
location = /report { consent site; consent_mode report; default_type text/html;
    alias $TEST_NGINX_SERVER_ROOT/html/page.html; }
location = /optout { consent site; consent_regime optout; consent_gpc off;
    default_type text/html; alias $TEST_NGINX_SERVER_ROOT/html/page.html; }
--- user_files
>>> page.html
<script src="//pixel.test/"></script><script>pix(1)</script>
--- pipelined_requests eval
["GET /report", "GET /optout"]
--- response_body eval
[("<script src=\"//pixel.test/\"></script><script>pix(1)</script>\n") x 2]



=== every split of a page with stubs, of a provider that is refused in both
--- http_config eval: $::Stubs
--- config eval
::splits('<p><script nonce=a src=//bid.test/></script></p>',
       'consent site; default_type text/html;')
--- pipelined_requests eval
[map { "GET /t$_" } 0 .. 47]
--- response_body eval
[("<p><script nonce=\"a\" data-consent-stub=\"\">window.count=window.count||[];\n"
  . "window.bid=window.bid||[];</script>"
  . "<script$::Held nonce=a data-consent-src=//bid.test/></script></p>") x 48]
