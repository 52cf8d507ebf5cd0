import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { json } from "node:stream/consumers";

const { tree, options } = (await json(process.stdin)) as {
  tree: string;
  options: { like: "debian" | "rpm"; programs?: readonly string[] };
};

for (const name of ["bin", "sbin", "lib", "lib64"]) {
  mkdirSync(`${tree}/usr/${name}`, { recursive: true });
  symlinkSync(`usr/${name}`, `${tree}/${name}`);
}
for (const name of ["/dev", "/proc", "/sys", "/run", "/tmp", "/home", "/root", "/usr/lib/systemd/system"])
  mkdirSync(tree + name, { recursive: true });

/** Programs of the build root that stages run in the tree. */
for (const name of options.programs ?? []) {
  const program = ["/usr/bin", "/usr/sbin"].map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
  if (program === undefined) throw new Error(`${name}: not found in the build root`);
  copy(program, program);
  const listing = execFileSync("ldd", [program], { encoding: "utf8" });
  for (const [, library = ""] of listing.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)) copy(library, `/usr${library}`);
}

const service = (name: string) => `[Unit]\nDescription=${name}\n[Install]\nWantedBy=multi-user.target\n`;
const common = {
  "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
  "/etc/group": "root:x:0:\nsudo:x:27:\n",
  "/etc/shadow": "root:*:20000:0:99999:7:::\n",
  "/etc/gshadow": "root:*::\nsudo:*::\n",
  "/etc/subuid": "",
  "/etc/subgid": "",
  "/etc/login.defs":
    "UID_MIN 1000\nGID_MIN 1000\nUMASK 022\nHOME_MODE 0700\nPASS_MAX_DAYS 99999\nPASS_MIN_DAYS 0\nPASS_WARN_AGE 7\n",
  "/etc/hostname": "localhost\n",
  "/etc/machine-id": "0123456789abcdef0123456789abcdef\n",
  "/var/lib/systemd/random-seed": "random",
  "/usr/lib/systemd/system/multi-user.target": "[Unit]\nDescription=multi-user\n",
  "/usr/lib/systemd/system/graphical.target": "[Unit]\nDescription=graphical\n",
  "/usr/lib/systemd/system/systemd-networkd.service": service("systemd-networkd"),
  "/usr/bin/cp": "program",
  "/usr/share/zoneinfo/Europe/Berlin": "TZif",
  "/etc/selinux/targeted/contexts/files/file_contexts":
    "/.* system_u:object_r:default_t:s0\n/usr/bin(/.*)? system_u:object_r:bin_t:s0\n/etc(/.*)? system_u:object_r:etc_t:s0\n",
  "/boot/loader/entries/6.1.0-1.conf":
    "title Linux\nlinux /run/osbuild/tree/boot/vmlinuz-6.1.0-1\ninitrd /run/osbuild/tree/boot/initrd-6.1.0-1\n",
  "/boot/vmlinuz-6.1.0-1": "kernel",
};
const chrony = "# Servers\npool pool.example.org iburst\nmakestep 1 3\n";
const families = {
  debian: {
    "/etc/debian_version": "12.0\n",
    "/usr/lib/os-release": 'ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
    "/etc/chrony/chrony.conf": chrony,
    "/boot/initrd.img-6.1.0-1": "initrd",
  },
  rpm: {
    "/usr/lib/os-release": 'ID=fedora\nVERSION_ID=40\nPRETTY_NAME="Fedora Linux 40"\n',
    "/etc/chrony.conf": chrony,
    "/boot/initramfs-6.1.0-1.img": "initrd",
  },
} as const;
for (const [path, text] of Object.entries({ ...common, ...families[options.like] })) {
  mkdirSync(dirname(tree + path), { recursive: true });
  writeFileSync(tree + path, text);
}
for (const name of ["shadow", "gshadow"]) chmodSync(`${tree}/etc/${name}`, 0o640);
chmodSync(`${tree}/tmp`, 0o1777);

function copy(from: string, to: string): void {
  mkdirSync(dirname(tree + to), { recursive: true });
  copyFileSync(from, tree + to);
}
