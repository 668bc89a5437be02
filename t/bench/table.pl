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

# "100 rows: 0.1 ms, 0.1 MB, cookie 12 ns, url 43 ns": numbers and their units

for my $group ('compile', 'memory', 'look-ups') {
    for my $size (@sizes) {
        my $row = { group => $group, name => "$size rows" };
        $row->{base} = 1 if $size == 100 && $group eq 'look-ups';
        $rows{$group}{$size} = $row;
        push @out, $row;
    }
}

for (1 .. rounds()) {
    open my $pipe, '-|', "$work/bench_table" or die "bench_table: $!\n";

    while (my $line = <$pipe>) {
        my ($size) = $line =~ /^\s*(\d+) rows:/ or next;
        my $add = sub {
            my ($group, $measure, $value) = @_;
            push @{$rows{$group}{$size}{rounds}{$measure}}, $value + 0
                if defined $value && $rows{$group}{$size};
        };

        $add->('compile', 'ms', $line =~ /([\d.]+) ms/);

        if ($line =~ /([\d.]+) MB/) {
            $add->('memory', 'MB', $1);
            $add->('memory', 'bytes a row', 1e6 * $1 / $size);
        }

        $add->('look-ups', 'cookie ns', $line =~ /cookie +([\d.]+) ns/);
        $add->('look-ups', 'url ns', $line =~ /url +([\d.]+) ns/);
    }

    close $pipe or die "bench_table failed\n";
}

push @out, reading();

part('table', 'The table',
     [['ms', '%.1f'], ['MB', '%.1f'], ['bytes a row', '%.0f'],
      ['cookie ns', '%.0f'], ['url ns', '%.0f']], @out);

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
