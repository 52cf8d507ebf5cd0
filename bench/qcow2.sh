#!/bin/sh
# Makes a qcow2 image of a tree by hand.
# usage: qcow2.sh TREE IMAGE SIZE; as root
set -eu
tree=$1
image=$2
size=$3

truncate -s "$size" "$image.raw"
echo 'start=2048, type=83, bootable' | sfdisk --quiet "$image.raw"
mke2fs -q -t ext4 -d "$tree" -E offset=1048576 "$image.raw" "$((size / 1024 - 1024))k"
qemu-img convert -c -o compression_type=zstd -O qcow2 "$image.raw" "$image"
rm "$image.raw"
