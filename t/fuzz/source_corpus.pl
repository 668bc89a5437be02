#!/usr/bin/perl

# Inputs of fuzz_source from the vectors: a byte for the format (its row in
# src/ngx_consent_source.c), one for flags, and the Cookie lines.

use strict;
use warnings;

use JSON::PP;

my $dir = shift or die "usage: source_corpus.pl folder\n";
my (%number, $n);

open my $formats, '<', 'src/ngx_consent_source.c' or die "formats: $!\n";

while (<$formats>) {
    $number{$1} = $n++ if /\.name = ngx_string\("([^"]+)"\)/;
}

open my $vectors, '<', 't/unit/signal_vectors.jsonl' or die "vectors: $!\n";

while (<$vectors>) {
    my $row = decode_json($_);
    my $i = $number{$row->{format}};

    next unless defined $i;

    my $lines = join "\n", @{ $row->{cookie_headers} || [ $row->{cookie} ] };
    utf8::encode($lines);

    open my $file, '>:raw', "$dir/$row->{id}" or die "$row->{id}: $!\n";
    print $file chr($i), "\0", $lines;
    close $file;
}
