#!/usr/bin/perl

# The core alone, and engines that do the same outside nginx: pages in chunks of
# 16 KiB, CPU time in interleaved rounds, and instructions by callgrind.

use strict;
use warnings;

use File::Path qw(make_path remove_tree);
use FindBin;
use lib "$FindBin::Bin/lib", "$FindBin::Bin/../lib";
use BenchPages qw(files slurp spew removed);
use BenchRun qw($work $root rounds peer why interleave part page_set command);
use BenchTable qw(table_rows table_hosts);
use ConsentPages qw(undo);

my @rows = table_rows("$root/conf/default.conf");
my @hosts = table_hosts(@rows);
my %hosts = map { $_ => 1 } @hosts;

spew("$work/rows.tsv", join '', map { join("\t", @$_) . "\n" } @rows);
spew("$work/hosts.tsv",
     join '', map { "hosts\t-\turl\tadvertising\t$_\n" } @hosts);
spew("$work/hosts.txt", join '', map { "$_\n" } @hosts);

my @cc = qw(gcc -O2 -g -Wall -Wextra -Werror -Wno-unused-parameter);

chdir $root or die "$root: $!\n";
command(@cc, qw(-DNGX_CONSENT_SHIM -It/unit -Isrc -o), "$work/consent",
        't/bench/core/consent.c', 't/unit/ngx_shim.c',
        glob('src/ngx_consent_*.c'), '-lpcre2-8');
command(@cc, '-o', "$work/scan", 't/bench/core/scan.c');

my $valgrind = !system 'command -v valgrind >/dev/null';
print "core: not run: instructions: no valgrind\n" if !$valgrind;

# name, what is run, the file's argument, how it is checked, pages that
# callgrind sees (0: all)
my @engines = (
    ['look for "<", no more', ["$work/scan", 'none'], '', 0],
    ['the core, tags alone', ["$work/consent", '-r', "$work/hosts.tsv"],
     'removed', 0],
    ['the core, default.conf', ["$work/consent", "$work/rows.tsv"], 'undone',
     0],
    ['lol-html', engine('lolhtml', 'lolhtml/target/release/lolhtml'), 'removed',
     0],
    ['lol-html, WebAssembly',
     engine('lolhtml_npm', 'npm/node_modules/lol-html/lol_html.js'), 'removed',
     undef],
    ['gumbo', gumbo(), 'removed', 4],
);

my (@out, %removed);

for my $set (page_set()) {
    my ($name, $folder) = @$set;
    my @files = files($folder);
    my ($bytes, @pairs) = (0);
    $bytes += -s for @files;

    for my $engine (@engines) {
        my ($label, $run, $check, $some) = @$engine;
        my $row = { group => "$name pages", name => $label };
        push @out, $row;
        $row->{base} = 1 if $label =~ /tags alone/;

        if (!ref $run) {
            $row->{void} = "not run: $run";
            next;
        }

        verify($row, $name, $run, $check, @files) if $check;
        next if defined $row->{void};

        if ($valgrind && defined $some) {
            my @seen = @files[0 .. ($some || @files) - 1];
            my $seen = 0;
            $seen += -s for @seen;
            push @{$row->{rounds}{'instr a byte'}},
                 instructions($run, @seen) / $seen;
        }

        push @pairs, [$row, sub {
            return ('MB/s' => $bytes / seconds($run, @files) / 1e6);
        }];
    }

    interleave(rounds(), @pairs);
}

push @out, small() if $valgrind;

part('core', 'The core alone, chunks of 16 KiB',
     [['MB/s', '%.0f'], ['instr a byte', '%.2f'], ['instr', '%.0f']], @out);

sub engine {
    my ($peer, $file) = @_;
    my $path = peer($peer, $file) or return why($peer);

    return $path =~ /\.js$/
           ? ['node', "$FindBin::Bin/core/lolhtml.js", $path, "$work/hosts.txt"]
           : [$path, "$work/hosts.txt"];
}

sub gumbo {
    my $header = peer('gumbo', 'root/usr/include/gumbo.h')
        or return why('gumbo');
    my ($lib) = glob "$work/peers/root/usr/lib/*/libgumbo.a";

    return 'no libgumbo.a' if !$lib;
    command(@cc, "-I$work/peers/root/usr/include", '-o', "$work/gumbo",
            't/bench/core/gumbo.c', $lib);

    return ["$work/gumbo", "$work/hosts.txt"];
}

# options go before the last argument, which is the list of rows
sub call {
    my ($run, @options) = @_;
    return (@$run[0 .. $#$run - 1], @options, $run->[-1]);
}

# the last of three passes; what is compiled while it runs is then
sub seconds {
    my ($run, @files) = @_;
    open my $pipe, '-|', call($run, '-n', 3), @files or die "$run->[0]: $!\n";
    my @lines = <$pipe>;
    close $pipe or die "$run->[0] failed\n";
    return (split ' ', $lines[-1])[1];
}

sub instructions {
    my ($run, @files) = @_;
    return counted($run, 2, @files) - counted($run, 1, @files);
}

sub counted {
    my ($run, $passes, @files) = @_;
    my @command = (qw(valgrind --tool=callgrind --callgrind-out-file=/dev/null),
                   "--log-file=$work/callgrind.log",
                   call($run, '-n', $passes), @files);

    open my $pipe, '-|', @command or die "valgrind: $!\n";
    my @lines = <$pipe>;
    close $pipe or die "failed: valgrind @$run\n";

    return slurp("$work/callgrind.log") =~ /Collected : (\d+)/ ? $1
           : die "callgrind says nothing of $run->[0]\n";
}

# Whether it was done: of our own pages, whose markup is plain, byte for byte; of
# others as far as expressions find the tags, which is told.

sub verify {
    my ($row, $set, $run, $check, @files) = @_;
    my $folder = "$work/out";

    remove_tree($folder);
    make_path($folder);
    command(call($run, '-o', $folder), @files);

    my ($same, $tags) = (0, 0);

    for my $i (0 .. $#files) {
        my $origin = slurp($files[$i]);
        my $page = slurp("$folder/$i");

        if ($check eq 'removed') {
            my ($want, $n) = @{$removed{$files[$i]}
                               //= [removed($origin, \%hosts)]};
            $tags += $n;
            $same++ if $page eq $want;
        } else {
            $tags += () = $page =~ / data-consent="/g;
            $page =~ s/<script data-consent-stub="".*?<\/script>//gsi;
            $same++ if (undo($origin, $page))[0] eq $origin;
        }
    }

    $row->{note} = "$tags tags; " . ($same == @files ? 'all pages as expected'
                                     : "$same of " . @files
                                       . ' pages as expected');

    $row->{void} = "void: $row->{note}"
        if $tags == 0 || ($set eq 'generated' && $same != @files);
}

# What a page costs whatever is in it, and what the shortest markup does

sub small {
    my @rows;
    my %files = (one => 'x', b1 => '<b>x</b>' x 1000, b2 => '<b>x</b>' x 2000);

    spew("$work/$_.html", $files{$_}) for keys %files;

    for my $engine (@engines) {
        my ($label, $run, undef, $some) = @$engine;
        next if !ref $run || !defined $some || $label eq 'gumbo';

        my ($b1, $b2)
            = map { instructions($run, "$work/$_.html") } qw(b1 b2);
        my ($one, $more) = map { instructions($run, ("$work/one.html") x $_) }
                           1, 101;

        push @rows, { group => 'a page of one byte', name => $label,
                      base => $label =~ /tags alone/ ? 1 : 0,
                      rounds => { instr => [($more - $one) / 100] } },
                    { group => '<b>x</b>', name => $label,
                      base => $label =~ /tags alone/ ? 1 : 0,
                      rounds => { 'instr a byte' => [($b2 - $b1) / 8000] } };
    }

    return sort { $a->{group} cmp $b->{group} } @rows;
}
