# The requests of off.pl: [name, what is sent in one or more pieces].  One that
# is named "h2 ..." has curl's arguments, "sleep" its seconds.

use strict;
use warnings;

# "do" takes it from here
our @requests;

my $since = 'If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT';
my $cookies = "Cookie: ad=1; session=2; stat-x=3; unknown=4;ad=5";

# what browsers, caches and tools send along

my %headers = (
    nothing     => [],
    cookies     => [$cookies, 'Accept-Encoding: gzip, br',
                    'Sec-Fetch-Dest: document', 'Sec-GPC: 1', 'X-A: b'],
    lines       => ['cookie: a=1', 'COOKIE:  ad=2 ;; session=3; ',
                    'Cookie: ad', 'Cookie: consent=1.1.0.-', 'X-A: b'],
    conditional => [$cookies, 'If-None-Match: "x", W/"origin-1", "origin-1"',
                    $since, 'Accept-Encoding: gzip'],
    since       => [$since, 'Cookie: session=1'],
    match       => ['If-Match: "no"', 'If-Unmodified-Since: '
                    . 'Thu, 01 Jan 2026 00:00:00 GMT'],
    range       => ['Range: bytes=5-20', $cookies],
    ranges      => ['Range: bytes=0-1,5-9,-3', 'If-Range: "no"'],
    tail        => ['Range: bytes=-7', 'If-Range: '
                    . 'Thu, 01 Jan 2026 00:00:00 GMT'],
);

my @everywhere = qw(nothing cookies conditional);
my @files = sort keys %headers;

my %paths = (
    '/page.html' => \@files,
    '/large.html' => [qw(nothing cookies range ranges tail)],
    '/sendfile/large.html' => [qw(nothing range ranges)],
    '/slow/page.html' => [qw(nothing cookies range)],
    '/direct/large.html' => [qw(nothing range)],
    '/a.txt' => [qw(cookies range)],
    '/proxy/html' => \@files,
    '/keep/html' => [qw(cookies lines conditional)],
    '/vars/html' => [qw(cookies lines conditional)],
    '/proxy/gzip' => [qw(nothing cookies range)],
    '/gunzip/gzip' => [qw(nothing cookies conditional)],
    '/ignore/html' => [qw(cookies range ranges)],
    '/cache/html' => \@files,
    '/slice/slice' => [qw(nothing range cookies)],
    '/fcgi/html' => [qw(nothing cookies lines conditional range)],
    '/mirror/page.html' => [qw(nothing cookies)],
    '/post/page.html' => [qw(nothing cookies)],

    map { $_ => \@everywhere } qw(
        / /list /list/ /list-json/ /no/such /a /a.css /a.js /a.png
        /types/a /types/page.html /gzip/page.html /gzip/large.html /gzip/a.txt
        /gzipped/page.html /always/page.html /ssi/include.shtml
        /ssi/page.html?x=1 /sub/page.html /added/page.html /charset/page.html
        /expires/page.html /headers/page.html /headers/no
        /proxy/plain /proxy/none /proxy/chunked /proxy/big /proxy/nostore
        /proxy/twice /proxy/empty /proxy/moved /proxy/auth /proxy/missing
        /proxy/broken /proxy/buffer /unbuffered/html /unbuffered/big
        /unbuffered/chunked /stream/chunked /disk/big /cache/gzip
        /cache/missing /cache/twice /fcgi/missing /fcgi/gzip /fcgi/accel
        /errors/missing /errors/auth /errors/broken /errors/deny
        /errors/file/no /errors/far /internal/page.html /try/page.html
        /try/html /last/html /break/html /if/ /accel/accel /accel/named
        /auth/page.html /refused/page.html /text /typed /away /shut /teapot
        /gif /pass /nobody
    ),
);

for my $path (sort keys %paths) {
    get($path, $_, @{$headers{$_}}) for @{$paths{$path}};
}

# methods

for my $method (qw(HEAD OPTIONS TRACE PROPFIND get FOO CONNECT)) {
    add("$method $_", head("$method $_", $cookies))
        for qw(/page.html /proxy/html /fcgi/html /cache/html /gzip/page.html
               /typed);
}

for my $path (qw(/page.html /proxy/html /fcgi/html /stream/html /large
                 /mirror/page.html /auth/page.html /errors/broken /if/))
{
    add("POST $path", head("POST $path", $cookies, 'Content-Length: 12')
                      . 'ad=1&stat=2&');
    add("POST $path in pieces",
        head("POST $path", $cookies, 'Content-Length: 12'), 'ad=1&',
        'stat=2&');
    add("POST $path in chunks",
        head("POST $path", 'Transfer-Encoding: chunked')
        . "5\r\nad=1&\r\n0\r\nX-T: 1\r\n\r\n");
    add("POST $path after 100", head("POST $path", 'Expect: 100-continue',
                                     'Content-Length: 3'), 'abc');
}

my $date = 'Date: Thu, 01 Jan 2026 00:00:00 GMT';

add('PUT', head('PUT /dav/x/a.html', $date, $cookies, 'Content-Length: 3')
           . 'abc');
add('PUT again', head('PUT /dav/x/a.html', $date, 'Content-Length: 3')
                 . 'abd');
add('COPY', head('COPY /dav/x/a.html', 'Destination: /dav/x/b.html'));
add('MOVE', head('MOVE /dav/x/b.html', 'Destination: /dav/c.html'));
add('MKCOL', head('MKCOL /dav/y/'));
add('DELETE', head('DELETE /dav/x/a.html', $cookies));

# versions, hosts, connections

add("HTTP/0.9 $_", "GET $_\r\n") for qw(/page.html /proxy/html /typed /no);

for my $path (qw(/page.html /proxy/html /proxy/chunked /cache/html /fcgi/html
                 /gzip/page.html /added/page.html /ssi/include.shtml))
{
    add("HTTP/1.0 $path", "GET $path HTTP/1.0\r\n\r\n");
    add("HTTP/1.0 $path, cookies", "GET $path HTTP/1.0\r\n$cookies\r\n"
                                   . "Host: site.test\r\n\r\n");
    add("$path in bits", split /(?<=[\n :=])/,
        head("GET $path", $cookies));
    add("pipelined $path",
        join('', map { alive("GET $path", @{$headers{$_}}) }
                     qw(cookies nothing lines conditional range))
        . head('GET /typed'));
}

add('the whole address', head('GET http://other.test/page.html'));
add('another host', "GET /page.html HTTP/1.1\r\nHost: a.site.test\r\n"
                    . "Connection: close\r\n\r\n");
add('WebSocket', head('GET /proxy/html', 'Upgrade: websocket', $cookies)
                 =~ s/close/upgrade, close/r);
add('many lines', head('GET /proxy/html',
                       map({ ("X-$_: $_", "Cookie: ad=$_; session=$_") }
                           1 .. 40)));
add('a long cookie', head('GET /proxy/html', 'Cookie: ad=' . 'x' x 5000
                                             . '; session=1'));
add('odd names', head('GET /proxy/html', 'X_A: 1', 'Cookie_: ad=1',
                      'X-A : 2', 'Accept-Encoding:', 'If-None-Match:',
                      'Cookie:', 'Sec-Fetch-Dest:'));
add('two of each', head('GET /proxy/html', ($since) x 1, 'X-A: 1', 'X-A: 2',
                        'Accept-Encoding: gzip', 'Accept-Encoding: br',
                        'X-Forwarded-For: 1.1.1.1',
                        'X-Forwarded-For: 2.2.2.2'));

# what is no request

add('no host', "GET /page.html HTTP/1.1\r\n$cookies\r\n\r\n");
add('two hosts', head('GET /page.html', 'Host: a', $cookies));
add('no request', "\x16\x03\x01\r\n\r\n");
add('no version', "GET /page.html HTTP/x\r\n$cookies\r\n\r\n");
add('version 3', "GET /page.html HTTP/3.0\r\nHost: a\r\n\r\n");
add('a zero', "GET /page.html\0 HTTP/1.1\r\nHost: a\r\n\r\n");
add('above the root', head('GET /../page.html', $cookies));
add('a long line', head('GET /' . 'x' x 9000));
add('a long header', head('GET /page.html', 'X: ' . 'x' x 40000));
add('a bad length', head('POST /proxy/html', 'Content-Length: -1'));
add('two lengths', head('POST /proxy/html', 'Content-Length: 1',
                        'Content-Length: 1') . 'a');
add('bad chunks', head('POST /proxy/html', 'Transfer-Encoding: chunked')
                  . "x\r\n");
add('twice since', head('GET /page.html', $since, $since));

# a cached page that is out of date is asked for again

get("/$_/fresh", 'cookies', @{$headers{cookies}}) for qw(renew stale);
push @requests, ['sleep', 2.1];
get("/$_/fresh", 'conditional', @{$headers{conditional}}) for qw(renew stale);

# HTTP/2

for my $path (qw(/page.html /proxy/html /proxy/chunked /cache/html /fcgi/html
                 /gzip/page.html /ssi/include.shtml /added/page.html
                 /errors/missing /headers/page.html /accel/accel /slice/slice))
{
    add("h2 $path", $path);
    add("h2 $path, cookies", $path, '-H', $cookies, '-H', 'Cookie: ad=6',
        '-H', 'Accept-Encoding: gzip', '-H', 'If-None-Match: "x"');
}

add('h2 HEAD', '/proxy/html', '-I');
add('h2 POST', '/proxy/html', '-d', 'ad=1', '-H', $cookies);
add('h2 ranges', '/page.html', '-H', 'Range: bytes=0-1,5-9');


sub get {
    my ($path, $name, @headers) = @_;
    add("GET $path, $name", head("GET $path", @headers));
}


sub head {
    my ($line, @headers) = @_;
    return join "\r\n", "$line HTTP/1.1", 'Host: site.test', @headers,
                'Connection: close', '', '';
}


sub alive {
    return head(@_) =~ s/Connection: close\r\n//r;
}


sub add {
    push @requests, [@_];
}


1;
