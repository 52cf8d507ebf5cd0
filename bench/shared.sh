#!/bin/sh
# Makes images of one base by hand, each with another host name: the base is unpacked once.
# usage: shared.sh ARCHIVE DIRECTORY COUNT; as root
set -eu
archive=$1
directory=$2
count=$3

mkdir -p "$directory/tree"
tar --extract --file="$archive" --directory="$directory/tree" --numeric-owner
for number in $(seq "$count"); do
  echo "host-$number" > "$directory/tree/etc/hostname"
  tar --create --directory="$directory/tree" --numeric-owner --sort=name . \
    | zstd --quiet --threads=0 -o "$directory/$number.tar.zst"
done
