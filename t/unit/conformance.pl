#!/usr/bin/perl

# html5lib's tokenizer tests: conformance.pl TOOL FOLDER
#
# Compares the start tags of each test with those of objs/consent-tokens, their
# attributes decoded, and by them what is text, comment and raw text.  Every way
# to cut an input in two must give the same, and a byte at a time.  What the
# tokenizer does not yield (text, comments, DOCTYPEs) is not compared.

use strict;
use warnings;

use IPC::Open2;
use JSON::PP;
use MIME::Base64;

my ($tool, $folder) = @ARGV;
die "usage: conformance.pl TOOL FOLDER\n" unless defined $folder;

my @files = sort glob "$folder/*.test";
die "no tests in $folder\n" unless @files;

my $json = JSON::PP->new->canonical->allow_nonref;
my (@cases, %left_out);

for my $file (@files) {
    open my $fh, '<:raw', $file or die "$file: $!\n";
    my $tests = decode_json(do { local $/; <$fh> });

    for my $test (@{$tests->{tests} || $tests->{xmlViolationTests} || []}) {
        my ($input, $output) = @$test{qw(input output)};

        if ($tests->{xmlViolationTests}) {
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

        utf8::encode(my $bytes = $input);

        for my $state (@{$test->{initialStates} || ['Data state']}) {
            push @cases, {
                name => "$test->{description} ($state)", bytes => $bytes,
                request => {
                    mode => 'tokens', b64 => encode_base64($bytes, ''),
                    initialState => $state,
                    lastStartTag => $test->{lastStartTag}
                },
                expected => text([grep { $_->[0] eq 'StartTag' } @$output])
            };
        }
    }
}

my $pid = open2(my $out, my $in, $tool);
my ($passed, $failed) = (0, 0);

for my $n (0 .. $#cases) {
    my $case = $cases[$n];
    my @got;

    # a batch that no pipe's buffer is too small for, as an answer follows each
    for my $chunks ([], 'each', map { [$_] } 1 .. length($case->{bytes}) - 1) {
        print $in $json->encode({ %{$case->{request}}, id => $n,
                                  chunks => $chunks }), "\n";
        $in->flush;

        my $line = <$out> // die "the tool stopped at: $case->{name}\n";
        push @got, text($json->decode(decoded($line))->{tokens});
    }

    my ($wrong) = grep { $_ ne $case->{expected} } @got;

    if (!defined $wrong) {
        $passed++;
        next;
    }

    $failed++;
    utf8::encode($_) for my @text = ($wrong, $case->{expected});
    print "not ok - $case->{name}: $case->{bytes}\n-- got:\n$text[0]\n",
          "-- expected:\n$text[1]\n";
}

close $in;
waitpid $pid, 0;
$failed++ if $?;

print "left out, $_: $left_out{$_}\n" for sort keys %left_out;
print "$passed passed, $failed failed\n";
exit($failed ? 1 : 0);

sub decoded {
    my ($line) = @_;
    utf8::decode($line) or die "no UTF-8: $line";
    return $line;
}

# start tags as one text: name, attributes, self-closing
sub text {
    my ($tokens) = @_;
    return join "\n", map {
        $json->encode([@$_[1, 2], $_->[3] ? 1 : 0])
    } @$tokens;
}

sub unescape {
    my @all = @_;

    for (@all) {
        my $text = $json->encode($_);
        return if $text =~ /\\\\uD[89A-F]/i;
        $text =~ s/\\\\u([0-9A-Fa-f]{4})/\\u$1/g;
        $_ = $json->decode($text);
    }

    return @all;
}
