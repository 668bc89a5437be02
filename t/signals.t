# Every row of the vectors (t/unit/signal_vectors.jsonl), as bytes that a browser
# sends to nginx.  What is expected comes from the row, and from the model: key by
# key, under both regimes, and by the mapping that comes with the format.  The
# core, alone in consent-inspect, says the same.

use strict;
use warnings;
use lib 't/lib';

use ConsentHttp;
use ConsentSignals;
use Test::More;

my @Rows = rows();
my %Places;

keys_of(@Rows);
place($_) for @Rows;

begin(http => tables(), config => join '', map($Places{$_}, sort keys %Places));

my %Core = core();
my $s = client();
my ($requests, $advisory) = (0, 0);

for my $row (@Rows) {
    my %want = expected($row);
    my (@got, @expected);

    for my $uri (sort keys %want) {
        $requests++;
        ask($s, "GET $uri HTTP/1.1\r\nHost: localhost\r\n"
                . headers($row) . "\r\n");

        push @got, "$uri: " . response($s)->{body};
        push @expected, "$uri: $want{$uri}";
    }

    # nginx's GPC is a part of the grant, the core's a row of its own

    if ($row->{format} ne 'gpc') {
        push @got, "core: " . ($Core{$row->{id}} // 'nothing');
        push @expected, "core: " . said($row->{state}, @{$row->{accepted}});
    }

    $advisory++ if $row->{advisory};
    is(join("\n", @got), join("\n", @expected), $row->{id});
}

is(scalar @Rows, 809, "all rows, $advisory of them advisory, "
                      . "in $requests requests");
unlike(logged(), qr/\[(?:alert|crit|emerg)\]|exited on signal/,
       'nginx has nothing to say of them');

done_testing();


# Locations that a row needs.

sub place {
    my ($row) = @_;

    for my $at (places($row)) {
        $Places{$at->{uri}} = "location = $at->{uri} { $at->{conf} "
                            . 'return 200 "$consent_state $consent_granted"; }'
                            . "\n";
    }
}


# What each of them answers.

sub expected {
    my ($row) = @_;

    return map(($_->{uri} => said($_->{state} // $row->{state},
                                  @{$_->{granted}})),
               places($row));
}
