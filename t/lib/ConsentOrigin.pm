
# An origin that writes down what it receives, byte for byte: HTTP on one port,
# FastCGI on another (without its framing, where bodies are cut by chance).  What it answers is in the last part of the path.

package ConsentOrigin;

use strict;
use warnings;

use Compress::Zlib ();
use Exporter qw(import);
use Fcntl qw(:flock);
use IO::Socket::INET;

our @EXPORT_OK = qw(origin page);

my $page = <<'END';
<!DOCTYPE html>
<html><head><title>Page</title>
<link rel="preload" as="script" href="https://stats.test/s.js">
<script src="https://stats.test/s.js"></script>
<script>var statsQueue = [];</script>
</head><body><!--#echo var="arg_x" -->
<img src="https://ads.test/pixel.gif"><p>Text</p>
</body></html>
END

my $modified = 'Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT';
my $tag = 'ETag: "origin-1"';
my $html = 'Content-Type: text/html; charset=utf-8';

my @cookies = ('Set-Cookie: ad=1; Path=/; Max-Age=600',
               'Set-Cookie: session=2; Path=/; HttpOnly',
               'set-cookie: stat-x=3');

# name => [status, headers, body]; a body that is a list is sent in chunks

my %answers = (
    html    => ['200 OK', [$html, $tag, $modified, @cookies,
                           'Vary: Accept-Language', 'Accept-CH: DPR',
                           'Link: <https://ads.test/a.js>; rel=preload'],
                $page],
    plain   => ['200 OK', ['Content-Type: text/plain', $tag], "plain\n"],
    none    => ['200 OK', [], $page],
    chunked => ['200 OK', [$html, @cookies],
                [substr($page, 0, 120), substr($page, 120)]],
    gzip    => ['200 OK', [$html, $tag, 'Content-Encoding: gzip',
                           'Vary: Accept-Encoding'],
                Compress::Zlib::memGzip($page)],
    big     => ['200 OK', [$html, $modified], $page x 800],
    nostore => ['200 OK', [$html, 'Cache-Control: no-store'], $page],
    twice   => ['200 OK', [$html, 'Cache-Control: public',
                           'Cache-Control: max-age=60', 'Vary: A',
                           'Vary: B', 'X-Content-Type-Options: nosniff'],
                $page],
    fresh   => ['200 OK', [$html, $tag, $modified,
                           'Cache-Control: max-age=1'], $page],
    empty   => ['204 No Content', [@cookies], ''],
    moved   => ['302 Found', ['Location: /plain', @cookies], ''],
    auth    => ['401 Unauthorized', ['WWW-Authenticate: Basic realm="x"',
                                     $html], $page],
    missing => ['404 Not Found', [$html, @cookies], $page],
    broken  => ['500 Internal Server Error', [$html], $page],
    accel   => ['200 OK', ['X-Accel-Redirect: /internal/page.html', @cookies,
                           $html], $page],
    named   => ['200 OK', ['X-Accel-Redirect: @plain', @cookies], ''],
    buffer  => ['200 OK', [$html, 'X-Accel-Buffering: no',
                           'X-Accel-Expires: 0'], $page],
    slice   => ['206 Partial Content', ['Content-Type: text/html', $tag,
                                        'Content-Range: bytes 0-99/100'],
                substr($page, 0, 100)],
);


sub page { return $page }


# Serves until it is killed; returns its process ids.

sub origin {
    my ($http, $fastcgi, $record) = @_;

    return (listener($http, sub { serve_http($_[0], $record) }),
            listener($fastcgi, sub { serve_fastcgi($_[0], $record) }));
}


sub listener {
    my ($port, $serve) = @_;

    my $listen = IO::Socket::INET->new(
        LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 64,
        ReuseAddr => 1) or die "port $port: $!\n";

    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;

    $SIG{TERM} = 'DEFAULT';
    $SIG{CHLD} = 'IGNORE';

    while (1) {
        my $socket = $listen->accept or next;
        my $child = fork // next;

        if ($child == 0) {
            close $listen;
            $serve->($socket);
            exit 0;
        }
    }
}


sub serve_http {
    my ($socket, $record) = @_;
    my $in = '';

    while (1) {
        my $end;

        while (($end = index $in, "\r\n\r\n") < 0) {
            sysread($socket, $in, 65536, length $in) or return;
        }

        my ($head, $rest) = unpack sprintf('a%d a*', $end + 4), $in;
        my ($length) = $head =~ /^content-length: *(\d+)/im;
        $length //= 0;

        while (length $rest < $length) {
            sysread($socket, $rest, 65536, length $rest) or last;
        }

        my $body = substr($rest, 0, $length, '');
        $in = $rest;

        note($record, $head . $body);

        my ($method, $name) = $head =~ m{^(\S+) [^ ?]*?/?([a-z]*)[ ?]};
        answer($socket, $method, $name // '', $head);

        return if $head =~ m{^connection: *close}im
                  || $head !~ m{ HTTP/1\.1\r};
    }
}


sub answer {
    my ($socket, $method, $name, $head) = @_;

    my ($status, $headers, $body) = @{$answers{$name} // $answers{plain}};
    my @headers = @$headers;

    if ($status =~ /^200/ && $head =~ /^if-none-match: *"origin-1"/im) {
        ($status, $body) = ('304 Not Modified', '');
        @headers = grep { !/^content/i } @headers;
    }

    if (ref $body) {
        $body = join '', map(sprintf("%x\r\n%s\r\n", length, $_), @$body, '');
        push @headers, 'Transfer-Encoding: chunked';

    } elsif ($status !~ /^(204|304)/) {
        push @headers, 'Content-Length: ' . length $body;
    }

    $body = '' if $method eq 'HEAD';

    print_all($socket, join("\r\n", "HTTP/1.1 $status", 'Server: origin',
                            @headers, '', '') . $body);
}


# One request a connection, as nginx asks without fastcgi_keep_conn.

sub serve_fastcgi {
    my ($socket, $record) = @_;
    my ($in, $params, $posted, $ended) = ('', '', '', 0);

    until ($ended) {
        while (length $in < 8 || length $in < size($in)) {
            sysread($socket, $in, 65536, length $in) or return;
        }

        my $whole = substr($in, 0, size($in), '');
        my (undef, $type, undef, $length) = unpack 'CCnn', $whole;

        $params .= substr($whole, 8, $length) if $type == 4;
        $posted .= substr($whole, 8, $length) if $type == 5;
        $ended = ($type == 5 && $length == 0);
    }

    note($record, "$params\n$posted");

    my ($name) = $params =~ m{SCRIPT_NAME/fcgi/([a-z]+)};
    my ($status, $headers, $body) = @{$answers{$name // ''}
                                      // $answers{plain}};

    my $out = join("\r\n", "Status: $status", @$headers, '', '')
              . (ref $body ? join '', @$body : $body);
    my $answer = '';

    while ($out =~ /\G(.{1,8000})/sg) {
        $answer .= pack('CCnnCC', 1, 6, 1, length $1, 0, 0) . $1;
    }

    print_all($socket, $answer . pack('CCnnCC', 1, 6, 1, 0, 0, 0)
                       . pack('CCnnCC', 1, 3, 1, 8, 0, 0) . "\0" x 8);
}


sub size {
    my ($length, $padding) = (unpack 'CCnnC', $_[0])[3, 4];

    return 8 + $length + $padding;
}


sub note {
    my ($record, $bytes) = @_;

    open my $fh, '>>:raw', $record or die "$record: $!\n";
    flock $fh, LOCK_EX;
    syswrite $fh, pack('N', length $bytes) . $bytes;
    close $fh;
}


sub print_all {
    my ($socket, $bytes) = @_;

    while (length $bytes) {
        my $n = syswrite $socket, $bytes or return;
        substr($bytes, 0, $n, '');
    }
}

1;
