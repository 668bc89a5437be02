#!/usr/bin/perl

# Memory of the worker, plain and with the module: a connection that waits, and a
# request whose page is half there.

use strict;
use warnings;

use File::Path qw(make_path);
use FindBin;
use IO::Select;
use IO::Socket::INET;
use Time::HiRes qw(sleep);
use lib "$FindBin::Bin/lib";
use BenchNginx qw(server choice table_conf port);
use BenchPages qw(files slurp spew);
use BenchRun qw($work $root rounds interleave part);

my $module = $ENV{MODULE} || "$root/objs/ngx_http_consent_module.so";
my $n = 800;

my ($page) = grep { -s $_ > 100_000 } files("$work/corpus");
my $half = substr slurp($page), 0, 24_000;

make_path("$work/still");
spew("$work/still/style.css", '.a{color:#123456}' x 200);

my $slow = port();
my $upstream = fork // die "fork: $!\n";

if (!$upstream) {
    answer($slow);
    exit;
}

END {
    my $status = $?;
    kill 'TERM', $upstream if $upstream;
    $? = $status;
}

my $proxy = <<"END";
        root $work/still;
        location /half { proxy_pass http://127.0.0.1:$slow; }
END

my @runs = (
    ['plain', {}],
    ['module, accepted', { main => "load_module $module;",
                           http => table_conf(), choice => 'performance'
                           . '+advertising+sharing' }],
    ['module, refused', { main => "load_module $module;",
                          http => table_conf(), choice => '-' }],
);

my @out;

for my $kind (['a connection that waits', '/style.css'],
              ['a request in flight', '/half'])
{
    my ($group, $path) = @$kind;
    my @pairs;

    for my $run (@runs) {
        my ($name, $conf) = @$run;
        my $row = { group => $group, name => $name };
        push @out, $row;
        $row->{base} = 1 if $name eq 'plain';

        my $header = $conf->{choice} ? choice($conf->{choice}) . "\r\n" : '';
        my $consent = $conf->{main} ? 'consent site;' : '';

        push @pairs, [$row, sub {
            # a process that has served nothing yet
            my $server = server('memory', %$conf, port => port(),
                                connections => 4096,
                                server => "$consent\n$proxy");
            my %values = weigh($server, $path, $header);
            BenchNginx::stop_all();
            return %values;
        }];
    }

    interleave(rounds(), @pairs);
}

part('memory', 'Memory of the worker, bytes each',
     [['bytes', '%.0f']], @out);

sub weigh {
    my ($server, $path, $header) = @_;

    # what the first of them costs is the process's, not theirs
    my @first = map { ask($server, $path, $header) } 1 .. 50;
    my $before = size($server->{pid});
    my @more = map { ask($server, $path, $header) } 1 .. $n;
    my $after = size($server->{pid});

    close $_ for @first, @more;

    return (bytes => 1024 * ($after - $before) / $n);
}

# One more that is open, once what is there of the answer has come.

sub ask {
    my ($server, $path, $header) = @_;
    my $s = IO::Socket::INET->new("127.0.0.1:$server->{port}")
        or die "$server->{name}: $!\n";

    print $s "GET $path HTTP/1.1\r\nHost: www.example.com\r\n$header\r\n";

    my $got = '';
    my $select = IO::Select->new($s);

    while (length $got < 2000 && $select->can_read(10)) {
        sysread $s, $got, 1 << 16, length $got or last;
    }

    die "$server->{name}: $got\n" if $got !~ /^HTTP\/1.1 200/;

    return $s;
}

sub size {
    my ($pid) = @_;
    my $text = slurp("/proc/$pid/smaps_rollup");
    my $kb = 0;
    $kb += $1 while $text =~ /^Private_(?:Dirty|Clean):\s+(\d+)/mg;
    return $kb;
}

# An upstream that sends half a page and waits

sub answer {
    my ($port) = @_;
    my $listen = IO::Socket::INET->new(LocalAddr => "127.0.0.1:$port",
                                       Listen => 1024, ReuseAddr => 1)
        or die "port $port: $!\n";
    my $select = IO::Select->new($listen);

    while (1) {
        for my $s ($select->can_read) {
            if ($s == $listen) {
                my $client = $listen->accept or next;
                $select->add($client);
                next;
            }

            if (!sysread $s, my $request, 1 << 14) {
                $select->remove($s);
                close $s;
                next;
            }

            print $s "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                     . "Content-Length: 100000\r\n\r\n$half";
            $s->flush;
        }
    }
}
