import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";

const meta = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../stages/org.osbuild.${name}.meta.json`, import.meta.url), "utf8"));

const accepts = (name: string, options: unknown) =>
  new Ajv2020({ allowUnionTypes: true, strictTypes: false, keywords: ["maxBytes", "maxNameBytes"] }).validate(
    meta(name).options,
    options,
  );

const user = (fields: object) => ({ users: { bob: fields } });
const copied = (fields: object) => ({ paths: [{ from: "file", to: "/srv/", ...fields }] });
const mounted = (fields: object) => ({ filesystems: [{ uuid: "1234-ABCD", path: "/", ...fields }] });

test.each<[string, unknown]>([
  ["noop", { anything: [1, null] }],
  ["hostname", { hostname: "web-1.example.org" }],
  ["hostname", { hostname: "my_host" }],
  ["motd", { text: "" }],
  ["motd", { text: "\u001b[1mGrüße\u001b[0m\n\tall\n" }],
  ["timezone", { zone: "America/Argentina/Buenos_Aires" }],
  ["timezone", { zone: "Etc/GMT+5" }],
  ["locale", { language: "ca_ES.UTF-8@valencia" }],
  ["locale", { language: "C" }],
  ["users", user({ password: null })],
  ["users", user({ password: "" })],
  ["users", user({ password: "$y$j9T$abc/def.$123" })],
  ["users", user({ password: "!" })],
  ["users", user({ key: "ssh-ed25519 AAA" })],
  ["users", user({ key: ["ssh-ed25519 AAA", "ssh-rsa BBB"] })],
  ["fstab", mounted({ path: "none", vfs_type: "swap" })],
  ["systemd", { enabled_services: ["getty@tty1", "dev-disk-by\\x2dlabel-x.swap"] }],
  ["systemd", {}],
  ["firewall", { ports: ["ssh:tcp", "5000-5010:udp"] }],
  ["fix-bls", { prefix: "" }],
  ["debug-shell", { tty: "/dev/tty9" }],
  ["selinux", { file_contexts: "etc/fc", labels: { "/a": "system_u:object_r:etc_t:s0:c0.c1023" } }],
  ["ansible", { playbook: "- hosts: all\n" }],
  ["copy", copied({ to: "/srv/a..b" })],
  ["copy", copied({ mode: "4755", owner: 1000, group: "app" })],
])("%s accepts %j", (name, options) => {
  expect(accepts(name, options)).toBe(true);
});

test.each<[string, unknown]>([
  ["error", { returncode: 256 }],
  ["hostname", { hostname: "web-" }],
  ["hostname", { hostname: "web\n" }],
  ["hostname", { hostname: "a".repeat(65) }],
  ["hostname", { hostname: "web", nmae: 1 }],
  ["motd", {}],
  ["motd", { text: "Welcome\r\n" }],
  ["motd", { text: "Welcome\0" }],
  ["timezone", { zone: "../../etc/passwd" }],
  ["timezone", { zone: "Europe/" }],
  ["locale", { language: "de_DE.UTF-8\nX=1" }],
  ["keymap", { keymap: "../us" }],
  ["groups", { groups: { "-a": {} } }],
  ["groups", { groups: { a: { gid: -1 } } }],
  ["users", { users: { "bob:x": {} } }],
  ["users", user({ password: "plain text" })],
  ["users", user({ password: "secret" })],
  ["users", user({ description: "a:b" })],
  ["users", user({ home: "relative" })],
  ["fstab", mounted({ label: "both" })],
  ["fstab", { filesystems: [{ path: "/" }] }],
  ["fstab", mounted({ options: "rw, noatime" })],
  ["fstab", mounted({ uuid: "00000000-0000-0000-0000-000000000000" })],
  ["grub2", { root_fs_uuid: "00000000-0000-0000-0000-000000000000" }],
  ["kernel-cmdline", { kernel_opts: "ro\nquiet" }],
  ["systemd", { enabled_services: ["--root=/"] }],
  ["systemd", { enabled_services: ["a b"] }],
  ["systemd", { default_target: "multi-user" }],
  ["script", {}],
  ["chrony", { timeservers: ["a b"] }],
  ["firewall", { ports: ["80"] }],
  ["firewall", { enabled_services: ["--zone=x"] }],
  ["first-boot", { commands: ["/bin/true\nUser=x"] }],
  ["first-boot", { commands: ["/bin/true \\"] }],
  ["ignition", { network: ["ip=dhcp'"] }],
  ["fix-bls", { prefix: "boot" }],
  ["debug-shell", { tty: "ttyS0\nUser=x" }],
  ["selinux", { file_contexts: "etc/fc", labels: { "/a": "etc_t" } }],
  ["zipl", { timeout: -1 }],
  ["copy", copied({ to: "relative" })],
  ["copy", copied({ to: "/srv/../etc" })],
  ["copy", copied({ mode: "0999" })],
  ["copy", copied({ mode: 755 })],
])("%s refuses %j", (name, options) => {
  expect(accepts(name, options)).toBe(false);
});
