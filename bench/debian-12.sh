#!/bin/sh
# Builds samples/debian-12.json by hand: the same tools in the same order. Only the downloads are kept.
# usage: debian-12.sh DOWNLOADS IMAGE; as root, in a mount namespace of its own
set -eu
umask 022
export LC_ALL=C.UTF-8 TZ=UTC DEBIAN_FRONTEND=noninteractive
samples=$(dirname "$(realpath "$0")")/../samples/debian-12
downloads=$(realpath "$1")
image=$(realpath "$2")
work=$image.work
tree=$work/tree
root_uuid=2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e
mkdir "$work" "$tree"

# org.osbuild.debootstrap
for name in archives lists; do mkdir -p "$downloads/$name/partial"; done
mkdir -p "$tree/var/cache/apt/archives" "$tree/var/lib/apt/lists"
mount --bind "$downloads/archives" "$tree/var/cache/apt/archives"
mount --bind "$downloads/lists" "$tree/var/lib/apt/lists"
packages=ca-certificates,dbus,e2fsprogs,initramfs-tools,iproute2,libpam-systemd,linux-image-cloud-amd64,openssh-server
packages=$packages,sudo,systemd-resolved,systemd-sysv,systemd-timesyncd,tzdata,zstd
mmdebstrap --mode=root --format=directory --variant=minbase --include="$packages" \
  --skip=check/empty,essential/unlink,cleanup/apt \
  --setup-hook='rm -f "$1/etc/resolv.conf" "$1/etc/hostname"' \
  bookworm "$tree"
umount "$tree/var/cache/apt/archives" "$tree/var/lib/apt/lists"
find "$tree/dev" "$tree/var/cache/apt" "$tree/var/lib/apt/lists" -mindepth 1 -delete

# org.osbuild.locale, timezone, hostname
echo LANG=C.UTF-8 | tee "$tree/etc/locale.conf" > "$tree/etc/default/locale"
ln -sfn ../usr/share/zoneinfo/Europe/Berlin "$tree/etc/localtime"
echo Europe/Berlin > "$tree/etc/timezone"
echo debian > "$tree/etc/hostname"

# org.osbuild.users
chroot "$tree" useradd --create-home --no-log-init --user-group --groups sudo --shell /bin/bash admin
mkdir -m 700 "$tree/home/admin/.ssh"
echo ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEpVsAQabMMkoTOWJuIcoDxIgbvxvwWFrfu2KdKNfVx5 replace-with-your-own-key \
  > "$tree/home/admin/.ssh/authorized_keys"
chmod 600 "$tree/home/admin/.ssh/authorized_keys"
chroot "$tree" chown -R admin:admin /home/admin/.ssh

# org.osbuild.copy
install -m 644 "$samples/dhcp.network" "$tree/etc/systemd/network/80-dhcp.network"
install -m 440 "$samples/sudoers" "$tree/etc/sudoers.d/admin"

# org.osbuild.systemd
systemctl --root="$tree" enable -- ssh systemd-networkd
systemctl --root="$tree" set-default multi-user.target

# org.osbuild.test
mkdir "$tree/usr/libexec/osbuild-test"
cat > "$tree/usr/libexec/osbuild-test/run" << 'END'
#!/bin/sh
system=$(systemctl is-system-running --wait)
systemctl is-active ssh systemd-networkd && test "$(hostname)" = debian
echo "osbuild-test: script=$? system=$system" > /dev/virtio-ports/org.osbuild.test
END
chmod 755 "$tree/usr/libexec/osbuild-test/run"
cat > "$tree/etc/systemd/system/osbuild-test.service" << 'END'
[Unit]
Description=Test of the booted system
ConditionPathExists=/dev/virtio-ports/org.osbuild.test

[Service]
Type=exec
ExecStart=/usr/libexec/osbuild-test/run

[Install]
WantedBy=multi-user.target
END
systemctl --root="$tree" enable osbuild-test.service

# org.osbuild.fstab
printf 'UUID=%s\t/\text4\tdefaults,errors=remount-ro\t0\t1\n' "$root_uuid" > "$tree/etc/fstab"

# org.osbuild.grub2
mkdir -p "$tree/boot/grub/i386-pc" "$tree/boot/grub/fonts"
cp /usr/lib/grub/i386-pc/*.mod /usr/lib/grub/i386-pc/*.lst "$tree/boot/grub/i386-pc"
if [ -e /usr/share/grub/unicode.pf2 ]; then cp /usr/share/grub/unicode.pf2 "$tree/boot/grub/fonts"; fi
grub-editenv "$tree/boot/grub/grubenv" create
cat > "$tree/boot/grub/grub.cfg" << END
set timeout=1
search --no-floppy --set=root --fs-uuid $root_uuid
menuentry 'Debian' {
  linux /vmlinuz root=UUID=$root_uuid console=tty0 console=ttyS0,115200
  initrd /initrd.img
}
END

# org.osbuild.remove-uniqueness
: > "$tree/etc/machine-id"
rm -f "$tree"/etc/ssh/ssh_host_*_key* "$tree/var/lib/dbus/machine-id" "$tree/var/cache/ldconfig/aux-cache" \
  "$tree/var/log/alternatives.log" "$tree/var/log/dpkg.log" "$tree/var/log/bootstrap.log" "$tree"/var/log/apt/*.log
cat > "$tree/etc/systemd/system/ssh-host-keys.service" << 'END'
[Unit]
Description=Host keys of the SSH server
ConditionPathExistsGlob=!/etc/ssh/ssh_host_*_key
Before=ssh.service

[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -A

[Install]
WantedBy=multi-user.target
END
systemctl --root="$tree" enable ssh-host-keys.service

# org.osbuild.qemu
disk=$work/disk.img
truncate -s 2G "$disk"
sfdisk --quiet "$disk" << 'END'
label: dos
label-id: 0x14fc63d2
start=2048, type=83, bootable
END
echo "search.fs_uuid $root_uuid root
set prefix=(\$root)/boot/grub" > "$work/load.cfg"
grub-mkimage --format=i386-pc --prefix=/boot/grub --config="$work/load.cfg" --output="$work/core.img" \
  biosdisk part_msdos part_gpt ext2 search_fs_uuid
# The boot code, up to the disk signature and the partition table.
dd status=none conv=notrunc bs=440 count=1 if=/usr/lib/grub/i386-pc/boot.img of="$disk"
dd status=none conv=notrunc bs=512 seek=1 if="$work/core.img" of="$disk"
mke2fs -q -t ext4 -U "$root_uuid" -d "$tree" -E offset=1048576 "$disk" "$((2 * 1024 * 1024 - 1024))k"
qemu-img convert -c -o compression_type=zstd -O qcow2 "$disk" "$image"
rm -r "$work"
