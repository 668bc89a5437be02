#!/usr/bin/perl

# Proxied: a response of 820 bytes with six cookies of which four go; and pages
# that the upstream compresses, read and compressed again.

use strict;
use warnings;

use File::Path qw(make_path);
use FindBin;
use IO::Compress::Gzip qw(gzip);
use IO::Uncompress::Gunzip qw(gunzip);
use lib "$FindBin::Bin/lib", "$FindBin::Bin/../lib";
use BenchNginx qw(server fetch choice table_conf peer_load load port);
use BenchPages qw(files slurp spew);
use BenchRun qw($work $root rounds peer why interleave part);
use ConsentPages qw(undo);

my $module = $ENV{MODULE} || "$root/objs/ngx_http_consent_module.so";

if (system 'command -v h2load >/dev/null') {
    print "proxied: not run: no h2load\n";
    exit;
}

my $html = "$work/upstream";
make_path("$html/gz");
spew("$html/api", ' ' x 820);

# pages around the median's size
my @pages = grep { -s $_ > 90_000 && -s $_ < 260_000 } files("$work/corpus");
my @names = map { s/.*\///r } @pages;

for my $i (0 .. $#pages) {
    my ($text, $packed) = (slurp($pages[$i]));
    gzip(\$text, \$packed, -Level => 6) or die "gzip\n";
    spew("$html/gz/$names[$i].gz", $packed);
}

my @cookies = (
    'session=4f1c0a7a9be2; Path=/; HttpOnly', 'lang=en; Path=/; Max-Age=31536000',
    '_ga=GA1.1.1.1; Path=/; Max-Age=63072000',
    '_fbp=fb.1.1.1; Path=/; Max-Age=7776000',
    '_gcl_au=1.1.1; Path=/; Max-Age=7776000',
    '_gid=GA1.1.2.2; Path=/; Max-Age=86400',
);
my $set = join "\n            ", map { "add_header Set-Cookie \"$_\";" } @cookies;

my $upstream = server('upstream', server => <<"END");
        root $html;
        location = /api {
            types { } default_type application/json;
            $set
        }
        location /gz/ { gzip_static always; }
END

my $proxy = <<"END";
        location / {
            proxy_pass http://backend; proxy_http_version 1.1;
            proxy_set_header Connection '';
        }
END
my $backend = "upstream backend { server 127.0.0.1:$upstream->{port};"
              . ' keepalive 8; }';

my $consent = "load_module $module;";
my $pack = 'gzip on; gzip_proxied any; gunzip on;';

my $plain = front('plain', '');
my $on = front('on', 'consent site;', main => $consent, http => table_conf());
my $packing = front('packing', <<"END");
        $pack
        location ~ ^/again(/.*)\$ {
            ssi on;
            default_type text/html;
            return 200 '<!--#include virtual="\$1" -->';
        }
END
my $both = front('both', "$pack consent site;", main => $consent,
                 http => table_conf());
my $lua = lua();

my $refuse = choice('-');
my $accept = choice('performance+advertising+sharing');
my @document = ('Accept-Encoding: gzip', 'Sec-Fetch-Dest: document');

my @out;
cookies();
packed();

part('proxied', 'Proxied: cookies, and pages that arrive compressed',
     [['us CPU', '%.1f'], ['requests/s', '%.0f']], @out);

sub front {
    my ($name, $lines, %conf) = @_;
    return server("front-$name", %conf, http => $backend . ($conf{http} // ''),
                  server => "$lines\n$proxy");
}

sub lua {
    my $so = peer('lua', 'root/usr/lib/nginx/modules/ngx_http_lua_module.so')
        or return why('lua');
    my ($lib) = glob "$work/peers/root/usr/lib/*-linux-gnu";
    my $base = "$work/peers/root/usr";

    return front('lua', <<'END', lib => $lib,
        header_filter_by_lua_block {
            local set = ngx.header["Set-Cookie"]

            if type(set) ~= "table" then
                return
            end

            local keep = {}

            for _, line in ipairs(set) do
                if not held[string.match(line, "^[^=]*")] then
                    keep[#keep + 1] = line
                end
            end

            ngx.header["Set-Cookie"] = keep
        }
END
        main => "load_module $base/lib/nginx/modules/ndk_http_module.so;\n"
                . "load_module $so;",
        http => <<"END");

    lua_package_path "$base/share/lua/5.1/?.lua;;";
    init_by_lua_block {
        held = { _ga = true, _fbp = true, _gcl_au = true, _gid = true }
    }
END
}

sub cookies {
    my @pairs;

    # name, server, header, cookies that are left
    for my $run (['plain proxy', $plain, undef, 6],
                 ['module, accepted', $on, $accept, 6],
                 ['module, refused', $on, $refuse, 2],
                 ['Lua', $lua, undef, 2])
    {
        my ($name, $server, $header, $left) = @$run;
        my $row = { group => '820 bytes, six cookies', name => $name };
        my @headers = defined $header ? ($header) : ();
        push @out, $row;
        $row->{base} = 1 if $name eq 'plain proxy';

        if (!ref $server) {
            $row->{void} = "not run: $server";
            next;
        }

        my ($head, $body) = fetch($server, '/api', @headers);
        my @found = $head =~ /^Set-Cookie: (.*?)\r?$/gmi;

        if ("@found" ne "@cookies[0 .. $left - 1]" || length $body != 820) {
            $row->{void} = 'void: other cookies are left: '
                           . join ' ', map { /^([^=]*)/ } @found;
            next;
        }

        push @pairs, [$row, peer_load($server, ['/api'], @headers)];
    }

    interleave(rounds(), @pairs);
}

# nginx inflates for who cannot read gzip, and compresses for who can.  Of one page
# it does both where SSI puts it into another, which is empty: what is included is
# never sent encoded.  That takes 0.06% more instructions than the sum of a page
# inflated and one compressed, less the proxying that is in it twice; the sum of
# their times would be too small, as plain proxying writes in smaller pieces.

sub packed {
    my $group = 'pages, gzip from the upstream';
    my @gz = map { "/gz/$_" } @names;
    my @again = map { "/again$_" } @gz;

    my $base = { group => $group, name => 'gunzip and gzip', base => 1,
                 note => 'included by SSI in an empty page' };
    push @out, $base;

    my $packed = grep {
        unpacked($packing, $again[$_], @document) eq slurp($pages[$_])
    } 0 .. $#names;

    if ($packed != @names) {
        $base->{void} = "void: $packed of " . @names . ' pages as expected';
        return;
    }

    my @pairs = [$base, peer_load($packing, \@again, @document)];

    for my $run (['module, accepted', $accept, 'passed on as it is'],
                 ['module, refused', $refuse])
    {
        my ($name, $header, $note) = @$run;
        my $row = { group => $group, name => $name, note => $note };
        push @out, $row;

        my $same = grep {
            my $text = unpacked($both, $gz[$_], @document, $header);
            (undo(slurp($pages[$_]), $text))[0] eq slurp($pages[$_])
                && ($text =~ / data-consent="/ xor $name =~ /accepted/);
        } 0 .. $#names;

        if ($same != @names) {
            $row->{void} = "void: $same of " . @names . ' pages as expected';
            next;
        }

        push @pairs, [$row, peer_load($both, \@gz, @document, $header)];
    }

    interleave(rounds(), @pairs);
}

# The text of a response that is gzip; if it is not, none.

sub unpacked {
    my ($head, $body) = fetch(@_);
    my $text = '';

    return $head =~ /^Content-Encoding: gzip/mi && gunzip(\$body, \$text)
           ? $text : '';
}
