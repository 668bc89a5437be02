# A platform's cookie among others: twice, in several lines or crumbs, under names
# that look like it, between kilobytes.  And who may not touch it: no row, no sweep
# and no clamp, whatever the answer is.

use strict;
use warnings;
use lib 't/lib';

use ConsentHttp;
use ConsentSignals;
use MIME::Base64 qw(encode_base64);
use Test::More;

# Of a format of each family: who accepts both keys; who accepts only that for
# performance; what is broken.

my $time = time() - 60;

my %Formats = (
    klaro => { conf => 'consent_map klaro a performance; '
                       . 'consent_map klaro b advertising;',
               both => 'klaro=%7B%22a%22%3Atrue%2C%22b%22%3Atrue%7D',
               one => 'klaro=%7B%22a%22%3Atrue%2C%22b%22%3Afalse%7D',
               broken => 'klaro=%7B%22a%22', empty => 'klaro=' },
    onetrust => { both => 'OptanonConsent=groups=C0002%3A1%2CC0004%3A1&intType=3',
                  one => 'OptanonConsent=groups=C0002%3A1%2CC0004%3A0&intType=3',
                  broken => 'OptanonConsent=groups=C0002%3A1%zz&intType=3',
                  empty => 'OptanonConsent=""' },
    cookiebot => { both => cookiebot('true'), one => cookiebot('false'),
                   broken => "CookieConsent={stamp:'x'", empty => 'CookieConsent=' },
    tarteaucitron => { conf => 'consent_map tarteaucitron a performance; '
                               . 'consent_map tarteaucitron b advertising;',
                       both => 'tarteaucitron=!a=true!b=true',
                       one => 'tarteaucitron=!a=true!b=false',
                       broken => 'tarteaucitron=a=true', empty => 'tarteaucitron' },
    didomi => { conf => 'consent_map didomi a performance; '
                        . 'consent_map didomi b advertising;',
                both => didomi('"a","b"', ''), one => didomi('"a"', '"b"'),
                broken => 'didomi_token=eyJ', empty => 'didomi_token=' },
    tcf => { both => 'euconsent-v2=' . tc(purposes => [1, 3, 4, 8]),
             one => 'euconsent-v2=' . tc(purposes => [1, 8]),
             broken => 'euconsent-v2=CP', empty => 'euconsent-v2=' },
    trustcommander => { conf => 'consent_map trustcommander 1 performance; '
                                . 'consent_map trustcommander 2 advertising;',
                        both => tc_privacy('1%2C2'), one => tc_privacy('1'),
                        broken => 'TC_PRIVACY=7%40x', empty => 'TC_PRIVACY=' },
    cookie => { both => "consent=1.$time.0.performance+advertising",
                one => "consent=1.$time.0.performance",
                broken => 'consent=1.x', empty => 'consent=' },
    custom => { parameters => 'cookie=mine "pattern=^p(?:(?<a>a)|-)(?:(?<b>b)|-)$"',
                conf => 'consent_map custom a performance; '
                        . 'consent_map custom b advertising;',
                both => 'mine=pab', one => 'mine=pa-', broken => 'mine=pa',
                empty => 'mine=""' }
);

# what is sent, and what that comes to

my @Copies = (
    [[qw(both)], 'decided performance,advertising'],
    [[qw(one)], 'decided performance'],
    [[qw(broken)], 'invalid '],
    [[qw(empty)], 'unset '],
    [[qw(both both)], 'decided performance,advertising'],
    [[qw(both one)], 'decided performance'],
    [[qw(one both)], 'decided performance'],
    [[qw(both broken)], 'invalid '],
    [[qw(broken both)], 'invalid '],
    [[qw(both empty)], 'decided performance,advertising'],
    [[qw(empty both)], 'decided performance,advertising'],
    [[qw(both one both)], 'decided performance'],
    [[qw(both empty broken)], 'invalid ']
);

# The cookies that a platform has, by what it and its vendors publish.

my %Names = (
    vanilla => [qw(cc_cookie)], klaro => [qw(klaro)],
    tarteaucitron => [qw(tarteaucitron)], osano => [qw(cookieconsent_status)],
    onetrust => [qw(OptanonConsent OptanonAlertBoxClosed eupubconsent-v2
                    OTGPPConsent OTAdditionalConsentString)],
    cookiebot => [qw(CookieConsent)], cookieyes => [qw(cookieyes-consent)],
    cookielawinfo => [qw(cookielawinfo-checkbox-necessary
                         cookielawinfo-checkbox-analytics viewed_cookie_policy)],
    trustcommander => [qw(TC_PRIVACY TC_PRIVACY_CENTER)],
    'trustcommander-v1' => [qw(TC_OPTOUT TC_OPTOUT_categories)],
    didomi => [qw(didomi_token euconsent-v2)],
    axeptio => [qw(axeptio_cookies axeptio_authorized_vendors
                   axeptio_all_vendors)],
    complianz => [qw(cmplz_marketing cmplz_statistics cmplz_banner-status
                     cmplz_policy_id)],
    borlabs => [qw(borlabs-cookie)],
    iubenda => [qw(_iub_cs-12345 _iub_cs-s12345)],
    trustarc => [qw(notice_preferences notice_gdpr_prefs cmapi_cookie_privacy
                    notice_behavior)],
    shopify => [qw(_tracking_consent)],
    tcf => [qw(euconsent-v2 eupubconsent-v2)], 'funding-choices' => [qw(FCCDCF)],
    gpp => [qw(__gpp __gpp_sid OTGPPConsent)], usprivacy => [qw(usprivacy)],
    addtl_consent => [qw(addtl_consent)], cookieman => [qw(CookieConsent)],
    cookie => [qw(consent)]
);

my %All = map(($_ => 1), map(@$_, values %Names));
my $Rows = join '', map("cookie \"$_\" expires=1d;\n", sort keys %All);

# a choice of each platform's that has been made
my %Carrier = (cookie => "consent=1.$time.0.-",
               cookieman => 'CookieConsent=essentials%7Ctrackers');

for my $row (rows()) {
    next if $row->{advisory} || $row->{state} ne 'decided' || $row->{opts};
    next if !defined $row->{cookie} || $row->{cookie} =~ /euconsent.*euconsent/;

    my $format = $row->{format};
    $format = 'vanilla' if $format =~ /\Avanilla/;
    $format = 'osano' if $format eq 'cookieconsent';

    next unless $Names{$format};

    my @own = grep { my ($name) = /\A\s*([^=]*)/;
                     $All{$name} || $name =~ /\A_iub_cs-s?\d+\z/ }
                   split /;/, $row->{cookie};

    $Carrier{$format} //= join ';', @own if @own;
}

my $Locations = '';

for my $format (sort keys %Formats) {
    my $it = $Formats{$format};

    $Locations .= "location = /say/$format { consent site; consent_source $format "
                  . ($it->{parameters} // '') . '; ' . ($it->{conf} // '')
                  . ' return 200 "$consent_state $consent_granted"; }' . "\n";
}

for my $format (sort keys %Names) {
    $Locations .= "location /of/$format { consent platforms; "
                  . "consent_source $format; consent_map $format off; "
                  . 'consent_unknown_cookies strip; consent_lifetime clamp; '
                  . 'consent_sweep on; proxy_pass http://BACKEND; }' . "\n";
}

$Locations .= <<'END';
location /off { consent off; consent_source klaro; consent_sweep on;
    consent_unknown_cookies strip; consent_lifetime clamp;
    proxy_pass http://BACKEND; }
location /vendors { consent vendors; consent_source tcf;
    return 200 "$consent_state $consent_granted"; }
location /backend { consent vendors; consent_source tcf;
    proxy_pass http://BACKEND; }
END

my $Http = "large_client_header_buffers 4 64k;\n"
           . "consent_table platforms { category essential required x;\n"
           . "category advertising x;\n"
           . "provider Tracker advertising { $Rows cookie tracker; } }\n"
           . "consent_table vendors { category essential required x;\n"
           . "category performance x; category advertising x;\n"
           . "provider A performance tcf=755 { cookie a; }\n"
           . "provider B performance tcf=756 { cookie b; }\n"
           . "provider C performance tcf=9001 { cookie c; } }\n";

begin(http => "$Http server { listen 127.0.0.1:SECOND http2; $Locations }",
      config => $Locations);


# Two of a name: in one line, in two, in crumbs.

for my $format (sort keys %Formats) {
    for my $copies (@Copies) {

        my ($which, $want) = @$copies;
        my @sent = map($Formats{$format}{$_}, @$which);

        is(join('|', say($format, join '; ', 'x=1', @sent),
                say($format, @sent, 'x=1'), crumbs("/say/$format", 'x=1', @sent)),
           "$want|$want|$want", "$format: @$which");
    }
}


# Names that are not the platform's.

my $Yes = $Formats{klaro}{both};
my $Granted = 'decided performance,advertising';

for my $row (
    ["x=1,$Yes", 'unset ', 'a comma begins no cookie'],
    ["x=1 $Yes", 'unset ', 'a blank begins no cookie'],
    ["x=\"$Yes\"", 'unset ', 'a quoted one is a value'],
    ["x=$Yes", 'unset ', 'one inside of another is a value'],
    ["KLARO" . substr($Yes, 5), 'unset ', 'in other letters it is another'],
    ["klaro2" . substr($Yes, 5), 'unset ', 'a longer name is another'],
    ["klar" . substr($Yes, 5), 'unset ', 'a shorter name is another'],
    ["%6Blaro" . substr($Yes, 5), 'unset ', 'an escaped name is another'],
    ["\"klaro\"" . substr($Yes, 5), 'unset ', 'a quoted name is another'],
    ["kl aro" . substr($Yes, 5), 'unset ', 'a name with a blank is another'],
    ["\xc3\xa9klaro" . substr($Yes, 5), 'unset ', 'bytes before it: another'],
    ["klaro\xff" . substr($Yes, 5), 'unset ', 'bytes behind it: another'],
    ["__proto__=1; $Yes; constructor=2", $Granted, 'other names change nothing'],
    ["=$Yes", 'unset ', 'a value without a name is none of it'],
    [substr($Yes, 5), 'unset ', 'without a name it is nobody\'s'],
    [";;; ;$Yes;;", $Granted, 'empty ones change nothing'],
    ["x=\"1; $Yes; y=2\"", $Granted, 'quotes do not hold a semicolon'],
    ["x=\xff\xfe; $Yes", $Granted, 'bytes in another change nothing'],
    ["$Yes\xff", 'invalid ', 'what is no UTF-8 is broken'],
    ["$Yes%00", 'invalid ', 'what follows the object breaks it'],
    ["klaro=\"" . substr($Yes, 6) . "\"", $Granted, 'quotes around it go'])
{
    is(join('|', say('klaro', $row->[0]), crumbs('/say/klaro', $row->[0])),
       "$row->[1]|$row->[1]", $row->[2]);
}

is(get('/say/klaro', headers => refused() . "Cookie: $Yes; x=\0y\r\n")->{status},
   400, 'a NUL is no part of a request');

like(get('/say/klaro', headers => refused() . "cOOKIE: $Yes\r\n")->{body},
     qr/\A\Q$Granted\E\z/, 'the header\'s name has no case');


# Kilobytes.

my $Many = join '; ', map("n$_=" . 'v' x 70, 1 .. 100);

is(say('klaro', "$Many; $Yes; $Many"), $Granted, '16 KB around it');
is(say('klaro', "$Many; $Yes", $Formats{klaro}{one}, $Many), 'decided performance',
   'two of them, 16 KB around');
is(say('klaro', map("n$_=1", 1 .. 39), $Yes), $Granted, '40 lines, it is the last');
is(say('klaro', $Yes, (map("n$_=1", 1 .. 38)), $Formats{klaro}{one}),
   'decided performance', '40 lines, it is the first and the last');
is(say('klaro', join('; ', map("$_=1", 1 .. 1000)) . "; $Yes"), $Granted,
   '1000 cookies in a line');
is(crumbs('/say/klaro', (map("n$_=1", 1 .. 99), $Yes)), $Granted, '100 crumbs');
is(say('klaro', join '; ', ($Yes) x 32), $Granted, '32 copies are read');
is(say('klaro', join '; ', ($Yes) x 33), 'invalid ', '... and of more none');
is(say('klaro', padded(16384)), $Granted, '16 KB of one are read');
is(say('klaro', padded(16385)), 'invalid ', '... and a byte more is broken');


# A TC string of 4 KB: ten thousand vendors by bits, restrictions by ranges.  The
# publisher forbids purpose 8 to vendor 755, and to odd ones above 8000.

my @Restrictions = ([8, 0, [755, 755], map([$_, $_], grep($_ % 2, 8000 .. 9400))],
                    [2, 1, map([$_ * 4, $_ * 4 + 1], 1 .. 90)]);

my $Long = tc(purposes => [1, 8], vendors => 10000, restrictions => \@Restrictions);

cmp_ok(length $Long, '>', 4000, 'the TC string has 4 KB');

is(get('/vendors', headers => refused() . "Cookie: euconsent-v2=$Long\r\n")->{body},
   'decided performance', 'it is read');
is(backend_cookies('/backend', "a=1; b=2; c=3; euconsent-v2=$Long"),
   "b=2; euconsent-v2=$Long", '... and restrictions to single vendors hold');
is(backend_cookies('/backend', 'a=1; b=2; c=3; euconsent-v2='
                               . tc(purposes => [1, 8], vendors => 10000)),
   'a=1; b=2; c=3; euconsent-v2=' . tc(purposes => [1, 8], vendors => 10000),
   '... without them all three may');
is(backend_cookies('/backend', "a=1; b=2; c=3; euconsent-v2="
                               . substr($Long, 0, 3000)),
   'euconsent-v2=' . substr($Long, 0, 3000), '... cut short it is none');


# Whose they are they stay, though rows refuse them.

for my $format (sort keys %Names) {

    my @names = @{$Names{$format}};
    my $carrier = $Carrier{$format} // '';
    my ($foreign) = grep { my $n = $_; !grep($n eq $_, @names) }
                         qw(tarteaucitron klaro);
    my @own = map("$_=1", @names);

    isnt($carrier, '', "$format: there is a choice");

    is(backend_cookies("/of/$format", join('; ', 'tracker=1', @own, "$foreign=1",
                                           'new=1')),
       join('; ', @own), "$format: its backend sees them, and no others");

    is(backend_cookies("/of/$format", $carrier), $carrier =~ s/\A\s+//r,
       "$format: ... its answer as it was sent");

    # each is set for 1000 days, and others

    my @set = map("Set-Cookie: $_=1; Max-Age=86400000", @names);
    my $r = exchange("/of/$format", "$carrier; tracker=1",
                     join '', map("$_\n", @set,
                                  'Set-Cookie: tracker=2; Max-Age=86400000',
                                  "Set-Cookie: $foreign=2; Max-Age=86400000"));

    my @left = grep(!/Max-Age=0|consent_swept/, $r->{head} =~ /^(Set-Cookie:.*)\r$/gm);
    my @swept = $r->{head} =~ /^Set-Cookie: ([^=]+)=; Max-Age=0/gm;
    my %swept = map(($_ => 1), @swept);

    is(join("\n", @left), join("\n", @set),
       "$format: they are set as they were, and no others");
    is(join(' ', sort keys %swept), 'tracker', "$format: they are not swept");
}


# Off: nothing.

is(backend_cookies('/off', "tracker=1; $Yes;x ;"), "tracker=1; $Yes;x ;",
   'off: the backend sees what was sent');
is(join('', exchange('/off', "tracker=1; $Yes",
                     "Set-Cookie: tracker=1; Max-Age=86400000\n")->{head}
            =~ /^(Set-Cookie:.*)\r$/gm),
   'Set-Cookie: tracker=1; Max-Age=86400000', 'off: the browser what was set');

unlike(logged(), qr/\[(?:alert|crit|emerg)\]|exited on signal/,
       'nginx has nothing to say');

done_testing();


# Cookie lines, over HTTP/1.1.

sub say {
    my ($format, @lines) = @_;

    return get("/say/$format",
               headers => refused() . join('', map("Cookie: $_\r\n", @lines)))
           ->{body};
}


# What the backend gets in Cookie lines.

sub backend_cookies {
    my ($uri, $cookie) = @_;
    my $s = ask(client(), "GET $uri HTTP/1.1\r\n" . refused()
                          . "Cookie: $cookie\r\n\r\n");
    my ($b, $request) = backend();

    answer($b, "HTTP/1.0 204 No Content\n");
    response($s);

    return join '|', $request =~ /^Cookie: (.*)\r$/gmi;
}

sub exchange {
    my ($uri, $cookie, $headers) = @_;
    my $s = ask(client(), "GET $uri HTTP/1.1\r\n" . refused()
                          . "Cookie: $cookie\r\n\r\n");
    my $b = backend();

    answer($b, "HTTP/1.0 200 OK\nContent-Type: text/html\n$headers"
               . "Content-Length: 2\n", 'ok');

    return response($s);
}


# The same over HTTP/2 (RFC 9113), each cookie in a field of its own (8.2.3): what
# the body is.

sub crumbs {
    my ($uri, @cookies) = @_;
    my $s = client(second => 1);
    my $block = join '', map(field(@$_),
                             [':method', 'GET'], [':scheme', 'http'],
                             [':path', $uri], [':authority', 'localhost'],
                             map(['cookie', $_], @cookies));

    # preface, SETTINGS, then HEADERS with END_STREAM and END_HEADERS

    print $s "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", frame(4, 0, 0, ''),
             frame(1, 5, 1, $block);

    my ($text, $body) = ('', '');

    while (1) {
        my ($head, $type, $flags, $stream);

        $text .= took($s, qr/./s) if length $text < 9;
        return 'nothing' if length $text < 9;

        my ($high, $low);
        ($high, $low, $type, $flags, $stream) = unpack 'CnCCN', $text;
        my $length = $high * 65536 + $low;

        while (length $text < 9 + $length) {
            my $more = took($s, qr/./s);
            return 'cut' unless length $more;
            $text .= $more;
        }

        $body .= substr $text, 9, $length if $type == 0;
        substr $text, 0, 9 + $length, '';

        return $body if $stream == 1 && $flags & 1;
        return "reset" if $type == 3 || $type == 7;
    }
}

sub frame {
    my ($type, $flags, $stream, $payload) = @_;

    return pack('CnCCN', length($payload) >> 16, length($payload) & 0xffff,
                $type, $flags, $stream) . $payload;
}


# HPACK (RFC 7541, 6.2.2): a literal that is not indexed.

sub field {
    my ($name, $value) = @_;

    return "\0" . string($name) . string($value);
}

sub string {
    my ($text) = @_;
    my $n = length $text;

    return chr($n) . $text if $n < 127;

    my $prefix = chr 127;

    for ($n -= 127; $n >= 128; $n >>= 7) {
        $prefix .= chr($n % 128 + 128);
    }

    return $prefix . chr($n) . $text;
}


# values

sub cookiebot {
    return "CookieConsent={stamp:%27x%27%2Cnecessary:true%2Cpreferences:false"
           . "%2Cstatistics:true%2Cmarketing:$_[0]%2Cmethod:%27explicit%27"
           . "%2Cver:1%2Cutc:1764000000000%2Cregion:%27fr%27}";
}

sub didomi {
    my ($enabled, $disabled) = @_;

    return 'didomi_token='
           . encode_base64("{\"user_id\":\"u\",\"created\":"
                           . "\"2026-01-01T00:00:00.000Z\",\"updated\":"
                           . "\"2026-01-01T00:00:00.000Z\",\"version\":2,"
                           . "\"purposes\":{\"enabled\":[$enabled],"
                           . "\"disabled\":[$disabled]}}", '');
}

# with blanks, which JSON does not mind, up to so many bytes

sub padded {
    my ($name, $value) = $Yes =~ /(.*?=)(.*)/;

    return $name . $value . ' ' x ($_[0] - length($value) - 3) . '%20';
}

sub tc_privacy {
    return "TC_PRIVACY=0%40001%7C2%7C3%40$_[0]%40%401764000000000"
           . "%2C1764000000000%2C1798000000000%40";
}


# A TC string of 1 January 2026, bit by bit as IAB has it.

sub tc {
    my (%it) = @_;
    my %purposes = map(($_ => 1), @{$it{purposes}});
    my $created = 17672256000;
    my $bits = number(2, 6) . number($created, 36) x 2 . number(10, 12)
               . number(1, 12) . number(1, 6) . number(4, 6) . number(13, 6)
               . number(100, 12) . number(5, 6) . '1' . '0' . number(0, 12)
               . join('', map($purposes{$_} ? 1 : 0, 1 .. 24)) . number(0, 24)
               . '0' . number(5, 6) . number(17, 6);

    $bits .= number($it{vendors} // 0, 16) . '0' . '1' x ($it{vendors} // 0);
    $bits .= number(0, 16) . '0';

    my @restrictions = @{$it{restrictions} // []};
    $bits .= number(scalar @restrictions, 12);

    for my $r (@restrictions) {
        my ($purpose, $type, @ranges) = @$r;

        $bits .= number($purpose, 6) . number($type, 2)
                 . number(scalar @ranges, 12)
                 . join('', map($_->[0] == $_->[1]
                                ? '0' . number($_->[0], 16)
                                : '1' . number($_->[0], 16) . number($_->[1], 16),
                                @ranges));
    }

    $bits .= '0' x (-length($bits) % 24);

    my $text = encode_base64(pack('B*', $bits), '');
    $text =~ tr{+/}{-_};

    return $text;
}

sub number {
    my ($n, $size) = @_;

    return substr unpack('B64', pack('Q>', $n)), -$size;
}
