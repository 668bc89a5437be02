
# What all tests of nginx share: a table, and choices.

package ConsentTable;

use strict;
use warnings;

use Exporter qw(import);

our @EXPORT = qw($Table $Now choice);

our $Now = time();


# A table with a row of every kind; hosts end in .test, which nobody has.

our $Table = <<'END';
consent_table site {
    category essential required "Needed for the site to work";
    category performance "Site performance and customisation";
    category advertising "Targeted advertising";
    category sharing "Sharing on third-party platforms";

    provider "Shop" essential {
        cookie session;
        url    cdn.test;
    }

    provider "Stats" performance {
        cookie stat;
        cookie stat-*;
        cookie "~^s\d+$";
        url    stats.test;
        inline "statsQueue";
        header Accept-CH;
    }

    provider "Ads" advertising {
        cookie ad;
        cookie far domain=far.test;
        url    ads.test;
        url    /pixel;
    }

    provider "Video" sharing {
        cookie share;
        url    video.test;
    }

    provider "Both" performance advertising {
        cookie both;
        url    both.test;
    }
}
END


# The module's own cookie: choice("performance+sharing"), and what else of it
# is not as usual: age in seconds, revision, id.

sub choice {
    my ($categories, %other) = @_;

    my $value = join(".", 1, $Now - ($other{age} // 60),
                     $other{revision} // 0, $categories);
    $value .= ".$other{id}" if defined $other{id};

    return "consent=$value";
}

1;
