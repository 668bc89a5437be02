#!/usr/bin/perl

# Vendors' install snippets: snippets.pl PAGE_TOOL DATA WORK
#
# Each that index.tsv says to block is held back for who refuses its category
# alone; each that it says to keep is left as it is for who refuses everything.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use ConsentPages qw(undo table_rows);

my ($tool, $data, $work) = @ARGV;
die "usage: snippets.pl PAGE_TOOL DATA WORK\n" unless defined $work;

system('mkdir', '-p', $work) == 0 or exit 1;

my $table = "$work/table.tsv";
open my $out, '>', $table or die "$table: $!\n";
print $out table_rows("$data/vendors");
close $out;

open my $index, '<', "$data/snippets/index.tsv" or die "index.tsv: $!\n";
chomp(my $head = <$index>);
my @names = split /\t/, $head;

my ($passed, $failed, %count) = (0, 0);

while (<$index>) {
    chomp;
    my %s;
    @s{@names} = split /\t/, $_, -1;

    my $file = "$data/snippets/$s{file}";
    open my $fh, '<:raw', $file or die "$file: $!\n";
    my $origin = do { local $/; <$fh> };

    my $block = $s{expected_action} eq 'block';
    my @granted = $block && $s{category} ne "multi"
        ? grep { $_ ne $s{category} } qw(performance advertising sharing) : ();

    open my $pipe, '-|:raw', $tool,
         (@granted ? ('-g', join '+', @granted) : ()), $table, $file
        or die "$tool: $!\n";
    my $page = do { local $/; <$pipe> };
    close $pipe or die "$tool failed on $file\n";

    my ($back, @at) = undo($origin, $page);
    $count{$s{expected_action}}++;

    if ($back eq $origin && (@at > 0) == $block) {
        $passed++;
        next;
    }

    print "not ok - $s{file}: ",
          $back ne $origin ? "other bytes than the origin's\n"
          : $block ? "not held back without $s{category}\n"
          : "held back, but to be kept\n";
    $failed++;
}

print "$count{block} to be held back, $count{keep} to be kept\n";
print "$passed passed, $failed failed\n";
exit($failed ? 1 : 0);
