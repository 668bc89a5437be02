#!/usr/bin/perl

# How the cost grows with the page, with what is refused in it, and with cookies:
# CPU of the worker, plain and with the module; and growth.svg.

use strict;
use warnings;

use File::Path qw(make_path);
use FindBin;
use lib "$FindBin::Bin/lib";
use BenchNginx qw(server fetch choice table_conf peer_load port);
use BenchPages qw(files slurp spew);
use BenchPlot qw(plot);
use BenchRun qw($work $root rounds interleave part);

my $module = $ENV{MODULE} || "$root/objs/ngx_http_consent_module.so";
my $html = "$work/growth";

if (system 'command -v h2load >/dev/null') {
    print "growth: not run: no h2load\n";
    exit;
}

make_path($html);

# axis, values, path of a value, headers of a value
my @axes = (
    ['KB of the page', [8, 32, 128, 256, 512, 900], sub { "/page-$_[0].html" },
     sub { () }],
    ['refused tags in 64 KB', [0, 16, 64, 128, 256, 512],
     sub { "/tags-$_[0].html" }, sub { () }],
    ['cookies of the request', [0, 8, 16, 32, 48, 64], sub { '/cookies' },
     \&cookies],
    ['cookies of the response', [0, 4, 8, 16, 24, 32], sub { "/set/$_[0]" },
     sub { () }],
);

pages();

# every other one is refused
my $set = join "\n", map {
    my $n = $_;
    "        location = /set/$n { types { } default_type application/json;\n"
    . join('', map { '            add_header Set-Cookie "'
                     . cookie($_) . "; Path=/; Max-Age=86400\";\n" } 1 .. $n)
    . "            return 200 '{}'; }"
} @{$axes[3][1]};

my $upstream = server('growth-upstream', server => <<"END");
        location = /cookies { default_type application/json; return 200 '{}'; }
$set
END

my $proxy = <<"END";
        large_client_header_buffers 4 32k;
        root $html;
        location ~ ^/(?:cookies|set/) {
            proxy_pass http://backend; proxy_http_version 1.1;
            proxy_set_header Connection '';
        }
END
my $backend = "upstream backend { server 127.0.0.1:$upstream->{port};"
              . ' keepalive 8; }';

my $plain = server('growth-plain', http => $backend, server => $proxy);
my $on = server('growth-on', main => "load_module $module;",
                http => $backend . table_conf(),
                server => "consent site;\n$proxy");

my @runs = (['plain', $plain], ['refused', $on, '-'],
            ['accepted', $on, 'performance+advertising+sharing']);

my (@out, @panels);

for my $axis (@axes) {
    my ($title, $values, $path, $headers) = @$axis;
    my (@pairs, @rows);

    for my $value (@$values) {
        my $row = { group => $title, name => $value, of => $runs[0][0] };
        push @rows, $row;

        for my $run (@runs) {
            my ($name, $server, $accepted) = @$run;
            my @cookie = join '; ', $headers->($value),
                         $accepted ? substr choice($accepted), 8 : ();
            my @all = "@cookie" eq '' ? () : ("Cookie: @cookie");

            my ($head) = fetch($server, $path->($value), @all);
            die "$name: $title: $head\n" if $head !~ /^HTTP\/1.1 200/;

            my $load = peer_load($server, [$path->($value)], @all);

            push @pairs, [$row, sub {
                my %values = $load->();
                return ($name => $values{'us CPU'});
            }];
        }
    }

    interleave(rounds(), @pairs);
    push @out, @rows;
    push @panels, [$title, \@rows];
}

part('growth', 'How the cost grows: microseconds of the worker a request',
     [map { [$_->[0], '%.1f'] } @runs], @out);

plot("$work/growth.svg", 'microseconds of the worker a request',
     [map { $_->[0] } @runs], map {
    my ($title, $rows) = @$_;
    [$title, map {
        my $name = $_->[0];
        [map { [$_->{name}, $_->{median}{$name}] } @$rows]
    } @runs];
} @panels);

# Parts of the greatest of our pages; and one size with tags among its elements

sub pages {
    my ($text) = map { slurp($_->[0]) } sort { $b->[1] <=> $a->[1] }
                 map { [$_, -s $_] } files("$work/corpus");

    for my $kb (@{$axes[0][1]}) {
        spew("$html/page-$kb.html",
             substr($text, 0, $kb << 10) =~ s/<[^>]*\z//r);
    }

    my $line = '<p class="line">A line of a page that loads nothing.</p>';

    for my $n (@{$axes[1][1]}) {
        my @lines = ($line) x int(65536 / length $line);

        for my $i (reverse 1 .. $n) {
            splice @lines, $i * @lines / ($n + 1), 0,
                   '<script src="https://www.google-analytics.com/analytics.js"'
                   . '></script>';
        }

        spew("$html/tags-$n.html",
             "<!DOCTYPE html><title>t</title>\n" . join "\n", @lines);
    }
}

sub cookie {
    my ($i) = @_;
    return $i % 2 ? "_ga_$i=GS1.1.1764000000.1.1.1764"
                  : "own_$i=4f1c0a7a9be24c60a7b2";
}

sub cookies {
    my ($n) = @_;
    return map { cookie($_) } 1 .. $n;
}
