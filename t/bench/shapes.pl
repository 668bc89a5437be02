#!/usr/bin/perl

# Time per byte on shapes that make a reader slow: shapes.pl PAGE_TOOL WORK
#
# Each shape at four sizes; flat means that 64 times as many bytes take 64 times
# as long.

use strict;
use warnings;

my ($tool, $work) = @ARGV;
die "usage: shapes.pl PAGE_TOOL WORK\n" unless defined $work;

system('mkdir', '-p', $work) == 0 or exit 1;

my $table = "$work/table.tsv";
write_file($table, "url\ttracker.example\tadvertising\n"
                   . "inline\ttracker(\tperformance\n");

my $refused = '//tracker.example/';

# name, what comes once before, what is repeated, what comes once after
my @shapes = (
    ['text', '', 'lorem ipsum dolor sit amet ', ''],
    ['"<" repeated', '', '<', ''],
    ['"</" repeated', '', '</', ''],
    ['nested tags', '', '<div>', ''],
    ['nested svg', '<svg>', '<g>', ''],
    ['svg in html in svg', '', '<svg><desc><b>', ''],
    ['refused tags', '', "<img src=$refused>", ''],
    ['endless comment', '<!--', '- ', ''],
    ['comment ends that are none', '<!--', '--!', ''],
    ['endless CDATA', '<svg><![CDATA[', ']] ', ''],
    ['CDATA openings', '<svg>', '<![CDATA[ ', ''],
    ['endless name', '<', 'a', ''],
    ['endless attribute name', '<img ', 'a', ''],
    ['endless attribute value', '<img alt="', 'a', ''],
    ['endless refused value', "<img src=\"$refused", 'a', ''],
    ['endless blanks before a URL', '<img src="', ' ', ''],
    ['endless slashes before a host', '<img src="', '/', ''],
    ['endless srcset', '<img srcset="', 'a 1x, ', ''],
    ['attributes', '<img ', 'a=b ', '>'],
    ['attributes of one name', '<img ', 'src=a ', '>'],
    ['noscript openings', '', '<noscript>', ''],
    ['noscript that never meets', '<noscript><!--', '<p a="', ''],
    ['readings', '', '<noscript><svg><title><select><style>', ''],
    ['titles in svg', '<svg>', '<title>a</title>', ''],
    ['styles in select', '<select>', '<style>a</style>', ''],
    ['endless script', '<script>', 'tracker ', ''],
    ['script escapes', '<script><!--', '<script ', ''],
    ['scripts', '', '<script>tracker()</script>', ''],
    ['endless module', '<script type=module>', 'import a / ', ''],
    ['import maps', '<script type=importmap>', "\"$refused\",", ''],
    ['an endless string', '<script type=importmap>"', '\\"', ''],
    ['endless style', '<style>', 'a{b:c} ', ''],
    ['refused style', '<style>', "a{b:url($refused)}", ''],
    ['an endless url()', '<style>a{b:url(', 'a', ''],
    ['CSS comments', '<style>', '/* ', ''],
    ['style attributes', '', "<p style='b:url($refused)'>", ''],
    ['documents in srcdoc', '', "<iframe srcdoc='<img src=$refused>'>"
                                . '</iframe>', ''],
    ['srcdoc in srcdoc', '', '<iframe srcdoc="<p><iframe srcdoc=\'', ''],
    ['data: documents', '', "<iframe src='data:text/html,<img src=http:$refused"
                            . ">'></iframe>", ''],
    ['references', '<img alt="', '&amp;', '">'],
    ['references in a srcdoc', '<iframe srcdoc="', '&lt;', '">'],
    ['ISO-2022-JP', '<meta charset=iso-2022-jp>', "\e\$B!!\e(B", ''],
);

my @sizes = map { $_ << 10 } 64, 256, 1024, 4096;

printf "%-32s %s   ratio\n", 'ns a byte at',
       join '  ', map { sprintf '%4d KB', $_ >> 10 } @sizes;

for my $shape (@shapes) {
    my ($name, $before, $again, $after) = @$shape;
    my @ns;

    for my $size (@sizes) {
        my $file = "$work/shape.html";
        write_file($file, $before . $again x ($size / length $again) . $after);
        my ($rate) = qx{"$tool" -t "$table" "$file"} =~ /([\d.]+) MB/
            or die "$tool failed on $name\n";
        push @ns, 1000 / ($rate || 1);
    }

    printf "%-32s %s   %5.2f\n", $name,
           join('  ', map { sprintf '%7.2f', $_ } @ns), $ns[-1] / $ns[0];
}

sub write_file {
    my ($path, $text) = @_;
    open my $fh, '>:raw', $path or die "$path: $!\n";
    print $fh $text;
    close $fh or die "$path: $!\n";
}
