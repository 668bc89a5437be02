# Validators of pages: a 304 means "unchanged for this choice", whoever made
# it.  The tag of one choice is never the other's, whatever the way to the page.

use strict;
use warnings;
use lib 't/lib';

use Test::More;

use ConsentHttp;
use ConsentTable;

my $Date = 'Wed, 01 Jan 2020 00:00:00 GMT';
my $Time = 1577836800;

my $Refused = refused();
my $Accepted = accepted();
my $Part = "Host: localhost\r\nCookie: " . choice('performance') . "\r\n";

begin(
    files => { 'page.html' => $Sent, 'other.html' => $Sent, 'a.css' => 'b{}',
               'plain' => $Sent, 'film.mkv' => '0123456789',
               'book' => '0123456789' },
    http => <<'END',
proxy_cache_path ROOT/temp/cache keys_zone=cache:1m;
consent_table other {
    category essential required "Needed";
    category performance "Performance";
    category advertising "Advertising";
    category sharing "Sharing";
    provider "Ads" advertising { url ads.test; url more.test; }
}
END
    config => <<'END',
types { text/html html; text/css css; image/png png; application/zip zip; }
consent site;

location / { }

location /off/ { alias ROOT/html/; consent off; }
location /report/ { alias ROOT/html/; consent_mode report; }
location /tags/ { alias ROOT/html/; consent_tags off; }
location /remove/ { alias ROOT/html/; consent_tags remove; }
location /table/ { alias ROOT/html/; consent other; }
location /notag/ { alias ROOT/html/; etag off; }
location /try/ { try_files $uri /page.html; }
location /rewrite/ { rewrite ^ /page.html last; }
location /error/ { error_page 404 =200 /page.html; }
location /added/ { alias ROOT/html/; add_header ETag '"added"'; }

location /bytes/ {
    alias ROOT/html/;
    default_type application/octet-stream;
}
location /late/ {
    alias ROOT/html/;
    types { }
    default_type application/zip;
    etag off;
    add_header Content-Type text/html;
}
location /uplate/ {
    add_header Content-Type text/html;
    proxy_pass http://BACKEND;
}

location /up/ { proxy_pass http://BACKEND; }
location /styles/ {
    consent_types text/css image/svg+xml;
    proxy_pass http://BACKEND;
}
location /cached/ {
    proxy_pass http://BACKEND;
    proxy_cache cache;
    proxy_cache_valid 1h;
    proxy_cache_revalidate on;
}
END
);

chmod_files();


# a static page

my $r = get('/page.html');
my $tag = tag($r);

like($tag, qr/\A"[0-9a-f]+-[0-9a-f]+~consent\.[0-9a-f]{16}"\z/,
     'the tag of a page has its variant');
is($r->{body}, $Page, 'and the page is what the choice allows');
is(header($r, 'Last-Modified'), $Date, 'its date is the origin\'s');

my %tags = ($tag => 1);

is(tag(get('/page.html')), $tag, 'the same choice has the same tag');

for my $choice ($Accepted, $Part) {
    my $tag = tag(get('/page.html', headers => $choice));
    ok(!$tags{$tag}++, 'another choice has another tag');
}

for my $uri (qw(/remove/page.html /table/page.html)) {
    my $tag = tag(get($uri));
    like($tag, qr/~consent\.[0-9a-f]{16}"\z/, "$uri has a variant");
    ok(!$tags{$tag}++, "$uri: other directives are another variant");
}

for my $uri (qw(/off/page.html /report/page.html /tags/page.html /a.css)) {
    unlike(tag(get($uri)), qr/consent/, "$uri has none");
}

$r = ask_again('/page.html', $Refused, $tag);
is($r->{status}, 304, 'a tag of this choice is answered by 304');
is(tag($r), $tag, 'which says the same tag');
is(header($r, 'Vary'), 'Cookie, Sec-GPC', 'and Vary, as the page does');

$r = ask_again('/page.html', $Refused, "W/$tag");
is($r->{status}, 304, 'weakly, too: gzip makes it so');

$r = ask_again('/page.html', $Refused, qq{"x", $tag, "y"});
is($r->{status}, 304, 'among others, too');

$r = ask_again('/page.html', $Refused, $tag, "If-Modified-Since: $Date\r\n");
is($r->{status}, 304, 'with the date, too');

$r = ask_again('/page.html', $Accepted, $tag,
               "If-Modified-Since: $Date\r\n");
is($r->{status}, 200, 'a tag of another choice is answered by the page');
is($r->{body}, $Sent, 'the page of the present choice');

for my $header ("If-None-Match: \"" . raw($tag) . "\"", "If-None-Match: *",
                "If-Modified-Since: $Date",
                "If-None-Match: \"" . raw($tag) . "\"\r\n"
                . "If-Modified-Since: $Date")
{
    $r = get('/page.html', headers => "$Refused$header\r\n");
    is($r->{status}, 200, "page: $header");

    next if $header =~ /\*/;

    (my $h = $header) =~ s/"[^"]*"/tag(get('\/a.css'))/e;
    $r = get('/a.css', headers => "$Refused$h\r\n");
    is($r->{status}, 304, "what is no page: $h");
}

for my $dest (qw(image script)) {
    $r = get('/page.html', headers => $Refused
             . "Sec-Fetch-Dest: $dest\r\nIf-Modified-Since: $Date\r\n");
    is($r->{status}, 200, "a page as $dest by its date: it is a page still");
}

# by other ways to the same file

for my $uri (qw(/try/x /rewrite/x /error/x)) {
    is(tag(get($uri)), $tag, "$uri: the tag of the page it led to");
    is(ask_again($uri, $Refused, $tag)->{status}, 304, "$uri: and its 304");
    is(ask_again($uri, $Accepted, $tag)->{status}, 200, "$uri: and its 200");
}

$r = get('/added/page.html');
like(tag($r), qr/\A"added~consent\.\w{16}"\z/, 'a tag of add_header has one');

# no tag of the origin's

$r = get('/notag/page.html');
my $made = tag($r);

like($made, qr/\AW\/"5e0be100~modified\.[0-9a-f]{16}"\z/,
     'without a tag the date makes a weak one');
is(ask_again('/notag/page.html', $Refused, $made)->{status}, 304,
   'which is good for a 304');
is(ask_again('/notag/page.html', $Accepted, $made)->{status}, 200,
   'of the same choice');
is(tag(get('/notag/a.css')), '', 'what is no page gets none');

# a page that only add_header makes one

$r = get('/late/page.html');
$made = tag($r);
is($r->{body}, $Page, 'add_header makes it a page');
like($made, qr/\AW\/"5e0be100~modified\.[0-9a-f]{16}"\z/,
     'and its date makes a tag');

is(get('/late/page.html', headers => $Accepted . has($r))->{body}, $Sent,
   'so that another choice is not answered by 304');

# If-Match and If-Unmodified-Since

is(get('/page.html', headers => "${Refused}If-Match: $tag\r\n")->{status},
   200, 'If-Match: this variant');
is(get('/page.html', headers => "${Accepted}If-Match: $tag\r\n")->{status},
   412, 'If-Match: another variant');
is(get('/page.html', headers => $Refused . 'If-Match: "' . raw($tag)
                                . "\"\r\n")->{status},
   412, 'If-Match: no variant');
is(get('/page.html', headers => "${Refused}If-Unmodified-Since: $Date\r\n")
       ->{status}, 200, 'If-Unmodified-Since: it was not');
is(get('/page.html', headers => $Refused . "If-Unmodified-Since: "
                                . "Tue, 01 Jan 2019 00:00:00 GMT\r\n")
       ->{status}, 412, 'If-Unmodified-Since: it was');

# ranges

my $range = "Range: bytes=0-4\r\n";

$r = get('/page.html', headers => "$Refused$range");
is("$r->{status} $r->{body}", "200 $Page", 'no part of a page that changes');
is(header($r, 'Accept-Ranges'), undef, 'nor an offer of one');

my $full = tag(get('/page.html', headers => $Accepted));

$r = get('/page.html', headers => "$Accepted$range");
is("$r->{status} $r->{body}", '206 <p>x<', 'a part of one that does not');
is(tag($r), $full, 'with the tag of the whole');

for my $row ([$full, 206], [$tag, 200], ['"' . raw($full) . '"', 200],
             [$Date, 200], ["W/$full", 200])
{
    $r = get('/page.html',
             headers => "${Accepted}${range}If-Range: $$row[0]\r\n");
    is($r->{status}, $$row[1], "accepted, If-Range: $$row[0]");
    is($r->{body}, $Sent, 'the whole') if $$row[1] == 200;
}

$r = get('/page.html', headers => "$Accepted${range}"
                                  . "If-Unmodified-Since: $Date\r\n");
is($r->{status}, 200, 'a date does not say of which variant the parts were');

$r = get('/a.css', headers => "$Refused${range}If-Range: $Date\r\n");
is($r->{status}, 206, 'what is no page is sent in parts');

for my $uri (qw(/bytes/film.mkv /bytes/book)) {
    $r = get($uri, headers => "$Refused$range");
    is("$r->{status} $r->{body}", '206 01234',
       "$uri: it turns out to be none, and is, too");

    my $tag = tag(get($uri));

    for my $row ([$tag, 206], ['"other"', 200], [$Date, 206]) {
        $r = get($uri, headers => "${Refused}${range}If-Range: $$row[0]\r\n");
        is($r->{status}, $$row[1], "$uri, If-Range: $$row[0]");
    }
}


# what the origin is asked

my $ours = '"a~consent.' . variant($tag) . '"';
my $theirs = '"a~consent.' . variant($full) . '"';
my $since = "If-Modified-Since: $Date";
my $ourtime = 'W/"5e0be100~modified.' . variant($tag) . '"';
my $theirtime = 'W/"5e0be100~modified.' . variant($full) . '"';

sub asked {
    my ($method, $uri, $sent, $want, $name, %it) = @_;

    my $s = client();
    ask($s, "$method $uri HTTP/1.0\r\n" . ($it{choice} // $Refused)
            . join('', map("$_\r\n", @$sent)) . "\r\n");

    my ($up, $request) = backend();

    answer($up, "HTTP/1.0 200 OK\nContent-Type: text/html\n", 'x');
    close $up;
    took($s, qr/\z./);

    my @got = sort grep(/\A(?:If-|Range|Accept-Encoding)/i,
                        split /\r\n/, $request);

    is_deeply(\@got, [sort @$want], "$method $uri: $name");
}

asked(GET => '/up/p', ["If-None-Match: $ours", $since],
      ['If-None-Match: "a"', $since], 'this variant\'s tag is the origin\'s');
asked(HEAD => '/up/p', ["If-None-Match: W/$ours"], ['If-None-Match: W/"a"'],
      'a weak one stays weak');
asked(GET => '/up/p', ["If-None-Match: $theirs", $since], [],
      'another variant\'s tag is not asked for, nor its date');
asked(GET => '/up/p', ["If-None-Match: \"r\", $theirs, $ours, W/\"s\""],
      ['If-None-Match: "a"'], 'of a list what is of this variant');
asked(GET => '/up/p', ['If-None-Match: "r"', $since], [],
      'a raw tag says nothing of a page');
asked(GET => '/up/p', ['If-None-Match: *'], [], 'nor does a star');
asked(GET => '/up/p', [$since], [], 'nor does a date');
asked(GET => '/up/p', ["If-None-Match: $ourtime", $since], [$since],
      'a tag that was made of a date asks by the date');
asked(GET => '/up/p', ["If-None-Match: $ourtime"], [$since],
      'even where the browser did not');
asked(GET => '/up/p', ["If-None-Match: $theirtime", $since], [],
      'but not another variant\'s');
asked(GET => '/up/p', ['Accept-Encoding: gzip'], [],
      'a page is not asked for in an encoding');

for my $dest (qw(document iframe frame fencedframe embed object empty)) {
    asked(GET => '/up/p', ["Sec-Fetch-Dest: $dest", 'If-None-Match: "r"',
                           $since, 'Accept-Encoding: br'], [], $dest);
}

for my $dest (qw(image script style font video)) {
    asked(GET => '/up/p', ["Sec-Fetch-Dest: $dest", 'If-None-Match: "r"',
                           $since, 'Accept-Encoding: br'],
          ['If-None-Match: "r"', $since, 'Accept-Encoding: br'], $dest);
}

for my $dest (qw(style image)) {
    asked(GET => '/styles/p', ["Sec-Fetch-Dest: $dest", 'If-None-Match: "r"',
                               $since, 'Accept-Encoding: br'], [],
          "$dest, where consent_types has that");
}

asked(GET => '/styles/p', ['Sec-Fetch-Dest: script', 'Accept-Encoding: br'],
      ['Accept-Encoding: br'], 'but no other');

asked(GET => '/up/p', ['Sec-Fetch-Dest: image',
                       "If-None-Match: \"r\", $ours, $theirs", $since],
      ['If-None-Match: "r", "a"', $since], 'image: raw tags are asked for');
asked(GET => '/up/p', ['Sec-Fetch-Dest: image', "If-None-Match: $theirs",
                       $since], [], 'image: but not another variant\'s');

asked(GET => '/up/p', ["If-Match: $ours"], ['If-Match: "a"'],
      'what must match is asked of the origin');
asked(GET => '/up/p', ["If-Match: $theirs"], ["If-Match: $theirs"],
      'another variant never matches there');

for my $method (qw(POST PUT DELETE PATCH)) {
    asked($method => '/up/p',
          ["If-Match: $theirs, $ours, \"r\"", 'If-None-Match: *', $since],
          ['If-Match: "a", "a", "r"', 'If-None-Match: *', $since],
          'the resource is meant, of whatever variant');
}

asked(GET => '/up/p', ['Range: bytes=0-4'], [],
      'no part of what may be a page that changes');
asked(GET => '/up/p.zip', ['Range: bytes=0-4', 'If-Range: "r"'],
      ['Range: bytes=0-4', 'If-Range: "r"'],
      'but of what is none by its extension');
asked(GET => '/up/p.zip', ["If-Range: $Date", 'Range: bytes=0-4'],
      ["If-Range: $Date", 'Range: bytes=0-4'], 'by date, too');
asked(GET => '/up/p', ['Sec-Fetch-Dest: video', 'Range: bytes=0-4'],
      ['Range: bytes=0-4'], 'or by what it is fetched for');
asked(GET => '/up/p', ['Range: bytes=0-4', "If-Range: $theirs"],
      ['Range: bytes=0-4', 'If-Range: "a"'],
      'accepted: of this variant', choice => $Accepted);
asked(GET => '/up/p', ['Range: bytes=0-4', 'If-Range: "r"'],
      ['Range: bytes=0-4', 'If-Range: "r"'],
      'accepted: by the origin\'s own tag', choice => $Accepted);
asked(GET => '/up/p', ['Range: bytes=0-4'], ['Range: bytes=0-4'],
      'accepted: any part', choice => $Accepted);
asked(GET => '/up/p', ['Range: bytes=0-4', "If-Range: $ours"], [],
      'accepted: not of another variant', choice => $Accepted);
asked(GET => '/up/p', ['Range: bytes=0-4', "If-Range: $Date"], [],
      'accepted: not by a date', choice => $Accepted);


# a 304, or a part, of the origin's

sub answered {
    my ($headers, $head, $body) = @_;

    my $s = client();
    ask($s, "GET /up/p HTTP/1.1\r\n${headers}Connection: close\r\n\r\n");

    my ($up) = backend();
    answer($up, $head, $body);
    close $up;

    return response($s);
}

$r = answered("${Refused}If-None-Match: $ours\r\n",
              "HTTP/1.0 304 Not Modified\nETag: \"a\"\n");
is("$r->{status} " . tag($r), "304 $ours", 'a 304 of the origin\'s is one');
is(header($r, 'Vary'), 'Cookie, Sec-GPC', 'and says Vary');

$r = answered("${Refused}If-None-Match: $ourtime\r\n",
              "HTTP/1.0 304 Not Modified\nLast-Modified: $Date\n");
is("$r->{status} " . tag($r), "304 $ourtime", 'by date, too');

$r = answered("${Refused}Sec-Fetch-Dest: image\r\nIf-None-Match: \"r\"\r\n",
              "HTTP/1.0 304 Not Modified\nETag: \"r\"\n");
is("$r->{status} " . tag($r), '304 "r"', 'of what is no page as it came');

$r = answered($Refused, "HTTP/1.0 200 OK\nContent-Type: text/html\n"
                        . "ETag: W/\"a\"\n", 'x');
is(tag($r), "W/$ours", 'a weak tag of the origin\'s stays weak');

$r = answered($Refused, "HTTP/1.0 200 OK\nContent-Type: image/png\n"
                        . "ETag: \"a\"\n", 'x');
is(tag($r), '"a"', 'what is no page keeps its tag');

$r = answered($Refused, "HTTP/1.0 404 Not Found\nContent-Type: text/html\n"
                        . "ETag: \"a\"\n", 'x');
is(tag($r), $ours, 'a page of an error has a variant');

$r = answered($Refused, "HTTP/1.0 200 OK\nContent-Type: text/html\n"
                        . "ETag: \"a\"\nContent-Encoding: br\n", 'x');
is(tag($r), '', 'a page that could not be read has no tag');

$r = answered("${Refused}Sec-Fetch-Dest: video\r\nRange: bytes=0-0\r\n",
              "HTTP/1.0 206 Partial Content\nContent-Type: text/html\n"
              . "Content-Range: bytes 0-0/9\nETag: \"a\"\n", 'x');
is("$r->{status} " . tag($r), '206 ',
   'a part of the origin\'s bytes fits to no page that changes');

$r = answered("${Accepted}Range: bytes=0-0\r\n",
              "HTTP/1.0 206 Partial Content\nContent-Type: text/html\n"
              . "Content-Range: bytes 0-0/9\nETag: \"a\"\n", 'x');
is("$r->{status} " . tag($r), "206 $theirs", 'to one that does not it fits');


# what is no page: the origin was not asked, and nginx itself can tell

sub unasked {
    my ($headers, $more) = @_;

    return answered("$Refused$headers\r\n", "HTTP/1.0 200 OK\n"
                    . "Content-Type: image/png\nETag: \"r\"\n"
                    . "Last-Modified: $Date\n" . ($more // ''), 'png');
}

for my $asks ('If-None-Match: "r"', 'If-None-Match: W/"r"', $since,
              "If-None-Match: \"r\"\r\n$since")
{
    is(unasked($asks)->{status}, 304, "proxied, what is no page: $asks");
}

is(unasked('If-None-Match: "s"')->{status}, 200, 'another tag');
is(unasked('If-Modified-Since: Tue, 01 Jan 2019 00:00:00 GMT')->{status}, 200,
   'another date');
is(unasked("If-None-Match: \"r\"\r\nIf-Match: \"s\"")->{status}, 200,
   'what had to hold did, as the origin has it');
is(unasked('Sec-Fetch-Dest: image')->{status}, 200,
   'who asks nothing gets all');


# what add_header makes a page

sub late {
    my ($headers) = @_;

    my $s = client();
    ask($s, "GET /uplate/p HTTP/1.1\r\n${headers}Connection: close\r\n\r\n");

    my ($up) = backend();
    answer($up, "HTTP/1.0 200 OK\nContent-Type: text/plain\n"
                . "Last-Modified: $Date\n", $Sent);
    close $up;

    return response($s);
}

is(late($Accepted . has(late($Refused)))->{body}, $Sent,
   'what add_header makes a page: another choice is not answered by 304');


# a copy in nginx's cache

sub cached {
    my ($headers, $head) = @_;

    my $s = client();
    ask($s, "GET /cached/p HTTP/1.1\r\n${headers}Connection: close\r\n\r\n");

    my $request = '';

    if ($head) {
        (my $up, $request) = backend();
        answer($up, $head, $Sent);
        close $up;
    }

    return (response($s), $request);
}

my $stale = "Cache-Control: max-age=0\n";

($r) = cached("${Refused}If-None-Match: $ours\r\n",
              "HTTP/1.0 200 OK\nContent-Type: text/html\nETag: \"a\"\n");
is($r->{status}, 304, 'a miss for who has the page already');

for my $row ([$Refused, $ours, 304], [$Accepted, $ours, 200, $Sent],
             [$Accepted, $theirs, 304], [$Refused, $theirs, 200, $Page],
             [$Refused, '"a"', 200, $Page])
{
    my ($choice, $asks, $status, $body) = @$row;

    ($r) = cached("${choice}If-None-Match: $asks\r\n");
    is($r->{status}, $status, "a hit: $asks");
    is($r->{body}, $body, 'and its page') if $body;
}

done_testing();


sub tag { return header($_[0], 'ETag') // '' }

sub variant { return $_[0] =~ /\.([0-9a-f]{16})"\z/ ? $1 : die "no $_[0]" }

sub raw { return $_[0] =~ /\A(?:W\/)?"(.*)~/ ? $1 : die "no $_[0]" }

sub ask_again {
    my ($uri, $choice, $tag, $more) = @_;

    return get($uri, headers => $choice . "If-None-Match: $tag\r\n"
                                . ($more // ''));
}

# what a browser asks that has the response

sub has {
    my ($r) = @_;

    return (tag($r) ? 'If-None-Match: ' . tag($r) . "\r\n" : '')
           . 'If-Modified-Since: ' . header($r, 'Last-Modified') . "\r\n";
}

sub chmod_files {
    utime $Time, $Time, root($_)
        for qw(page.html other.html a.css plain film.mkv book);
}
