# The policy: what is published is the table, as a page in every language of
# conf/ui, as JSON (RFC 8259) and as CSV (RFC 4180); its version; its archive.

use strict;
use warnings;
use lib 't/lib';

use Cwd qw(realpath);
use Encode qw(decode);
use File::Temp qw(tempdir);
use JSON::PP;
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Conf = realpath("t/lib/../../conf");

our $Categories = <<'END';
category essential required Essential;
category performance Performance;
category advertising Advertising;
category sharing Sharing;
END

our $Published = "consent_table site {\n$Categories\ninclude $Conf/ovh.conf;\n}";

our $Site = <<"END";
consent site;
consent_ui $Conf/ui;
consent_field controller "Example & Sons <Ltd>";
consent_field address "1 Main Road";
consent_field contact privacy\@site.test;
consent_field authority "The Authority";
location /consent/ { consent_pages; }
END

# the table that conf/ovh.conf is made of; the shared copy where there is one

our @Table;

{
    my ($file, @cells) =
        $ENV{CONSENT_DATA} && -f "$ENV{CONSENT_DATA}/policy/trackers.tsv"
        ? ("$ENV{CONSENT_DATA}/policy/trackers.tsv",
           qw(name_as_printed provider purpose expiry_printed type))
        : ("$Conf/tables/policy.tsv",
           qw(name provider purpose lifetime type));

    open(my $fh, "<", $file) or die "$file: $!";
    chomp(my @lines = <$fh>);

    my @names = split /\t/, shift @lines;

    for my $line (@lines) {
        my %row;
        @row{@names} = split /\t/, $line, -1;
        next if $row{origin} ne "seed";

        # a name that is the pattern itself is not repeated there
        push @Table, [$row{category}, @row{@cells}];
    }
}

our $Expected = join("", map(join(" | ", @$_) . "\n", @Table));

sub all { return join("", @_) }

sub json { return JSON::PP->new->decode(decode("UTF-8", $_[0], 1)) }

# rows as lines, in the order of the answer

sub json_rows {
    my $policy = json($_[0]);
    my $rows = "";

    for my $category (@{ $policy->{categories} }) {
        $rows .= join(" | ", $category->{name},
                      @$_{qw(name provider purpose expiry type)}) . "\n"
            for @{ $category->{trackers} };
    }

    utf8::encode($rows);
    return $rows;
}

# RFC 4180, by its grammar

sub csv {
    my ($text) = @_;
    my (@rows, @row);

    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gc) {
        push @row, defined $1 ? $1 =~ s/""/"/gr : $2;
        next if $3 eq ",";
        push @rows, [@row];
        @row = ();
    }

    return if pos($text) != length $text || @row;
    return @rows;
}

sub csv_rows {
    my @rows = csv($_[0]) or return "no CSV";

    shift @rows;
    return join("", map(join(" | ", @$_[0 .. 5]) . "\n", @rows));
}

# the rows of the page's tables

sub html_rows {
    my ($page) = @_;
    my $rows = "";

    for my $section (split /<h3 id="category-/, $page) {
        my ($category) = $section =~ /^(\w+)/;

        while ($section =~ m{<tr>(<td>.*?)</tr>}sg) {
            my @cells = $1 =~ m{<td>(.*?)</td>}sg;
            s/<[^>]*>//g, s/&#(\d+);/chr $1/ge for @cells;
            $rows .= join(" | ", $category, @cells) . "\n";
        }
    }

    return $rows;
}

# what is left of a page that should be nothing but text

sub rest {
    my ($page) = @_;
    my $error = eval { decode("UTF-8", $page, 1); 1 } ? "" : "not UTF-8\n";

    # a variable that is none, a command, a reference that was escaped
    $error .= "$1\n" while $page =~ /(\$\w+|\$\{|<!--|&#38;#?\w+;)/g;
    $error .= "empty: $1\n"
        while $page =~ m{(<(h\d|dt|dd|p|th|a|title|caption|legend|button)\b
                          [^>]*>\s*</\2>)}xg;

    return $error;
}

# the outline: levels in order, ids once, labelled sections

sub outline {
    my ($page) = @_;
    my ($error, $last, %ids) = ("", 0);

    while ($page =~ /<h(\d)/g) {
        $error .= "h$1 after h$last\n" if $1 > $last + 1;
        $last = $1;
    }

    while ($page =~ /\bid="([^"]*)"/g) {
        $error .= "id $1 twice\n" if $ids{$1}++;
    }

    while ($page =~ /aria-labelledby="([^"]*)"/g) {
        $error .= "no id $1\n" if !$ids{$1};
    }

    my $tables = () = $page =~ /<table>/g;
    my $captions = () = $page =~ m{<table>\n<caption>[^<]+</caption>}g;

    $error .= "a table without a caption\n" if $tables != $captions;
    $error .= "not one main\n" if (() = $page =~ /<main/g) != 1;
    $error .= "not one h1\n" if (() = $page =~ /<h1/g) != 1;
    $error .= "script\n" if $page =~ /<script|\son\w+=|javascript:/i;

    return $error;
}

my @languages = qw(en de es fr it nl pl pt);

our @Gets = map("GET /consent/policy?lang=$_", @languages);

# what a directory has after "nginx -t", and after it ran twice

sub start {
    my ($dir, $argument) = @_;

    open(my $fh, ">", "$dir/nginx.conf") or die;
    print $fh map("load_module $_;\n",
                  split ' ', $ENV{TEST_NGINX_LOAD_MODULES} || "");
    print $fh <<"END";
pid $dir/nginx.pid;
error_log $dir/error.log;
events { }
http {
    access_log off;
    consent_archive archive;
    $main::Published
    server { listen unix:$dir/socket; $main::Site }
}
END
    close $fh;

    system("$Test::Nginx::Util::NginxBinary -p $dir -c nginx.conf $argument"
           . " >$dir/out 2>&1");

    if ($argument eq "" && $? == 0) {
        for (1 .. 50) {
            last if -s "$dir/nginx.pid";
            select(undef, undef, undef, .1);
        }

        open($fh, "<", "$dir/nginx.pid") or die "no nginx.pid";
        chomp(my $pid = <$fh>);

        # one that comes before its loop begins is not seen
        for (1 .. 50) {
            last if !kill(TERM => $pid);
            select(undef, undef, undef, .1);
        }

        unlink "$dir/socket";
        return 1;
    }

    return $? == 0;
}

{
    my $dir = tempdir(CLEANUP => 1);

    ok(!start($dir, "-t"), "an archive that is no directory");

    mkdir "$dir/archive";
    chmod 0755, $dir, "$dir/archive";
    mkdir "$dir/$_" for qw(logs);

    ok(start($dir, "-t"), "nginx -t");
    is(join(" ", glob("$dir/archive/* $dir/archive/.v*")), "",
       "nginx -t writes nothing");

    ok(start($dir, ""), "nginx with an archive");

    my @files = map(m{([^/]*)$}, glob("$dir/archive/*"));
    my ($version) = join(" ", @files) =~ /([0-9a-f]{16})\.json/;

    is(join(" ", @files),
       join(" ", map("$version-$_.html", sort @languages), "$version.json"),
       "a version in all languages");

    opendir(my $dh, "$dir/archive");
    is(join(" ", grep(/^\../, grep($_ ne "..", readdir $dh))), "",
       "no other file is left");

    open(my $fh, ">", "$dir/archive/$version.json");
    print $fh "kept";
    close $fh;

    unlink "$dir/archive/$version-fr.html";

    ok(start($dir, ""), "nginx with it again");
    is(-s "$dir/archive/$version.json", 4, "what is archived is not written");
    ok(-s "$dir/archive/$version-fr.html", "what is missing is");

    chmod 0555, "$dir/archive";
    unlink "$dir/archive/$version-fr.html";
    rename "$dir/archive", "$dir/was";
    symlink "/proc", "$dir/archive";

    ok(start($dir, ""), "nginx where no archive can be written");

    open($fh, "<", "$dir/error.log");
    like(join("", <$fh>),
         qr/\[emerg\] .*version $version of the policy is not in "consent_archive"/,
         "... says so");
}

run_tests();

__DATA__

=== JSON: five cells of all published rows
--- http_config eval: $::Published
--- config eval: $::Site
--- request
GET /consent/policy.json
--- response_headers
Content-Type: application/json
Cache-Control: no-store
X-Content-Type-Options: nosniff
--- response_body_filters eval: sub { ::json_rows($_[0]) }
--- response_body eval: $::Expected



=== there are 165 of them
--- http_config eval: $::Published
--- config eval: $::Site
--- request
GET /consent/policy.json
--- response_body_filters eval
sub { scalar(() = ::json_rows($_[0]) =~ /\n/g) . " of " . scalar(@::Table) }
--- response_body chomp
165 of 165



=== CSV: the same
--- http_config eval: $::Published
--- config eval: $::Site
--- request
GET /consent/policy.csv
--- response_headers
Content-Type: text/csv; charset=utf-8
Content-Disposition: attachment; filename="policy.csv"
--- response_body_filters eval: sub { ::csv_rows($_[0]) }
--- response_body eval: $::Expected



=== the page: the same
--- http_config eval: $::Published
--- config eval: $::Site
--- request
GET /consent/policy
--- response_body_filters eval: sub { ::html_rows($_[0]) }
--- response_body eval: $::Expected



=== what is not enforced says so, and why
--- http_config eval: $::Published
--- config eval: $::Site
--- pipelined_requests eval: ["GET /consent/policy.json", "GET /consent/policy"]
--- response_body_filters eval
sub {
    return "a page\n" if $_[0] !~ /^\{/;
    my @off = grep(!$_->{enforced}, map(@{ $_->{trackers} },
                                        @{ ::json($_[0])->{categories} }));
    return ::all(map("$_->{name}\n", grep($_->{note} =~ /\w/, @off)))
           . scalar(@off) . "\n";
}
--- response_body eval
["__cfuid
kameleoonLegalConsent
CONSENT
_mkra_stck
ads_perfs
daa
dnt
eu_cn
vimeo_gdpr_optin
9
", "a page\n"]



=== ... and so does the page
--- http_config eval: $::Published
--- config eval: $::Site
--- request
GET /consent/policy
--- response_body_like eval
qr{not held back by our server:</p>\n<ul>\n<li>__cfuid, Cloudflare: A security cookie}



=== every language: nothing is left unsaid
--- http_config eval: $::Published
--- config eval: $::Site
--- pipelined_requests eval: [@::Gets]
--- response_body_filters eval: sub { ::rest($_[0]) . ::outline($_[0]) }
--- response_body eval: [("") x @::Gets]



=== every language says which it is
--- http_config eval: $::Published
--- config eval: $::Site
--- pipelined_requests eval: [@::Gets]
--- response_body_like eval
[map { my ($lang) = /(..)$/;
       qr{^<!DOCTYPE\ html>\n<html\ lang="$lang"\ dir="ltr">.*
          <a\ href="/consent/policy\?lang=$lang"\ lang="$lang"\ hreflang="$lang"
          \ aria-current="page">}xs } @::Gets]



=== what the table says is in its language, where the page has another
--- http_config
consent_table t lang=fr {
    category essential required "Le nécessaire";
    category extra "Les extras";
    provider P extra {
        cookie a expires=1d purpose=Mesure enforce=off note=Pourquoi;
        cookie b lifetime="un jour" type=Témoin;
    }
}
--- config eval: $::Site =~ s/consent site/consent t/r
--- pipelined_requests eval
["GET /consent/policy?lang=de", "GET /consent/policy?lang=fr",
 "GET /consent/policy.json"]
--- response_body_filters eval
sub { CORE::join("\n", $_[0] =~ m{(?:<(?:td|h3|span)[^>]* lang=[^>]*>.*?</|"lang":.*?,)}g) }
--- response_body eval
[CORE::join("\n", '<span lang="fr">Les extras</',
      '<h3 id="category-extra" lang="fr">Les extras</',
      '<td lang="fr">Mesure</', '<td lang="fr"></',
      '<td lang="fr">un jour</', "<td lang=\"fr\">T\xc3\xa9moin</",
      '<span lang="fr">Pourquoi</'), "", '"lang":"fr",']



=== the language of a table is a tag
--- http_config eval: "consent_table t lang=Fr_ { category a required; }"
--- config
--- must_die
--- error_log eval
qr{\[emerg\] .*invalid parameter "lang=Fr_", "lang=" and the tag of a language was expected in [^ ]*nginx\.conf:\d+}



=== fields are escaped
--- http_config eval: $::Published
--- config eval: $::Site
--- request
GET /consent/policy
--- response_body_like eval
qr{<dd>Example &#38; Sons &#60;Ltd&#62;</dd>}



=== every field of the shipped page is asked for
--- http_config eval: $::Published
--- config eval: $::Site =~ s/^consent_field authority.*//mr
--- must_die
--- error_log eval: qr{\[emerg\] .*no "consent_field authority" for "\$field_authority" in [^ ]*/conf/ui/policy\.html:\d+}



=== the choice and its forms
--- http_config eval: $::Published
--- config eval: $::Site
--- pipelined_requests eval
["GET /consent/policy?lang=fr", "POST /consent/choice
choice=set&return=%2Fconsent%2Fpolicy%3Flang%3Dfr&accept=sharing"]
--- more_headers eval
["Cookie: consent=1.$::Now.0.performance",
 "Content-Type: application/x-www-form-urlencoded"]
--- error_code eval: [200, 303]
--- response_body_like eval
[qr{Finalités\ acceptées\ actuellement&nbsp;:\ Performances.*
    <form\ method="post"\ action="/consent/choice">\n
    <input\ type="hidden"\ name="return"\ value="/consent/policy\?lang=fr">\n
    <p><button\ name="accept"\ value="all">Tout\ accepter</button>\n
    <button\ name="accept"\ value="none">Tout\ refuser</button></p>.*
    <input\ type="checkbox"\ checked\ disabled>.*
    value="performance"\ checked>.*value="advertising">.*value="sharing">}xs,
 qr{^see /consent/policy\?lang=fr$}]



=== who can be chosen by himself has one box, checked by his own answer
--- http_config eval
"consent_table site { $::Categories"
. 'provider "A & B" performance choice=provider key=ab { cookie ab; cookie abc category=sharing; }'
. ' provider C performance { cookie c; } }'
--- config eval: $::Site
--- request eval
["GET /consent/policy?lang=en", "GET /consent/policy?lang=en", "GET /consent/policy?lang=en"]
--- more_headers eval
["", "Cookie: " . ::choice("performance"), "Cookie: " . ::choice("ab")]
--- response_body_like eval
my $only = qr/(?!.*value="ab")/s;
[qr/value="performance"><span>.*value="ab"><span>A &#38; B<$only/s,
 qr/value="performance" checked><span>.*value="ab"><span>A &#38; B<$only/s,
 qr/value="performance"><span>.*value="ab" checked><span>A &#38; B<$only/s]



=== where another platform keeps the choice there are no forms
--- http_config eval: $::Published
--- config eval: "consent_source onetrust;\n" . $::Site
--- request
GET /consent/policy
--- response_body_like: Your choice
--- response_body_unlike: <form



=== what is no UTF-8 or is special in JSON, CSV and HTML
--- http_config eval
"consent_table site {
    category essential required \"\xff\\\"t\\\";\x01\";
    provider \"=HYPERLINK(\\\"x\\\")\" essential {
        cookie \"+1\" \"purpose=a\xc3\xa9\xe9, b\";
        cookie \@b \"purpose=-1\" \"type=two
lines\";
        cookie c \"type=\tt\" \"purpose=a\\\"\\\"b\";
    }
}"
--- config eval: $::Site
--- pipelined_requests eval: ["GET /consent/policy.json", "GET /consent/policy.csv"]
--- response_body_filters eval
sub {
    return $_[0] if $_[0] !~ /^\{/;
    my $policy = ::json($_[0]);
    my $text = ::all(map("$_|", $policy->{categories}->[0]->{title},
                         map(@$_{qw(name provider purpose type)},
                             @{ $policy->{categories}->[0]->{trackers} })));
    utf8::encode($text);
    return $text;
}
--- response_body eval
["\xef\xbf\xbd\"t\";\x01|+1|=HYPERLINK(\"x\")|a\xc3\xa9\xef\xbf\xbd, b|HTTP cookie|\@b|=HYPERLINK(\"x\")|-1|two\nlines|c|=HYPERLINK(\"x\")|a\"\"b|\tt|",
 "category,name,provider,purpose,expiry,type,enforced,note\r\n"
 . "\"essential\",\"'+1\",\"'=HYPERLINK(\"\"x\"\")\",\"a\xc3\xa9\xe9, b\",\"\",\"HTTP cookie\",\"yes\",\"\"\r\n"
 . "\"essential\",\"'\@b\",\"'=HYPERLINK(\"\"x\"\")\",\"'-1\",\"\",\"two\nlines\",\"yes\",\"\"\r\n"
 . "\"essential\",\"c\",\"'=HYPERLINK(\"\"x\"\")\",\"a\"\"\"\"b\",\"\",\"'\tt\",\"yes\",\"\"\r\n"]



=== JSON and CSV without consent_ui
--- http_config eval: $::Published
--- config
consent site;
location /consent/ { consent_pages; }
--- pipelined_requests eval
["GET /consent/policy.json", "GET /consent/policy.csv"]
--- response_body_filters eval
sub { $_[0] =~ /^\{/ ? ::json_rows($_[0]) : ::csv_rows($_[0]) }
--- response_body eval: [$::Expected, $::Expected]



=== HEAD
--- http_config eval: $::Published
--- config eval: $::Site
--- request
HEAD /consent/policy.json
--- response_headers
Content-Type: application/json
--- response_body



=== as many categories as there can be
--- http_config eval
"consent_table site {\n" . ::all(map("category c$_ \"C $_\";\n", 1 .. 32))
. "provider P " . CORE::join("+", map("c$_", 1 .. 32)) . " { cookie a; }\n}"
--- config eval: $::Site
--- pipelined_requests eval: ["GET /consent/policy.json", "GET /consent/policy"]
--- response_body_filters eval
sub { my $rows = $_[0] =~ /^\{/ ? ::json_rows($_[0]) : ::html_rows($_[0]);
      scalar(() = $rows =~ /^c\d+ \| a \| P \|  \|  \| HTTP cookie$/mg) }
--- response_body eval: [32, 32]



=== other methods
--- http_config eval: $::Published
--- config eval: $::Site
--- pipelined_requests eval
["POST /consent/policy.json", "DELETE /consent/policy.csv", "PUT /consent/policy"]
--- error_code eval: [405, 405, 405]



=== the version, in the page, in JSON and for logs
--- http_config eval: $::Published
--- config eval
$::Site . 'location = /t { add_header X-Version $consent_version; return 204; }'
--- pipelined_requests eval
["GET /consent/policy", "GET /consent/policy.json", "GET /t"]
--- error_code eval: [200, 200, 204]
--- response_body_like eval
[qr{Version [0-9a-f]{16} of <time datetime="\d{4}-\d\d-\d\d">},
 qr{^\{\n"version":"[0-9a-f]{16}",\n"date":"\d{4}-\d\d-\d\d",}, qr{^$}]
--- raw_response_headers_like eval: [qr//, qr//, qr/X-Version: [0-9a-f]{16}\r/]



=== the version where consent is off
--- config
location = /t { add_header X-Version "[$consent_version]"; return 204; }
--- error_code: 204
--- response_headers
X-Version: []



=== every word of what is published makes a version of its own
--- http_config eval
::all(map("consent_table t$_->[0] { category a $_->[1]; "
             . "provider P a $_->[3] { cookie x $_->[2]; } }\n",
             [0, "A", "purpose=p", ""], [1, "B", "purpose=p", ""],
             [2, "A", "purpose=q", ""], [3, "A", "purpose=p expires=1d", ""],
             [4, "A", "purpose=p enforce=off", ""],
             [5, "A", "purpose=p enforce=off note=n", ""],
             [6, "A", "purpose=p name=y", ""],
             [7, "A", "purpose=p", "policy=https://p.test/"]))
--- config eval
::all(map("location /$_/ { consent t$_; consent_uri /$_/; consent_pages; }\n",
             0 .. 7))
--- pipelined_requests eval: [map("GET /$_/policy.json", 0 .. 7, 0)]
--- response_body_filters eval
sub { $::Versions{ ::json($_[0])->{version} } = 1; scalar(keys %::Versions) }
--- response_body eval: [1 .. 8, 8]



=== ... texts, fields and the template too; other directives do not
--- http_config eval
"consent_table t { category a A; provider P a { cookie x; } }\n"
--- config eval
"consent t;\n" . ::all(map("location /$_->[0]/ { consent_uri /$_->[0]/; consent_pages; $_->[1] }\n",
    [0, ""], [1, "consent_ui ../html/1;"], [2, "consent_ui ../html/2;"],
    [3, "consent_ui ../html/3;"], [4, "consent_ui ../html/1; consent_field a b;"],
    [5, "consent_ui ../html/1; consent_sweep on; consent_gpc off;"]))
--- user_files eval
my $texts = ::all(map("$_ a;\n", qw(language expiry_years expiry_months
    expiry_days expiry_hours expiry_minutes expiry_seconds expiry_session
    type_cookie type_storage type_script type_header)));
::all(map(">>> $_->[0]/texts/en.conf\n$texts$_->[1]\n>>> $_->[0]/policy.html\n$_->[2]\n",
             [1, "t u;", "a"], [2, "t v;", "a"], [3, "t u;", "b"]))
--- pipelined_requests eval: [map("GET /$_/policy.json", 0 .. 5)]
--- response_body_filters eval
sub { $::Words{ ::json($_[0])->{version} } = 1; scalar(keys %::Words) }
--- response_body eval: [1 .. 5, 5]



=== versions that are asked for
--- http_config eval: "consent_archive html/archive;\n" . $::Published
--- config eval: $::Site
--- user_files
>>> archive/0123456789abcdef.json
{"was":1}
>>> archive/0123456789abcdef-fr.html
<p>avant</p>
>>> archive/0123456789abcdef-en.html
<p>before</p>
>>> archive/fedcba9876543210-en.html
<p>long before</p>
>>> secret.json
{}
--- pipelined_requests eval
["GET /consent/policy?version=0123456789abcdef",
 "GET /consent/policy?version=0123456789abcdef&lang=fr",
 "GET /consent/policy?version=fedcba9876543210&lang=fr",
 "GET /consent/policy?version=fedcba9876543210",
 "GET /consent/policy.json?version=0123456789abcdef",
 "GET /consent/policy.json?version=fedcba9876543210",
 "GET /consent/policy.csv?version=0123456789abcdef",
 map("GET /consent/policy.json?version=$_", "", "0", "0123456789ABCDEF",
     "../secret", "..%2Fsecret", "0123456789abcdef.json", "0123456789abcde/",
     "0123456789abcdef%00", "....//....//secr", "a" x 4000)]
--- more_headers eval: [("Accept-Language: en") x 3, "Accept-Language: pl", ("") x 13]
--- error_code eval: [200, 200, 404, 200, 200, 404, 404, (404) x 10]
--- response_body_like eval
[qr/^<p>before/, qr/^<p>avant/, qr/404/, qr/^<p>long before/, qr/^\{"was":1\}/, (qr/404/) x 12]



=== without an archive no other version is known
--- http_config eval: $::Published
--- config eval: $::Site
--- request
GET /consent/policy?version=0123456789abcdef
--- error_code: 404



=== an archive that is no directory
--- http_config
consent_archive html/nothing;
--- config
location = /t { return 204; }
--- must_die
--- error_log eval: qr{\[emerg\] .*".*/html/nothing" is no directory, one that exists was expected in .*nginx\.conf:\d+}
