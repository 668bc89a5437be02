#!/usr/bin/perl

# format.pl FILE...
#
# Compares C sources with what clang-format makes of them, as far as nginx's
# style lets it: alignment within a line and where a long statement is broken
# are left to the author; spaces between words, braces, indentation of
# statements, blank lines are not.

use strict;
use warnings;

use File::Temp;

my $failed = 0;

for my $file (@ARGV) {
    my @ours   = lines("<",  $file);
    my @theirs = lines("-|", "clang-format", "--style=file", $file);

    $failed += compare($file, \@ours, \@theirs);
    $failed += functions($file, \@ours);
}

exit($failed ? 1 : 0);


sub lines {
    my ($mode, @what) = @_;

    open(my $fh, $mode, @what) or die "$what[0]: $!\n";
    my @lines = <$fh>;
    close($fh) or die "$what[0] has failed\n";
    chomp @lines;

    return @lines;
}


sub compare {
    my ($file, $ours, $theirs) = @_;

    my $a = normalized($ours);
    my $b = normalized($theirs);

    my $bad   = 0;
    my $shift = 0;      # their line number less ours
    my @moved;          # [our line, shift from there on]

    for my $hunk (split /^(?=\d)/m, qx(diff $a $b)) {
        my ($from, $to, $op, $from2, $to2)
            = $hunk =~ /^(\d+)(?:,(\d+))?([acd])(\d+)(?:,(\d+))?\n/;

        my @left  = $hunk =~ /^< (.*)$/mg;
        my @right = $hunk =~ /^> (.*)$/mg;

        $shift += @right - @left;
        push @moved, [ ($to // $from) + 1, $shift ];

        next if rebroken(\@left, \@right);

        print STDERR "$file:$from: clang-format has\n",
                     map("    $_\n", @right ? @right : "(no line)");
        $bad++;
    }

    return $bad + compare_indents($file, $ours, $theirs, \@moved);
}


# the same words, and no brace has come to another place; clang-format takes
# "a < b && *c > d" for a template

sub rebroken {
    my ($left, $right) = @_;

    my ($a, $b) = map(join(" ", @$_), $left, $right);
    s/ ?([<>*]) ?/$1/g for $a, $b;

    return $a eq $b
        && grep(/\{$/, @$left) == grep(/\{$/, @$right);
}


sub normalized {
    my ($lines) = @_;

    my $tmp = File::Temp->new;

    for (@$lines) {
        my $line = $_;

        for ($line) {
            s/^\s+//;
            s/\s+/ /g;
            s/\( /(/g;                          # "for ( ;; )"
            s/ ([;)])/$1/g;
            s/^(unsigned \w+) ?: ?/$1:/;        # bit fields
            s/(?<!\|) ?\|(?!\|) ?/|/g;          # flags
            s/\(u_char\) \(/(u_char)(/g;
        }

        print $tmp "$line\n";
    }

    $tmp->flush;

    return $tmp;
}


# a line that begins a statement: after a brace, a semicolon or a label

sub compare_indents {
    my ($file, $ours, $theirs, $moved) = @_;

    my $bad   = 0;
    my $shift = 0;
    my $last  = "";

    for my $n (1 .. @$ours) {
        my $line = $ours->[$n - 1];

        while (@$moved && $moved->[0][0] <= $n) {
            $shift = (shift @$moved)->[1];
        }

        my $other = $theirs->[$n - 1 + $shift] // "";

        if ($last =~ /[;{}:]$/ && $line =~ /^(\s*)(\w.*)/) {
            my ($indent, $text) = ($1, $2);

            if ($other =~ /^(\s*)(\w.*)/ && $1 ne $indent
                && substr($2, 0, 3) eq substr($text, 0, 3))
            {
                print STDERR "$file:$n: indent is ", length($indent), ", ",
                             length($1), " was expected\n";
                $bad++;
            }
        }

        $line =~ s{\s*/\*.*}{};
        $last = $line if $line =~ /\S/;
    }

    return $bad;
}


sub functions {
    my ($file, $lines) = @_;

    my $bad = 0;

    for my $brace (grep { $lines->[$_] eq "{" } 1 .. $#$lines) {
        my $top = $brace;
        $top-- while $top > 0 && $lines->[$top - 1] ne "";

        if (!grep(/^\w+\(/, @$lines[$top .. $brace - 1])) {
            print STDERR "$file:$brace: a function's name is not at column 0\n";
            $bad++;
        }

        # the comment before it, with or without a blank line between

        if ($top > 1 && $lines->[$top - 2] =~ m{\*/$}) {
            $top -= 2;
            $top-- while $top > 0 && $lines->[$top] !~ m{^/\*};
        }

        # nginx has one blank line between "#if" and what it guards

        $top -= 2 if $top > 1 && $lines->[$top - 2] =~ /^#if/;

        if ($top > 1 && "$lines->[$top - 1]$lines->[$top - 2]" ne "") {
            print STDERR "$file:", $top + 1,
                         ": two blank lines were expected before this\n";
            $bad++;
        }
    }

    return $bad;
}
