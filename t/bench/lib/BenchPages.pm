package BenchPages;

# Pages by expressions: where tags are, which load something from elsewhere, and
# whether what came out of a peer is the page without those.

use strict;
use warnings;

use Exporter 'import';
use File::Find ();

our @EXPORT_OK = qw(files slurp spew tokens fetches third_party removed);

my $attribute = qr/
    [\s\/]* ([^\s\/>=][^\s\/>=]*)
    (?: \s*=\s* (?: "([^"]*)" | '([^']*)' | ([^\s>"'][^\s>]*) ) )?
/x;

my $inside = qr/(?: [^"'>] | (?<==)"[^"]*" | (?<==)'[^']*'
                    | (?<==\s)"[^"]*" | (?<==\s)'[^']*' | ["'] )*+/x;

# what of an element leads elsewhere and is fetched
my %fetch = (
    script => 'src', iframe => 'src', img => 'src', link => 'href',
    embed => 'src', source => 'src', video => 'src', audio => 'src',
    track => 'src', object => 'data', input => 'src',
);

sub files {
    my ($folder) = @_;
    my @found;

    File::Find::find({ no_chdir => 1, wanted => sub {
        push @found, s/\/+/\//gr if -f;
    } }, "$folder/");

    die "no pages in $folder\n" if !@found;

    return sort @found;
}

sub slurp {
    my ($file) = @_;
    open my $fh, '<:raw', $file or die "$file: $!\n";
    local $/;
    return scalar <$fh>;
}

sub spew {
    my ($file, $text) = @_;
    open my $fh, '>:raw', $file or die "$file: $!\n";
    print $fh $text;
    close $fh or die "$file: $!\n";
}

# A page's start tags (with attributes), end tags, comments, raw text, text.

sub tokens {
    my ($page) = @_;
    my @tokens;
    my $raw = '';

    for ($page) {
        pos = 0;

        while (pos() < length) {
            my $start = pos;

            if ($raw ne '') {
                /\G.*?(?=<\/\Q$raw\E[\s\/>])/gcsi or /\G.*/gcs;
                push @tokens, { kind => 'raw', name => $raw,
                                start => $start, end => pos };
                $raw = '';

            } elsif (/\G<!--(?:>|->|.*?-->|.*)/gcs || /\G<[!?\/][^>a-zA-Z][^>]*>?/gc
                     || /\G<![^>]*>?/gc)
            {
                push @tokens, { kind => 'comment', start => $start,
                                end => pos };

            } elsif (/\G<\/([a-zA-Z][^\s\/>]*)[^>]*>?/gc) {
                push @tokens, { kind => 'end', name => lc $1,
                                start => $start, end => pos };

            } elsif (/\G<([a-zA-Z][^\s\/>]*)($inside)>?/gc) {
                my ($name, $rest) = (lc $1, $2);
                my @attrs;
                push @attrs, [lc $1, $2 // $3 // $4 // '']
                    while $rest =~ /\G$attribute/gc;
                push @tokens, { kind => 'start', name => $name,
                                attrs => \@attrs, start => $start,
                                end => pos };
                $raw = $name
                    if $name =~ /^(?:script|style|title|textarea|xmp|iframe)$/;

            } else {
                /\G<?[^<]*/gc;
                push @tokens, { kind => 'text', start => $start, end => pos };
            }
        }
    }

    return @tokens;
}

# The URL that a start tag fetches, or nothing.

sub fetches {
    my ($t) = @_;
    my $of = $fetch{$t->{name}} or return;

    for my $attr (@{$t->{attrs}}) {
        return $attr->[1] if $attr->[0] eq $of && $attr->[1] ne '';
    }

    return;
}

sub third_party {
    my ($t) = @_;
    my $url = fetches($t);

    return defined $url && $url =~ m{^\s*(?:https?:)?//([^/?#"':]+)}i
           ? lc $1 : undef;
}

# removed(PAGE, HOSTS): the page without the elements that lead to a host of
# HOSTS, or one beneath it; and how many those are

sub removed {
    my ($page, $hosts) = @_;
    my @tokens = tokens($page);
    my ($out, $from, $n) = ('', 0, 0);

    for (my $i = 0; $i < @tokens; $i++) {
        my $t = $tokens[$i];
        next if $t->{kind} ne 'start' || $t->{name} =~ /^(?:video|audio|track
                                                      |object|input)$/x;
        my $host = third_party($t);
        next if !defined $host;

        while ($host ne '' && !$hosts->{$host}) {
            $host =~ s/^[^.]*\.?//;
        }

        next if $host eq '';

        # raw text and the end tag go along
        my $last = $i;
        $last++ while $t->{name} =~ /^(?:script|iframe)$/ && $last < $#tokens
                      && !($tokens[$last]{kind} eq 'end'
                           && $tokens[$last]{name} eq $t->{name});

        $out .= substr $page, $from, $t->{start} - $from;
        $from = $tokens[$last]{end};
        $i = $last;
        $n++;
    }

    return ($out . substr($page, $from), $n);
}

1;
