package BenchWords;

# A random generator of our own, as perl's differs from build to build, and
# words.

use strict;
use warnings;
use utf8;

use Exporter 'import';

our @EXPORT_OK = qw(seed below pick words identifier hex number);

my @words = qw(
    about after again all also and another any are around because been before
    best between book both build but call can care case city close come could
    country day design does down each early end enough even every family field
    find first follow food form four from garden give good great group half hand
    have head help here high history home house idea into island just keep know
    large last later learn leave letter life light line list little live local
    long look made make many market mean might month more most mountain move
    much music must name near need never new next night north nothing number
    off often old once only open order other over own page paper part people
    picture place plan plant play point public question quite read ready river
    right road room same school sea season second see set several short should
    side simple since small some song sound south spring stand start state still
    story street study such summer take talk tell than that the their them then
    there these they thing think this thought three through time today together
    town travel tree turn two under until upon use very voice walk want water
    way week well west what when where which while white who why winter with
    without word work world write year young été Straße niño größer déjà façade
);

my @parts = qw(
    action active align article aside author badge banner base block body border
    box brand button card cell center child clear col column content cover dark
    data detail dialog elementor entry fade featured field figure first fixed
    flex foot full grid group handle header hero hidden icon image info inline
    inner input item label large last layout left link list load logo main media
    menu mobile modal module nav news object offer panel picture post primary
    product promo right row scroll search section share side single slider small
    social sticky sub tab tag teaser text theme thumb title toggle top track
    user video view widget wide wrapper wp
);

my $state = 1;

sub seed {
    ($state) = @_;
    below(1) for 1 .. 8;
}

# Park and Miller's; products stay below 2**53
sub below {
    my ($n) = @_;
    $state = $state * 48271 % 2147483647;
    return int($state / 2147483647 * $n);
}

sub pick {
    return $_[below(scalar @_)];
}

sub number {
    return below($_[0]);
}

sub hex {
    my ($n) = @_;
    return join '', map { substr '0123456789abcdef', below(16), 1 } 1 .. $n;
}

sub words {
    my ($n) = @_;
    return join ' ', map { $words[below(scalar @words)] } 1 .. $n;
}

sub identifier {
    my $name = $parts[below(scalar @parts)];
    my $more = below(5);

    return $name if $more == 0;
    return $name . '-' . $parts[below(scalar @parts)] if $more < 3;
    return $name . '_' . $parts[below(scalar @parts)] if $more == 3;
    return "$name-" . $parts[below(scalar @parts)] . '-'
           . $parts[below(scalar @parts)];
}

1;
