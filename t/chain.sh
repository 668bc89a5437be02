#!/bin/bash

# chain.sh CONSENT-CHAIN
#
# Hash chains of consent records.  What a line's digits are is told by
# sha256sum, never by the tool itself.

set -eu

chain=$(realpath "$1")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

passed=0
failed=0
zeros=$(printf '0%.0s' {1..64})

# a record with what a shell, a format string and a regular expression may spoil
printf '%s\n' '{"event":"accept","id":"a"}' '' ' two  blanks ' \
    "% \\ ' \" \$x" 'last' >lines


main() {
    rule "each line gets the hash of the digits before it and itself"
    by_hand "$zeros" <lines >want
    "$chain" <lines >got
    same want got

    rule "a last line without a line feed is a line"
    printf 'a\nb' | "$chain" >got
    printf 'a\nb\n' | by_hand "$zeros" >want
    same want got

    rule "bytes are bytes: NUL, carriage return, no UTF-8"
    printf 'a\0b\377\r\n' | "$chain" >got
    want=$( (printf '%s' "$zeros"; printf 'a\0b\377\r') | sha256sum)
    (printf 'a\0b\377\r'; printf ' %s\n' "${want%% *}") >want
    same want got

    rule "no line is an empty chain"
    "$chain" </dev/null >got
    : >want
    same want got

    rule "what was chained is whole"
    "$chain" <lines >one
    verify 0 "one: 5 lines, the last is $(last one)" one

    rule "the input can be verified"
    want=$(last one)
    verify 0 "the input: 5 lines, the last is $want" <one

    local n
    for n in 1 2 3 4 5; do
        rule "a changed line $n is found"
        sed "${n}s/^/x/" one >bad
        verify 1 "bad:$n: this line was changed, or one before it is missing" \
            bad

        rule "changed digits of line $n are found"
        sed "${n}s/.\$/g/" one >bad
        verify 1 "bad:$n: *" bad
    done

    for n in 1 2 3 4; do
        rule "a missing line $n is found at the next one"
        sed "${n}d" one >bad
        verify 1 "bad:$n: *" bad
    done

    rule "two lines that change places are found"
    (sed -n 1p one; sed -n 3p one; sed -n 2p one; tail -n +4 one) >bad
    verify 1 "bad:2: *" bad

    rule "a line that comes twice is found"
    sed '2p' one >bad
    verify 1 "bad:3: *" bad

    rule "a line with a hash of its own alone is found"
    (head -n 1 one; echo new | by_hand "$zeros"; tail -n +2 one) >bad
    verify 1 "bad:2: *" bad

    rule "a line without a hash is found"
    (cat one; echo short) >bad
    verify 1 "bad:6: *" bad

    rule "a missing end is seen by the last digits"
    head -n 4 one >bad
    verify 0 "bad: 4 lines, the last is $(last bad)" bad
    differ "$(last bad)" "$(last one)"

    rule "a chain goes on in another file"
    "$chain" -p one <lines >two
    by_hand "$(last one)" <lines >want
    same want two

    rule "... or from digits"
    "$chain" -p "$(last one)" <lines >got
    same want got

    rule "files are verified in their order"
    verify 0 "*two: 5 lines, the last is $(last two)" one two

    rule "... not in another"
    verify 1 "two:1: *" two one

    rule "a later file alone needs the one before it"
    verify 1 "two:1: *" two
    verify 0 "two: 5 lines, *" -p one two

    rule "a file is appended to from its last line on"
    rm -f log
    head -n 2 lines | "$chain" -o log
    tail -n 3 lines | "$chain" -o log
    same one log

    rule "of a file that has lines the end counts, not -p"
    head -n 2 lines | "$chain" >log
    tail -n 3 lines | "$chain" -p two -o log
    same one log

    rule "a file that has none begins where -p says"
    rm -f log
    "$chain" -p one -o log <lines
    same two log

    rule "a file that is moved away is begun anew, and the chain goes on"
    rm -f log log.1
    (head -n 2 lines; await log 2; mv log log.1; tail -n 3 lines) \
        | "$chain" -o log
    cat log.1 log >got
    same one got
    verify 0 "*log: 3 lines, *" log.1 log

    rule "a file is written by one process at a time"
    rm -f log
    (echo a; await log 1; status "$chain" -o log <lines >&2 2>told
     echo "$?" >code; echo b) | "$chain" -o log
    grep -q 'another process writes it' told && [ "$(cat code)" = 2 ]
    count $?
    verify 0 "log: 2 lines, *" log

    rule "a file whose last line is broken is not continued"
    (cat one; printf 'half a li') >bad
    cp bad want
    status "$chain" -o bad <lines 2>/dev/null
    [ $? -eq 2 ]
    count $?
    same want bad

    rule "a long line is cut, told, and still chained"
    head -c 70000 /dev/zero | tr '\0' x >long
    "$chain" <long >got 2>told
    head -c 65536 long | by_hand "$zeros" >want
    same want got
    grep -q 'line 1 has more than 65536 bytes' told
    count $?
    verify 0 "got: 1 lines, *" got

    rule "what is added behind a line that is longer than any is found"
    head -c 65537 /dev/zero | tr '\0' x | by_hand "$zeros" \
        | sed 's/$/more/' >bad
    verify 1 "bad:1: *" bad

    rule "a full disk leaves no half of a line"
    if [ -w /dev/full ]; then
        status "$chain" <lines >/dev/full 2>/dev/null
        [ $? -eq 2 ]
        count $?
    fi

    rule "a file that is not there"
    status "$chain" -p nowhere <lines >/dev/null 2>&1
    [ $? -eq 2 ]
    count $?

    rule "an unknown option"
    status "$chain" --prove >/dev/null 2>&1
    [ $? -eq 2 ]
    count $?

    echo "chain: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}


# The lines of the input as a chain that begins with these digits.

by_hand() {
    local digits=$1 line

    while IFS= read -r line || [ -n "$line" ]; do
        digits=$(printf '%s%s' "$digits" "$line" | sha256sum)
        digits=${digits%% *}
        printf '%s %s\n' "$line" "$digits"
    done
}


# verify STATUS OUTPUT ARGUMENT...: the output is a pattern

verify() {
    local want=$1 pattern=$2 code=0 out
    shift 2

    out=$("$chain" --verify "$@") || code=$?

    # shellcheck disable=SC2053
    [ "$code" = "$want" ] && [[ $out == $pattern ]]
    count $? "$code $out"
}


await() {
    local n

    for n in {1..1200}; do
        [ "$(grep -c '' "$1" 2>/dev/null)" != "$2" ] || return 0
        sleep .05
    done

    echo "line $n of $1 does not come" >&2
}


status() {
    local code=0

    "$@" || code=$?
    return $code
}


rule() {
    rule=$1
}


last() {
    tail -n 1 "$1" | grep -o '[0-9a-f]*$'
}


same() {
    cmp -s "$1" "$2"
    count $?
}


differ() {
    [ "$1" != "$2" ]
    count $?
}


count() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $rule${2:+: $2}" >&2
    fi
}


set +e
main
