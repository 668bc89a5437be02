#!/usr/bin/perl

# Responses that are no pages: CPU of the worker; and instructions a request, as
# requests.sh counts them.

use strict;
use warnings;

use File::Path qw(make_path);
use FindBin;
use lib "$FindBin::Bin/lib";
use BenchNginx qw(server fetch choice table_conf peer_load port);
use BenchPages qw(spew);
use BenchRun qw($work $root rounds interleave part);

my $module = $ENV{MODULE} || "$root/objs/ngx_http_consent_module.so";
my $html = "$work/types";

make_path($html);

my %files = (
    '/style.css' => '.a{color:#123456}' x 480,
    '/app.js' => "f(1);\n" x 8000,
    '/data.json' => '{"a":1}' . ' ' x 2000,
    '/image.png' => "\0" x 40_000,
);

spew("$html$_", $files{$_}) for keys %files;

my @out;

if (system 'command -v h2load >/dev/null') {
    print "types: not run: CPU: no h2load\n";
} else {
    my $plain = server('types-plain', server => "root $html;");
    my $on = server('types-on', main => "load_module $module;",
                    http => table_conf(),
                    server => "consent site; root $html;");

    for my $path (sort keys %files) {
        my @pairs;

        for my $run (['plain', $plain], ['module, accepted', $on,
                                         choice('performance+advertising')],
                     ['module, refused', $on, choice('-')])
        {
            my ($name, $server, @headers) = @$run;
            my $row = { group => $path, name => $name };
            push @out, $row;
            $row->{base} = 1 if $name eq 'plain';

            my ($head, $body) = fetch($server, $path, @headers);

            if ($body ne $files{$path}) {
                $row->{void} = 'void: other bytes';
                next;
            }

            push @pairs, [$row, peer_load($server, [$path], @headers)];
        }

        interleave(rounds(), @pairs);
    }
}

push @out, counted();

part('types', 'What is no page, and what is accepted',
     [['us CPU', '%.2f'], ['requests/s', '%.0f'], ['instr', '%.0f']], @out);

# A head: request, choice, what was counted; and lines of it, "-" where it was not

sub counted {
    my (@rows, @names);

    my %label = (plain => 'plain', off => 'module loaded, off', on => 'module',
                 report => 'module, report mode');

    # it takes some ports
    BenchNginx::stop_all();
    local $ENV{PORT} = (map { port() } 1 .. 10)[0];

    open my $pipe, '-|', "$FindBin::Bin/requests.sh", $module
        or die "requests.sh: $!\n";

    while (my $line = <$pipe>) {
        my ($path, $choice, @counts) = split ' ', $line;

        if ($line =~ /not run/) {
            print $line;
        } elsif ($line =~ /^request/) {
            @names = @counts;
        }

        next if $path !~ /^\//;

        for my $i (0 .. $#counts) {
            my $name = $label{$names[$i]} or next;
            next if $counts[$i] !~ /^\d+$/;

            push @rows, { group => "instructions, $path $choice",
                          name => $name, base => $name eq 'plain',
                          rounds => { instr => [$counts[$i] + 0] } };
        }
    }

    close $pipe or die "requests.sh failed\n";

    return @rows;
}
