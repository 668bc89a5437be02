#!/usr/bin/perl

# In nginx: what a page costs the worker, plain, with the module, and with what
# else could take the same tags out.

use strict;
use warnings;

use File::Path qw(make_path);
use FindBin;
use lib "$FindBin::Bin/lib", "$FindBin::Bin/../lib";
use BenchNginx qw(server fetch choice table_conf peer_load);
use BenchPages qw(files slurp spew removed);
use BenchRun qw($work $root rounds peer why interleave part page_set);
use BenchTable qw(table_rows table_hosts);
use ConsentPages qw(undo);

my $module = $ENV{MODULE} || "$root/objs/ngx_http_consent_module.so";
my $modules = "$work/peers/root/usr/lib/nginx/modules";

if (system 'command -v h2load >/dev/null') {
    print "nginx: not run: no h2load\n";
    exit;
}

my @hosts = table_hosts(table_rows("$root/conf/default.conf"));
my %hosts = map { $_ => 1 } @hosts;

# "//host/" with what is written before it, as sites have it in a sub_filter
my @literals = map { "//$_/" }
    qw(www.google-analytics.com securepubads.g.doubleclick.net
       pagead2.googlesyndication.com connect.facebook.net widgets.outbrain.com
       c.amazon-adsystem.com cdn.krxd.net sb.scorecardresearch.com
       b.scorecardresearch.com secure.quantserve.com pixel.quantserve.com
       static.chartbeat.com static.criteo.net cdn.taboola.com
       static.hotjar.com www.clarity.ms bat.bing.com analytics.tiktok.com
       platform.twitter.com player.vimeo.com);
my $instead = '//0.0.0.0/';

# elements whose URL leads to a host, for who has no parser
my $alternatives = join '|', map { quotemeta } @hosts;
my $url = qq{"(?:https?:)?//(?:[^/">]*\\.)?(?:$alternatives)["/?#:][^>]*>};
my $paired = qq{<(script|iframe)\\b[^>]*?\\ssrc=${url}[^<]*</\\1>};
my $void = qq{<(?:img|link|embed|source)\\b[^>]*?\\s(?:src|href)=$url};

folders();

my @sets = (($ENV{ONLY} ? () : page_set()), ['few tags', "$work/few"], ['many tags', "$work/many"]);

my $consent = "load_module $module;";
my $accept = choice('performance+advertising+sharing');
my $refuse = choice('-');

# name, its server or why there is none, header, what its output is
my @runs = (
    ['plain, sendfile on', serve('sendfile', server => 'sendfile on; '), undef,
     \&as_it_was],
    ['plain', serve('plain'), undef, \&as_it_was],
    ['module, accepted', consent('accepted'), $accept, \&as_it_was],
    ['module, report mode', consent('report', 'consent_mode report;'), $refuse,
     \&as_it_was],
    ['module, refused', consent('refused'), $refuse, \&disabled],
    ['module, refused, remove', consent('remove', 'consent_tags remove;'),
     $refuse, \&shorter],
    ['sub_filter, one literal', sub_filter('sub1', @literals[0 .. 0])],
    ['sub_filter, twenty', sub_filter('sub20', @literals)],
    ['subs_filter', subs_filter(), undef, \&without],
    ['Lua, compiled regex', lua(), undef, \&without],
    ['njs', njs(), undef, \&without],
);

my @out;

for my $set (@sets) {
    my ($name, $folder) = @$set;
    my $prefix = '/' . ($name =~ s/ /-/gr);
    my @files = files($folder);
    my @paths = map { $prefix . substr $_, length $folder } @files;
    my @pairs;

    for my $run (@runs) {
        my ($label, $server, $header, $check) = @$run;
        my $row = { group => "$name" . ($name =~ /tags/ ? '' : ' pages'),
                    name => $label };
        push @out, $row;
        $row->{base} = 1 if $label eq 'plain';

        if (!ref $server) {
            $row->{void} = "not run: $server";
            next;
        }

        my @headers = defined $header ? ($header) : ();

        verify($row, $name, $server, $check, \@headers, \@files, \@paths);
        push @pairs, [$row, peer_load($server, \@paths, @headers)]
            if !defined $row->{void};
    }

    interleave(rounds(), @pairs);
}

part('nginx', 'In nginx, a page: CPU of the worker, requests a second',
     [['us CPU', '%.1f'], ['requests/s', '%.0f']], @out);

sub serve {
    my ($name, %conf) = @_;
    my $inner = delete $conf{location} // '';

    $conf{server} .= join "\n", map {
        'location /' . ($_->[0] =~ s/ /-/gr)
        . "/ { alias $_->[1]/; $inner }"
    } @sets;

    return server($name, %conf);
}

sub consent {
    my ($name, $lines) = @_;

    return serve($name, main => $consent, http => table_conf(),
                 server => 'consent site; ' . ($lines // ''));
}

sub sub_filter {
    my ($name, @list) = @_;
    my $lines = "sub_filter_once off;\n" . join "\n", map {
        "        sub_filter '$_' '$instead';"
    } @list;

    return (serve($name, server => $lines), undef, sub {
        my ($origin, $page) = @_;
        my $n = 0;

        for my $literal (@list) {
            $n += $origin =~ s/\Q$literal\E/$instead/gi;
        }

        return ($n, $page eq $origin);
    });
}

sub subs_filter {
    my $so = peer('subs_filter', "root/usr/lib/nginx/modules/"
                                 . 'ngx_http_subs_filter_module.so')
        or return why('subs_filter');

    return serve('subs', main => "load_module $so;", server => <<"END");
        subs_filter '$paired' '' gir;
        subs_filter '$void' '' gir;
END
}

sub lua {
    my $so = peer('lua', 'root/usr/lib/nginx/modules/ngx_http_lua_module.so')
        or return why('lua');
    my ($lib) = glob "$work/peers/root/usr/lib/*-linux-gnu";
    my $share = "$work/peers/root/usr/share/lua/5.1";

    # a block is at most 4 KB
    spew("$work/held.lua", "held = [==[$paired|$void]==]\n");

    return serve('lua', lib => $lib,
        main => "load_module $modules/ndk_http_module.so;\nload_module $so;",
        http => <<"END",
    lua_package_path "$share/?.lua;;";
    init_by_lua_file $work/held.lua;
END
        server => <<'END');
        header_filter_by_lua_block {
            ngx.header.content_length = nil
        }
        body_filter_by_lua_block {
            local ctx = ngx.ctx
            local parts = ctx.parts

            if not parts then
                parts = {}
                ctx.parts = parts
            end

            parts[#parts + 1] = ngx.arg[1]

            if ngx.arg[2] then
                ngx.arg[1] = ngx.re.gsub(table.concat(parts), held, "", "ijo")
            else
                ngx.arg[1] = nil
            end
        }
END
}

sub njs {
    my $so = peer('njs', 'root/usr/lib/nginx/modules/ngx_http_js_module.so')
        or return why('njs');

    my $pattern = "$paired|$void";
    $pattern =~ s/\//\\\//g;

    spew("$work/held.js", <<"END");
const held = /$pattern/gi;
let page = [];

function head(r) {
    delete r.headersOut['Content-Length'];
}

function body(r, data, flags) {
    page.push(data);

    if (flags.last) {
        r.sendBuffer(Buffer.concat(page).toString().replace(held, ''), flags);
    }
}

export default { head, body };
END

    # the directives are a location's
    return serve('njs', main => "load_module $so;",
        http => "js_path $work; js_import held from held.js;",
        location => <<'END');
        js_header_filter held.head;
        js_body_filter held.body buffer_type=buffer;
END
}

# Pages of one size with four and with two hundred refused tags

sub folders {
    my ($page) = grep { -s $_ > 200_000 } files("$work/corpus");
    my $text = substr +(removed(slurp($page), \%hosts))[0], 0, 1 << 17;
    $text =~ s/<[^>]*\z//;

    # between elements of the body, not within a script
    my ($head, @pieces) = split /(?=\n *<(?:div|ul|p|svg|form)\b)/, $text;

    for my $kind (['few', 4], ['many', 200]) {
        my ($folder, $n) = ("$work/$kind->[0]", $kind->[1]);
        my @mixed = @pieces;

        for my $i (reverse 0 .. $n - 1) {
            splice @mixed, int($i * @pieces / $n), 0,
                   "\n<script async src=\"https://www.google-analytics.com/"
                   . "ga-$i.js\"></script>";
        }

        make_path($folder);
        spew("$folder/page.html", join '', $head, @mixed);
    }
}

# Whether a run did what it is measured for, page by page.  Each check returns how
# many tags it was about, and whether all is as it should be.

sub verify {
    my ($row, $set, $server, $check, $headers, $files, $paths) = @_;
    my ($tags, $same) = (0, 0);

    for my $i (0 .. $#$files) {
        my $origin = slurp($files->[$i]);
        my ($head, $page) = fetch($server, $paths->[$i], @$headers);

        die "$row->{name}: $paths->[$i]: $head\n"
            if $head !~ /^HTTP\/1.1 200/;

        my ($n, $good) = $check->($origin, $page);
        $tags += $n;
        $same++ if $good;
    }

    $row->{note} = "$same of " . @$files . ' pages as expected'
        if $same != @$files;

    my $untouched = $check == \&as_it_was;

    $row->{void} = 'void: ' . ($row->{note} // 'nothing to take out')
        if (!$untouched && $tags == 0)
           || ($same != @$files && ($untouched || $set ne 'real'));
}

sub as_it_was {
    my ($origin, $page) = @_;
    return (0, $page eq $origin);
}

sub disabled {
    my ($origin, $page) = @_;
    my $n = () = $page =~ / data-consent="/g;
    $page =~ s/<script data-consent-stub="">[^<]*<\/script>//gi;
    return ($n, (undo($origin, $page))[0] eq $origin);
}

# What is left is the page's, in its order, and leads to no refused host.

sub shorter {
    my ($origin, $page) = @_;
    $page =~ s/<script data-consent-stub="">[^<]*<\/script>//gi;
    my ($want, $n) = removed($origin, \%hosts);
    my (undef, $left) = removed($page, \%hosts);

    return ($n, $left == 0 && length($page) <= length($want));
}

sub without {
    my ($origin, $page) = @_;
    my ($want, $n) = removed($origin, \%hosts);
    return ($n, $page eq $want);
}
