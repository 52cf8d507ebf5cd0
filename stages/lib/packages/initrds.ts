/*
 * A kernel's package makes an initrd, and initramfs-tools, which is configured later, makes it anew: a third of the time
 * that a small base system takes. So while one is installed, a stand-in notes what update-initramfs is asked for.
 */

const program = "/usr/sbin/update-initramfs";
/** A line for each call. The directory is the installer's own, so the file never gets into the tree. */
const calls = "/var/tmp/initrds";

const divert = "dpkg-divert --quiet --local --rename";

/**
 * The shell commands that put the stand-in into the tree `$1`, before a package that brings the program is unpacked.
 */
export const holdInitrds = `set -e
if [ -x "$1/usr/bin/dpkg-divert" ] && [ -d "$1/usr/sbin" ] && [ -d "$1/var/tmp" ]; then
  chroot "$1" ${divert} --add ${program}
  printf '#!/bin/sh\\necho "$*" >> ${calls}\\n' > "$1${program}"
  chmod 755 "$1${program}"
  : > "$1${calls}"
fi`;

/**
 * The shell commands that take it away again and make the initrds. What is asked for several times is done once, and a
 * new initrd needs no update.
 */
export const makeInitrds = `set -e
if [ -e "$1${calls}" ]; then
  rm "$1${program}"
  chroot "$1" ${divert} --remove ${program}
  { grep -e ^-c "$1${calls}" || cat "$1${calls}"; } | sort -u | chroot "$1" xargs --no-run-if-empty -L 1 ${program}
fi`;
