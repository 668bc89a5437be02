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

my $maps = join '', map("consent_map tcf p$_ p$_;\n", 1 .. 24);
my $locations = <<"END" . join '', map($Places{$_}, sort keys %Places);
location = /vendors { consent vendors; consent_source tcf; $maps
    proxy_pass http://127.0.0.1:PORT/back; }
location = /back { consent off; return 200 \$http_cookie; }
END

begin(http => tables(), config => $locations);

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

# A vendor of TCF is granted what it may do, not what the site may.

my $trackers = join '; ', map("$_=1", trackers());
my %tracker = map(($_ => 1), trackers());

for my $row (grep($_->{format} eq 'tcf' && ($_->{expect}{tcf}
                                            || $_->{state} ne 'decided')
                  && !$_->{opts}, @Rows))
{
    $requests++;
    ask($s, "GET /vendors HTTP/1.1\r\nHost: localhost\r\n"
            . "Cookie: $trackers\r\n" . headers($row) . "\r\n");

    is(join(' ', grep($tracker{$_}, map(/\A([^=]*)/, split /[;,] */,
                                        response($s)->{body}))),
       join(' ', vendors_may($row)), "$row->{id}: vendors");
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
