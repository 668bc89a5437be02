# A platform's answer over the life of a request: it is read once, unless another
# location asks others; each location has its own word; a reload changes nothing
# for who was there before.

use strict;
use warnings;
use lib 't/lib';

use ConsentHttp;
use Test::More;

my $Nginx = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';
my $Debug = `$Nginx -V 2>&1` =~ /--with-debug/;

my $Klaro = 'klaro=%7B%22a%22%3Atrue%2C%22b%22%3Afalse%7D';
my $OneTrust = 'OptanonConsent=groups=C0002%3A0%2CC0004%3A1&intType=3';
my $Trackers = 'ad=1; stat=2';

my $Say = 'return 200 "$before;$consent_state $consent_granted $consent_source";';

# to a backend that fails, and from there to another location
my $Fails = 'set $before "$consent_state $consent_granted"; proxy_pass http://PORT/404;'
            . ' proxy_intercept_errors on; error_page 404 =';

$Fails =~ s{http://PORT}{http://127.0.0.1:PORT};

my $Locations = <<"END";
consent site;
consent_source klaro;
consent_map klaro a performance;
consent_map klaro b advertising;

location = /404 { consent off; return 404; }
location = /204 { consent off; return 204; }

location = /page { default_type text/html; alias ROOT/html/page.html; }

location = /all {
    set \$before \$consent_granted;
    if (\$consent_state = decided) { set \$x 1; }
    auth_request /204;
    mirror /204;
    add_header X-Granted \$consent_granted;
    add_header Set-Cookie "ad=1";
    access_log ROOT/logs/said said;
    proxy_pass http://127.0.0.1:PORT/plain;
}
location = /plain { consent off; default_type text/html;
    return 200 '<p>x</p><img src="//ads.test/p">'; }

location = /again { $Fails /same; }
location = /same { $Say }
location = /named { $Fails \@same; }
location \@same { $Say }
location = /rewritten { set \$before \$consent_state; rewrite ^ /same last; }
location = /tried { set \$before \$consent_state; try_files /none \@same; }
location = /if { set \$before \$consent_state; if (\$arg_x) { $Say } $Say }

# others

location = /to_onetrust { $Fails \@onetrust; }
location \@onetrust { consent_source onetrust; $Say }
location = /to_off { $Fails \@off; }
location \@off { consent off; $Say }
location = /to_optout { $Fails \@optout; }
location \@optout { consent_regime optout; $Say }
location = /from_optout { consent_regime optout; $Fails \@same; }
location = /to_strict { consent_source onetrust; $Fails \@strict; }
location \@strict { consent_source onetrust; consent_gpc strict advertising; $Say }
location = /from_strict { consent_source onetrust; consent_gpc strict advertising;
    $Fails \@onetrust; }
location = /to_invalid { consent_regime optout; $Fails \@invalid; }
location \@invalid { consent_invalid unset; consent_regime optout; $Say }
location = /to_maps { $Fails \@maps; }
location \@maps { consent_map klaro a sharing; $Say }

# the request as the location that handles it has it, the response as the final one

location = /handled {
    consent_source klaro;
    proxy_pass http://BACKEND; proxy_intercept_errors on;
    error_page 404 = \@final;
}
location \@final {
    consent_source onetrust; consent_map onetrust C0002 performance;
    consent_map onetrust C0004 advertising;
    proxy_pass http://BACKEND;
}

# enforced, then told alone

location = /enforced {
    proxy_pass http://BACKEND; proxy_intercept_errors on;
    error_page 404 = \@told;
}
location \@told { consent_mode report; proxy_pass http://BACKEND; }

# tables by a variable

location /table {
    consent \$table;
    consent_map klaro a sharing provider=Known;
    consent_map klaro b advertising provider=Other;
    proxy_pass http://BACKEND;
}
END

my $Http = <<'END';
log_format said '$consent_state $consent_granted $consent_source';
map $arg_t $table { default one; two two; off off; }
consent_table one {
    category sharing x; category advertising x;
    provider Known advertising { cookie known; }
    provider Plain advertising { cookie plain; }
}
consent_table two {
    category advertising x; category sharing x;
    provider Other sharing { cookie known; }
    provider Plain sharing { cookie plain; }
}
END

$Http .= "error_log ROOT/logs/error.log debug;\n" if $Debug;

my %It = (files => { 'page.html' => $Sent }, http => $Http, config => $Locations);

begin(%It);


SKIP: {
    skip 'nginx tells no debugging', 8 unless $Debug;

    for my $row (['/page', 1, 'a page'],
                 ['/all', 1, 'variables, subrequests, headers, body and log'],
                 ['/again', 1, 'an internal redirect'],
                 ['/named', 1, 'a named location'],
                 ['/rewritten', 1, 'a rewrite'],
                 ['/tried', 1, 'try_files'],
                 ['/if?x=1', 1, 'an if'],
                 ['/to_onetrust', 2, 'a location that asks another'])
    {
        my $before = reads();
        my $r = get($row->[0], headers => cookies($Klaro));
        cmp_ok(reads() - $before, '==', $row->[1],
               "read " . ('never', 'once', 'twice')[$row->[1]] . ": $row->[2]");
    }
}

sub reads { my $n = () = logged() =~ /http consent sources: /g; return $n }


# Each location's own word.

my $Same = 'decided performance;decided performance klaro';

for my $row (
    ['/again', $Same, 'the same after an internal redirect'],
    ['/named', $Same, 'the same in a named location'],
    ['/to_onetrust', 'decided performance;decided advertising onetrust',
     'another source after an internal redirect'],
    ['/to_off', 'decided performance;  ', 'none where it is off'],
    ['/to_optout', 'decided performance;decided performance,sharing klaro',
     'another regime'],
    ['/from_optout', 'decided performance,sharing;decided performance klaro',
     '... and back'],
    ['/to_strict', 'decided advertising;decided  onetrust', 'GPC is strict'],
    ['/from_strict', 'decided ;decided advertising onetrust', '... and is not'],
    ['/to_maps', 'decided performance;decided sharing klaro', 'another map'],
    ['/if?x=1', 'decided;decided performance klaro', 'in an if'])
{
    is(get($row->[0], headers => cookies("$Klaro; $OneTrust")
                                 . ($row->[0] =~ /optout/ ? ''
                                                          : "Sec-GPC: 1\r\n"))
       ->{body},
       $row->[1], $row->[2]);
}

is(get('/to_invalid', headers => cookies('klaro=x'))->{body},
   'invalid sharing;unset performance,advertising,sharing ',
   'broken, and none');


# Request and response.

{
    my $s = ask(client(), "GET /handled HTTP/1.1\r\n"
                          . cookies("$Trackers; $Klaro; $OneTrust") . "\r\n");
    my ($b, $request) = backend();

    is(cookie_of($request), "stat=2; $Klaro; $OneTrust",
       'the first backend sees what the first location grants');

    answer($b, "HTTP/1.0 404 Not Found\nSet-Cookie: stat=3\nContent-Length: 0\n");
    ($b, $request) = backend();

    is(cookie_of($request), "ad=1; $Klaro; $OneTrust",
       'the second what the second grants');

    answer($b, "HTTP/1.0 200 OK\nSet-Cookie: stat=3\nSet-Cookie: ad=3\n"
               . "Content-Length: 0\n");

    is(header(response($s), 'Set-Cookie'), 'ad=3',
       'the browser is set what the second grants');
}


{
    my $s = ask(client(), "GET /enforced HTTP/1.1\r\n"
                          . cookies("$Trackers; $Klaro") . "\r\n");
    my ($b, $request) = backend();

    is(cookie_of($request), "stat=2; $Klaro", 'enforced: refused ones are stripped');

    answer($b, "HTTP/1.0 404 Not Found\nContent-Length: 0\n");
    ($b, $request) = backend();

    is(cookie_of($request), "$Trackers; $Klaro", 'reported: the next sees all');

    answer($b, "HTTP/1.0 200 OK\nSet-Cookie: ad=3\nContent-Length: 0\n");
    is(header(response($s), 'Set-Cookie'), 'ad=3', 'reported: all are set');
}


# Tables by a variable: categories and providers of each.

for my $row (
    ['one', 'known=1', 'a provider of the one is accepted by itself'],
    ['two', 'plain=2', 'one of the other is refused by itself'],
    ['off', 'known=1; plain=2', 'none refuses'])
{
    my $s = ask(client(), "GET /table?t=$row->[0] HTTP/1.1\r\n"
                          . cookies("known=1; plain=2; $Klaro") . "\r\n");
    my ($b, $request) = backend();

    answer($b, "HTTP/1.0 204 No Content\n");
    response($s);

    is(cookie_of($request), "$row->[1]; $Klaro", "$row->[0]: $row->[2]");
}


# Another configuration.

{
    my $half = ask(client(), "GET /same HTTP/1.1\r\nHost: localhost\r\n"
                             . "Cookie: $Klaro;");
    my $waits = ask(client(), "GET /handled HTTP/1.1\r\n"
                              . cookies("$Trackers; $Klaro") . "\r\n");
    my $b = backend();

    (my $other = $Locations) =~ s/^consent_source klaro;\nconsent_map.*\nconsent_map.*/
                                  consent_source onetrust;/m;
    $other =~ s/    consent_source klaro;\n//;

    reload(%It, config => $other);

    is(get('/same', headers => cookies("$Klaro; $OneTrust"))->{body},
       ';decided advertising onetrust', 'after a reload others are asked');

    ask($half, " $OneTrust\r\n\r\n");
    is(response($half)->{body}, ';decided performance klaro',
       'a request that had begun is read as it was');

    answer($b, "HTTP/1.0 200 OK\nSet-Cookie: stat=3\nSet-Cookie: ad=3\n"
               . "Content-Length: 0\n");
    is(header(response($waits), 'Set-Cookie'), 'stat=3',
       'a response that was waited for is judged as it was');
}

unlike(logged(), qr/\[(?:alert|crit|emerg)\]|exited on signal/,
       'nginx has nothing to say');

done_testing();


sub cookies { return "Host: localhost\r\nCookie: $_[0]\r\n" }

sub cookie_of {
    my ($request) = @_;

    return join '|', $request =~ /^Cookie: (.*)\r$/gmi;
}
