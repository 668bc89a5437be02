#!/usr/bin/perl

# The core over the saved pages: pages.pl PAGE_TOOL DATA WORK
#
# DATA has pages/ (pages.tar.xz, elements.tsv) and vendors/; WORK is a folder
# for what is unpacked.  Each page is given to each kind of visitor; what was
# held back is compared with what a real HTML parser found, and what is left
# after undoing the insertions with the origin.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use ConsentPages qw(elements undo verdicts combinations table_rows);

my ($tool, $data, $work) = @ARGV;
die "usage: pages.pl PAGE_TOOL DATA WORK\n" unless defined $work;

# elements that may differ, each for the reason that pages-differ.tsv gives
my $differ = "$FindBin::Bin/pages-differ.tsv";
my %differ;

open my $fh, '<', $differ or die "$differ: $!\n";
while (<$fh>) {
    next if /^#/;
    chomp;
    my ($file, $start) = split /\t/;
    $differ{"$file $start"} = 1;
}
close $fh;

die "more than 8 elements may differ\n" if keys %differ > 8;

system('mkdir', '-p', $work) == 0 or exit 1;
system('tar', '-C', $work, '-xf', "$data/pages/pages.tar.xz") == 0 or exit 1;

my $table = "$work/table.tsv";
open my $out, '>', $table or die "$table: $!\n";
print $out table_rows("$data/vendors");
close $out;

my $pages = elements("$data/pages/elements.tsv");
my %visitors = combinations();
my ($passed, $failed, %seen) = (0, 0);

for my $path (sort keys %$pages) {
    my $file = "$work/$path";
    my $origin = slurp($file);

    for my $visitor (sort keys %visitors) {
        my @granted = @{$visitors{$visitor}};
        my @grant = @granted ? ('-g', join '+', @granted) : ();

        open my $pipe, '-|:raw', $tool, @grant, $table, $file
            or die "$tool: $!\n";
        my $page = do { local $/; <$pipe> };
        close $pipe or die "$tool failed on $file\n";

        my ($back, @at) = undo($origin, $page);
        my @wrong = grep {
            my ($p, $s) = /: (\S+) (\d+) /;
            my $known = $differ{($p =~ s/.*\///r) . " $s"};
            $seen{($p =~ s/.*\///r) . " $s"} = 1 if $known;
            !$known;
        } verdicts($pages->{$path}, $origin, \@granted, @at);

        push @wrong, "other bytes than the origin's: $path"
            if $back ne $origin;
        push @wrong, "accepted, but changed: $path"
            if $visitor eq 'all' && $page ne $origin;

        if (@wrong) {
            $failed++;
            print "not ok - $visitor: $_\n" for @wrong;
        } else {
            $passed++;
        }
    }

    if (system($tool, '-x', $table, $file) == 0
        && system($tool, '-x', '-r', '-g', 'performance', $table, $file) == 0)
    {
        $passed++;
    } else {
        $failed++;
    }
}

for (sort keys %differ) {
    next if $seen{$_};
    print "not ok - pages-differ.tsv: $_ does not differ\n";
    $failed++;
}

print scalar(keys %$pages), " pages, ", scalar(keys %differ),
      " elements differ as listed\n";
print "$passed passed, $failed failed\n";
exit($failed ? 1 : 0);

sub slurp {
    my ($file) = @_;
    open my $fh, '<:raw', $file or die "$file: $!\n";
    local $/;
    return <$fh>;
}
