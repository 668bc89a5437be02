
# The vectors: what a row sends, what a configuration asks of it, and what the
# model of consent makes of what it expects.

package ConsentSignals;

use strict;
use warnings;

use Cwd qw(realpath);
use Exporter qw(import);
use File::Basename qw(dirname);
use JSON::PP;

our @EXPORT = qw(rows keys_of headers tables places trackers vendors_may core
                 said);

my $Root = dirname(dirname(dirname(realpath(__FILE__))));
my $Vectors = "$Root/t/unit/signal_vectors.jsonl";

# the most that a table has: so many keys are seen at once
my $Most = 32;

# of a TC string
my @Vendors = (1 .. 40, 755);

my %Keys;


# The built-in mapping of signals.md: any of a list's rows, each joined by "+".
# What only denies is apart.

my $Vanilla = {
    performance => [qw(analytics statistics performance)],
    advertising => [qw(marketing ads advertisement advertising targeting)],
    sharing     => [qw(social sharing)]
};

my $CookieYes = { performance => ['analytics'], advertising => ['advertisement'],
                  sharing => ['social-media'] };

my $All = { map(($_ => ['ALL']), qw(performance advertising sharing)) };

my $Tcf = { performance => ['p1+p8'], advertising => ['p1+p3+p4'] };

my %Built = (
    'vanilla-cookieconsent-v3' => $Vanilla,
    'vanilla-cookieconsent-v2' => $Vanilla,
    cookieconsent => { map(($_ => [qw(allow dismiss)]),
                           qw(performance advertising sharing)) },
    onetrust  => { performance => [qw(C0002 2)], advertising => [qw(C0004 4)],
                   sharing => ['C0005'] },
    cookiebot => { performance => ['statistics'], advertising => ['marketing'] },
    cookieyes => $CookieYes,
    cookielawinfo => $CookieYes,
    complianz => { performance => ['statistics'], advertising => ['marketing'] },
    borlabs   => { performance => ['statistics'], advertising => ['marketing'] },
    iubenda   => { performance => [qw(4 *)], advertising => [qw(5 *)],
                   sharing => ['*'] },
    trustarc  => { performance => [1], advertising => [2] },
    shopify   => { performance => ['analytics'], advertising => ['marketing'],
                   sharing => ['sale_of_data'] },
    trustcommander => $All,
    'trustcommander-v1' => $All,
    tcf => $Tcf,
    klaro => {}, didomi => {}, axeptio => {}, addtl_consent => {}
);

my %Denies = (
    gpp => { advertising => ['targeted'], sharing => [qw(sale sharing)] },
    usprivacy => { sharing => ['sale'] },
    'funding-choices' => { sharing => ['sale'] }
);

$Built{'funding-choices'} = $Tcf;

# keys that only deny: all, or these
my %Veto = (gpp => 1, usprivacy => 1, 'funding-choices' => { sale => 1 });


# In file order.  Of an advisory row our own opinion counts, where there is one.

sub rows {
    my %opinions = opinions();
    my @rows;

    open my $f, '<', $Vectors or die "$Vectors: $!";

    while (my $line = <$f>) {
        my $row = decode_json($line);
        my $expect = $row->{expect};

        @$row{qw(state accepted)} = @$expect{qw(state accepted)};

        if (my $opinion = $opinions{$row->{id}}) {
            die "$row->{id} is not advisory" unless $row->{advisory};
            @$row{qw(state accepted)} = @$opinion;
        }

        push @rows, $row;
    }

    return @rows;
}

sub opinions {
    my %opinions;
    my $name = "$Root/t/unit/signal_advisory.tsv";

    open my $f, '<', $name or die "$name: $!";

    while (my $line = <$f>) {
        next if $line =~ /\A#/;
        my ($id, $state, $accepted) = split /\t/, $line;
        $opinions{$id} = [$state, [split ' ', $accepted]];
    }

    return %opinions;
}


# All keys that rows of a format speak of, as consent_map has them.

sub keys_of {
    my %all;

    for my $row (@_) {
        my $said = $all{$row->{format}} //= {};
        my $expect = $row->{expect};

        $said->{$_} = 1 for @{$row->{accepted}}, @{$expect->{accepted}},
                            @{$expect->{denied} // []},
                            @{$expect->{disclosed} // []};

        $said->{"service:$_"} = 1 for @{$expect->{services} // []};
        $said->{"vendor:$_"} = 1 for @{$expect->{vendors} // []};
    }

    delete @all{qw(multi gpc)};
    %Keys = map(($_ => [sort keys %{$all{$_}}]), keys %all);
}


sub tables {
    my @purposes = (1 .. 24);
    my $vendors = join '', map("category p$_ x;\n", @purposes);

    for my $vendor (@Vendors) {
        $vendors .= "provider V$vendor p1 tcf=$vendor {\n"
                    . join('', map("cookie v${vendor}p$_ category=p$_;\n",
                                   @purposes)) . "}\n";
    }

    return "large_client_header_buffers 4 16k; keepalive_requests 100000;\n"
           . "consent_table keys {\n"
           . join('', map("category k$_ \"$_\";\n", 0 .. $Most - 1)) . "}\n"
           . "consent_table vendors {\n$vendors}\n";
}


# A cookie of each vendor for each purpose, and which of them a TC string leaves: of
# who has consent, was disclosed if anybody was, and has no publisher against it (0:
# the purpose is forbidden, 2: not by consent).

sub trackers { return map { my $v = $_; map("v${v}p$_", 1 .. 24) } @Vendors }

sub vendors_may {
    my ($row) = @_;
    my $tcf = $row->{expect}{tcf} or return ();

    return () if $row->{state} ne 'decided';

    my %purposes = map(($_ => 1), numbers($tcf->{purposes}));
    my %accepted = map(($_ => 1), vendors($tcf));
    my %against;

    for my $restriction (@{$tcf->{restr}}) {
        next if $restriction->{t} == 1;
        $against{$restriction->{p}}{$_} = 1 for numbers($restriction->{v});
    }

    return grep { my ($v, $p) = /(\d+)p(\d+)/;
                  $accepted{$v} && $purposes{$p} && !$against{$p}{$v} }
                trackers();
}


# The lines of its request, as they are.

sub headers {
    my ($row) = @_;
    my @cookies = @{$row->{cookie_headers} // [$row->{cookie} // ()]};
    my $text = join '', map("Cookie: $_\r\n", grep(length, @cookies));

    for my $name (sort keys %{$row->{headers} // {}}) {
        my $values = $row->{headers}{$name};
        $text .= "$name: $_\r\n" for ref $values ? @$values : $values;
    }

    utf8::encode($text);

    return $text;
}


# What nginx, or the core, is to say.

sub said {
    my ($state, @granted) = @_;

    return "$state " . join ',', @granted;
}


# Where a row is asked: uri, conf, the categories that are granted there, and the
# state where it is not the row's.

sub places {
    my ($row) = @_;

    return gpc($row) if $row->{format} eq 'gpc';
    return multi($row) if $row->{format} eq 'multi';

    return (by_key($row), by_built_in($row));
}

sub gpc {
    my ($row) = @_;
    my @scope = $row->{expect}{gpc} ? (0, 7) : ();

    return {
        uri => '/gpc', state => 'unset',
        conf => 'consent keys; consent_regime optout; consent_gpc k0 k7;',
        granted => [map("k$_", without([0 .. $Most - 1], @scope))]
    };
}

sub multi {
    my ($row) = @_;
    my $opts = $row->{opts};
    my $implied = $opts->{implied} // 'ignore';
    my $scope = join ' ', @{$opts->{gpc_scope} // []};

    my %accepted = map(($_ => 1), @{$row->{accepted}});

    return {
        uri => "/$row->{id}",
        conf => 'consent site; '
                . join(' ', map("consent_source $_ implied=$implied;",
                                @{$opts->{sources}}))
                . " consent_regime $opts->{regime};"
                . ' consent_gpc ' . ($scope || 'off') . ';',
        granted => [grep($accepted{$_}, qw(performance advertising sharing))]
    };
}


# Each key is a category, as many at a time as a table has.

sub by_key {
    my ($row) = @_;
    my $keys = $Keys{$row->{format}};
    my @places;

    # a row need not know the vendors

    if ($row->{expect}{tcf} || ($row->{format} eq 'tcf'
                                && $row->{state} !~ /decided|implied/))
    {
        $keys = [@$keys, map("vendor:$_", @Vendors)];
    }

    for (my $from = 0; $from < @$keys; $from += $Most) {

        my $to = $from + $Most < @$keys ? $from + $Most : scalar @$keys;
        my @some = @$keys[$from .. $to - 1];
        my $maps = join '', map(" consent_map $row->{format} "
                                . quoted($some[$_]) . " k$_;", 0 .. $#some);

        push @places,
             regimes($row, 'keys', "$from-$to", $maps, \@some,
                     [accepted($row, @some)], [denied($row, @some)]);
    }

    return @places;
}

sub accepted {
    my ($row, @keys) = @_;
    my $expect = $row->{expect};
    my %accepted = map(($_ => 1), @{$row->{accepted}},
                       map("service:$_", @{$expect->{services} // []}),
                       map("vendor:$_", @{$expect->{vendors} // []}),
                       map("vendor:$_", vendors($expect->{tcf})));

    return grep($accepted{$keys[$_]}, 0 .. $#keys);
}

sub denied {
    my ($row, @keys) = @_;
    my %denied = map(($_ => 1), @{$row->{expect}{denied} // []});

    return grep($denied{$keys[$_]}, 0 .. $#keys);
}


# Whom the visitor has accepted, if they were disclosed.

sub vendors {
    my ($tcf) = @_;

    return () unless $tcf;

    my %accepted = map(($_ => 1), numbers($tcf->{vc}));
    my %disclosed = map(($_ => 1), numbers($tcf->{dv} // ''));

    return grep($accepted{$_} && ($disclosed{$_} || !defined $tcf->{dv}),
                @Vendors);
}

sub numbers {
    return map(/(\d+)-(\d+)/ ? $1 .. $2 : $_, split /,/, $_[0]);
}


# By the mapping that comes with the format.

sub by_built_in {
    my ($row) = @_;
    my $format = $row->{format};
    my @names = qw(performance advertising sharing);
    my %accepted = map(($_ => 1), @{$row->{accepted}});
    my %denied = map(($_ => 1), @{$row->{expect}{denied} // []});
    my ($grants, $denies) = ($Built{$format} // {}, $Denies{$format} // {});

    # of Funding Choices' answer a TC string may be no part

    $grants = {} if $format eq 'funding-choices' && !$row->{expect}{atp};

    if ($format eq 'tarteaucitron') {
        $grants = types(\%accepted, \%denied);
    }

    my (@granted, @denied, @mapped);

    for my $i (0 .. $#names) {
        my @any = @{$grants->{$names[$i]} // []};

        push @granted, $i if grep { !grep(!$accepted{$_}, split /\+/) } @any;
        push @denied, $i if grep($denied{$_}, @{$denies->{$names[$i]} // []});
        push @mapped, $i if @any;
    }

    return regimes($row, 'site', 'built', '', \@names, \@granted, \@denied,
                   \@mapped);
}


# tarteaucitron's services have types: one is accepted where all are that were
# asked.  The library has Matomo need no consent: it says nothing of the others.

my %Types = (gtag => 'analytic', twitter => 'social', facebookpixel => 'ads',
             googleadwordsremarketing => 'ads');

sub types {
    my ($accepted, $denied) = @_;
    my %names = (analytic => 'performance', ads => 'advertising',
                 social => 'sharing');
    my %grants;

    for my $type (keys %names) {
        my @services = grep($Types{$_} eq $type, keys %Types);
        my @refused = grep($denied->{$_}, @services);

        $grants{$names{$type}} = @refused ? ['-'] : ['-', @services];
    }

    return \%grants;
}


# The model: what is decided grants and denies what it is mapped to, what is
# broken denies it, what is implied counts only where it is let.  Of all that
# nobody speaks of the regime decides.

sub regimes {
    my ($row, $table, $at, $maps, $keys, $accepted, $denied, $mapped) = @_;

    my $format = $row->{format};
    my @all = (0 .. $#$keys);
    my $veto = $Veto{$format} // 0;
    my ($parameters, $name) = parameters($row);
    my @places;

    # keys that may grant, and those that may only deny

    my @vetoes = grep(ref $veto ? $veto->{$keys->[$_]} : $veto, @all);
    my @may = $mapped ? @$mapped : without(\@all, @vetoes);
    @vetoes = grep(exists $Denies{$format}{$keys->[$_]}, @all) if $mapped;

    for my $how (qw(allow optin optout)) {

        my $decided = $row->{state} eq 'decided'
                      || ($row->{state} eq 'implied' && $how eq 'allow');
        my @granted = ();

        if ($decided) {
            my %may = map(($_ => 1), @may);
            @granted = grep($may{$_}, @$accepted);
        }

        if ($how eq 'optout') {

            if ($decided) {
                @granted = sort { $a <=> $b }
                           without(\@all, @$denied,
                                   without(\@may, @granted));

            } elsif ($row->{state} eq 'invalid') {
                @granted = without(\@all, @may, @vetoes);

            } else {
                @granted = @all;
            }

            push @granted, @$keys .. $Most - 1 if $table eq 'keys';
        }

        my $conf = "consent $table; consent_source $format$parameters"
                   . ($how eq 'allow' ? ' implied=allow;' : ';') . $maps
                   . ($how eq 'optout' ? ' consent_regime optout;' : '');

        push @places, {
            uri => "/$format$name/$at/$how", conf => $conf,
            granted => [map($table eq 'keys' ? "k$_" : $keys->[$_], @granted)]
        };
    }

    return @places;
}

sub without {
    my ($list, @not) = @_;
    my %not = map(($_ => 1), @not);

    return grep(!$not{$_}, @$list);
}


# The row's options as nginx has them, and a name for them.

sub parameters {
    my ($row) = @_;
    my $opts = $row->{opts} // {};
    my ($text, $name) = ('', '');
    my %words = (name => 'cookie', prefix => 'prefix', revision => 'revision',
                 require_disclosed => 'require_disclosed');

    for my $opt (sort keys %$opts) {
        my $word = $words{$opt} or die "$row->{id}: unknown option $opt";
        my $value = $opts->{$opt};

        $value = 'on' if JSON::PP::is_bool($value);
        $value = join ',', @$value if ref $value;

        $text .= " $word=$value";
        $name .= "/$value";
    }

    return ($text, $name);
}

sub quoted {
    my ($text) = @_;

    $text =~ s/(["\\])/\\$1/g;

    return "\"$text\"";
}


# What the core says of each row by itself.

sub core {
    delete @ENV{qw(MAKEFLAGS MAKELEVEL MFLAGS)};

    system('make', '-s', '--no-print-directory', '-C', $Root,
           'objs/consent-inspect') == 0
        or die "no consent-inspect";

    open my $f, '-|', "$Root/objs/consent-inspect --vectors <$Vectors"
        or die "no consent-inspect: $!";

    my %core;

    while (my $line = <$f>) {
        my $row = decode_json($line);
        $core{$row->{id}} = $row->{error}
                            // said($row->{state}, @{$row->{accepted}});
    }

    return %core;
}

1;
