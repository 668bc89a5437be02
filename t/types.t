# Content-Type as backends write it: what browsers may render, or look into, is
# a page.  By the MIME Sniffing standard's "parse a MIME type" and Fetch's "extract
# a MIME type", and by what Chromium does besides.

use strict;
use warnings;
use lib 't/lib';

use ConsentHttp;
use Test::More;

begin(config => 'location / { consent site; proxy_pass http://BACKEND; }');

my $Type = 'Content-Type:';
my $Options = 'X-Content-Type-Options:';

my $Xml = '<?xml version="1.0"?><title><img src="//ads.test/p"/></title>';


sub answered {
    my ($headers, $body) = @_;
    my $client = client();

    ask($client, "GET / HTTP/1.1\r\n" . refused()
        . "Connection: close\r\n\r\n");
    my $backend = backend();
    answer($backend, "HTTP/1.0 200 OK\n$headers", $body);
    close $backend;

    return response($client);
}


# [the rule, headers]

my @Pages = (
    ['HTML', "$Type text/html\n"],
    ['case', "$Type TEXT/Html\n"],
    ['a charset', "$Type text/html;charset=utf-8\n"],
    ['a charset in quotes', "$Type text/html; charset=\"utf-8\"\n"],
    ['blanks before the parameter', "$Type text/html \t; charset=utf-8\n"],
    ['blanks around', "$Type \t text/html \t\n"],
    ['a parameter without a value', "$Type text/html; charset\n"],
    ['nothing behind the semicolon', "$Type text/html;\n"],
    ['a comma in a parameter', "$Type text/html; x=\"a,b\"\n"],
    ['the last of two types', "$Type text/plain, text/html\n"],
    ['the first of two types', "$Type text/html, text/plain\n"],
    ['one of two, with parameters', "$Type text/plain; a=b ,text/html;c=d\n"],
    ['nothing behind the comma', "$Type text/html,\n"],
    ['nothing before the comma', "$Type ,text/html\n"],
    ['no type', ''],
    ['an empty type', "$Type\n"],
    ['a blank type', "$Type \t\n"],
    ['*/*', "$Type */*\n"],
    ['unknown/unknown', "$Type unknown/Unknown\n"],
    ['application/unknown', "$Type application/unknown; charset=utf-8\n"],
    ['no slash', "$Type html\n"],
    ['no slash but in a parameter', "$Type html; text/plain\n"],
    ['nothing before the slash', "$Type /html\n"],
    ['nothing behind the slash', "$Type text/\n"],
    ['two slashes', "$Type text/plain/x\n"],
    ['bytes that no type has', "$Type text/pl<ain\n"],
    ['two words', "$Type text/plain html\n"],
    ['no type twice', "$Type ,\n"],
    ['two unknown types', "$Type */*, foo\n"],
    ['a comment, which Chromium takes off', "$Type text/html(x)\n"],
    ['the same, which may not be looked into',
     "$Type text/html(x)\n$Options nosniff\n"],
    ['HTML that may not be looked into', "$Type text/html\n$Options nosniff\n"],
    ['no type, another option', "$Options sniff\n"],
    ['no type, two options', "$Options nosniff\n$Options nosniff\n"],
    ['no type, two options in a line', "$Options nosniff, nosniff\n"],
    ['an attachment, for it is opened later',
     "$Type text/html\nContent-Disposition: attachment; filename=a.html\n"],
    ['no-transform: the choice counts more',
     "$Type text/html\nCache-Control: no-transform\n"],
);

my @Others = (
    ['text/plain', "$Type text/plain\n"],
    ['text/plain with a charset', "$Type text/plain; charset=\"utf-8\"\n"],
    ['JSON', "$Type application/json; profile=\"a,b\"\n"],
    ['a type and an unknown one', "$Type application/json, */*\n"],
    ['a type that only begins so', "$Type text/htmlx\n"],
    ['a type that only ends so', "$Type xtext/html\n"],
    ['HTML in a parameter', "$Type text/plain; x=text/html\n"],
    ['bytes', "$Type application/octet-stream\n"],
    ['events', "$Type text/event-stream\n"],
    ['a style sheet that is not named', "$Type text/css\n"],
    ['an image', "$Type image/png\n"],
    ['svg that is not named', "$Type image/svg+xml\n"],
    ['a form', "$Type multipart/form-data; boundary=b\n"],
    ['parts that replace each other',
     "$Type multipart/x-mixed-replace; boundary=b\n"],
    ['no type that may not be looked into', "$Options NoSniff\n"],
    ['no slash that may not be looked into', "$Type html\n$Options nosniff\n"],
    ['a very long type', "$Type text/" . ('x' x 3000) . "\n"],
);

for my $it (@Pages) {
    my $r = answered($it->[1], $Sent);
    is($r->{body}, $Page, "a page: $it->[0]");
    is(header($r, 'Vary'), 'Cookie, Sec-GPC', "and caches know: $it->[0]");
}

for my $it (@Others) {
    my $r = answered($it->[1], $Sent);
    is($r->{body}, $Sent, "no page: $it->[0]");
    is(header($r, 'Vary'), undef, "which depends on nothing: $it->[0]");
}

# of two lines nginx passes one, which depends on its version

for my $lines ("$Type text/html\n$Type text/plain\n",
               "$Type text/plain\n$Type text/html\n")
{
    my $r = answered($lines, $Sent);
    is($r->{body}, header($r, 'Content-Type') eq 'text/html' ? $Page : $Sent,
       'two lines: the one that passes counts');
}

for my $type ('text/html; x="a,b"', 'text/plain, text/html') {
    is(answered("$Type $type\n", $Xml)->{body}, $Xml,
       "$type is read by HTML's rules");
}

for my $type ('application/xhtml+xml', 'Application/XHTML+XML;charset=utf-8',
              'application/xhtml+xml; x="a,b"')
{
    is(answered("$Type $type\n",
                '<title xmlns="http://www.w3.org/1999/xhtml">'
                . '<img src="//ads.test/p"/></title>')->{body},
       '<title xmlns="http://www.w3.org/1999/xhtml"><img '
       . 'data-consent="advertising" data-consent-src="//ads.test/p"/></title>',
       "$type by those of XML");
}

unlike(logged(), qr/\[(?:alert|crit|emerg)\]/, 'nothing alarming is logged');

done_testing();
