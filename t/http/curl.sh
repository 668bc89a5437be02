#!/bin/bash

# curl.sh FOLDER
#
# Leaves FOLDER/curl, which speaks HTTP/3: Debian sid's, since bookworm's does
# not.  It and what it needs are unpacked there, and run with the linker there.

set -eu

folder=$1

[ ! -f "$folder/curl" ] || exit 0

cd "$(dirname "$0")/../.."

echo "== downloading curl of Debian sid"

rm -rf "$folder"
mkdir -p "$folder/root"
folder=$(realpath "$folder")
t/suite.sh --needs sid "$folder" curl

for deb in "$folder"/*.deb; do
    dpkg-deb -x "$deb" "$folder/root"
done

rm -f "$folder"/*.deb

lib=$folder/root/usr/lib/$(gcc -print-multiarch)
linker=$(find "$lib" -name 'ld-linux*' | head -n 1)

cat >"$folder/curl.new" <<END
#!/bin/sh
exec $linker --library-path $lib --argv0 curl $folder/root/usr/bin/curl "\$@"
END

chmod +x "$folder/curl.new"

if ! "$folder/curl.new" -V | grep -qw HTTP3; then
    echo "this curl knows no HTTP/3:" >&2
    "$folder/curl.new" -V >&2
    exit 1
fi

mv "$folder/curl.new" "$folder/curl"
