#!/usr/bin/perl

# What the parts found: report.pl [--markdown]
#
# A table as text, and results.json; or the README's table, from results.json.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use BenchRun qw($work $root rounds read_json write_json);
use POSIX 'strftime';

my @order = qw(core nginx proxied types table memory growth);

if (($ARGV[0] // '') eq '--markdown') {
    markdown(read_json("$work/results.json"));
    exit;
}

my @parts = map { read_json("$work/parts/$_.json") }
            grep { -e "$work/parts/$_.json" } @order;

my %versions = (
    nginx => first(qw(nginx -v)), gcc => first(qw(gcc --version)),
    node => first(qw(node --version)), rustc => first(qw(rustc --version)),
    valgrind => first(qw(valgrind --version)),
    h2load => first(qw(h2load --version)),
    kernel => first(qw(uname -r)),
    commit => first('git', '-C', $root, 'rev-parse', 'HEAD'),
);

my ($cpu) = map { /^model name\s*:\s*(.*)/ ? $1 : () } lines('/proc/cpuinfo');

write_json("$work/results.json", {
    date => strftime('%Y-%m-%dT%H:%M:%SZ', gmtime),
    machine => { cpu => $cpu,
                 cores => scalar(grep { /^processor/ } lines('/proc/cpuinfo')) },
    versions => \%versions,
    rounds => rounds() + 0,
    parts => \@parts,
});

for my $part (@parts) {
    my @measures = grep {
        my $name = $_->{name};
        grep { defined $_->{median}{$name} } @{$part->{rows}};
    } @{$part->{measures}};

    print "\n$part->{title}\n";
    my $group = '';

    for my $row (@{$part->{rows}}) {
        if ($row->{group} ne $group) {
            $group = $row->{group};
            printf "\n  %-28s%s\n", $group,
                   join '', map { sprintf '%22s', $_->{name} } @measures;
        }

        printf "    %-26s", $row->{name};

        if (defined $row->{void}) {
            print "  $row->{void}\n";
            next;
        }

        my $line = join '', map { cell($row, $_) } @measures;
        $line .= "  $row->{note}" if defined $row->{note};
        print $line =~ s/\s+$//r, "\n";
    }
}

print "\nnumbers in brackets: ratio to the group's row that has none, median of",
      " the rounds' ratios\n$work/results.json has every round\n";

sub cell {
    my ($row, $measure) = @_;
    my ($name, $format) = @$measure{qw(name format)};
    my $value = $row->{median}{$name};
    return ' ' x 22 if !defined $value;

    my $ratio = $row->{ratio}{$name};
    return sprintf '%13s%9s', sprintf($format, $value),
                   defined $ratio ? sprintf('(%.3g)', $ratio) : '';
}

sub lines {
    my ($file) = @_;
    open my $fh, '<', $file or return;
    my @lines = <$fh>;
    chomp @lines;
    return @lines;
}

sub first {
    my @command = @_;
    my $text = qx{@command 2>&1 | head -n 1};
    chomp $text;
    return $text;
}
