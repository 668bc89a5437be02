package BenchRun;

# What every part has in common: where things are, rounds, medians, results.

use strict;
use warnings;

use Cwd 'abs_path';
use Exporter 'import';
use File::Path 'make_path';
use FindBin;
use JSON::PP;

our @EXPORT_OK = qw($work $root rounds peer why median interleave part page_set
                    write_json read_json command);

our $root = abs_path("$FindBin::Bin/../..");
our $work = $ENV{BENCH_WORK} || "$root/objs/bench";

sub rounds {
    return $ENV{ROUNDS} || 5;
}

# A file of a peer, if it was to be had
sub peer {
    my ($name, $file) = @_;
    my $path = "$work/peers/$file";
    return -e "$work/peers/$name.done" && -e $path ? $path : undef;
}

sub why {
    my ($name) = @_;
    open my $fh, '<', "$work/peers/$name.why" or return 'it is not installed';
    chomp(my $why = <$fh> // '');
    return $why || 'it did not install';
}

sub median {
    my @sorted = sort { $a <=> $b } grep { defined } @_;
    return if !@sorted;
    my $half = int(@sorted / 2);
    return @sorted % 2 ? $sorted[$half]
                       : ($sorted[$half - 1] + $sorted[$half]) / 2;
}

# interleave(ROUNDS, [row, code], ...): each code once a round, beginning with
# another one each time; it returns a hash, whose values are added to the row's
# rounds.  A machine's speed changes within seconds: where one of the rows is the
# base, it is run again right before each of the others, for their ratios.

sub interleave {
    my ($rounds, @pairs) = @_;
    my ($base) = grep { $_->[0]{base} } @pairs;

    @pairs = grep { $_ != $base } @pairs if $base && @pairs > 1;
    undef $base if $base && $pairs[0] == $base;

    for my $round (0 .. $rounds - 1) {
        for my $i (0 .. $#pairs) {
            my ($row, $code) = @{$pairs[($i + $round) % @pairs]};

            if ($base) {
                my %values = $base->[1]->();
                add($base->[0]{rounds} //= {}, %values);
                add($row->{against} //= {}, %values);
            }

            add($row->{rounds} //= {}, $code->());
        }
    }
}

sub add {
    my ($to, %values) = @_;
    push @{$to->{$_}}, $values{$_} for keys %values;
}

# part(NAME, TITLE, [measure, format, base of ratios], row, ...)
#
# A row has group, name, rounds by measure; or void, a reason.  Its ratio is the
# median of what it took in a round over what the base, the row of its group that
# has {base}, took before it; or what its own measure {of} took.

sub part {
    my ($name, $title, $measures, @rows) = @_;

    my %base = map { ($_->{group} => $_) } grep { $_->{base} } @rows;

    for my $row (@rows) {
        my $base = $base{$row->{group}};

        for my $measure (map { $_->[0] } @$measures) {
            my $of = $row->{rounds}{$measure};
            next if !$of || defined $row->{void};
            $row->{median}{$measure} = median(@$of);

            my $by = defined $row->{of} ? $row->{rounds}{$row->{of}}
                     : !$base || $base == $row ? undef
                     : ($row->{against} // {})->{$measure}
                       // $base->{rounds}{$measure};
            next if !$by || $by == $of;

            $row->{ratio}{$measure} = median(
                map { defined $by->[$_] && $by->[$_] ? $of->[$_] / $by->[$_]
                                                     : () } 0 .. $#$of);
        }
    }

    make_path("$work/parts");
    write_json("$work/parts/$name.json", {
        part => $name, title => $title,
        measures => [map { { name => $_->[0], format => $_->[1] } } @$measures],
        rows => \@rows,
    });
}

# Pages that are measured: [name, folder], the repository's and, where they are,
# real ones

sub page_set {
    my @sets = (['generated', "$work/corpus"]);
    my $real = $ENV{CORPUS} ? abs_path($ENV{CORPUS}) : undef;

    die "no folder $ENV{CORPUS}\n" if $ENV{CORPUS} && !-d ($real // '');

    if (!$real && $ENV{CONSENT_DATA}
        && -e "$ENV{CONSENT_DATA}/pages/pages.tar.xz")
    {
        $real = "$root/objs/pages/corpus";

        if (!-d $real) {
            make_path("$root/objs/pages");
            command('tar', '-C', "$root/objs/pages", '-xf',
                    "$ENV{CONSENT_DATA}/pages/pages.tar.xz");
        }
    }

    push @sets, ['real', $real] if $real;

    return @sets;
}

sub command {
    system(@_) == 0 or die "failed: @_\n";
}

sub write_json {
    my ($file, $data) = @_;
    open my $fh, '>', $file or die "$file: $!\n";
    print $fh JSON::PP->new->canonical->pretty->encode($data);
    close $fh or die "$file: $!\n";
}

sub read_json {
    my ($file) = @_;
    open my $fh, '<', $file or die "$file: $!\n";
    local $/;
    return JSON::PP->new->decode(scalar <$fh>);
}

1;
