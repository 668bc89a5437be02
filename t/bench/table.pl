#!/usr/bin/perl

# The table: what a look-up and a row cost at 100, 10,000 and 100,000 rows, and
# what nginx takes to read such a file.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use BenchNginx qw(server cpu port);
use BenchPages qw(slurp);
use BenchRun qw($work $root rounds interleave part command);

my $module = $ENV{MODULE} || "$root/objs/ngx_http_consent_module.so";
my @sizes = (100, 10_000, 100_000);

chdir $root or die "$root: $!\n";
command(qw(gcc -O2 -g -std=gnu11 -DNGX_CONSENT_SHIM -It/unit -Isrc -o),
        "$work/bench_table", 't/bench/bench_table.c',
        glob('src/ngx_consent_*.c'), '-lpcre2-8');

my (@out, %rows);

# What bench_table prints: "100 cookies and urls  0.1 ms  0.1 MB  167 bytes a row"
# for each size, and then a line for what is looked up, with a number for each.

my @kinds = ('cookies and urls', 'markers');

for my $kind (@kinds) {
    for my $size (@sizes) {
        push @out, $rows{$kind}{$size} = { group => $kind,
                                           name => "$size rows" };
    }
}

for my $what ('cookie, not found', 'cookie, found', 'url, not found',
              'url, found') {
    for my $size (@sizes) {
        push @out, $rows{$what}{$size} = { group => $what,
                                           name => "among $size" };
    }

    $rows{$what}{100}{base} = 1;
}

for (1 .. rounds()) {
    open my $pipe, '-|', "$work/bench_table" or die "bench_table: $!\n";

    while (my $line = <$pipe>) {

        if ($line =~ /^ *(\d+) (.*?) +([\d.]+) ms +([\d.]+) MB +(\d+) bytes/) {
            my $rounds = ($rows{$2}{$1} or next)->{rounds} //= {};

            push @{$rounds->{ms}}, $3 + 0;
            push @{$rounds->{MB}}, $4 + 0;
            push @{$rounds->{'bytes a row'}}, $5 + 0;

        } elsif ($line =~ /^  (.*?)  +([\d.]+) +([\d.]+) +([\d.]+) /) {
            my @ns = ($2, $3, $4);
            my $of = $rows{$1} or next;

            push @{$of->{$sizes[$_]}{rounds}{ns}}, $ns[$_] + 0 for 0 .. 2;
        }
    }

    close $pipe or die "bench_table failed\n";
}

# a bench that says something else has no number to give

for my $kind (keys %rows) {
    for my $size (@sizes) {
        die "bench_table tells nothing of $kind among $size\n"
            unless %{$rows{$kind}{$size}{rounds} // {}};
    }
}

push @out, reading();

part('table', 'The table',
     [['ms', '%.1f'], ['MB', '%.1f'], ['bytes a row', '%.0f'],
      ['ns', '%.1f']], @out);

# What nginx has spent when it is up: CPU and memory for 100,000 rows, beside a
# map of as many lines and words, which nginx compiles by itself

sub reading {
    my $n = 100_000;
    my (@lines, @map);

    for my $i (0 .. $n - 1) {
        push @lines, $i % 2 ? "url host$i.test expires=395d;"
                            : "cookie cookie$i expires=395d;";
        push @map, $i % 2 ? "host$i.test url-395d;" : "cookie$i cookie-395d;";
    }

    my %conf = (
        'nothing' => '',
        'a map of 100000' => "map_hash_max_size 262144;"
                             . " map \$uri \$x {\n" . join("\n", @map) . "\n}\n",
        'a table of 100000' => "consent_table t {\ncategory ads \"Ads\";\n"
                               . "provider P ads {\n" . join("\n", @lines)
                               . "\n}\n}\n",
    );

    my (@rows, @pairs);

    for my $name ('nothing', 'a map of 100000', 'a table of 100000') {
        my $row = { group => 'nginx starts', name => $name };
        push @rows, $row;
        push @pairs, [$row, sub { start($conf{$name}) }];
    }

    interleave(rounds(), @pairs);

    return @rows;
}

sub start {
    my ($http) = @_;
    my $server = server('reading', main => "load_module $module;",
                        http => $http, port => port());
    my ($most) = slurp("/proc/$server->{pid}/status") =~ /^VmHWM:\s+(\d+)/m;
    my %values = (ms => 1000 * cpu($server->{pid}), MB => $most / 1024);

    BenchNginx::stop_all();

    return %values;
}
