#!/usr/bin/perl

# An nginx with the module over time: life.pl MODULE WORK
#
# Ten thousand requests on one connection, fifty reloads, an upgrade of the
# binary, and the configuration read by an ordinary user.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/../lib";
use ConsentOrigin qw(origin page);
use ConsentServer qw(ask free_ports nginx slurp spew start stop wait_for
                     worker);
use File::Temp qw(tempdir);
use IO::Socket::INET;
use POSIX ();

my ($module, $work) = @ARGV;
die "usage: life.pl MODULE WORK\n" unless defined $work;

my $requests = 10_000;
my $reloads = 50;

# kilobytes that may come and go without a leak
my $slack = 400;

my ($port, $plain, $origin, $fastcgi) = free_ports(4);
my ($passed, $failed) = (0, 0);

system('rm', '-rf', $work);
system('mkdir', '-p', "$work/with", "$work/without") == 0 or exit 1;
spew("$work/origin", '');

my @origins = origin($origin, $fastcgi, '/dev/null');

eval {
    configure("$work/with", $port, 1);
    configure("$work/without", $plain, 0);

    keepalive();
    reloads();
    upgrade();
    ordinary_user();
};

my $error = $@;
kill 'TERM', @origins;
die $error if $error;

print "$passed passed, $failed failed\n";
exit($failed ? 1 : 0);


sub configure {
    my ($dir, $port, $with) = @_;

    my ($load, $table, $on) = ('') x 3;

    if ($with) {
        $load = "load_module $module;";
        $on = 'consent site;';

        # of every kind of row, with expressions, which have memory of their own
        $table = "consent_table site { category essential required;\n"
                 . "category ads; provider P ads { cookie ad; url ads.test;\n"
                 . join('', map { "cookie ~^c$_\\d+; cookie c$_-*;\n"
                                  . "url u$_.test/*/x; inline \"queue$_\";\n" }
                                1 .. 200)
                 . "} }\n";
    }

    spew("$dir/page.html", page());
    my $user = $> == 0 ? 'user root;' : '';

    spew("$dir/nginx.conf", <<END);
$load
$user
worker_processes 1;
pid $dir/nginx.pid;
error_log $dir/error.log notice;
events { }
http {
    $table
    access_log off;
    log_not_found off;
    client_body_temp_path $dir/body;
    proxy_temp_path $dir/proxy;
    fastcgi_temp_path $dir/fastcgi;
    uwsgi_temp_path $dir/uwsgi;
    scgi_temp_path $dir/scgi;
    keepalive_requests 100000;
    upstream origin { server 127.0.0.1:$origin; keepalive 8; }

    server {
        listen 127.0.0.1:$port;
        root $dir;
        default_type text/html;
        $on

        location /proxy/ {
            proxy_pass http://origin/;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            error_page 404 = \@other;
            proxy_intercept_errors on;
        }
        location \@other { return 200 "<script src=//ads.test></script>"; }
        location /last { default_type text/plain;
                         return 200 "all answered\\n"; }
        location /off/ { alias $dir/; @{[ $with ? 'consent off;' : '' ]} }
    }
}
END
}


# Memory that a worker keeps after a request grows with every request.

sub keepalive {
    my $master = start("$work/with", $port);
    my $worker = worker($master);
    my $socket = IO::Socket::INET->new("127.0.0.1:$port") or die;
    my @paths = qw(/page.html /off/page.html /proxy/html /proxy/missing /no);

    my $warm = 0;
    my $n = 0;
    my $batch = 20;

    for (1 .. $requests / @paths / $batch) {

        syswrite $socket, join '', map { "GET $_ HTTP/1.1\r\nHost: a\r\n"
                                         . "Cookie: ad=1; session=2\r\n\r\n" }
                                       (@paths) x $batch, '/last';

        my $in = '';

        until ($in =~ /all answered\n\z/) {
            sysread($socket, $in, 1 << 20, length $in) or die "closed\n";
        }

        $n += @paths * $batch + 1;
        $warm = resident($worker) if !$warm && $n >= $requests / 5;
    }

    close $socket;

    my $grown = resident($worker) - $warm;

    ok($grown < $slack,
       "$n requests on one connection: the worker grows by $grown kB");

    ok(worker($master) == $worker, 'and is still the same');
    stop($master);
}


# What a reload keeps beyond what plain nginx does, it keeps with each reload.

sub reloads {
    my %master = (with => start("$work/with", $port),
                  without => start("$work/without", $plain));
    my %worker = map { $_ => worker($master{$_}) } keys %master;
    my (%warm, %grown);

    for my $n (1 .. $reloads) {

        kill 'HUP', values %master;

        for my $name (keys %master) {
            wait_for('a new worker', sub {
                my $old = $worker{$name};
                return ($worker{$name} = worker($master{$name})) != $old;
            });

            $warm{$name} = resident($master{$name}) if $n == $reloads / 5;
        }
    }

    for my $name (keys %master) {
        $grown{$name} = resident($master{$name}) - $warm{$name};
        stop($master{$name});
    }

    ok($grown{with} < $grown{without} + $slack,
       "$reloads reloads: the master grows by $grown{with} kB, without the "
       . "module by $grown{without}");

    ok(slurp("$work/with/error.log") !~ /\[(alert|crit|emerg)\]/,
       'and nothing of it is in the log');
}


sub upgrade {
    my $dir = "$work/with";
    my $old = start($dir, $port);

    # until it has workers a master may sleep over a signal
    worker($old);

    kill 'USR2', $old;
    wait_for('the new binary', sub { -s "$dir/nginx.pid.oldbin"
                                     && -s "$dir/nginx.pid" });

    stop($old);

    my $new = slurp("$dir/nginx.pid") + 0;
    my $answer = ask($port, "GET /page.html HTTP/1.0\r\n\r\n");

    ok($new != $old && $answer =~ /^HTTP\S+ 200 .*<\/html>/s,
       'the binary is replaced');

    stop($new);
}


# Where the user may look: the tree may be root's own.

sub ordinary_user {
    my $dir = tempdir(CLEANUP => 1);
    my $user = 65534;

    system('cp', $module, "$dir/module.so") == 0 or exit 1;
    $module = "$dir/module.so";

    configure($dir, $port, 1);
    system('chmod', '-R', 'a+rwX', $dir);

    for my $option (qw(-t -T)) {
        my @command = nginx($dir, $option);
        my $pid = open(my $pipe, '-|') // die "fork: $!\n";

        if ($pid == 0) {
            open STDERR, '>&', \*STDOUT;
            POSIX::setgid($user), POSIX::setuid($user) if $> == 0;
            exec @command or die "$command[0]: $!\n";
        }

        my $out = do { local $/; <$pipe> };
        close $pipe;

        ok($? == 0 && $out =~ /test is successful/
           && ($option eq '-t' || $out =~ /consent_table site/),
           "nginx $option passes as an ordinary user") or print $out;
    }
}


sub resident {
    my ($pid) = @_;

    return slurp("/proc/$pid/status") =~ /^VmRSS:\s+(\d+)/m ? $1
           : die "no process $pid\n";
}


sub ok {
    my ($true, $what) = @_;

    $true ? $passed++ : $failed++;
    print $true ? "ok" : "not ok", " - $what\n";

    return $true;
}
