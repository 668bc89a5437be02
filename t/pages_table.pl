#!/usr/bin/perl

# The test-only table of the 61 pages: provider blocks, made from the files of
# vendors (tab-separated; seed-vendors.tsv and extra-vendors.tsv), with the
# categories of their "action" column, which are those of elements.tsv.
#
#     perl t/pages_table.pl SEED.tsv EXTRA.tsv > pages.conf
#
# To be included after the categories essential (required), performance,
# advertising and sharing.

use strict;
use warnings;

my %kinds = (
    'host'          => 'url',
    'url-pattern'   => 'url',
    'inline-marker' => 'inline',
);

# these mean "begins with"; our own paths end at a slash
my %begins = map { $_ => 1 }
    qw(instagram.com/embed open.spotify.com/embed tiktok.com/embed);

my (@rows, %seen);

die "usage: $0 VENDORS.tsv...\n" if !@ARGV;

for my $path (@ARGV) {
    open my $in, '<', $path or die "$path: $!\n";

    chomp(my $head = <$in>);
    my @columns = split /\t/, $head;

    while (my $line = <$in>) {
        chomp $line;

        my %row;
        @row{@columns} = split /\t/, $line, -1;

        my $kind = $kinds{ $row{matcher_kind} } or next;

        # what marks markup is no marker of a script
        next if $row{elements} =~ /^(?:attribute|markup)$/;
        next if $row{matcher_value} eq '(first party)';

        my $category = $row{action} =~ /^block:(.+)/ ? $1
                     : $row{action} eq 'keep'        ? 'essential'
                     :                                 next;

        my $pattern = $row{matcher_value};

        if ($kind eq 'url') {
            $pattern =~ s{/$}{};
            $pattern .= '*' if $begins{$pattern};
        }

        my $other = $seen{"$kind $pattern"};

        if (defined $other) {
            die "$path: $kind $pattern is in $other and $category\n"
                if $other ne $category;
            next;
        }

        $seen{"$kind $pattern"} = $category;

        push @rows, [ $row{vendor_id}, $category, $kind, $pattern ];
    }
}

print "# made by $0\n";

my $block = '';

for my $row (sort { $a->[0] cmp $b->[0] || $a->[1] cmp $b->[1] } @rows) {
    my ($vendor, $category, $kind, $pattern) = @$row;

    if ($block ne "$vendor $category") {
        print "}\n" if $block ne '';
        print "\nprovider \"$vendor\" $category {\n";
        $block = "$vendor $category";
    }

    $pattern =~ s/([\\"])/\\$1/g;
    print "    $kind \"$pattern\";\n";
}

print "}\n" if $block ne '';
