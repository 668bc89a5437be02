# A backend that tells what it was asked for, and more ways to ask than
# Test::Nginx has.
#
#     --- asked      what the backend was asked for, in all: "GET /x" lines
#     --- decided    what logs/decided.log has, in all
#     --- files      how many files the cache has
#     --- talk       pieces that are sent over one connection, as they are
#     --- heard      statuses of all that is answered to them
#     --- talk2      arguments of http2.mjs, which asks over HTTP/2
#     --- heard2     what it prints

package ConsentBackend;

use strict;
use warnings;

use Exporter qw(import);
use File::Find ();
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;
use Socket qw(SOCK_STREAM);
use Test::More ();
use Test::Nginx::Socket;
use Test::Nginx::Util;
use Time::HiRes qw(sleep time);

use ConsentNginx;

our @EXPORT = qw($Backend $Proxy backend fastcgi);

$ENV{TEST_NGINX_HTML_DIR} = html_dir();

# seconds that anything may take
my $Patience = 60;

our $Backend = backend(<<'END');
location / {
    return 200 "asked for $request_uri";
}
END

our $Proxy = 'proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:;';


add_response_body_check(sub {
    my ($block, $body, $req_idx, $repeated, $dry_run) = @_;

    my $request = $block->request;

    return if $dry_run || (ref $request && $req_idx < $#$request);

    my $name = $block->name;

    if (defined $block->talk) {
        my $heard = $block->heard;
        $heard =~ s/\s+\z//;
        Test::More::is(talk($block->talk), $heard, "$name - talk");
    }

    if (defined $block->talk2) {
        my $heard = $block->heard2;
        $heard =~ s/\s+\z//;
        Test::More::is(talk2(split " ", $block->talk2), $heard,
                       "$name - talk2");
    }

    for my $log (grep defined $block->$_, qw(asked decided)) {
        my $expected = $block->$log;
        $expected =~ s/\s*\z/\n/ if $expected =~ /\S/;
        $expected =~ s/\A\s+\z//;

        Test::More::is(logged($log, $expected), $expected, "$name - $log");
    }

    if (defined $block->files) {
        Test::More::is(files(), $block->files + 0, "$name - files in cache");
    }
});


# The backend's server block, with these locations.

sub backend {
    my ($locations) = @_;

    return <<"END";
log_format asked "\$request_method \$request_uri";

server {
    listen unix:\$TEST_NGINX_HTML_DIR/back.sock;
    access_log logs/asked.log asked;
    default_type text/html;

    $locations
}
END
}


# What a log has.  A line is written a little after the answer.

sub logged {
    my ($name, $expected) = @_;
    my $end = time() + $Patience;
    my $lines;

    do {
        sleep 0.05;
        open my $log, '<', "$ServRoot/logs/$name.log" or return "no log";
        local $/;
        $lines = <$log> // "";
    } while (length $lines < length $expected && time() < $end);

    return $lines;
}


sub files {
    my $n = 0;

    File::Find::find(sub { $n++ if -f && /\A[0-9a-f]{32}\z/ },
                     "$ServRoot/pages_cache");
    return $n;
}


sub talk {
    my ($pieces) = @_;

    my $socket = IO::Socket::INET->new(PeerAddr => "127.0.0.1",
                                       PeerPort => server_port(),
                                       Proto => "tcp")
        or return "no connection";

    $socket->autoflush(1);
    local $SIG{PIPE} = 'IGNORE';

    for my $piece (ref $pieces ? @$pieces : $pieces) {
        print $socket $piece;
        sleep 0.05;
    }

    my $answer = "";
    my $select = IO::Select->new($socket);

    while ($select->can_read($Patience)) {
        sysread $socket, $answer, 65536, length $answer or last;
    }

    return join " ", $answer =~ /^HTTP\/1\.1 (\d+)/mg;
}


sub talk2 {
    open my $out, '-|', "node", "t/lib/http2.mjs",
        "http://127.0.0.1:" . server_port(), @_ or return "no node";

    my $heard = join "", <$out>;
    close $out;

    $heard =~ s/\s+\z//;

    return $heard;
}


# A FastCGI server on a port of its own, for the test's life; it answers with
# these headers and "answer N", and says on $FastCGI::asked how often it did.
# Returns the address.

my $fastcgi;

sub fastcgi {
    my ($headers) = @_;

    my $listen = IO::Socket::INET->new(LocalAddr => "127.0.0.1",
                                       Listen => 5, ReuseAddr => 1)
        or die "no socket: $!";

    $fastcgi = fork() // die "no process: $!";

    if ($fastcgi == 0) {
        my $n = 0;

        while (my $client = $listen->accept()) {
            fastcgi_answer($client, $headers, ++$n);
        }

        exit;
    }

    return "127.0.0.1:" . $listen->sockport();
}


sub fastcgi_answer {
    my ($client, $headers, $n) = @_;

    # FCGI_STDIN is 5: an empty one ends the request
    for ( ;; ) {
        read($client, my $header, 8) == 8 or return;
        my (undef, $type, undef, $length, $padding) = unpack "CCnnC", $header;
        read $client, my $content, $length + $padding;
        last if $type == 5 && $length == 0;
    }

    my $out = "$headers\r\n\r\nanswer $n";

    print $client pack("CCnnCC", 1, 6, 1, length $out, 0, 0), $out,
        pack("CCnnCC", 1, 6, 1, 0, 0, 0),
        pack("CCnnCC", 1, 3, 1, 8, 0, 0), pack("NCC3", 0, 0, 0, 0, 0);
    close $client;
}


END {
    my $status = $?;
    kill 'KILL', $fastcgi if $fastcgi;
    $? = $status;
}


1;
