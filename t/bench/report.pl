#!/usr/bin/perl

# What the parts found: report.pl [--markdown]
#
# A table as text, and results.json; or the README's table, written from
# results.json.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use BenchPages;
use BenchRun qw($work $root rounds read_json write_json);
use POSIX 'strftime';

my @order = qw(core nginx proxied types table memory growth);

if (($ARGV[0] // '') eq '--markdown') {
    markdown(read_json("$work/results.json"));
    exit;
}

my @parts = map { read_json("$work/parts/$_.json") }
            grep { -e "$work/parts/$_.json" } @order;

my %versions = (
    nginx => first(qw(nginx -v)), gcc => first(qw(gcc --version)),
    node => first(qw(node --version)), rustc => first(qw(rustc --version)),
    valgrind => first(qw(valgrind --version)),
    h2load => first(qw(h2load --version)),
    kernel => first(qw(uname -r)),
    commit => first('git', '-C', $root, 'rev-parse', 'HEAD'),
);

my ($cpu) = map { /^model name\s*:\s*(.*)/ ? $1 : () } lines('/proc/cpuinfo');

write_json("$work/results.json", {
    date => strftime('%Y-%m-%dT%H:%M:%SZ', gmtime),
    machine => { cpu => $cpu,
                 cores => scalar(grep { /^processor/ } lines('/proc/cpuinfo')) },
    versions => \%versions,
    rounds => rounds() + 0,
    parts => \@parts,
});

for my $part (@parts) {
    print "\n$part->{title}\n";
    my ($group, @measures) = '';

    for my $row (@{$part->{rows}}) {
        if ($row->{group} ne $group) {
            $group = $row->{group};
            @measures = measures($part, $group);
            printf "\n  %-28s%s\n", $group,
                   join '', map { sprintf '%22s', $_->{name} } @measures;
        }

        printf "    %-26s", $row->{name};

        if (defined $row->{void}) {
            print "  $row->{void}\n";
            next;
        }

        my $line = join '', map { cell($row, $_) } @measures;
        $line .= "  $row->{note}" if defined $row->{note};
        print $line =~ s/\s+$//r, "\n";
    }
}

print "\nnumbers in brackets: ratio to the group's row that has none, median of",
      " the rounds' ratios\n$work/results.json has every round\n";

# those that a row of the group has
sub measures {
    my ($part, $group) = @_;
    my @rows = grep { $_->{group} eq $group } @{$part->{rows}};

    return grep {
        my $name = $_->{name};
        grep { defined $_->{median}{$name} } @rows;
    } @{$part->{measures}};
}

sub cell {
    my ($row, $measure) = @_;
    my ($name, $format) = @$measure{qw(name format)};
    my $value = $row->{median}{$name};
    return ' ' x 22 if !defined $value;

    my $ratio = $row->{ratio}{$name};
    return sprintf '%13s%9s', sprintf($format, $value),
                   defined $ratio ? sprintf('(%.3g)', $ratio) : '';
}

# The README's table: what stands between its two marks

sub markdown {
    my ($results) = @_;
    my %row;

    for my $part (@{$results->{parts}}) {
        $row{"$part->{part} $_->{group} $_->{name}"} = $_ for @{$part->{rows}};
    }

    # value of a row: "-" where it was not run, or is void
    my $value = sub {
        my ($kind, $measure, $format, $name) = @_;
        my $of = ($row{$name} // {})->{$kind} // {};
        return defined $of->{$measure} ? sprintf($format, $of->{$measure}) : '-';
    };

    my $text = "| | our pages | real pages |\n|---|---|---|\n";

    my $pages = sub {
        my ($label, $part, $name, @what) = @_;
        $text .= "| $label | " . join(' | ', map {
            $value->(@what, "$part $_ pages $name")
        } 'generated', 'real') . " |\n";
    };

    my $one = sub {
        my ($label, @of) = @_;
        $text .= "| $label | " . $value->(@of) . " | |\n";
    };

    my @ratio = ('ratio', 'us CPU', '%.2f');
    my @bytes = ('median', 'instr a byte', '%.1f');

    $text .= "| **CPU a request, plain nginx without `sendfile` is 1** | | |\n";
    $pages->($_->[0], 'nginx', $_->[1] // $_->[0], @ratio) for
        ['this module, everything accepted', 'module, accepted'],
        ['this module, everything refused', 'module, refused'],
        ['`sub_filter`, one literal', 'sub_filter, one literal'],
        ['`sub_filter`, twenty literals', 'sub_filter, twenty'],
        ['`subs_filter`', 'subs_filter'],
        ['Lua, a compiled expression', 'Lua, compiled regex'],
        ['njs'];

    $text .= "| **instructions a byte, engines alone** | | |\n";
    $pages->($_->[0], 'core', $_->[1] // $_->[0], @bytes) for
        ['this module, tags by host', 'the core, tags alone'],
        ['this module, `conf/default.conf`', 'the core, default.conf'],
        ['lol-html, tags by host', 'lol-html'], ['gumbo, tags by host', 'gumbo'];

    my $cookies = 'proxied 820 bytes, six cookies';

    $text .= "| **CPU a request, otherwise** | | |\n";
    $one->('six cookies of which four go, plain proxy is 1', @ratio,
           "$cookies module, refused");
    $one->('the same in Lua', @ratio, "$cookies Lua");
    $one->('pages that arrive compressed, `gunzip` and `gzip` are 1', @ratio,
           'proxied pages, gzip from the upstream module, refused');

    my @instr = ('ratio', 'instr', '%.3f');

    $text .= "| **user instructions a request, plain nginx is 1** | | |\n";
    $one->($_->[0], @instr, "types instructions, $_->[1] module") for
        ['a small page, everything accepted', '/page.html accepted'],
        ['a style sheet, everything accepted', '/style.css accepted'],
        ['a style sheet, everything refused', '/style.css refused'];

    $text .= "| **the table** | | |\n";
    $one->($_->[0], 'ratio', 'ns', '%.2f', "table $_->[1] among 100000") for
        ['look-up of a URL among 100,000 rows, among 100 is 1', 'url, found'],
        ['the same of a cookie', 'cookie, found'],
        ['of a cookie that no row names', 'cookie, not found'];
    $one->('compiling 100,000 rows, milliseconds', 'median', 'ms', '%.0f',
           'table cookies and urls 100000 rows');
    $one->('memory of them, MB', 'median', 'MB', '%.1f',
           'table cookies and urls 100000 rows');

    my $file = "$root/README.md";
    my $readme = BenchPages::slurp($file);

    $readme =~ s/(<!-- bench -->\n).*?(<!-- bench ends -->\n)/$1$text$2/s
        or die "$file: no marks of the table\n";

    BenchPages::spew($file, $readme);
}

sub lines {
    my ($file) = @_;
    open my $fh, '<', $file or return;
    my @lines = <$fh>;
    chomp @lines;
    return @lines;
}

sub first {
    my @command = @_;
    my $text = qx{@command 2>&1 | head -n 1};
    chomp $text;
    return $text;
}
