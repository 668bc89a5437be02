# Every protocol that nginx speaks to a backend: refused cookies and encodings
# stay behind, the page is read.

use strict;
use warnings;
use lib 't/lib';

use ConsentHttp;
use Test::More;

# directives of some versions only

sub since {
    my ($version, $directives) = @_;

    return version() >= $version ? $directives : '';
}

my $New = since(1029000, 'location /hints { early_hints 1;'
                         . ' proxy_pass http://BACKEND; }')
          . since(1027002, 'location /trailers { proxy_pass_trailers on;'
                           . ' proxy_pass http://BACKEND; }');

begin(config => <<'END' . $New,
consent site;
proxy_http_version 1.1;
location /proxy { proxy_pass http://BACKEND; }
location /fastcgi {
    fastcgi_param HTTP_METHOD $request_method;
    fastcgi_pass BACKEND;
}
location /scgi { scgi_param REQUEST_METHOD $request_method; scgi_pass BACKEND; }
location /uwsgi {
    uwsgi_param REQUEST_METHOD $request_method;
    uwsgi_pass BACKEND;
}
location /memcached {
    set $memcached_key $uri;
    memcached_pass BACKEND;
}
location /grpc { grpc_pass grpc://127.0.0.1:SECOND; }
location /mirrored { mirror /mirror; proxy_pass http://BACKEND; }
location = /mirror { internal; proxy_pass http://BACKEND; }
location /cached {
    proxy_cache c;
    proxy_cache_valid 1m;
    add_header X-Cache $upstream_cache_status;
    proxy_pass http://BACKEND;
}
END
      http => <<'END',
proxy_cache_path ROOT/temp/cache keys_zone=c:1m;
log_format seen '[$http_cookie][$http_accept_encoding]';
server {
    listen 127.0.0.1:SECOND http2;
    root ROOT/html;
    access_log logs/error.log seen;
}
END
      files => { 'grpc' => $Sent });

my $Asked = refused() . "Cookie: ad=1; session=2\r\nAccept-Encoding: gzip\r\n"
            . "Connection: close\r\n";

my $Cgi = "Content-Type: text/html\r\nSet-Cookie: ad=1\r\n"
          . "Set-Cookie: session=1\r\n\r\n";


# A record of FastCGI.

sub record {
    my ($type, $content) = @_;

    return pack('CCnnCC', 1, $type, 1, length $content, 0, 0) . $content;
}


# [protocol, the end of its request, the parts of an answer]

my @Protocols = (
    ['proxy', qr/\r\n\r\n\z/,
     "HTTP/1.1 200 OK\r\nConnection: close\r\n$Cgi<p>x</p>",
     '<img src="//ads.test/p">'],
    ['fastcgi', qr/\x01\x05\0\x01\0\0.\0\z/s,
     record(6, "$Cgi<p>x</p>"),
     record(6, '<img src="//ads.') . record(6, 'test/p">') . record(6, '')
     . record(3, "\0" x 8)],
    ['scgi', qr/,\z/, "Status: 200 OK\r\n$Cgi<p>x</p>",
     '<img src="//ads.test/p">'],
    ['uwsgi', qr/REQUEST_METHOD\x03\0GET/, "HTTP/1.1 200 OK\r\n$Cgi<p>x</p>",
     '<img src="//ads.test/p">'],
    ['memcached', qr/\r\n\z/,
     "VALUE /memcached 0 " . length($Sent) . "\r\n<p>x</p>",
     "<img src=\"//ads.test/p\">\r\nEND\r\n"],
);

for my $it (@Protocols) {
    my ($name, $end, @parts) = @$it;
    my $client = client();

    ask($client, "GET /$name HTTP/1.1\r\n$Asked\r\n");

    my $backend = backend(raw => 1);
    my $request = took($backend, $end);

    if ($name ne 'memcached') {
        like($request, qr/session=2/, "$name: an accepted cookie");
        unlike($request, qr/\bad=1/, "$name: no refused one");
        unlike($request, qr/gzip/, "$name: no encoding is asked for");
    }

    print $backend $_ for @parts;
    close $backend;

    my $r = response($client);

    is($r->{status}, 200, "$name: status");
    is($r->{body}, $Page, "$name: the page is read");
    is(header($r, 'Set-Cookie'), 'session=1', "$name: its cookies are judged")
        if $name ne 'memcached';
}

{
    my $r = get('/grpc', headers => $Asked);
    is($r->{body}, $Page, 'grpc: the page is read');
    like(logged(), qr/^\[session=2\]\[-?\]$/m,
         'grpc: no refused cookie, no encoding');
}


# a mirror sees no more than the backend

{
    my $client = client();
    ask($client, "GET /mirrored HTTP/1.1\r\n$Asked\r\n");

    for my $n (1, 2) {
        my ($backend, $request) = backend();
        my ($uri) = $request =~ /\AGET (\S+)/;

        like($request, qr/^Cookie: session=2\r$/m, "$uri: an accepted cookie");
        unlike($request, qr/Accept-Encoding/, "$uri: no encoding");
        answer($backend, "HTTP/1.1 200 OK\nContent-Type: text/html\n"
                         . "Connection: close\n", $Sent);
        close $backend;
    }

    is(response($client)->{body}, $Page, 'a mirrored page is read once');
}


# headers that tell nginx what to do

{
    my $client = client();
    ask($client, "GET /cached HTTP/1.1\r\n" . refused() . "\r\n");
    my $backend = backend();
    answer($backend, "HTTP/1.1 200 OK\nContent-Type: text/html\n"
                     . "X-Accel-Expires: 60\nCache-Control: no-cache\n"
                     . "Content-Length: " . length($Sent) . "\n", $Sent);
    is(response($client)->{body}, $Page, 'X-Accel-Expires: the page is read');

    my $r = get('/cached', headers => accepted());
    is(header($r, 'X-Cache'), 'HIT', 'X-Accel-Expires: and kept');
    is($r->{body}, $Sent, 'X-Accel-Expires: as it came');
}


# what newer versions pass

SKIP: {
    skip 'no early_hints before 1.29', 3 if version() < 1029000;

    my $client = client();
    ask($client, "GET /hints HTTP/1.1\r\n" . refused() . "\r\n");
    my $backend = backend();

    answer($backend, "HTTP/1.1 103 Early Hints\n"
                     . "Link: </a.css>; rel=preload; as=style\n");
    my $text = took($client, qr/\r\n\r\n/);
    like($text, qr{\AHTTP/1\.1 103 .*^Link: </a\.css>}ms,
         '103: the hints come first');

    answer($backend, "HTTP/1.1 200 OK\nContent-Type: text/html\n"
                     . "Content-Length: " . length($Sent) . "\n", $Sent);
    my $r = response($client, 'GET', text => $text);
    is($r->{status}, 200, '103: then the answer');
    is($r->{body}, $Page, '103: which is read');
}

SKIP: {
    skip 'no proxy_pass_trailers before 1.27.2', 2 if version() < 1027002;

    my $client = client();
    ask($client, "GET /trailers HTTP/1.1\r\n" . refused() . "TE: trailers\r\n\r\n");
    my $backend = backend();

    answer($backend, "HTTP/1.1 200 OK\nContent-Type: text/html\n"
                     . "Trailer: X-Sum\nTransfer-Encoding: chunked\n",
           sprintf("%x\r\n%s\r\n0\r\nX-Sum: 1\r\n\r\n", length $Sent, $Sent));

    my $r = response($client);
    is($r->{body}, $Page, 'a backend\'s trailers: the page is read');
    is($r->{trailers}, "X-Sum: 1\r\n", 'and they come behind it');
}

unlike(logged(), qr/\[(?:alert|crit|emerg)\]/, 'nothing alarming is logged');

done_testing();
