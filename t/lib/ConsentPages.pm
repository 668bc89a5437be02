package ConsentPages;

# The 61 pages and what a real HTML parser found in them: which elements must be
# held back for which visitor, and whether that is all that was done.

use strict;
use warnings;

use Exporter 'import';
use File::Basename 'dirname';

our @EXPORT_OK = qw(elements undo verdicts combinations table_rows);

# what consent_inline_buffer is by default
our $inline_buffer = 16384;

my @categories = qw(performance advertising sharing);

# Every visitor of the issue: what was accepted, by name.
sub combinations {
    my %visitors = (all => [@categories], none => []);

    for my $c (@categories) {
        $visitors{"only-$c"} = [$c];
        $visitors{"not-$c"} = [grep { $_ ne $c } @categories];
    }

    return %visitors;
}

# elements.tsv as a list of hashes by path
sub elements {
    my ($file) = @_;
    my %pages;

    open my $fh, '<:raw', $file or die "$file: $!\n";
    chomp(my $head = <$fh>);
    my @names = split /\t/, $head;

    while (my $line = <$fh>) {
        chomp $line;
        my %e;
        @e{@names} = split /\t/, $line, -1;
        push @{$pages{$e{path}}}, \%e;
    }

    return \%pages;
}

# Takes what is documented out of a page: insertions, in a srcdoc with quotes and
# spaces as references; and "about:invalid", which stands for a URL of CSS or
# JSON up to the byte behind it.  Returns the page without that and where in the
# origin each stood.
sub undo {
    my ($origin, $page) = @_;
    my $back = '';
    my ($from, @at) = (0);

    while ($page =~ /( [ ]type="text\/plain"(?=[ ]data-consent=")
                      | [ ]data-consent="[a-z_ ]*" | data-consent-
                      | &\#32;type=&\#34;text\/plain&\#34;
                        (?=&\#32;data-consent=)
                      | &\#32;data-consent=&\#34;(?:[a-z_]|&\#32;)*&\#34;
                      | <script(?:[ ]nonce=(?:"[^"]*"|'[^']*'))?
                        [ ]data-consent-stub="">[^<]*<\/script>
                      | about:invalid)/gx)
    {
        my ($insertion, $start, $end) = ($1, $-[1], $+[1]);

        $back .= substr $page, $from, $start - $from;
        $from = $start;

        # the origin's own words
        next if substr($origin, length $back, length $insertion) eq $insertion;

        push @at, length $back;
        $from = $end;

        if ($insertion eq 'about:invalid') {
            my $next = substr $page, $end, 1;
            my $url = index $origin, $next, length $back;
            $back .= substr $origin, length $back, $url - length $back;
        }
    }

    return ($back . substr($page, $from), @at);
}

# What is wrong with a page that a visitor got, as lines of text.
sub verdicts {
    my ($elements, $origin, $granted, @at) = @_;
    my %granted = map { $_ => 1 } 'essential', @$granted;
    my @wrong;

    for my $e (@$elements) {
        my $held = grep { $_ > $e->{start} && $_ < $e->{end} } @at;
        my $refused = grep { !$granted{$_} } split /,/, $e->{categories};
        my $what = "$e->{path} $e->{start} $e->{tag} $e->{kind} $e->{value}";

        if ($e->{action} eq 'keep' && $held) {
            push @wrong, "held, but to be kept: $what";
        }

        if ($e->{action} eq 'block' && $refused && !$held
            && !inert($e, $origin) && !past_buffer($e, $origin))
        {
            push @wrong, "not held: $what";
        }

        if ($e->{action} eq 'block' && !$refused && $held) {
            push @wrong, "held, but accepted: $what";
        }
    }

    return @wrong;
}

# A script that its author, or the site's consent platform, holds back already:
# elements.tsv does not look at types.
sub inert {
    my ($e, $origin) = @_;

    return 0 unless $e->{tag} eq 'script';

    my $tag = substr $origin, $e->{start}, $e->{end} - $e->{start};
    return $tag =~ /^<script\b[^>]*\btype="text\/(?:plain|jpscript)"/i;
}

# An inline script whose first marker does not lie within the buffer.
sub past_buffer {
    my ($e, $origin) = @_;

    return 0 unless $e->{kind} =~ /^inline/;

    my $script = substr $origin, $e->{start}, $e->{end} - $e->{start};
    $script =~ s/^<script\b(?:[^>"']|"[^"]*"|'[^']*')*>//i or return 0;

    for my $marker (split / \| /, $e->{value}) {
        my $at = index $script, $marker;
        return 0 if $at >= 0 && $at + length $marker <= $inline_buffer;
    }

    return 1;
}

# the test's own table, from conf syntax to the tool's rows
sub table_rows {
    my ($vendors) = @_;
    my $here = dirname(__FILE__);
    my $conf = qx{"$^X" "$here/../pages_table.pl" "$vendors/seed-vendors.tsv" "$vendors/extra-vendors.tsv"};
    die "pages_table.pl failed\n" if $?;

    my ($categories, $rows) = ('', '');

    for (split /\n/, $conf) {
        if (/^\s*provider\s+"[^"]*"\s+([a-z ]+?)\s*\{/) {
            $categories = join '+', split ' ', $1;
        } elsif (/^\s*(url|inline)\s+(?:"((?:[^"\\]|\\.)*)"|(\S+?));/) {
            my ($kind, $pattern) = ($1, defined $2 ? $2 : $3);
            $pattern =~ s/\\(.)/$1/g;
            $rows .= "$kind\t$pattern\t$categories\n";
        } elsif (/\S/ && !/^\s*(#|\})/) {
            die "not understood: $_\n";
        }
    }

    return $rows;
}

1;
