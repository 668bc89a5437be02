# Bytes leave as they come: the backend here says nothing more before the client
# has got what it said before.

use strict;
use warnings;
use lib 't/lib';

use Compress::Zlib;
use ConsentHttp;
use Test::More;

begin(files => { 'sorry.html' => $Sent }, config => <<'END');
consent site;
gunzip on;
proxy_buffering off;
proxy_http_version 1.1;
location / { proxy_pass http://BACKEND; }
location /buffered { proxy_buffering on; proxy_pass http://BACKEND; }
location /accel { proxy_buffering on; proxy_pass http://BACKEND; }
location /gzip { gzip on; gzip_min_length 1; proxy_pass http://BACKEND; }
location /opaque { gunzip off; proxy_pass http://BACKEND; }
location /events { consent_types text/html; proxy_pass http://BACKEND; }
location /remove { consent_tags remove; proxy_pass http://BACKEND; }
location /report { consent_mode report; proxy_pass http://BACKEND; }
location /socket {
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection upgrade;
    proxy_pass http://BACKEND;
}
location /502 {
    error_page 502 /sorry.html;
    proxy_pass http://BACKEND;
}
location /named {
    error_page 502 504 = @other;
    proxy_pass http://BACKEND;
}
location = /sorry.html { }
location @other { return 200 '<p>x</p><img src="//ads.test/p">'; }
END

my $Html = "HTTP/1.1 200 OK\nContent-Type: text/html\n";
my $Chunked = "Transfer-Encoding: chunked\n";

sub chunk { return sprintf "%x\r\n%s\r\n", length $_[0], $_[0] }


# Client and backend of a request for that.

sub between {
    my ($uri, $headers) = @_;

    my $client = client();
    $headers //= refused();
    ask($client, "GET $uri HTTP/1.1\r\n$headers\r\n");

    return ($client, scalar backend());
}


# What the client has of a chunked body, from what it read so far.

sub so_far {
    my ($text) = @_;

    $text =~ s/\A.*?\r\n\r\n//s;
    return (ConsentHttp::dechunk($text))[0];
}


# [what the backend says, what the client has then]

my @Steps = (
    ['<p>one</p>', '<p>one</p>'],
    ['two <im', 'two '],
    ['g src="//ads', ''],
    ['.test/p"', ''],
    ['> three', '<img data-consent="advertising" '
                . 'data-consent-src="//ads.test/p"> three'],
    ['<img src="//ok.test/"', ''],
    ['><!-- <img src="//ads.test/p">', '<img src="//ok.test/">'
                                       . '<!-- <img src="//ads.test/p">'],
    [' -->&am', ' -->&am'],
    ['p;', 'p;'],
);

for my $uri ('/page', '/accel') {

    my ($client, $backend) = between($uri);
    my ($text, $want) = ('', '');

    answer($backend, "$Html${Chunked}X-Accel-Buffering: no\n");

    for my $step (@Steps) {
        print $backend chunk($step->[0]);
        next if $step->[1] eq '';

        # reads chunk by chunk until all that must be there is there

        $want .= $step->[1];

        while (length so_far($text) < length $want) {
            my $more = took($client, qr/\n\z/);
            last if $more eq '';
            $text .= $more;
        }

        is(so_far($text), $want, "$uri: after \"$step->[0]\"");
    }

    print $backend "0\r\n\r\n";
    my $r = response($client, 'GET', text => $text);

    is($r->{body}, $want, "$uri: nothing comes twice");
    ok($r->{complete}, "$uri: and it ends");
}


# the same in report mode and for who accepted, who wait for nothing

for my $it (['/report', refused()], ['/page', accepted()]) {

    my ($client, $backend) = between(@$it);
    my $text = '';

    answer($backend, "$Html$Chunked");

    for my $part ('a <img', ' src="//ads.test/p"', '> b') {
        print $backend chunk($part);
        $text .= took($client, qr/\Q$part\E\r\n\z/);
        like($text, qr/\Q$part\E\r\n\z/, "$it->[0]: \"$part\" at once");
    }
}


# a page that is compressed towards the client

{
    my ($client, $backend)
        = between('/gzip', refused() . "Accept-Encoding: gzip\r\n");
    my ($text, $have) = ('', '');

    answer($backend, "$Html$Chunked");

    for my $step ((@Steps)[0, 1, 4]) {
        print $backend chunk($step->[0]);

        while ($have !~ /\Q$step->[1]\E\z/) {
            my $more = took($client, qr/\n\z/);
            last if $more eq '';
            $text .= $more;

            my $z = inflateInit(-WindowBits => WANT_GZIP);
            my $bytes = so_far($text);
            ($have) = $z->inflate($bytes);
        }

        last if $step->[0] =~ /two/;
    }

    is($have, '<p>one</p>two ', 'compressed pages stream');
}


# a page that comes compressed

{
    my ($client, $backend)
        = between('/page', refused() . "Accept-Encoding: gzip\r\n");
    my $z = deflateInit(-WindowBits => MAX_WBITS() + WANT_GZIP());
    my ($text, $want) = ('', '');

    answer($backend, "$Html${Chunked}Content-Encoding: gzip\n");

    for my $step ((@Steps)[0, 1, 2, 3, 4]) {
        print $backend chunk($z->deflate($step->[0])
                             . $z->flush(Z_SYNC_FLUSH));
        $want .= $step->[1];

        while (length so_far($text) < length $want) {
            my $more = took($client, qr/\n\z/);
            last if $more eq '';
            $text .= $more;
        }
    }

    is(so_far($text), $want, 'inflated pages stream');
}


# server-sent events are nobody's page

{
    my ($client, $backend) = between('/events');
    my $text = '';

    answer($backend, "HTTP/1.1 200 OK\nContent-Type: text/event-stream\n"
                     . "Cache-Control: no-cache\n$Chunked");

    for my $n (1 .. 3) {
        my $event = "data: <img src=\"//ads.test/$n\n\n";
        print $backend chunk($event);
        $text .= took($client, qr/\Q$event\E\r\n\z/);
        like($text, qr/\Q$event\E\r\n\z/, "event $n at once, as it came");
    }

    unlike($text, qr/^Vary:/m, 'events depend on no choice');
}


# a removed element waits for its end, what stands before it does not

{
    my ($client, $backend) = between('/remove');
    my $text = '';

    answer($backend, "$Html$Chunked");

    print $backend chunk('one<script src="//ads.test/p">');
    $text .= took($client, qr/one\r\n\z/);
    is(so_far($text), 'one', 'what stands before a removed element');

    print $backend chunk('x</script>two') . "0\r\n\r\n";
    is(response($client, 'GET', text => $text)->{body}, 'onetwo',
       'and what stands behind it');
}


# [URI, what the backend announced, what is a truncated page of it]

for my $it (['/page', "Content-Length: 1000\n", sub { $_[0] }],
            ['/page', $Chunked, \&chunk],
            ['/buffered', "Content-Length: 1000\n", sub { $_[0] }],
            ['/buffered', $Chunked, \&chunk])
{
    my ($uri, $announced, $framed) = @$it;

    my ($client, $backend) = between($uri);
    answer($backend, "$Html$announced", $framed->("$Sent<p>more</p><img s"));
    my $text = $uri eq '/page' ? took($client, qr{more</p>}) : '';
    close $backend;

    my $r = response($client, 'GET', text => $text);

    is($r->{body}, "$Page<p>more</p>",
       "$uri: a backend dies, what was sent stays");
    ok(!$r->{complete} && $r->{closed}, "$uri: and nobody says that it was all");
}

{
    my ($client, $backend) = between('/page');
    my $z = deflateInit(-WindowBits => MAX_WBITS() + WANT_GZIP());

    answer($backend, "$Html${Chunked}Content-Encoding: gzip\n",
           chunk($z->deflate("$Sent<p>more</p>") . $z->flush(Z_SYNC_FLUSH)));
    my $text = took($client, qr{more</p>});
    close $backend;

    my $r = response($client, 'GET', text => $text);

    is($r->{body}, "$Page<p>more</p>", 'in the middle of gzip, too');
    ok(!$r->{complete} && $r->{closed}, 'which was not all');
}

{
    my $client = client();
    ask($client, "GET /page HTTP/1.0\r\n" . refused() . "\r\n");
    my $backend = backend();

    answer($backend, "${Html}Content-Length: 1000\n", $Sent);
    my $text = took($client, qr/\Q$Page\E/);
    close $backend;

    like($text . took($client, qr/(?!)/), qr/\Q$Page\E\z/,
         'a backend dies: HTTP/1.0');
}

for my $it (['/502', 502], ['/named', 200]) {
    my ($client, $backend) = between($it->[0]);
    close $backend;

    my $r = response($client);

    is($r->{status}, $it->[1], "$it->[0]: it dies before it has said a word");
    is($r->{body}, $Page, "$it->[0]: what answers instead is read");
}

{
    my ($client, $backend) = between('/page');
    answer($backend, "$Html$Chunked", chunk('one<img sr'));
    took($client, qr/one\r\n\z/);
    close $client;

    ok(gone($backend), 'the client aborts: so does nginx');
}


# Content-Length of who may not be told it

{
    my ($client, $backend) = between('/page');
    answer($backend, "${Html}Content-Length: " . length($Sent) . "\n", $Sent);
    my $r = response($client);

    is(header($r, 'Content-Length'), undef, 'a rewritten page has no length');
    is($r->{body}, $Page, 'but chunks');
    ok($r->{complete}, 'and an end');
}


# 101 and what comes after it

{
    my $client = client();
    ask($client, "GET /socket HTTP/1.1\r\n" . refused() . "Upgrade: websocket\r\n"
        . "Connection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n");

    my ($backend, $request) = backend();
    like($request, qr/^Upgrade: websocket\r$/m, 'an upgrade is asked for');

    answer($backend, "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n"
                     . "Connection: Upgrade\nSec-WebSocket-Accept: y\n");

    my $text = took($client, qr/\r\n\r\n/);
    like($text, qr{\AHTTP/1.1 101 }, 'and answered');
    unlike($text, qr/^(?:Vary|Content|Transfer)/mi, 'as it was');

    for my $bytes ("\x81\x05$Sent", "\0<img src=\"//ads.test") {
        print $backend $bytes;
        is(took($client, qr/\Q$bytes\E\z/), $bytes, 'bytes to the client');

        print $client $bytes;
        is(took($backend, qr/\Q$bytes\E\z/), $bytes, 'bytes to the backend');
    }

    close $backend;
    ok(gone($client), 'until one of them has enough');
}


# an encoding that cannot be read streams by

{
    my ($client, $backend) = between('/opaque');
    my $text = '';

    answer($backend, "$Html${Chunked}Content-Encoding: br\n");

    for my $bytes ("\x01\x02<img", "\x03\x04") {
        print $backend chunk($bytes);
        $text .= took($client, qr/\Q$bytes\E\r\n\z/);
        like($text, qr/\Q$bytes\E\r\n\z/, 'opaque bytes at once');
    }
}

unlike(logged(), qr/\[(?:alert|crit|emerg)\]/, 'nothing alarming is logged');

done_testing();
