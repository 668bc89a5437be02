#!/usr/bin/perl

# html5lib's tokenizer tests: conformance.pl DRIVER FOLDER
#
# Compares the tags of each test, their attributes, and by both of them what is
# text, comment and raw text.  What the tokenizer does not yield (text, comments,
# DOCTYPEs) is not compared.

use strict;
use warnings;

use JSON::PP;
use IPC::Open2;

my ($driver, $folder) = @ARGV;
die "usage: conformance.pl DRIVER FOLDER\n" unless defined $folder;

my @files = sort glob "$folder/*.test";
die "no tests in $folder\n" unless @files;

# the elements whose end tags the tokenizer knows in raw text
my %closers = map { $_ => 1 }
    qw(script style title textarea xmp iframe noembed noframes);

my (@cases, %left_out);

for my $file (@files) {
    open my $fh, '<:raw', $file or die "$file: $!\n";
    my $json = decode_json(do { local $/; <$fh> });

    for my $test (@{$json->{tests} || $json->{xmlViolationTests} || []}) {
        my ($input, $output) = @$test{qw(input output)};

        if ($json->{xmlViolationTests}) {
            $left_out{'rewriting for XML'}++;
            next;
        }

        if ($test->{doubleEscaped}) {
            ($input, $output) = unescape($input, $output);
        }

        if (!defined $input) {
            $left_out{'a lone surrogate'}++;
            next;
        }

        for my $state (@{$test->{initialStates} || ['Data state']}) {
            my $last = $test->{lastStartTag} // '';

            if ($last ne '' && !$closers{$last} && $state ne 'Data state'
                && $state ne 'PLAINTEXT state')
            {
                $left_out{"end tags of <$last>"}++;
                next;
            }

            push @cases, {
                name => "$test->{description} ($state)", state => $state,
                last => $last, input => $input, output => $output
            };
        }
    }
}

my $pid = open2(my $out, my $in, $driver);

if (!fork) {
    close $out;
    for my $case (@cases) {
        utf8::encode(my $bytes = $case->{input});
        print $in join("\t", $case->{state}, $case->{last},
                       unpack 'H*', $bytes), "\n";
    }
    close $in;
    exit 0;
}

close $in;

my ($passed, $failed) = (0, 0);

for my $case (@cases) {
    my $line = <$out> // die "the driver stopped at: $case->{name}\n";
    chomp $line;

    my @got = map { actual($_) } split /\n/, pack 'H*', $line;
    my @expected = map { expected($_) } @{$case->{output}};

    # Spans are compared as they are written: of a value with character
    # references what stands before the first one, the rest is the URL parser's.
    for my $i (0 .. $#got) {
        for my $key (keys %{$got[$i]{attrs}}) {
            next unless $got[$i]{attrs}{$key} =~ s/&.*//s;
            next unless $expected[$i] && defined $expected[$i]{attrs}{$key};
            $expected[$i]{attrs}{$key} =
                substr $expected[$i]{attrs}{$key}, 0,
                       length $got[$i]{attrs}{$key};
        }
    }

    my ($got, $expected) = map { join "\n", map { text($_) } @$_ }
                           \@got, \@expected;

    if ($got eq $expected) {
        $passed++;
    } else {
        $failed++;
        utf8::encode($_) for my @text = ($case->{name}, $case->{input},
                                         $got, $expected);
        print "not ok - $text[0]: $text[1]\n-- got:\n$text[2]\n",
              "-- expected:\n$text[3]\n";
    }
}

waitpid $pid, 0;
$failed++ if $?;

print "left out, $_: $left_out{$_}\n" for sort keys %left_out;
print "$passed passed, $failed failed\n";
exit($failed ? 1 : 0);

# a tag as the tests have it
sub expected {
    my ($token) = @_;
    my ($type, $name, $attrs, $closed) = @$token;

    return { name => "E $name", attrs => {} } if $type eq 'EndTag';
    return () if $type ne 'StartTag';
    return { name => "S $name" . ($closed ? '/' : ''), attrs => { %$attrs } };
}

# a tag as the driver has it
sub actual {
    my ($line) = @_;
    my ($name, @attrs) = split /\x01/, $line;
    my %attrs;

    $name = normal($name);
    return { name => $name =~ s/\/$//r, attrs => {} } if $name =~ /^E /;

    for (@attrs) {
        my ($key, $value) = split /\x02/, $_, 2;
        $key = normal($key);
        $key =~ tr/A-Z/a-z/;
        $attrs{$key} //= normal($value // '');
    }

    return { name => $name, attrs => \%attrs };
}

# what the input stream's preprocessing and NUL do to names and values
sub normal {
    my ($s) = @_;
    $s =~ s/%(..)/chr hex $1/ge;
    utf8::decode($s);
    $s =~ s/\r\n?/\n/g;
    $s =~ s/\0/\x{fffd}/g;
    return $s;
}

sub text {
    my ($tag) = @_;
    my $attrs = $tag->{attrs};
    return join ' ', $tag->{name}, map { "$_=$attrs->{$_}" } sort keys %$attrs;
}

sub unescape {
    my @all = @_;
    my $json = JSON::PP->new->utf8(0)->allow_nonref->canonical;

    for (@all) {
        my $text = $json->encode($_);
        return if $text =~ /\\\\uD[89A-F]/i;
        $text =~ s/\\\\u([0-9A-Fa-f]{4})/\\u$1/g;
        $_ = $json->decode($text);
    }

    return @all;
}
