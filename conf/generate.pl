#!/usr/bin/perl

# Writes ovh.conf and default.conf from the tables beside it.
#
#     perl conf/generate.pl            writes both
#     perl conf/generate.pl --check    compares with what is there: exit 1
#                                      where something differs
#
# tables/policy.tsv   the cookie policy, row by row: what ovh.conf prints, and
#                     what default.conf makes of it ("default": another
#                     category, "=": the same, "-": not there)
# tables/vendors.tsv  hosts, paths, inline markers and stubs of vendors, with
#                     their category in ovh.conf ("policy") and default.conf
# tables/own.tsv      what only default.conf has

use strict;
use warnings;

use FindBin qw($Bin);

my @categories = qw(essential performance advertising sharing);

# what the policy that ovh.conf prints is known to have
my %published = (rows => 165, providers => 27);

# limits of the module, and of nginx's reader
my ($min_marker, $max_marker, $max_token) = (3, 63, 4095);

my %kinds = map { $_ => 1 } qw(cookie storage url inline stub);

my @policy = table('policy.tsv');
my @vendors = table('vendors.tsv');
my @own = table('own.tsv');

my $check = @ARGV && $ARGV[0] eq '--check';
my $differs = 0;

die "usage: $0 [--check]\n" if @ARGV && !$check;

my %file = (
    'ovh.conf' => conf(<<'END', policy_rows()),
# A cookie policy as it is published: its 27 providers and 165 names, in its
# order and words, with what enforces them.  To be included in consent_table:
#
#     consent_table site {
#         category essential required "Needed for the site to work";
#         category performance "Site performance and customisation";
#         category advertising "Targeted advertising";
#         category sharing "Sharing on third-party platforms";
#
#         include ovh.conf;
#     }
#
# Rows without name= that are no cookie or storage are not printed.  Names
# that are dangerous to match bare have domain= (they are only the vendor's
# on the vendor's own hosts), or enforce=off: published, not enforced.
END
    'default.conf' => conf(<<'END', default_rows()),
# Vendors that most sites have some of, in four categories: essential,
# performance, advertising, sharing.  To be included in consent_table, after
# the categories:
#
#     consent_table site {
#         category essential required "Needed for the site to work";
#         category performance "Site performance and customisation";
#         category advertising "Targeted advertising";
#         category sharing "Sharing on third-party platforms";
#
#         include default.conf;
#
#         override provider "Sentry" performance;
#         override url google.com/maps sharing;
#     }
#
# Names that are dangerous to match bare have domain= (they are only the
# vendor's on the vendor's own hosts), or enforce=off.  Consent platforms have
# platform= and are never held back.
END
);

for my $name (sort keys %file) {
    my $path = "$Bin/$name";

    if ($check) {
        my $there = slurp($path);

        if (!defined $there || $there ne $file{$name}) {
            print STDERR "$path is not what $0 writes\n";
            $differs = 1;
        }

        next;
    }

    open my $out, '>', $path or die "$path: $!\n";
    print $out $file{$name};
    close $out or die "$path: $!\n";
}

exit $differs;


# The policy, then what belongs to its providers.

sub policy_rows {
    my (@rows, %names, $last, %seen);

    for my $p (grep { $_->{origin} eq 'seed' } @policy) {
        my $place = "$p->{category}\t$p->{provider}";

        die "policy.tsv: $place is in two places\n"
            if (!defined $last || $place ne $last) && $seen{$place}++;

        $last = $place;
        $names{ $p->{provider} } = 1 if $p->{provider} ne '';

        my $named = $p->{kind} eq 'url' || $p->{name} ne $p->{pattern};

        push @rows, {
            %$p,
            platform => platform($p->{vendor}, $p->{category}),
            name     => $named ? $p->{name} : undef,
        };
    }

    die 'policy.tsv: ' . @rows . " rows are published\n"
        if @rows != $published{rows};
    die 'policy.tsv: ' . keys(%names) . " providers are published\n"
        if keys %names != $published{providers};

    for my $v (grep { $_->{policy_provider} ne '' } @vendors) {
        push @rows, {
            %$v,
            provider => $v->{policy_provider},
            category => $v->{policy},
            left_out => $v->{policy} eq '-',
            reason   => $v->{default} eq '-' && $v->{comment},
        };
    }

    return @rows;
}


# The policy's names under their corrected categories, all vendors, our own.

sub default_rows {
    my (@rows, %provider);

    $provider{ $_->{vendor} } ||= $_->{provider} for @vendors;

    push @rows, { %$_ } for grep { $_->{category} eq 'essential' } @own;

    for my $p (grep { $_->{default} ne '-' } @policy) {
        my $category = $p->{default} eq '=' ? $p->{category} : $p->{default};
        my $name = $p->{default_name};

        # no misprints: what has no better name is printed as it is
        if ($name eq '') {
            $name = $p->{kind} eq 'url' ? $p->{name} : undef;
        }

        push @rows, {
            %$p,
            provider => $provider{ $p->{vendor} }
                        || $p->{provider} || 'Unknown',
            category => $category,
            platform => platform($p->{vendor}, $category),
            name     => $name,
            lifetime => undef,
            type     => $p->{kind} eq 'cookie'        ? 'HTTP cookie'
                        : $p->{kind} eq 'storage'     ? 'Local storage'
                        : $p->{type} =~ /pixel|beacon/i ? 'Pixel'
                        :                               'Script',
            purpose  => $p->{default_purpose} || $p->{purpose} || undef,
        };
    }

    for my $v (@vendors) {
        push @rows, {
            %$v,
            category => $v->{default},
            left_out => $v->{default} eq '-',
            reason   => $v->{comment},
        };
    }

    push @rows, { %$_ } for grep { $_->{category} ne 'essential' } @own;

    return @rows;
}


# One file: a block for each provider, category and platform.

sub conf {
    my ($about, @rows) = @_;

    my (%block, %order, %seen, @left_out);

    for my $row (@rows) {
        die "unknown kind of row \"$row->{kind}\"\n" if !$kinds{ $row->{kind} };

        if ($row->{left_out}) {
            push @left_out, $row if $row->{reason} && $row->{kind} ne 'stub';
            next;
        }

        next if is_known($row, \%seen);

        $row->{platform} = '' if !defined $row->{platform};

        my $key = join "\t", @$row{qw(provider category platform)};

        push @{ $order{ $row->{category} } }, $key if !$block{$key};
        push @{ $block{$key} }, $row;
    }

    my $text = "$about#\n# Generated by conf/generate.pl: change its tables "
               . "instead.\n";

    for my $category (@categories) {
        $text .= "\n\n# $category\n";

        for my $key (@{ $order{$category} }) {
            my ($provider, undef, $platform) = split /\t/, $key, -1;

            $text .= "\nprovider " . quote($provider, 1) . " $category"
                     . ($platform ne '' ? " platform=$platform" : '')
                     . " {\n"
                     . join('', map { row($_) } @{ $block{$key} }) . "}\n";
        }

        delete $order{$category};
    }

    die 'unknown category "' . (keys %order)[0] . "\"\n" if %order;

    if (@left_out) {
        $text .= "\n\n# Left out on purpose\n#\n";

        for my $row (@left_out) {
            $text .= "# $row->{provider}: $row->{kind} $row->{pattern}"
                     . ($row->{comment} ? " ($row->{comment})" : '') . "\n";
        }
    }

    return $text;
}


# A row that stands there already is not repeated; in two categories the
# module would not have it.

sub is_known {
    my ($row, $seen) = @_;

    return 0 if $row->{kind} eq 'stub';

    if ($row->{kind} eq 'inline') {
        my $len = length $row->{pattern};

        die "marker \"$row->{pattern}\" is too short or too long\n"
            if $len < $min_marker || $len > $max_marker;
    }

    my $printed = defined $row->{name} ? $row->{name} : '';
    my $domain = defined $row->{domain} ? $row->{domain} : '';
    my $key = join "\t", @$row{qw(kind pattern)}, $domain;
    my $names = $seen->{$key} ||= {};
    my ($other) = keys %$names;

    if (!defined $other) {
        $names->{ $row->{category} } = { $printed => 1 };
        return 0;
    }

    die "$row->{kind} \"$row->{pattern}\" is in $other and "
        . "$row->{category}\n" if $other ne $row->{category};

    # a vendor's row that the policy names already
    return 1 if $printed eq '';

    return $names->{$other}->{$printed}++;
}


sub row {
    my ($row) = @_;

    # why it is not enforced is for visitors to read
    my $off = ($row->{enforce} || 'on') eq 'off';

    my @args = (
        [ expires  => expires($row->{seconds}) ],
        [ lifetime => $row->{lifetime} ],
        [ domain   => $row->{domain} || undef ],
        [ name     => $row->{name} ],
        [ type     => $row->{type} ],
        [ purpose  => $row->{purpose} ],
        [ enforce  => $off ? 'off' : undef ],
        [ note     => $off ? ucfirst("$row->{comment}.") : undef ],
    );

    # an empty cell of the policy is empty, which is not the same as unknown
    if (!defined $row->{lifetime}) {
        @args = grep { defined $_->[1] && $_->[1] ne '' } @args;
    }

    # what is code is quoted, needed or not
    my $code = $row->{kind} eq 'inline' || $row->{kind} eq 'stub';

    my $text = "    $row->{kind} " . quote($row->{pattern}, $code);
    my $width = length $text;

    for my $arg (grep { defined $_->[1] } @args) {
        my $word = quote("$arg->[0]=$arg->[1]");
        my $fits = $width + 1 + length($word) < 79;

        $text .= ($fits ? ' ' : "\n        ") . $word;
        $width = ($fits ? $width + 1 : 8) + length $word;
    }

    return ($row->{comment} && !$off ? "    # $row->{comment}\n" : '')
           . "$text;\n";
}


# As nginx reads it: quotes count at a parameter's beginning only.

sub quote {
    my ($s, $always) = @_;

    die 'too long: ' . substr($s, 0, 40) . "...\n"
        if length($s) > $max_token;

    return $s if !$always && $s =~ m{^[\w./:=*?&,+@%()!|<>^-]+$}a;

    $s =~ s/([\\"])/\\$1/g;

    return "\"$s\"";
}


sub expires {
    my ($seconds) = @_;

    return undef if !defined $seconds || $seconds eq '';
    return 'session' if $seconds == 0;

    for my $unit ([ 86400, 'd' ], [ 3600, 'h' ], [ 60, 'm' ]) {
        return $seconds / $unit->[0] . $unit->[1] if $seconds % $unit->[0] == 0;
    }

    return "${seconds}s";
}


# a vendor that is a consent platform is one with its essential rows

sub platform {
    my ($vendor, $category) = @_;

    return '' if $category ne 'essential';

    for my $v (@vendors) {
        next if $v->{vendor} ne $vendor || $v->{platform} eq '';

        return $v->{platform};
    }

    return '';
}


sub table {
    my ($name) = @_;

    my @lines = split /\n/, slurp("$Bin/tables/$name")
        || die "$Bin/tables/$name: $!\n";
    my @columns = split /\t/, shift @lines;
    my @rows;

    for my $line (@lines) {
        my @cells = split /\t/, $line, -1;

        die "tables/$name: " . @cells . " cells in \"$line\"\n"
            if @cells != @columns;

        my %row;
        @row{@columns} = @cells;
        push @rows, \%row;
    }

    return @rows;
}


sub slurp {
    my ($path) = @_;

    open my $in, '<', $path or return undef;
    local $/;

    return scalar <$in>;
}
