import { readdirSync, rmSync } from "node:fs";
import { entryInTree, isInTree, resolveInTree, writeFile } from "../tree.ts";
import { addUnit } from "./units.ts";

/** Files with random or secret content or a record of the build. The system makes them anew by itself. */
const remains = [
  "/boot/efi/loader/random-seed",
  "/boot/loader/random-seed",
  "/efi/loader/random-seed",
  "/var/cache/ldconfig/aux-cache",
  "/var/lib/NetworkManager/secret_key",
  "/var/lib/dbus/machine-id",
  "/var/lib/systemd/credential.secret",
  "/var/lib/systemd/random-seed",
  "/var/lib/urandom/random-seed",
  "/var/log/alternatives.log",
  "/var/log/apt/history.log",
  "/var/log/apt/term.log",
  "/var/log/bootstrap.log",
  "/var/log/dpkg.log",
];

/** Removes everything from the tree that must differ between machines. Each machine makes its own at its first boot. */
export function removeUniqueness(tree: string): void {
  for (const path of remains) rmSync(entryInTree(tree, path), { force: true });
  if (isInTree(tree, "/etc/machine-id") || isInTree(tree, "/usr/lib/systemd/systemd")) {
    // The file is empty, not absent: systemd fills in an empty one at boot, but takes an absent one for a first boot and
    // presets every unit anew.
    writeFile(tree, "/etc/machine-id", "", { mode: 0o444 });
  }
  removeHostKeys(tree);
}

function removeHostKeys(tree: string): void {
  if (!isInTree(tree, "/usr/sbin/sshd") || !isInTree(tree, "/etc/ssh")) return;
  const directory = resolveInTree(tree, "/etc/ssh");
  for (const name of readdirSync(directory)) {
    if (/^ssh_host_.*_key(\.pub)?$/.test(name)) rmSync(`${directory}/${name}`);
  }
  if (!makesHostKeys(tree)) addHostKeysUnit(tree);
}

/** Whether the packages make the keys at boot. Fedora's do, and Debian's since release 13. */
function makesHostKeys(tree: string): boolean {
  const units = "/usr/lib/systemd/system";
  return (
    isInTree(tree, units) && readdirSync(resolveInTree(tree, units)).some((name) => name.startsWith("sshd-keygen"))
  );
}

function addHostKeysUnit(tree: string): void {
  // The unit can't run before ssh.socket, which is started before any ordinary service.
  const unit = `[Unit]
Description=Host keys of the SSH server
ConditionPathExistsGlob=!/etc/ssh/ssh_host_*_key
Before=ssh.service sshd.service

[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -A
`;
  addUnit(tree, "ssh-host-keys.service", unit, ["multi-user.target"]);
}
