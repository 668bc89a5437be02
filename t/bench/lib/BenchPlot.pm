package BenchPlot;

# Lines as SVG: plot(FILE, y, [series name, ...], [x, [[x, y], ...], ...], ...).
# A panel each, two in a row, every axis from 0 on.

use strict;
use warnings;

use Exporter 'import';

our @EXPORT_OK = qw(plot);

my @colours = ('#777777', '#b3261e', '#1f6feb', '#2e7d32');
my ($width, $height, $left, $top, $right, $bottom) = (420, 280, 56, 40, 20, 44);

sub plot {
    my ($file, $unit, $names, @panels) = @_;
    my $rows = int((@panels + 1) / 2);
    my ($w, $h) = (2 * $width, $rows * $height + 40);

    my $svg = qq{<svg xmlns="http://www.w3.org/2000/svg" width="$w" height="$h"}
              . qq{ viewBox="0 0 $w $h" font-family="sans-serif" font-size="12"}
              . qq{ fill="#222">\n<rect width="$w" height="$h" fill="#fff"/>\n}
              . text(16, 24, 'start', $unit);

    my $x = $w - 110 * @$names;

    for my $i (0 .. $#$names) {
        $svg .= qq{<line x1="$x" y1="20" x2="} . ($x + 20) . qq{" y2="20"}
                . qq{ stroke="$colours[$i]" stroke-width="2"/>\n}
                . text($x + 26, 24, 'start', $names->[$i]);
        $x += 110;
    }

    for my $i (0 .. $#panels) {
        $svg .= qq{<g transform="translate(} . $width * ($i % 2) . ','
                . (40 + $height * int($i / 2)) . qq{)">\n} . panel($panels[$i])
                . "</g>\n";
    }

    open my $fh, '>', $file or die "$file: $!\n";
    print $fh "$svg</svg>\n";
    close $fh or die "$file: $!\n";
}

sub panel {
    my ($title, @series) = @{$_[0]};
    my ($w, $h) = ($width - $left - $right, $height - $top - $bottom);
    my ($most_x, $most_y) = (1, 1);

    for my $point (map { @$_ } @series) {
        next if !defined $point->[1];
        $most_x = $point->[0] if $point->[0] > $most_x;
        $most_y = $point->[1] if $point->[1] > $most_y;
    }

    my ($step_x, $step_y) = (step($most_x), step($most_y));
    my $x = sub { sprintf '%.1f', $left + $w * $_[0] / $most_x };
    my $y = sub { sprintf '%.1f', $top + $h - $h * $_[0] / ($most_y * 1.05) };

    my $svg = text($left + $w / 2, $height - 8, 'middle', $title);

    for (my $at = 0; $at <= $most_y * 1.05; $at += $step_y) {
        my $line = $y->($at);
        $svg .= qq{<line x1="$left" y1="$line" x2="} . ($left + $w)
                . qq{" y2="$line" stroke="#ddd"/>\n}
                . text($left - 6, $line + 4, 'end', $at);
    }

    for (my $at = 0; $at <= $most_x; $at += $step_x) {
        $svg .= text($x->($at), $top + $h + 16, 'middle', $at);
    }

    for my $i (0 .. $#series) {
        my @points = grep { defined $_->[1] } @{$series[$i]};

        $svg .= qq{<polyline fill="none" stroke="$colours[$i]" stroke-width="2"}
                . ' points="'
                . join(' ', map { $x->($_->[0]) . ',' . $y->($_->[1]) } @points)
                . qq{"/>\n};

        $svg .= '<circle cx="' . $x->($_->[0]) . '" cy="' . $y->($_->[1])
                . qq{" r="2.5" fill="$colours[$i]"/>\n} for @points;
    }

    return $svg;
}

# 1, 2 or 5 times a power of ten, so that there are four to eight of them
sub step {
    my ($most) = @_;
    my $step = 10 ** int(log($most) / log(10));

    for my $by (1, 0.5, 0.2) {
        return $step * $by if $most / ($step * $by) >= 4;
    }

    return $step * 0.1;
}

sub text {
    my ($x, $y, $anchor, $text) = @_;
    return qq{<text x="$x" y="$y" text-anchor="$anchor">$text</text>\n};
}

1;
