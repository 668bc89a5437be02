#!/usr/bin/perl

# Off means off, and report changes nothing: off.pl MODULE WORK
#
# One nginx is asked the same requests without the module, with it where
# "consent" is off in several ways, and in report mode.  Every byte that
# clients and origins get, and every line of the logs, must be the same.
# off.conf is the configuration, off_requests.pl the requests.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/../lib";
use Compress::Zlib ();
use ConsentOrigin qw(origin page);
use ConsentServer qw(ask free_ports nginx slurp spew start stop);
use Time::HiRes qw(sleep time);

my ($module, $work) = @ARGV;
die "usage: off.pl MODULE WORK\n" unless defined $work;

our @requests;
do "$FindBin::Bin/off_requests.pl" or die $@ || $!;

my $table = <<'END';
consent_table site {
    category essential required "Needed";
    category performance "Performance";
    category advertising "Advertising";
    provider "Stats" performance {
        cookie stat; cookie stat-*; cookie session; url stats.test;
        inline "statsQueue"; stub "window.s=1"; header Accept-CH;
    }
    provider "Ads" advertising { cookie ad; url ads.test; }
}
END

# everything that could change a byte, to its utmost

my $utmost = <<'END';
consent site;
consent_tags remove;
consent_downstream private;
consent_unknown_cookies strip;
consent_unknown_urls hold;
consent_opaque block;
consent_gpc strict advertising;
END

# what the run's http, server and other server blocks say; strict: logs of
# errors are the same too

my @runs = (
    { name => 'without the module' },
    { name => 'no "consent"', load => 1, http => $table,
      elsewhere => $utmost, strict => 1 },
    { name => '"consent off"', load => 1, http => "$table$utmost",
      here => 'consent off;', elsewhere => '', strict => 1 },
    { name => '"consent" is off by a variable', load => 1,
      http => $table . $utmost . 'map $host $which { default off; }',
      here => 'consent $which;', strict => 1 },
    { name => 'report mode', load => 1, report => 1,
      http => $table . $utmost . 'log_format decided $consent_decisions;',
      here => 'consent_mode report; access_log @DIR@/access.log all;'
              . 'access_log @DIR@/decided.log decided;' },
);

my %port;
@port{qw(PORT PORT2 OTHER ORIGIN FASTCGI CLOSED)} = free_ports(6);

# the directive took the place of the parameter in 1.25.1

my $v = join ' ', nginx($work, '-v');
my $http2 = `$v 2>&1` =~ m{/1\.(\d+)} && $1 > 25 ? '; http2 on' : 'http2';

my ($failed, $compared) = (0, 0);
my $first = one_run($runs[0]);

for my $run (@runs[1 .. $#runs]) {
    my $began = time;
    my $seen = one_run($run);
    my %wrong = wrong($run, $first, $seen);

    print "not ok - $run->{name}: $_\n", $wrong{$_} for sort keys %wrong;

    $failed += keys %wrong;
    $compared += keys %$seen;
    printf "%s: %d requests, %.1f s\n", $run->{name}, scalar @requests,
           time - $began;
}

print "$compared compared, $failed differ\n";
exit($failed ? 1 : 0);


# What differs: name => where.

sub wrong {
    my ($run, $was, $is) = @_;

    return map { $_ => difference($was->{$_} // '', $is->{$_} // '') }
           grep { ($run->{strict} || $_ ne 'error.log')
                  && ($was->{$_} // '') ne ($is->{$_} // '') }
           keys %{{%$was, %$is}};
}


# What everybody got: name => bytes.

sub one_run {
    my ($run) = @_;

    system('rm', '-rf', $work);
    system('mkdir', '-p', map { "$work/$_" } qw(root/list/sub temp dav)) == 0
        or exit 1;
    system('chmod', '-R', 'a+rwX', $work);
    files();

    my $conf = slurp("$FindBin::Bin/off.conf");
    my %fill = (%port, DIR => $work, HTTP2 => $http2, HTTP => $run->{http} // '',
                HERE => $run->{here} // '',
                ELSEWHERE => $run->{elsewhere} // '',
                LOAD => $run->{load} ? "load_module $module;" : '',
                USER => $> == 0 ? 'user root;' : '');
    1 while $conf =~ s/\@([A-Z0-9]+)\@/$fill{$1}/g;
    spew("$work/nginx.conf", $conf);

    my $record = "$work/origin";
    spew($record, '');
    my @origins = origin(@port{qw(ORIGIN FASTCGI)}, $record);
    my %seen;

    eval {
        my $master = start($work, $port{PORT});
        my $n = 0;

        for (@requests) {
            my ($name, @pieces) = @$_;
            my $answer;

            if ($name eq 'sleep') {
                sleep $pieces[0];
                next;
            }

            if ($name =~ /^h2/) {
                $answer = curl(@pieces);

            } else {
                $answer = ask($port{PORT}, @pieces);
            }

            $seen{sprintf 'answer %03d: %s', $n++, $name} = usual($answer);
        }

        enforces() if $run->{load};
        stop($master);
        decides() if $run->{report};
    };

    my $error = $@;
    kill 'TERM', @origins;
    waitpid $_, 0 for @origins;
    die $error if $error;

    $seen{'what the origins got'} = join "\n", sort(records($record));
    $seen{$_} = join "\n", sort split /\n/, usual(slurp("$work/$_"))
        for qw(access.log error.log);

    return \%seen;
}


# The module is there, and works where it is on.

sub enforces {
    my $answer = ask($port{OTHER}, "GET /page.html HTTP/1.0\r\n\r\n");

    die "nothing is held back where \"consent\" is on\n"
        if $answer !~ /^HTTP\S+ 200 / || $answer =~ /<[^>]* src=.*ads\.test/;
}


# What report mode would have done, of every kind.

sub decides {
    my $decided = slurp("$work/decided.log");

    for (qw(set-cookie cookie header tag inline)) {
        die "report mode has not noted a \"$_\"\n"
            unless $decided =~ /(^|; )$_ /m;
    }
}


# The same files with the same times for every run.

sub files {
    my $page = page();
    my %file = (
        'page.html' => $page,
        'head.html' => "<p>head</p>\n",
        'large.html' => $page x 400,
        'index.html' => "<a href=/>index</a>\n",
        'a.css' => "a { background: url(//ads.test/a.png) }\n",
        'a.js' => "fetch('//ads.test/a');\n",
        'a.txt' => "text\n",
        'a.png' => "\x89PNG\r\n\x1a\n" . "\0" x 600,
        'a' => $page,
        'page.html.gz' => Compress::Zlib::memGzip($page),
        'include.shtml' => '<!--#include virtual="/proxy/html" -->'
                           . '<!--#include virtual="/page.html" -->'
                           . '<!--#echo var="cookie_ad" -->' . $page,
        'list/one.html' => $page,
        'list/sub/two.html' => $page,
    );

    spew("$work/root/$_", $file{$_}) for keys %file;
    spew("$work/passwd", "u:{PLAIN}p\n");

    utime 1767225600, 1767225600, map { "$work/root/$_" }
                                  keys %file, 'list/sub', 'list', '.';
}


# Without what is never the same twice.

sub usual {
    my ($bytes) = @_;
    my $date = qr/\w{3}, \d\d \w{3} (?!2026 )\d{4} \d\d:\d\d:\d\d GMT/;

    $bytes =~ s/^(date|expires): [^\r\n]+/$1: (date)/gim;
    $bytes =~ s/^\d{4}\/\d\d\/\d\d [\d:]+ \[(\w+)\] \d+#\d+: (\*\d+ )?/[$1] /gm;
    $bytes =~ s/\b(process|signal process|worker process) \d+/$1 N/g;
    $bytes =~ s/^\[notice\].*\n?//gm;
    $bytes =~ s/^(\[.{500}).*/$1/gm;
    $bytes =~ s/^.* while waiting for request, .*\n?//gm;

    # a date takes more or fewer bytes in HPACK
    $bytes =~ s/^([^|]* HTTP\/2\.0\|\d+\|)\d+\|\d+/$1N|N/gm;

    return $bytes;
}


sub records {
    my ($file) = @_;

    my @records = unpack '(N/a)*', slurp($file);
    return @records;
}


sub curl {
    my ($path, @arguments) = @_;

    open my $pipe, '-|:raw', 'curl', '-sS', '-i', '-m', 60,
         '--http2-prior-knowledge', @arguments,
         "http://127.0.0.1:$port{PORT2}$path" or die "curl: $!\n";
    local $/;
    return <$pipe> // '';
}


# The first place where they differ, and a little around it.

sub difference {
    my ($was, $is) = @_;

    my @was = split /\n/, $was;
    my @is = split /\n/, $is;
    my $i = 0;

    $i++ while $i < @was && $i < @is && $was[$i] eq $is[$i];

    return join '', map { s/[^ -~]/./gr . "\n" }
           "    line " . ($i + 1),
           "    was: " . substr($was[$i] // '(end)', 0, 600),
           "    is:  " . substr($is[$i] // '(end)', 0, 600);
}
