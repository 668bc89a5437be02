#!/bin/bash

# alone.sh TEST
#
# Runs a Test::Nginx file with a port and a folder of its own.  The port is
# below those that the kernel gives to whoever connects: between two servers of
# a test it is nobody's, and a browser's connection would keep the next from
# starting.  A lock keeps it from the tests of another run, and is let go by
# whichever ends last, the test or a server that it has left.

set -eu

listening() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

port=$((2000 + $$ % 1900 * 4))

ours() {
    exec 9>"../ports/$port"
    flock -n 9 && mkdir "t/servroot_$port" 2>/dev/null && ! listening "$port"
}

while ! ours; do
    port=$((2000 + (port - 1996) % 7600))
done

export TEST_NGINX_SERVER_PORT=$port
export TEST_NGINX_SERVROOT=$PWD/t/servroot_$port

exec perl -It/lib "$1"
