#!/usr/bin/perl

# Pages like real ones, the same on every machine: corpus.pl [--check] FOLDER
#
# Sizes, tags and attributes a KB, the shares of scripts, styles and text, and
# how many tags lead to trackers follow what was counted on saved pages (stats.pl
# counts both).  corpus.sha256 fixes the files.

use strict;
use warnings;
use utf8;

use Digest::SHA 'sha256_hex';
use Encode 'encode';
use FindBin;
use lib "$FindBin::Bin/lib";
use BenchWords qw(seed below pick words identifier hex number);
use BenchPages;
use BenchTrackers qw(@tags @inlines);

# bytes of a page, from the smallest to the greatest, at equal distances
my @sizes = (9_000, 54_000, 74_000, 92_000, 113_000, 124_000, 138_000, 154_000,
             181_000, 208_000, 232_000, 258_000, 285_000, 314_000, 339_000,
             395_000, 460_000, 543_000, 980_000);
my $pages = 37;

# bytes of an inline script and of a style, as above
my @script = (2, 43, 68, 87, 111, 143, 182, 226, 276, 327, 377, 442, 528, 601,
              735, 950, 1295, 1846, 2976, 7149, 70_000);
my @style = (10, 32, 55, 77, 99, 127, 160, 233, 286, 383, 413, 524, 565, 734,
             817, 922, 1085, 1484, 2079, 5280, 120_000);

my $check = @ARGV && $ARGV[0] eq '--check' ? shift @ARGV : undef;
my ($folder) = @ARGV;
die "usage: corpus.pl [--check] FOLDER\n" unless defined $folder;

my %want;
my $list = "$FindBin::Bin/corpus.sha256";

if (open my $fh, '<', $list) {
    while (<$fh>) {
        $want{$2} = $1 if /^([0-9a-f]{64})  (\S+)$/;
    }
}

if ($check) {
    for my $name (keys %want) {
        my $file = "$folder/$name";
        exit 1 if !-f $file
                  || sha256_hex(BenchPages::slurp($file)) ne $want{$name};
    }

    exit;
}

system('mkdir', '-p', $folder) == 0 or exit 1;

my ($sums, $wrong) = ('', 0);

for my $i (0 .. $pages - 1) {
    my $name = sprintf 'page%02d.html', $i;

    # each page by itself: one that changes leaves the others alone
    seed(1000 + $i);

    my $text = encode('UTF-8', page(quantile(\@sizes, $i / ($pages - 1))));
    my $sum = sha256_hex($text);

    $sums .= "$sum  $name\n";
    $wrong++ if ($want{$name} // '') ne $sum;

    BenchPages::spew("$folder/$name", $text);
}

if ($ENV{CORPUS_WRITE}) {
    BenchPages::spew($list, $sums);
} elsif ($wrong) {
    die "$wrong of $pages pages are not those of corpus.sha256\n";
}

sub quantile {
    my ($of, $at) = @_;
    my $x = $at * $#$of;
    my $n = int $x;
    return $of->[-1] if $n >= $#$of;
    return int($of->[$n] + ($of->[$n + 1] - $of->[$n]) * ($x - $n));
}

sub page {
    my ($size) = @_;

    # a few pages are nearly all style, or have hardly any
    my $scripts = $size * (16 + below(32)) / 100;
    my $styles = $size * (below(4) ? 6 + below(27) : 32 + below(22)) / 100;
    my $rest = $size - $scripts - $styles;

    my (@head, @body);

    push @head, chunks($styles, \@style, \&style);
    push @body, splice @head, @head - @head / 3;

    my @code = chunks($scripts, \@script, \&script);
    push @head, splice @code, 0, @code / 3;
    push @body, @code;

    push @head, map { external() } 1 .. 2 + $rest / 6000;
    push @head, map { meta() } 1 .. 8 + below(14);
    push @body, map { external() } 1 .. $rest / 12000;

    push @head, map { tracker('head') } 1 .. 3 + below(7);
    push @body, map { tracker('body') } 1 .. 3 + below(9);
    push @body, map { comment() } 1 .. $size / 6500;

    push @head, map { inline_tracker() } 1 .. 2 + below(4);
    push @body, map { inline_tracker() } 1 .. 2 + below(5);

    my @blocks;
    my $have = 0;

    while ($have < $rest - $rest / 12) {
        my $block = block();
        push @blocks, $block;
        $have += length $block;
    }

    return "<!DOCTYPE html>\n<html lang=\"en\" class=\"no-js "
           . identifier() . "\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
           . words(5) . "</title>\n" . join("\n", shuffle(@head))
           . "\n</head>\n<body class=\"" . classes(4) . "\" data-page=\""
           . hex(12) . "\">\n" . join("\n", map { "\n" . ' ' x (4 * below(14)) . $_ }
                          shuffle(@blocks, @body))
           . "\n</body>\n</html>\n";
}

# texts of lengths drawn from a list until so many bytes are there

sub chunks {
    my ($bytes, $lengths, $make) = @_;
    my @chunks;

    while ($bytes > 0) {
        my $n = quantile($lengths, below(1000) / 1000);
        $n = $bytes if $n > $bytes;
        push @chunks, $make->($n);
        $bytes -= length $chunks[-1];
    }

    return @chunks;
}

sub shuffle {
    my @list = @_;

    for (my $i = $#list; $i > 0; $i--) {
        my $k = below($i + 1);
        @list[$i, $k] = @list[$k, $i];
    }

    return @list;
}

sub classes {
    my ($n) = @_;
    return join ' ', map { identifier() } 1 .. 1 + below($n);
}

sub path {
    my ($depth) = @_;
    return join '', map { '/' . lc identifier() } 1 .. 1 + below($depth);
}

sub picture {
    my $host = pick('', '', 'https://img.site-cdn.example',
                    'https://media.images-cdn.example',
                    '//static.site-cdn.example');
    return $host . path(4) . '/' . hex(16) . pick('.jpg', '.png', '.webp')
           . (below(3) ? '' : '?w=' . number(900) . '&amp;q=80&amp;fit=crop');
}

sub meta {
    return pick(
        '<meta property="og:' . identifier() . '" content="' . words(8) . '">',
        '<meta name="' . identifier() . '" content="' . words(10) . '" />',
        '<link rel="alternate" hreflang="' . pick(qw(en fr de es it nl pl))
            . '" href="https://www.example.com' . path(3) . '">',
        '<link rel="icon" sizes="32x32" type="image/png" href="' . picture()
            . '">',
    );
}

sub external {
    my $version = '?ver=' . number(9) . '.' . number(20);

    return pick(
        '<script src="' . path(4) . '/' . identifier() . ".min.js$version\""
            . pick('', ' defer', ' async', ' type="text/javascript"'
                       . ' id="' . identifier() . '-js"') . '></script>',
        '<script src="https://cdn.site-cdn.example' . path(3)
            . "/bundle.js$version\" crossorigin=\"anonymous\" integrity=\""
            . 'sha256-' . hex(43) . '="></script>',
        '<link rel="stylesheet" id="' . identifier() . '-css" href="'
            . path(4) . "/style.css$version\" type=\"text/css\" media=\"all\">",
        '<link rel="preload" as="' . pick(qw(font script style image))
            . '" href="//static.site-cdn.example' . path(3) . '/'
            . identifier() . '" crossorigin>',
        '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family='
            . identifier() . ':wght@400;700&amp;display=swap">',
    );
}

sub tracker {
    my ($where) = @_;
    my $tag = pick(grep { $where eq 'body' || $_ !~ /^<(?:img|iframe|nos)/ }
                   @tags);
    return fill($tag);
}

sub inline_tracker {
    return fill('<script' . pick('', ' type="text/javascript"')
                . ">\n" . pick(@inlines) . "\n</script>");
}

sub fill {
    my ($text) = @_;
    $text =~ s/\$HEX/hex(12)/ge;
    $text =~ s/\$N/100000 + number(900000)/ge;
    $text =~ s/\$WORD/identifier()/ge;
    return $text;
}

sub style {
    my ($n) = @_;
    my $css = '';

    while (length $css < $n) {
        $css .= pick('.', '.', '#', 'a.', 'div.', '.' . identifier() . '>.')
                . identifier()
                . pick('', ':hover', '::before', ' ' . pick(qw(a p h2 li img)),
                       ',.' . identifier()) . '{'
                . join(pick(';', ';', ";\n    "), map { rule() } 1 .. 1 + below(5)) . '}'
                . pick('', "\n", "\n    ");
        $css .= '@media (min-width:' . number(1400) . 'px){.' . identifier()
                . '{' . rule() . '}}' if !below(9);
        $css .= '/* ' . words(6) . " */\n" if !below(24);
    }

    my $id = pick('', ' type="text/css"', ' id="' . identifier() . '-css"',
                  ' media="all"', ' data-' . identifier() . '="' . hex(7)
                  . '"');

    return "<style$id>$css</style>";
}

sub rule {
    return pick(
        'margin:' . number(40) . 'px auto 0', 'padding:' . number(30) . 'px',
        'color:#' . hex(6), 'background-color:rgba(' . number(255) . ',0,0,.5)',
        'display:flex', 'font-size:' . number(32) . 'px', 'width:calc(100% - '
            . number(90) . 'px)', 'position:relative', 'border-radius:4px',
        'transition:opacity .2s ease-in-out', 'font:400 1rem/1.5 sans-serif',
        '-webkit-box-shadow:0 1px 2px rgba(0,0,0,.2)', 'content:"\\e9'
            . hex(2) . '"',
        below(8) ? 'flex:1 1 auto' : 'background:url(' . path(3) . '/'
            . hex(8) . '.svg) no-repeat',
    );
}

sub script {
    my ($n) = @_;

    if ($n > 1500 ? below(2) : !below(8)) {
        return '<script type="' . pick('application/json',
                                       'application/ld+json')
               . '" id="' . identifier() . '">' . json($n) . '</script>';
    }

    my $code = '';
    my $indent = pick('', ' ' x 8, "\n    ", "\n            ");

    while (length $code < $n) {
        $code .= $indent;
        my ($a, $b) = (identifier(), identifier());

        $code .= pick(
            "var $a=window.$b||{};",
            "function $a(e,t){return e.$b&&t?e.$b(t):null}",
            "for(var i=0;i<$a.length;i++){$a\[i].$b=" . number(1000) . "}",
            "if(!$a||\"undefined\"!=typeof $b){$b(\"" . words(3) . '")}',
            "$a.push({\"$b\":\"" . hex(10) . '","n":' . number(9999) . '});',
            "document.querySelector('.$a').addEventListener('click',$b);",
            "    // " . words(6) . "\n",
            "$a.innerHTML='<div class=\"$b\">'+$b+'<\\/div>';",
            "    $a.$b = " . hex(1) . " ? '" . words(2) . "' : null;\n",
            'var ' . substr($a, 0, 2) . "=\"" . path(5) . "\";\n",
        );
    }

    return '<script' . pick('', '', ' type="text/javascript"', ' id="'
                            . identifier() . '-js-extra"') . ">$code</script>";
}

sub json {
    my ($n) = @_;
    my $json = '{"@context":"https:\/\/schema.org","items":[';

    while (length $json < $n) {
        $json .= '{"id":' . number(99999) . ',"title":"' . words(6)
                 . '","url":"https:\/\/www.example.com'
                 . path(3) =~ s/\//\\\//gr . '","' . identifier() . '":'
                 . pick('null', 'true', '[]', '"' . hex(16) . '"') . '},';
    }

    return "$json\{}]}";
}

# a piece of a page's body

sub block {
    my @kinds = (\&card, \&card, \&card, \&menu, \&menu, \&icon, \&icon,
                 \&icon, \&text, \&text, \&widget, \&widget, \&widget, \&form);
    return $kinds[below(scalar @kinds)]->();
}

sub href {
    return pick('', 'https://www.example.com') . path(6) . pick('', '/', '.html')
           . (below(4) ? '' : '?utm_source=' . identifier() . '&amp;ref='
                              . hex(10));
}

sub card {
    my $url = href();
    my $sizes = below(3) ? '' : ' srcset="' . picture() . ' 1x, ' . picture()
                                . ' 2x" sizes="(max-width: 600px) 100vw, 50vw"';

    return '<div class="' . classes(5) . '" data-id="' . number(99999)
           . "\">\n  <a class=\"" . classes(3) . "\" href=\"$url\" title=\""
           . words(6) . "\"><img" . pick('', ' loading="lazy"') . ' src="'
           . picture() . "\"$sizes alt=\"" . words(5) . '" width="' . number(900)
           . '" height="' . number(600) . "\"></a>\n  <div class=\""
           . classes(3) . "\"><h3><a href=\"$url\">" . words(6)
           . "</a></h3>\n  <span class=\"" . classes(3) . '">' . words(3)
           . "</span></div>\n</div>";
}

sub menu {
    return '<ul class="' . classes(4) . "\">\n" . join("\n", map {
               '  <li id="menu-item-' . number(99999) . '" class="' . classes(5)
               . '"><a' . pick('', ' target="_blank" rel="noopener"')
               . ' href="' . href() . '">' . words(2) . '</a></li>'
           } 1 .. 3 + below(6)) . "\n</ul>";
}

sub icon {
    my $d = 'M' . number(24) . ' ' . number(24);
    $d .= pick('c', 'l', 'a', 'h', 'v', 'z') . number(99) / 10 . '-'
          . number(99) / 10 . ' ' . number(240) / 10
        for 1 .. 16 + below(below(4) ? 70 : 340);

    return '<svg xmlns="http://www.w3.org/2000/svg" class="' . classes(2)
           . '" viewBox="0 0 24 24" width="24" height="24" fill="none"><path d="'
           . $d . '" fill="#' . hex(6) . '"/></svg>';
}

sub text {
    return join "\n", map {
        '<p>' . words(14 + below(26)) . ' <a href="' . href() . '">' . words(3)
        . '</a> ' . words(8) . pick('.', '. <em>' . words(2) . '</em>', '.<br>')
        . '</p>'
    } 1 .. 1 + below(3);
}

sub widget {
    my $data = join '', map {
        ' data-' . identifier() . '-' . identifier() . '="'
        . pick(hex(20), number(9999), 'true',
               '{&quot;' . identifier() . '&quot;:&quot;' . path(6) . '&quot;}')
        . '"'
    } 1 .. 1 + below(4);

    return '<div id="' . identifier() . '-' . number(999) . '" class="'
           . classes(7) . "\"$data"
           . pick('', ' style="display:none"', ' role="region" aria-label="'
                  . words(3) . '"', ' style="margin:0 0 ' . number(40)
                  . 'px;background:url(' . path(2) . '/' . hex(8) . '.png)"')
           . '><section class="' . classes(4) . '"><span class="' . classes(4)
           . '">' . words(2) . '</span><i class="' . classes(3)
           . "\"></i></section>\n    </div>";
}

sub form {
    return '<form action="' . href() . '" method="post" class="' . classes(3)
           . "\">\n    <label for=\"" . identifier() . '">' . words(2)
           . "</label>\n    <input type=\"text\" name=\"" . identifier()
           . '" value="" placeholder="' . words(3) . "\">\n    <input type="
           . 'hidden name=' . identifier() . ' value="' . hex(32)
           . "\">\n    <button class='" . classes(4) . '\' onclick="return '
           . identifier() . '(this, &#39;' . hex(8) . '&#39;)">' . words(1)
           . "</button>\n</form>";
}

sub comment {
    return pick('<!-- ' . words(7) . ' -->', '<!-- /' . identifier() . ' -->',
                "<!--[if lt IE 9]><script src=\"" . path(3)
                . "/old.js\"></script><![endif]-->");
}
