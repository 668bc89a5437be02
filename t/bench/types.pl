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

# A line: path, choice, instructions of plain, off and on, ratio

sub counted {
    my @rows;

    # it takes four ports
    BenchNginx::stop_all();
    local $ENV{PORT} = (map { port() } 1 .. 4)[0];

    open my $pipe, '-|', "$FindBin::Bin/requests.sh", $module
        or die "requests.sh: $!\n";

    while (my $line = <$pipe>) {
        if ($line =~ /not run/) {
            print $line;
            next;
        }

        my ($path, $choice, @counts) = split ' ', $line;
        next if $path !~ /^\// || grep { !/^[\d.]+$/ } @counts;

        my $group = "instructions, $path $choice";

        push @rows, map {
            { group => $group, name => $_->[0], base => $_->[0] eq 'plain',
              rounds => { instr => [$_->[1] + 0] } }
        } ['plain', $counts[0]], ['module loaded, off', $counts[1]],
          ['module', $counts[2]];
    }

    close $pipe or die "requests.sh failed\n";

    return @rows;
}
