
# Starting, asking and ending an nginx of one's own.

package ConsentServer;

use strict;
use warnings;

use Exporter qw(import);
use IO::Select;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);
use Time::HiRes qw(sleep time);

our @EXPORT_OK = qw(ask free_ports nginx slurp spew start stop wait_for
                    worker);

# seconds until what should have happened long ago is given up
my $patience = 60;


# Below those that the kernel gives to whoever connects: they stay free while
# nginx is down.

sub free_ports {
    my ($n) = @_;
    my %sockets;

    while (keys %sockets < $n) {
        my $port = 10_000 + int rand 20_000;
        my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1',
                                           LocalPort => $port, Listen => 1);

        $sockets{$port} = $socket if $socket;
    }

    return keys %sockets;
}


# The command line of an nginx that lives in this folder.

sub nginx {
    my ($dir, @arguments) = @_;

    return ($ENV{NGX_BIN} || '/usr/sbin/nginx', '-p', "$dir/", '-e',
            "$dir/error.log", '-c', "$dir/nginx.conf", @arguments);
}


# The master's process id, once its port answers.

sub start {
    my ($dir, $port) = @_;

    system(nginx($dir)) == 0
        or die "nginx does not start: ", slurp("$dir/error.log"), "\n";

    wait_for("nginx to answer", sub {
        -s "$dir/nginx.pid" && IO::Socket::INET->new("127.0.0.1:$port")
    });

    return slurp("$dir/nginx.pid") + 0;
}


# Ends nginx when it has answered everything.

sub stop {
    my ($master) = @_;

    kill 'QUIT', $master;
    wait_for("nginx to end", sub { !kill 0, $master });
}


sub worker {
    my ($master) = @_;

    my @workers;

    wait_for("one worker", sub {
        @workers = grep { slurp("/proc/$_/cmdline")
                          =~ /worker process[ \0]*\z/ }
                   split ' ', slurp("/proc/$master/task/$master/children");
        @workers == 1
    });

    return $workers[0];
}


# All that comes back for these bytes until the connection ends.

sub ask {
    my ($port, @pieces) = @_;

    my $socket = IO::Socket::INET->new("127.0.0.1:$port")
        or die "port $port: $!\n";
    setsockopt $socket, IPPROTO_TCP, TCP_NODELAY, 1;

    my $ready = IO::Select->new($socket);
    my $in = '';

    while (@pieces) {
        my $piece = shift @pieces;
        syswrite $socket, $piece if length $piece;
        sleep 0.003 if @pieces;
    }

    while ($ready->can_read($patience)) {
        sysread($socket, $in, 65536, length $in) or return $in;
    }

    return "$in\n(no end)\n";
}


sub wait_for {
    my ($what, $true) = @_;

    my $end = time + $patience;

    until ($true->()) {
        die "waited in vain for $what\n" if time > $end;
        sleep 0.02;
    }
}


sub slurp {
    my ($file) = @_;

    open my $fh, '<:raw', $file or return '';
    local $/;
    return <$fh> // '';
}


sub spew {
    my ($file, $bytes) = @_;

    open my $fh, '>:raw', $file or die "$file: $!\n";
    print $fh $bytes;
    close $fh or die "$file: $!\n";
}

1;
