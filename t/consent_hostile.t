# What consent_pages answers to hostile requests: t/hostile/*.tsv, row by row.
# What is expected is what the specifications say that each file names.

use strict;
use warnings;
use lib 't/lib';

use IO::Socket::INET;
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Chosen = <<'END';
consent_table site {
    category essential required Essential;
    category performance Performance;
    category advertising Advertising;
    category sharing Sharing;

    provider Stats performance choice=provider key=stats_key { cookie stat; }
    provider Video sharing     choice=provider key=video     { cookie video; }
    provider Ads   advertising { cookie ad; }
}
END

our $Pages = <<'END';
consent site;
consent_first_party .site.test shop.test;
location /consent/ { consent_pages; }
location = /t { return 204; }
END

# each row by a connection of its own, while the server of the block is there

add_response_body_check(sub {
    my ($block) = @_;
    my ($file) = $block->name =~ /(\w+)\.tsv$/ or die;

    open(my $fh, "<", "t/lib/../hostile/$file.tsv") or die "$file.tsv: $!";

    my @rows = grep(!/^#/, <$fh>);

    cmp_ok(scalar(@rows), ">", 20, "$file: rows");
    chomp @rows;
    row($file, split /\t/, $_, -1) for @rows;
});


sub row {
    my ($file, $rule, $headers, $body, $status, $names, $location,
        $besides) = @_;

    my $answer = ask(request($headers, expand($body)));
    my ($head, $page) = split /\r\n\r\n/, $answer, 2;
    my ($got) = $answer =~ m{^HTTP/1\.1 (\d+) };

    is($got, $status, "$file: $rule: status");

    my @cookies = $head =~ /^Set-Cookie: (.*?)\r?$/mg;

    if ($names eq "") {
        is(join("; ", @cookies), "", "$file: $rule: no cookie");

    } else {
        my $list = $names =~ s/\+/\\+/gr;
        my $id = $besides =~ /^id=(.*)/ ? $1 : '\w+(?:-\w+)?';

        is(scalar(grep(/^consent=1\.\d{10}\.0\.$list\.$id; Path=\//,
                       @cookies)),
           1, "$file: $rule: the cookie")
            or diag($head);
    }

    is($head =~ /^Location: (.*?)\r?$/m ? $1 : "", expand($location),
       "$file: $rule: location");

    if ($besides eq "secure" || $besides eq "plain") {
        is($cookies[-1] =~ /; Secure(;|$)/ ? "secure" : "plain", $besides,
           "$file: $rule: Secure");

    } elsif ($besides !~ /^(id=|$)/) {
        ok(index($answer, $besides) >= 0, "$file: $rule: $besides")
            or diag($answer);
    }
}


sub expand {
    my ($text) = @_;
    my %char = (r => "\r", n => "\n", t => "\t", 0 => "\0", e => "",
                "\\" => "\\");

    $text =~ s/\{NOW\}/$::Now - 60/ge;
    $text =~ s/\{(\d+)\*([^}]*|\})\}/$2 x $1/ge;
    $text =~ s/\\(?:x([0-9a-f]{2})|(.))/defined $1 ? chr(hex($1)) : $char{$2}/ge;

    return $text;
}


# The usual headers, unless the row has others; an empty one is none.

sub request {
    my ($headers, $body) = @_;
    my $request = "POST /consent/choice";
    my %usual = ("Host" => "www.site.test",
                 "Content-Type" => "application/x-www-form-urlencoded",
                 "Content-Length" => length $body);
    my $lines = "";

    for my $header (split / \| /, $headers) {

        if ($header =~ s/^://) {
            $request = $header;
            next;
        }

        my ($name) = $header =~ /^([^:]*)/;
        delete $usual{$name};
        $lines .= expand($header) . "\r\n" unless $header =~ /: \\e$/;
    }

    return "$request HTTP/1.1\r\n"
           . join("", map("$_: $usual{$_}\r\n", sort keys %usual))
           . "${lines}Connection: close\r\n\r\n$body";
}


sub ask {
    my ($request) = @_;
    my $socket = IO::Socket::INET->new(PeerAddr => "127.0.0.1",
                                       PeerPort => server_port(),
                                       Timeout => 10)
        or die "no connection: $!";

    local $SIG{PIPE} = "IGNORE";

    print $socket $request;

    local $/;
    return <$socket> // "";
}


run_tests();

__DATA__

=== bodies.tsv
--- http_config eval: $::Chosen
--- config eval: $::Pages
--- error_code: 204



=== senders.tsv
--- http_config eval: $::Chosen
--- config eval: $::Pages
--- error_code: 204



=== returns.tsv
--- http_config eval: $::Chosen
--- config eval: $::Pages
--- error_code: 204



=== accepts.tsv
--- http_config eval: $::Chosen
--- config eval: $::Pages
--- error_code: 204



=== forwarded.tsv
--- http_config eval: $::Chosen
--- config eval: $::Pages
--- error_code: 204



=== cookies.tsv
--- http_config eval: $::Chosen
--- config eval: $::Pages
--- error_code: 204
