# Where consent is off everywhere the module is not in the way of a request;
# where it is on anywhere it works there, after a reload, too.

use strict;
use warnings;
use lib 't/lib';

use Test::More;

use ConsentHttp;

my $Main = 'error_log ROOT/logs/debug.log debug;';

my $Maps = <<'END';
log_format of "[$consent_state|$consent_mask|$consent_decisions]";
map $arg_t $which { default $arg_t; }
consent_table none { category essential required; }
END

my $Proxied = 'proxy_pass http://BACKEND;';
my $Off = "access_log ROOT/logs/of.log of; location / { $Proxied }";
my $On = "consent site; $Off";

my $Other = 'server { listen 127.0.0.1:SECOND; server_name localhost; '
            . "location / { consent site; $Proxied } }";

begin(main => $Main, http => $Maps, config => $Off);

my ($handlers, $page, $cookies) = asked();

is("$page $cookies", "$Sent ad=1; session=2", 'off everywhere: nothing is done');
is(last_line('of.log'), '[-|-|-]', 'off everywhere: variables say nothing');

reload(main => $Main, http => $Maps, config => $On);

my ($more, @on) = asked();

is("@on", "$Page session=2", 'on after a reload: it is enforced');
is($more, $handlers + 1, 'on: one handler more for each request');
like(last_line('of.log'), qr/\A\[unset\|\w+\|cookie ad; tag ads\.test\]\z/,
     'on: variables say what was done');

for my $it (['"consent off"', "consent off; $Off"],
            ['off where the server has it',
             "consent site; location / { consent off; $Proxied }"])
{
    my ($name, $config) = @$it;

    reload(main => $Main, http => $Maps, config => $config);

    my ($n, @got) = asked();

    is("@got", "$Sent ad=1; session=2", "$name: nothing is done");
    is($n, $handlers + ($name =~ /where/), "$name: handlers");
}

reload(main => $Main, http => "$Maps $Other", config => "consent off; $Off");

is(join(' ', (asked())[1, 2]), "$Sent ad=1; session=2",
   'on in another server alone: nothing is done here');
is(join(' ', (asked(second => 1))[1, 2]), "$Page session=2",
   '... and all of it there');

reload(main => $Main, http => $Maps,
       config => "consent off; location / { $Proxied } "
                 . "location /on/ { consent site; $Proxied }");

is(join(' ', (asked())[1, 2]), "$Sent ad=1; session=2",
   'on in one location alone: nothing is done elsewhere');
is(join(' ', (asked(uri => '/on/'))[1, 2]), "$Page session=2",
   '... and all of it there');

# a variable is asked for each request

reload(main => $Main, http => "$Maps consent site;",
       config => "consent \$which; $Off");

for my $it (['off', 'off', "$Sent ad=1; session=2"],
            ['a table', 'site', "$Page session=2"],
            ['another table', 'none', "$Sent ad=1; session=2"])
{
    my ($name, $value, $expected) = @$it;

    is(join(' ', (asked(uri => "/?t=$value"))[1, 2]), $expected,
       "a variable that says $name");
}

for my $value ('', 'no', 'Off', 'off%20') {
    is(join(' ', (asked(uri => "/?t=$value"))[1, 2]), "$Page session=2",
       "a variable that says \"$value\" is not off");
}

reload(main => $Main, http => $Maps, config => $Off);

is(join(' ', asked()), "$handlers $Sent ad=1; session=2",
   'off everywhere after a reload: nothing is done');

reload(main => $Main, http => $Maps, config => $On);

is(join(' ', asked()), ($handlers + 1) . " $Page session=2",
   'on once more: it is enforced');

done_testing();


# What one request comes to: handlers of phases that it met, the page, cookies
# that the backend got.

sub asked {
    my (%it) = @_;

    my $s = client(%it);
    my $uri = $it{uri} // '/';
    my $before = handlers();

    ask($s, "GET $uri HTTP/1.1\r\n" . refused() . "Cookie: ad=1; session=2\r\n"
            . "Connection: close\r\n\r\n");

    my ($b, $request) = backend();
    my $n = handlers() - $before;

    answer($b, "HTTP/1.0 200 OK\nContent-Type: text/html\n", $Sent);
    close $b;

    my $r = response($s);
    gone($s);       # what is logged is there

    my ($cookies) = $request =~ /^Cookie: (.*)\r$/m;

    return ($n, $r->{body}, $cookies // '-');
}


sub handlers {
    my $n = () = file('debug.log') =~ /(?:generic|rewrite|access) phase: /g;
    return $n;
}


sub last_line { return (split /\n/, file($_[0]))[-1] }


sub file {
    open my $f, '<', root("../logs/$_[0]") or return '';
    local $/;
    return <$f> // '';
}
