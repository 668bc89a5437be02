#!/bin/bash

# suite.sh [--needs] [--of ARCHITECTURE] SUITE FOLDER PACKAGE...
#
# Downloads packages of another Debian suite, or of another architecture, into
# FOLDER, with package lists in a folder of their own: the system's own are not
# touched.  --needs: and all that they depend on.

set -eu

needs=0
of=$(dpkg --print-architecture)

if [ "$1" = --needs ]; then
    needs=1
    shift
fi

if [ "$1" = --of ]; then
    of=$2
    shift 2
fi

suite=$1
folder=$2
shift 2

mirror() {
    # shellcheck disable=SC1091
    . /etc/os-release
    # shellcheck disable=SC2016  # the format is apt's
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
        'Origin: Debian' "Codename: $VERSION_CODENAME" | head -n 1
}

apt=$(mktemp -d)
trap 'rm -rf "$apt"' EXIT
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"

keys=/usr/share/keyrings/debian-archive-keyring.gpg
uri=$(mirror)

if [ -z "$uri" ]; then
    apt-get update -qq
    uri=$(mirror)
fi

if [ -z "$uri" ]; then
    echo "apt's sources name no Debian mirror" >&2
    exit 1
fi

echo "deb [signed-by=$keys check-valid-until=no] $uri $suite main" \
    >"$apt/suite.list"

options=(
    -oDir::Etc::SourceList="$apt/suite.list" -oDir::Etc::SourceParts=-
    -oDir::State::Lists="$apt/lists" -oDir::Cache="$apt/cache"
    -oAPT::Architecture="$of" -oAPT::Architectures="$of"
    -oAcquire::Languages=none -oAPT::Sandbox::User=root -oAcquire::Retries=3
)

apt-get "${options[@]}" update -qq

if [ $needs -eq 1 ]; then

    # as on a machine where nothing is installed
    : >"$apt/status"

    apt-get "${options[@]}" -oDir::State::status="$apt/status" install \
        -y -qq --download-only --no-install-recommends "$@" >/dev/null

    mv "$apt"/cache/archives/*.deb "$folder"
    exit
fi

cd "$folder"
apt-get "${options[@]}" download -qq "$@"
