# What no HTTP client shows: headers that make nginx push over HTTP/2, and those
# of a 103.  Which of both there is depends on nginx's version.

use strict;
use warnings;
use lib 't/lib';

use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::INET;
use Test::More;

use ConsentNginx;

my $nginx = $ENV{TEST_NGINX_BINARY} // "nginx";
my $version = `$nginx -v 2>&1`;
my ($minor) = $version =~ m{nginx/1\.(\d+)} or die "nginx -v: $version";
my ($patch) = $version =~ m{nginx/1\.\d+\.(\d+)};

my %accepted = (refused => "x=1", accepted => choice("advertising"));

my $link = "</a.css>; rel=preload; as=style";
my $refused = "<https://ads.test/a.js>; rel=preload; as=script";

my $backend;                            # the present one's process
my $server;                             # nginx's


# HTTP/2 push: 1.13.9 to 1.25.0

SKIP: {
    skip "no HTTP/2 push in $version", 3
        if $minor > 25 || $minor == 25 && $patch > 0;

    start("http2_push_preload on;", " http2", <<'END');
location /t {
    consent site;
    add_header Link "</pixel>; rel=preload";
    add_header Link "</a.css>; rel=preload";
    default_type text/plain;
    return 200 x;
}
location /row {
    consent rows;
    add_header Link "</b.css>; rel=preload";
    default_type text/plain;
    return 200 x;
}
location / { default_type text/plain; return 200 x; }
END

    is(pushed("/t", $accepted{accepted}), 2, "what is accepted is pushed");
    is(pushed("/t", $accepted{refused}), 1, "what is refused is not");
    is(pushed("/row", $accepted{refused}), 0, "nor what a header row refuses");

    stop();
}


# 103: from 1.29.0

SKIP: {
    skip "no 103 Early Hints in $version", 9 if $minor < 29;

    my $upstream = backend(
        "HTTP/1.1 103 Early Hints\r\n"
        . "Link: $link, $refused\r\nLink: <https://ads.test>; rel=preconnect\r\n"
        . "Accept-CH: Sec-CH-UA-Model\r\nX-Other: 1\r\n\r\n"
        . "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n"
        . "Link: $link, $refused\r\n\r\nok");

    start("", "", <<"END");
early_hints 1;
location /t { consent site; proxy_http_version 1.1; proxy_pass $upstream; }
location /report { consent site; consent_mode report; proxy_http_version 1.1; proxy_pass $upstream; }
location /off { proxy_http_version 1.1; proxy_pass $upstream; }
END

    my ($hints, $answer) = hints("/t", $accepted{refused});

    is(join("|", $hints =~ /^Link: (.*)\r$/mg), $link,
       "a 103 has the links that are left");
    unlike($hints, qr/Accept-CH/, "a header row holds in a 103");
    like($hints, qr/^X-Other: 1\r$/m, "what is not concerned stays");
    like($answer, qr/^Link: \Q$link\E\r$/m, "the response has them, too");

    ($hints) = hints("/t", choice("performance+advertising+sharing"));
    is(join("|", $hints =~ /^Link: (.*)\r$/mg),
       "$link, $refused|<https://ads.test>; rel=preconnect",
       "a 103 for who has accepted everything");
    like($hints, qr/^Accept-CH: Sec-CH-UA-Model\r$/m, "with all its headers");

    for my $where ("/report", "/off") {
        ($hints) = hints($where, $accepted{refused});
        is(join("|", $hints =~ /^Link: (.*)\r$/mg),
           "$link, $refused|<https://ads.test>; rel=preconnect",
           "a 103 is untouched at $where");
    }

    ($hints, $answer) = hints("/t", $accepted{refused});
    like($answer, qr/^ok\r?$/m, "the body comes after it");

    stop();
}

done_testing();


# The headers of the 103, and all that follows.

sub hints {
    my ($path, $cookie) = @_;

    my $socket = client();
    print $socket "GET $path HTTP/1.1\r\nHost: site.test\r\n"
                  . "Cookie: $cookie\r\nConnection: close\r\n\r\n";

    my $all = join("", <$socket>);

    return $all =~ /\A(HTTP\/1\.1 103 .*?\r\n\r\n)(.*)\z/s ? ($1, $2)
                                                           : ("", $all);
}


# How many resources nginx promises to push (RFC 7540, 6.6).

sub pushed {
    my ($path, $cookie) = @_;

    my $socket = client();

    # :method GET, :scheme http, :path, :authority, cookie (RFC 7541, A)

    my $headers = "\x82\x86" . literal("\x04", $path)
                  . literal("\x01", "site.test")
                  . literal("\x0f\x11", $cookie);

    print $socket "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" . frame(4, 0, 0, "")
                  . frame(1, 5, 1, $headers);

    my $promises = 0;

    # until the end of stream 1

    while (defined(my $head = take($socket, 9))) {
        my ($high, $low, $type, $flags, $stream) = unpack("CnCCN", $head);
        take($socket, $high * 65536 + $low);

        $promises++ if $type == 5;
        return $promises if $stream == 1 && $type != 5 && ($flags & 1);
    }

    return "a connection that was closed";
}

sub literal { return "$_[0]" . chr(length($_[1])) . $_[1] }

sub frame {
    my ($type, $flags, $stream, $payload) = @_;

    return pack("CnCCN", 0, length($payload), $type, $flags, $stream)
           . $payload;
}

sub take {
    my ($socket, $length) = @_;
    my $data = "";

    while (length($data) < $length) {
        IO::Select->new($socket)->can_read(60) or return undef;
        sysread($socket, $data, $length - length($data), length($data))
            or return undef;
    }

    return $data;
}


# An answer for every connection, word for word.

sub backend {
    my $answer = shift;

    my $listen = listen_any();

    $backend = fork() // die "fork: $!";

    if ($backend == 0) {
        while (my $socket = $listen->accept()) {
            while (defined(my $line = <$socket>)) {
                last if $line eq "\r\n";
            }
            print $socket $answer;
            close $socket;
        }
        exec "true";                    # without Test::More's end
    }

    return "http://127.0.0.1:" . $listen->sockport();
}


sub start {
    my ($http, $listen, $config) = @_;

    my $root = tempdir(CLEANUP => 1);
    chmod 0755, $root;
    mkdir "$root/logs";

    my $modules = join("", map("load_module $_;\n",
                               split " ", $ENV{TEST_NGINX_LOAD_MODULES}));

    # another may take the port before nginx does

    for my $attempt (1 .. 5) {
        my $probe = listen_any();
        my $port = $probe->sockport();
        close $probe;

        my $rows = $Table =~ s/consent_table site/consent_table rows/r
                          =~ s/header Accept-CH/header Link/r;

        open my $file, ">", "$root/nginx.conf" or die "nginx.conf: $!";
        print $file <<"END";
daemon off;
master_process off;
error_log $root/logs/error.log;
pid $root/nginx.pid;
$modules
events { }
http {
    access_log off;
    client_body_temp_path $root/body;
    proxy_temp_path $root/proxy;
    fastcgi_temp_path $root/fastcgi;
    uwsgi_temp_path $root/uwsgi;
    scgi_temp_path $root/scgi;
    $Table
    $rows
    $http
    server {
        listen 127.0.0.1:$port$listen;
        server_name site.test;
        $config
    }
}
END
        close $file;

        my $pid = fork() // die "fork: $!";

        if ($pid == 0) {
            open STDERR, ">", "/dev/null";
            exec $nginx, "-p", $root, "-c", "$root/nginx.conf"
                or kill "KILL", $$;
        }

        $server = { pid => $pid, port => $port };

        for (1 .. 1200) {
            return if IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port");
            select undef, undef, undef, 0.05;
        }

        stop();
    }

    die "nginx does not start: " . `cat $root/logs/error.log`;
}


sub stop {
    for my $pid ($server ? $server->{pid} : (), $backend // ()) {
        kill "TERM", $pid;
        waitpid $pid, 0;
    }

    undef $server;
    undef $backend;
}


sub client {
    return IO::Socket::INET->new(PeerAddr => "127.0.0.1:$server->{port}",
                                 Timeout => 10)
           // die "connect: $!";
}


sub listen_any {
    return IO::Socket::INET->new(LocalAddr => "127.0.0.1:0", Listen => 8)
           // die "listen: $!";
}


END { my $status = $?; stop(); $? = $status }
