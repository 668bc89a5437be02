package BenchNginx;

# nginx processes that are measured: one process each, all up at once, each given
# its load in turn.

use strict;
use warnings;

use Exporter 'import';
use File::Path qw(make_path);
use IO::Socket::INET;
use POSIX ();
use Time::HiRes qw(sleep);

use BenchPages qw(slurp spew);
use BenchRun qw($work $root);

our @EXPORT_OK = qw(server fetch load cpu port stop_all choice table_conf
                    peer_load);

my $dir = "$work/nginx";
my $next = $ENV{PORT} || 18950;
my $nginx = $ENV{NGX_BIN} || '/usr/sbin/nginx';
my @pids;

END {
    my $status = $?;
    stop_all();
    $? = $status;
}

$SIG{INT} = $SIG{TERM} = sub { exit 1 };

sub port {
    return $next++;
}

# server(NAME, main => lines, http => lines, server => lines, lib => folder,
#        connections => n)

sub server {
    my ($name, %conf) = @_;
    my $port = $conf{port} || port();
    my $at = "$dir/$name";

    make_path("$at/tmp", "$at/logs");

    my $connections = $conf{connections} || 128;
    my $main = $conf{main} // '';
    my $http = $conf{http} // '';
    my $lines = $conf{server} // '';

    spew("$at/nginx.conf", <<"END");
$main
daemon off; master_process off; worker_processes 1;
worker_rlimit_nofile 20000;
pid $at/nginx.pid; error_log $at/logs/error.log;
events { worker_connections $connections; }
http {
    include /etc/nginx/mime.types; default_type application/octet-stream;
    access_log off; sendfile off; keepalive_requests 100000000;
    keepalive_timeout 3600s;
    client_body_temp_path $at/tmp/b; proxy_temp_path $at/tmp/p;
    fastcgi_temp_path $at/tmp/f; uwsgi_temp_path $at/tmp/u;
    scgi_temp_path $at/tmp/s;
    $http
    server {
        listen 127.0.0.1:$port backlog=4096;
        $lines
    }
}
END

    my $pid = fork // die "fork: $!\n";

    if (!$pid) {
        open STDOUT, '>', "$at/logs/out" or POSIX::_exit(1);
        open STDERR, '>&', \*STDOUT or POSIX::_exit(1);
        $ENV{LD_LIBRARY_PATH} = $conf{lib} if $conf{lib};
        exec $nginx, '-p', $at, '-c', "$at/nginx.conf" or POSIX::_exit(1);
    }

    push @pids, $pid;

    for (1 .. 600) {
        last if IO::Socket::INET->new("127.0.0.1:$port");
        die "nginx $name ended: ", slurp("$at/logs/out"), "\n"
            if waitpid($pid, POSIX::WNOHANG()) != 0;
        sleep 0.1;
    }

    return { name => $name, port => $port, pid => $pid, dir => $at };
}

sub stop_all {
    kill 'QUIT', @pids;

    for my $pid (@pids) {
        for (1 .. 50) {
            last if waitpid($pid, POSIX::WNOHANG()) != 0;
            sleep 0.1;
        }
        kill 'KILL', $pid;
        waitpid $pid, 0;
    }

    @pids = ();
}

# A response, whole: its head and its body.

sub fetch {
    my ($server, $path, @headers) = @_;
    my $s = IO::Socket::INET->new("127.0.0.1:$server->{port}")
        or die "$server->{name}: $!\n";

    print $s "GET $path HTTP/1.1\r\nHost: www.example.com\r\n",
             (map { "$_\r\n" } @headers), "Connection: close\r\n\r\n";

    my $answer = do { local $/; <$s> };
    my ($head, $body) = split /\r\n\r\n/, $answer // '', 2;

    if (($head // '') =~ /^Transfer-Encoding: chunked/mi) {
        my $rest = $body;
        $body = '';

        while ($rest =~ s/^([0-9a-fA-F]+)\r\n// && hex $1) {
            $body .= substr $rest, 0, hex $1, '';
            $rest =~ s/^\r\n//;
        }
    }

    return ($head // '', $body // '');
}

# seconds on the CPU
sub cpu {
    my ($pid) = @_;
    return (split ' ', slurp("/proc/$pid/schedstat"))[0] / 1e9;
}

# load(SERVER, REQUESTS, [path, ...], header, ...): a list of measures.  Each of
# four connections goes over all paths in turn.

sub load {
    my ($server, $requests, $paths, @headers) = @_;
    my $clients = 4;
    my $cycle = $clients * @$paths;
    my $n = $cycle * POSIX::ceil($requests / $cycle);

    spew("$dir/uris",
         join '', map { "http://127.0.0.1:$server->{port}$_\n" } @$paths);

    my $before = cpu($server->{pid});

    open my $pipe, '-|', 'h2load', '--h1', "-c$clients", '-n', $n,
         '-i', "$dir/uris", map { ('-H', $_) } @headers
        or die "h2load: $!\n";
    my $said = do { local $/; <$pipe> };
    close $pipe or die "h2load failed\n";

    my $spent = cpu($server->{pid}) - $before;

    $said =~ /status codes: \Q$n\E 2xx/
        or die "$server->{name}: not all are 200:\n$said";
    my ($rate) = $said =~ /([\d.]+) req\/s/;

    return ('us CPU' => $spent / $n * 1e6, 'requests/s' => $rate);
}

# Requests of a round: for 0.15 seconds on the CPU

sub peer_load {
    my ($server, $paths, @headers) = @_;
    my %first = load($server, 1, $paths, @headers);
    my $n = 0.15e6 / ($first{'us CPU'} || 1);
    $n = 20000 if $n > 20000;

    return sub { load($server, $n, $paths, @headers) };
}

# The value of the module's own cookie, as a header
sub choice {
    my ($names) = @_;
    return 'Cookie: consent=1.' . time . ".0.$names";
}

sub table_conf {
    my ($file) = @_;
    $file //= "$root/conf/default.conf";

    return <<"END";
    consent_table site {
        category essential required "Needed";
        category performance "Performance";
        category advertising "Advertising";
        category sharing "Sharing";
        include $file;
    }
END
}

1;
