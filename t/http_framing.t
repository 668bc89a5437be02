# How long a response is, how its end is told, and what each status, method and
# version of HTTP makes of that.

use strict;
use warnings;
use lib 't/lib';

use ConsentHttp;
use Test::More;

my $Trackers = join "\n", map("<p>$_</p><img src=\"//ads.test/$_\">", 1 .. 500);
(my $Without = $Trackers)
    =~ s/<img src/<img data-consent="advertising" data-consent-src/g;

my $Locations = <<'END';
consent site;
proxy_http_version 1.1;
error_page 400 405 414 494 /sorry.html;
location /back { proxy_pass http://BACKEND; }
location /unchunked {
    alias ROOT/html/page.html;
    chunked_transfer_encoding off;
}
location /return { return 200 '<p>x</p><img src="//ads.test/p">'; }
location /trailer {
    alias ROOT/html/page.html;
    add_trailer X-End $status;
}
END

begin(config => $Locations,
      http => "server { listen 127.0.0.1:SECOND http2; root ROOT/html; $Locations }",
      files => { 'page.html' => $Sent, 'big.html' => $Trackers,
                 'empty.html' => '', 'plain.txt' => $Sent,
                 'sorry.html' => "<p>sorry</p>$Sent",
                 'open.html' => '<p>x</p><img src="//ads.test/p"' });

my $Length = length $Sent;


# how long

{
    my $r = get('/page.html');
    is(header($r, 'Content-Length'), undef, 'rewritten: no length');
    is(header($r, 'Accept-Ranges'), undef, 'rewritten: no ranges');
    is($r->{body}, $Page, 'rewritten: in chunks');
    ok($r->{complete}, 'rewritten: to the end');

    $r = get('/page.html', headers => accepted());
    is(header($r, 'Content-Length'), $Length, 'accepted: the file\'s length');
    is(header($r, 'Accept-Ranges'), 'bytes', 'accepted: ranges');
    is($r->{body}, $Sent, 'accepted: the file\'s bytes');

    $r = get('/plain.txt');
    is(header($r, 'Content-Length'), $Length, 'no page: the file\'s length');
    is(header($r, 'Accept-Ranges'), 'bytes', 'no page: ranges');

    $r = get('/empty.html');
    is(header($r, 'Content-Length'), 0, 'empty: its length is known');
    ok($r->{complete}, 'empty: to the end');

    $r = get('/big.html');
    is($r->{body}, $Without, 'many edits, many chunks');
}


# ranges: [range, status, Content-Range or undef, body]

for my $it (
    ['bytes=0-3', 206, "bytes 0-3/$Length", substr $Sent, 0, 4],
    ['bytes=8-', 206, "bytes 8-" . ($Length - 1) . "/$Length",
     substr $Sent, 8],
    ['bytes=-5', 206,
     'bytes ' . ($Length - 5) . '-' . ($Length - 1) . "/$Length",
     substr $Sent, -5],
    ['bytes=1000-', 416, "bytes */$Length", undef],
) {
    my ($range, $status, $content_range, $body) = @$it;

    for my $uri ('/page.html', '/plain.txt') {

        my $r = get($uri, headers => accepted() . "Range: $range\r\n");
        is($r->{status}, $status, "$uri accepted, $range: status");
        is(header($r, 'Content-Range'), $content_range,
           "$uri accepted, $range: Content-Range");
        is($r->{body}, $body, "$uri accepted, $range: body") if defined $body;
    }

    my $r = get('/page.html', headers => refused() . "Range: $range\r\n");
    is($r->{status}, 200, "refused, $range: all of it");
    is(header($r, 'Content-Range'), undef, "refused, $range: no part");
    is($r->{body}, $Page, "refused, $range: body");
}

{
    my $r = get('/page.html',
                headers => accepted() . "Range: bytes=0-1,4-6\r\n");
    my ($boundary) = (header($r, 'Content-Type') // '')
                     =~ m{\Amultipart/byteranges; boundary=(\S+)\z};
    is($r->{status}, 206, 'accepted, two ranges: status');
    is($r->{body},
       "\r\n--$boundary\r\nContent-Type: text/html\r\n"
       . "Content-Range: bytes 0-1/$Length\r\n\r\n" . substr($Sent, 0, 2)
       . "\r\n--$boundary\r\nContent-Type: text/html\r\n"
       . "Content-Range: bytes 4-6/$Length\r\n\r\n" . substr($Sent, 4, 3)
       . "\r\n--$boundary--\r\n", 'accepted, two ranges: body');

    $r = get('/page.html', headers => refused() . "Range: bytes=0-1,4-6\r\n");
    is($r->{body}, $Page, 'refused, two ranges: all of it');
}


# HEAD tells what GET would

for my $uri ('/page.html', '/empty.html', '/plain.txt', '/return', '/none') {
    for my $who (\&refused, \&accepted) {
        my $head = get($uri, method => 'HEAD', headers => $who->());
        my $get = get($uri, headers => $who->());

        is(names($head), names($get), "HEAD $uri: the same headers");
        is($head->{rest}, '', "HEAD $uri: no body");
    }
}


# Statuses of a backend, one after the other on one connection.
# [status line, body or undef: none is sent, body for who refuses]

{
    my $client = client();

    for my $it (
        ['200 OK', $Sent, $Page],
        ['203 Changed', $Sent, $Page],
        ['204 No Content', undef, ''],
        ['205 Reset Content', '', ''],
        ['206 Partial Content', $Sent, $Sent, "bytes 0-31/100"],
        ['301 Moved', $Sent, $Page],
        ['302 Found', '', ''],
        ['304 Not Modified', undef, ''],
        ['404 Not Found', $Sent, $Page],
        ['404 Not Found', '', ''],
        ['416 Unsatisfiable', $Sent, $Page],
        ['500 Error', $Sent, $Page],
        ['503 Later', '', ''],
        ['599 What', $Sent, $Page],
    ) {
        my ($line, $sent, $want, $range) = @$it;

        ask($client, "GET /back HTTP/1.1\r\n" . refused() . "\r\n");
        my $backend = backend();

        my $length = defined $sent ? 'Content-Length: ' . length($sent) . "\n"
                                   : '';
        $length .= "Content-Range: $range\n" if $range;

        answer($backend, "HTTP/1.1 $line\nContent-Type: text/html\n"
                         . "Connection: close\n$length", $sent);
        close $backend;

        my $r = response($client);
        my $what = "$line" . (($sent // '') eq '' ? ', empty' : '');

        is("$r->{status}", substr($line, 0, 3), "$what: status");
        is($r->{body}, $want, "$what: body");
        ok($r->{complete}, "$what: complete");
        is(header($r, 'Content-Length'), length $sent, "$what: length")
            if defined $sent && $want eq $sent;
        is(header($r, 'Content-Range'), $range, "$what: Content-Range")
            if $range;
    }
}


# a backend that offers ranges

for my $it ([\&refused, undef, $Page], [\&accepted, 'bytes', $Sent]) {
    my ($who, $ranges, $body) = @$it;
    my $client = client();

    ask($client, "GET /back HTTP/1.1\r\n" . $who->() . "\r\n");
    my $backend = backend();
    answer($backend, "HTTP/1.1 200 OK\nContent-Type: text/html\n"
                     . "Accept-Ranges: bytes\nContent-Length: $Length\n",
           $Sent);
    my $r = response($client);

    is(header($r, 'Accept-Ranges'), $ranges, 'a backend\'s Accept-Ranges');
    is($r->{body}, $body, 'a backend\'s page');
}


# requests that wait in line

{
    my $client = client();
    my @uris = qw(/page.html /open.html /plain.txt /empty.html /big.html);

    ask($client, join '', map("GET $_ HTTP/1.1\r\n" . refused() . "\r\n",
                              @uris, '/page.html'));

    my $text = '';

    for my $want ($Page,
                  '<p>x</p><img src="//ads.test/p"',
                  $Sent, '', $Without, $Page)
    {
        my $r = response($client, 'GET', text => $text);
        $text = $r->{rest};
        is($r->{body}, $want, 'pipelined: each its own');
    }

    ask($client, "GET /page.html HTTP/1.1\r\n" . refused() . "\r\n");
    is(response($client)->{body}, $Page, 'and the connection lives on');
}


# HTTP/1.0 and 0.9

for my $it (
    # URI, who, Connection, is the connection kept?
    ['/page.html', \&refused, 'close', 0],
    ['/page.html', \&refused, 'keep-alive', 0],
    ['/page.html', \&accepted, 'keep-alive', 1],
    ['/plain.txt', \&refused, 'keep-alive', 1],
    ['/empty.html', \&refused, 'keep-alive', 1],
) {
    my ($uri, $who, $connection, $kept) = @$it;
    my $client = client();
    my $want = $uri eq '/empty.html' ? ''
               : $kept ? $Sent : $Page;

    ask($client, "GET $uri HTTP/1.0\r\n" . $who->()
        . "Connection: $connection\r\n\r\n");

    my $r = response($client);

    is($r->{body}, $want, "1.0, $connection, $uri: body");
    is(header($r, 'Transfer-Encoding'), undef, "1.0, $uri: no chunks");
    is(header($r, 'Connection'), $kept ? 'keep-alive' : 'close',
       "1.0, $connection, $uri: Connection");
    is($r->{closed} // 0, $kept ? 0 : 1, "1.0, $connection, $uri: its end");
}

for my $it ([\&refused, $Page, 1], [\&accepted, $Sent, 0]) {
    my $client = client();
    ask($client, "GET /unchunked HTTP/1.1\r\n" . $it->[0]->() . "\r\n");
    my $r = response($client);

    is($r->{body}, $it->[1], '1.1 without chunks: body');
    is($r->{closed} // 0, $it->[2], '1.1 without chunks: its end');
}

{
    my $client = client();
    ask($client, "GET /page.html\r\n");
    is(took($client, qr/(?!)/), $Page, '0.9: nothing but the body');
}


# bodies of requests

{
    my $client = client();
    ask($client, "POST /back HTTP/1.1\r\n" . refused()
        . "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");

    like(took($client, qr/\r\n\r\n/), qr{\AHTTP/1.1 100 },
         'who asks whether to go on is told');

    ask($client, 'hello');
    my ($backend, $request) = backend();
    $request .= took($backend, qr/hello/) if $request !~ /hello/;
    like($request, qr/\r\n\r\nhello\z/, 'and the backend gets it');

    answer($backend, "HTTP/1.1 200 OK\nContent-Type: text/html\n"
                     . "Content-Length: $Length\n", $Sent);
    is(response($client)->{body}, $Page, 'what it answers is read');
}

{
    my $client = client();
    ask($client, "POST /back HTTP/1.1\r\n" . refused()
        . "Transfer-Encoding: chunked\r\n\r\n"
        . "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");

    my ($backend, $request) = backend();
    $request .= took($backend, qr/hello/) if $request !~ /hello/;
    like($request, qr/\r\n\r\nhello\z/, 'a body in chunks arrives');

    answer($backend, "HTTP/1.1 200 OK\nContent-Type: text/html\n"
                     . "Connection: close\n", $Sent);
    close $backend;
    is(response($client)->{body}, $Page, 'an answer without a length');
}


# trailers

for my $it ([\&refused, $Page], [\&accepted, $Sent]) {
    my $r = get('/trailer', headers => $it->[0]->());
    is($r->{body}, $it->[1], 'a trailer: the body before it');
    is($r->{trailers}, "X-End: 200\r\n", 'a trailer: behind the last chunk');
}


# requests that are none

for my $it (
    ["GET\r\n\r\n", 400],
    ["GET / HTTP/1.1\r\n\r\n", 400],
    ["GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400],
    ["GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400],
    ["GET /" . ('x' x 40000) . " HTTP/1.1\r\n", 414],
    ["GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " . ('x' x 40000) . "\r\n",
     400],
    ["TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405],
) {
    my ($request, $status) = @$it;
    my $client = client();

    ask($client, $request);
    my $r = response($client);

    is($r->{status}, $status, "$status: status");
    is($r->{body}, "<p>sorry</p>$Page", "$status: its page is read");
}


# HTTP/2

{
    my @yes = ('-H', (split /\r\n/, accepted())[1]);

    my $r = curl('/page.html');
    is($r->{status}, 200, 'h2: status');
    is($r->{body}, $Page, 'h2: rewritten');
    is(header($r, 'Content-Length'), undef, 'h2: of no known length');
    ok($r->{complete}, 'h2: to the end');

    is(curl('/big.html')->{body}, $Without, 'h2: many edits');
    is(curl('/open.html')->{body}, '<p>x</p><img src="//ads.test/p"',
       'h2: a tag that never ends');

    $r = curl('/page.html', @yes);
    is($r->{body}, $Sent, 'h2: accepted');
    is(header($r, 'Content-Length'), $Length, 'h2: accepted, of its length');

    $r = curl('/page.html', @yes, '-r', '0-3');
    is($r->{status}, 206, 'h2: accepted, a range');
    is($r->{body}, substr($Sent, 0, 4), 'h2: accepted, its bytes');

    $r = curl('/page.html', '-r', '0-3');
    is($r->{status}, 200, 'h2: refused, no range');
    is($r->{body}, $Page, 'h2: refused, all of it');

    is(names(curl('/page.html', '--head')), names(curl('/page.html')),
       'h2: HEAD tells what GET would');

    $r = curl('/trailer');
    is($r->{body}, $Page, 'h2: a trailer, the body before it');
    like($r->{trailers}, qr/^x-end: 200\r$/m, 'h2: a trailer');

    $r = curl('/empty.html');
    is($r->{body}, '', 'h2: empty');
    is(header($r, 'Content-Length'), 0, 'h2: empty, and it is known');
}

unlike(logged(), qr/\[(?:alert|crit|emerg)\]/, 'nothing alarming is logged');

done_testing();
