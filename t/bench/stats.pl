#!/usr/bin/perl

# What pages are made of, side by side: stats.pl FOLDER...
#
# A row a figure, a column a folder.  Tags are found by an expression: it knows
# comments and raw text, which is enough to count.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use BenchPages qw(files slurp tokens fetches third_party);

my @detail = $ENV{DETAIL} ? split(/,/, $ENV{DETAIL}) : ();

# name, format, what of the sums
my @figures = (
    ['pages', '%d', sub { $_[0]{pages} }],
    ['bytes', '%d', sub { $_[0]{bytes} }],
    ['bytes a page: median', '%d', sub { $_[0]{quantile}[1] }],
    ['bytes a page: lower quartile', '%d', sub { $_[0]{quantile}[0] }],
    ['bytes a page: upper quartile', '%d', sub { $_[0]{quantile}[2] }],
    ['"<" a KB', '%.2f', per_kb('lt')],
    ['start tags a KB', '%.2f', per_kb('start')],
    ['end tags a KB', '%.2f', per_kb('end')],
    ['attributes a KB', '%.2f', per_kb('attrs')],
    ['bytes of an attribute\'s value', '%.1f',
     sub { $_[0]{value} / $_[0]{attrs} }],
    ['comments a KB', '%.2f', per_kb('comments')],
    ['tags that may fetch, a KB', '%.2f', per_kb('fetch')],
    ['third-party tags a page', '%.1f', sub { $_[0]{third} / $_[0]{pages} }],
    ['inline scripts a page', '%.1f', sub { $_[0]{scripts} / $_[0]{pages} }],
    ['bytes in start tags, %', '%.1f', share('tag_bytes')],
    ['bytes in end tags, %', '%.1f', share('end_bytes')],
    ['bytes in scripts, %', '%.1f', share('script_bytes')],
    ['bytes in styles, %', '%.1f', share('style_bytes')],
    ['bytes in comments, %', '%.1f', share('comment_bytes')],
    ['bytes of text, %', '%.1f', share('text_bytes')],
    ['bytes of white space, %', '%.1f', share('blank_bytes')],
    ['bytes past ASCII, %', '%.1f', share('high_bytes')],
);

die "usage: stats.pl FOLDER...\n" if !@ARGV;

my @sums = map { measure($_) } @ARGV;

for my $figure (@figures) {
    my ($name, $format, $of) = @$figure;
    printf "%-32s", $name;
    printf " %12s", sprintf($format, $of->($_)) for @sums;
    print "\n";
}

for my $kind (@detail) {
    for my $sum (@sums) {
        my $seen = $sum->{by}{$kind};
        my @names = sort { $seen->{$b} <=> $seen->{$a} } keys %$seen;
        print "$kind: ", join(' ', map { "$_=$seen->{$_}" }
                              @names[0 .. ($#names < 60 ? $#names : 60)]),
              "\n";
    }
}

sub per_kb {
    my ($name) = @_;
    return sub { 1024 * $_[0]{$name} / $_[0]{bytes} };
}

sub share {
    my ($name) = @_;
    return sub { 100 * $_[0]{$name} / $_[0]{bytes} };
}

sub measure {
    my ($folder) = @_;
    my %sum = map { $_ => 0 } qw(bytes lt start end attrs value comments fetch
        third scripts tag_bytes end_bytes script_bytes style_bytes
        comment_bytes text_bytes blank_bytes high_bytes);
    my @sizes;

    for my $file (files($folder)) {
        my $page = slurp($file);
        push @sizes, length $page;
        $sum{bytes} += length $page;
        $sum{lt} += ($page =~ tr/<//);
        $sum{blank_bytes} += ($page =~ tr/ \t\r\n//);
        $sum{high_bytes} += ($page =~ tr/\x80-\xff//);

        for my $t (tokens($page)) {
            my $bytes = $t->{end} - $t->{start};

            if ($t->{kind} eq 'start') {
                my @attrs = @{$t->{attrs}};
                $sum{start}++;
                $sum{tag_bytes} += $bytes;
                $sum{attrs} += @attrs;
                $sum{value} += length $_->[1] for @attrs;
                $sum{fetch}++ if fetches($t);
                $sum{third}++ if third_party($t);
                $sum{by}{tags}{$t->{name}}++;
                $sum{by}{attrs}{"$t->{name}.$_->[0]"}++ for @attrs;
                $sum{by}{lengths}{"$_->[0]"} += length $_->[1] for @attrs;
            } elsif ($t->{kind} eq 'end') {
                $sum{end}++;
                $sum{end_bytes} += $bytes;
            } elsif ($t->{kind} eq 'comment') {
                $sum{comments}++;
                $sum{comment_bytes} += $bytes;
            } elsif ($t->{kind} eq 'raw') {
                $sum{"$t->{name}_bytes"} += $bytes
                    if $t->{name} =~ /^(?:script|style)$/;
                $sum{scripts}++
                    if $t->{name} eq 'script' && $bytes > 1;
                my $b = $bytes ? int(log($bytes) / log(4)) : 0;
                $sum{by}{raw}{"$t->{name}.4^$b"}++;
            } else {
                $sum{text_bytes} += $bytes;
            }
        }
    }

    @sizes = sort { $a <=> $b } @sizes;
    $sum{pages} = @sizes;
    $sum{quantile} = [map { $sizes[$#sizes * $_] } 0.25, 0.5, 0.75];

    return \%sum;
}
