
# What the Test::Nginx files share: defaults of blocks; the table and choices of
# ConsentTable.

package ConsentNginx;

use strict;
use warnings;

use Exporter qw(import);
use Test::Nginx::Socket;
use Test::Nginx::Util;

use ConsentTable;

our @EXPORT = qw($Table $Now choice splits);


# For every way to cut text in two, a location "/t<n>" that sends both pieces,
# each by one call of the filters; "/t0" sends byte by byte.

sub splits {
    my ($text, $directives) = @_;
    my $config = "";

    for my $n (1 .. length($text) - 1) {
        my @pieces = (substr($text, 0, $n), substr($text, $n));
        $config .= "location = /t$n { $directives\n"
                   . join("", map("echo -n -- '$_';\n", @pieces)) . "}\n";
    }

    $config .= "location = /t0 { $directives\n"
               . join("", map("echo -n -- '$_';\n", split //, $text)) . "}\n";

    return $config;
}


add_block_preprocessor(sub {
    my ($block) = @_;

    if (defined $block->config && !defined $block->http_config) {
        $block->set_value("http_config", $Table);
    }

    if (!defined $block->request && !defined $block->pipelined_requests
        && !defined $block->raw_request && !defined $block->must_die)
    {
        $block->set_value("request", "GET /t");
    }

    # seconds without a byte: some tests need two of the three that are usual

    if (!defined $block->timeout) {
        $block->set_value("timeout", 60);
    }

    if (defined $block->more_headers) {
        my $headers = $block->more_headers;
        $block->set_value("more_headers",
                          ref $headers ? [map(lines($_), @$headers)]
                                       : lines($headers));
    }

    # what nginx says when it must not start is looked for in its log

    if (defined $block->must_die) {
        $block->set_value("suppress_stderr", 1);
    }

    # Test::Nginx asks for 1.25.1, with the directive of that version

    if (defined $block->http2
        && $Test::Nginx::Util::NginxVersion < 1.025001)
    {
        $Test::Nginx::Util::NginxVersion = 1.019008;
    }

    if (!defined $block->error_log && !defined $block->no_error_log) {
        $block->set_value("no_error_log", "[alert]\n[crit]\n[emerg]");
    }
});


# header lines as Test::Nginx wants them: each with its end, and that a "\n"

sub lines {
    my ($headers) = @_;

    $headers =~ s/\r//g;
    $headers =~ s/([^\n])\z/$1\n/;

    return $headers;
}


# Test::Nginx starts a ps for this, several times a block

no warnings qw(redefine);

sub Test::Nginx::Util::is_running ($) {
    my ($pid) = @_;

    kill(0, $pid) && open(my $stat, "<", "/proc/$pid/stat") or return 0;

    return (<$stat> // ") Z") !~ /\) Z/;
}


no_long_string();

1;
