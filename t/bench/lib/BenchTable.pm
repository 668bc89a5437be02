package BenchTable;

# A table's file as rows, for what runs without nginx and for the peers.

use strict;
use warnings;

use Exporter 'import';

our @EXPORT_OK = qw(table_rows table_hosts);

# words of a configuration file; ";", "{" and "}" are words of their own
sub words {
    my ($text) = @_;
    my @words;

    for ($text) {
        pos = 0;

        while (pos() < length) {
            next if /\G(?:\s|#[^\n]*)+/gc;

            if (/\G([;{}])/gc) {
                push @words, $1;
            } elsif (/\G"((?:[^"\\]|\\.)*)"/gcs || /\G'((?:[^'\\]|\\.)*)'/gcs) {
                my $word = $1;
                $word =~ s/\\(["'\\])/$1/g;
                push @words, "=$word";
            } elsif (/\G((?:[^\s;{}\\]|\\.)+)/gcs) {
                push @words, "=$1";
            } else {
                die "what is this: ", substr($_, pos, 20), "\n";
            }
        }
    }

    return @words;
}

# Enforced rows: [provider, platform, kind, categories, pattern]

sub table_rows {
    my ($file) = @_;

    open my $fh, '<:raw', $file or die "$file: $!\n";
    my @words = do { local $/; words(scalar <$fh>) };

    my (@rows, @line, $provider, $platform, $of);

    for my $word (@words) {
        if ($word =~ s/^=//) {
            push @line, $word;
            next;
        }

        if ($word eq '{') {
            (undef, $provider, my @rest) = @line;
            ($platform) = map { /^platform=(.*)/ ? $1 : () } @rest;
            $of = join '+', grep { !/=/ } @rest;

        } elsif ($word eq ';' && @line > 1) {
            my ($kind, $pattern, @rest) = @line;
            my ($own) = map { /^category=(.*)/ ? $1 : () } @rest;

            push @rows, [$provider, $platform // '-', $kind, $own // $of,
                         $pattern]
                unless grep { $_ eq 'enforce=off' } @rest;
        }

        @line = ();
    }

    return @rows;
}

# Hosts that are refused whole, whatever the path: what every peer can do.  One
# of whose names another row says something else is not among them.

sub table_hosts {
    my @rows = grep { $_->[2] eq 'url' } @_;
    my (%hosts, @other);

    for my $row (@rows) {
        my $pattern = $row->[4];

        if ($row->[3] ne 'essential' && $row->[1] eq '-'
            && $pattern =~ /^[a-z0-9.-]+$/)
        {
            $hosts{$pattern} = 1;
        } elsif ($pattern =~ /^=?([a-z0-9.-]+)/) {
            push @other, $1 if $row->[3] eq 'essential' || $row->[1] ne '-';
        }
    }

    for my $host (keys %hosts) {
        delete $hosts{$host} if grep { $_ eq $host || /\.\Q$host\E$/ } @other;
    }

    return sort keys %hosts;
}

1;
