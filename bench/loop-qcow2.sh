#!/bin/sh
# Makes a qcow2 image of a tree in the usual way, with a loop device.
# usage: loop-qcow2.sh TREE IMAGE SIZE; as root, in a mount namespace of its own
set -eu
tree=$1
image=$2
size=$3

truncate -s "$size" "$image.raw"
echo 'start=2048, type=83, bootable' | sfdisk --quiet "$image.raw"
mke2fs -q -t ext4 -E offset=1048576 "$image.raw" "$((size / 1024 - 1024))k"
mkdir "$image.mnt"
mount -o loop,offset=1048576 "$image.raw" "$image.mnt"
cp -a "$tree/." "$image.mnt/"
umount "$image.mnt"
qemu-img convert -c -O qcow2 "$image.raw" "$image"
rm "$image.raw"
rmdir "$image.mnt"
