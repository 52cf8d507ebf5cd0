import { chmodSync, chownSync, lstatSync, mkdirSync } from "node:fs";
import { fail, readStage } from "./lib/step.ts";
import { inOrder, readAccounts, removeLeftovers } from "./lib/system/accounts.ts";
import { type Chroot, openChroot } from "./lib/system/chroot.ts";
import { entryInTree, isInTree, makeDirectory, readText, writeFile } from "./lib/tree.ts";

interface User {
  readonly uid?: number | string;
  readonly gid?: number | string;
  readonly groups?: readonly string[];
  readonly description?: string;
  readonly home?: string;
  readonly shell?: string;
  readonly password?: string | null;
  readonly key?: string | readonly string[];
}

const { tree, options, source_epoch } = await readStage<{ users: Record<string, User> }>();

using chroot = openChroot(tree);
for (const [name, user] of inOrder(options.users, (user) => user.uid)) {
  const isNew = !readAccounts(tree, "passwd").has(name);
  if (isNew) add(chroot, name, user);
  else modify(chroot, name, user);
  setPassword(chroot, name, user.password, isNew);
  if (user.key !== undefined) authorize(name, [user.key].flat());
}
removeLeftovers(tree);

function add(chroot: Chroot, name: string, user: User): void {
  const ownGroup = readAccounts(tree, "group").has(name) ? ["--gid", name] : ["--user-group"];
  const group = user.gid === undefined ? ownGroup : [];
  // As in osbuild, a given id may be another user's: a second administrator's is 0.
  const shared = user.uid === undefined ? [] : ["--non-unique"];
  chroot.run(["useradd", "--create-home", "--no-log-init", ...group, ...shared, ...fields(user), name]);
}

function modify(chroot: Chroot, name: string, user: User): void {
  const changes = fields(user);
  if (changes.length > 0) chroot.run(["usermod", ...changes, name]);
}

function fields({ uid, gid, groups, description, home, shell }: User): string[] {
  const given = {
    "--uid": uid,
    "--gid": gid,
    "--groups": groups?.join(","),
    "--comment": description,
    // useradd and usermod have different long forms of this option.
    "-d": home,
    "--shell": shell,
  };
  return Object.entries(given).flatMap(([option, value]) => (value === undefined ? [] : [option, String(value)]));
}

function setPassword(chroot: Chroot, name: string, password: User["password"], isNew: boolean): void {
  // On standard input, because the log shows a command line that fails.
  if (typeof password === "string") chroot.run(["chpasswd", "--encrypted"], { input: `${name}:${password}\n` });
  if (password === null && !isNew) chroot.run(["usermod", "--lock", name]);
  // By default it is the day of the build: not every release of these tools honours SOURCE_DATE_EPOCH.
  const day = Math.floor(source_epoch / 86_400);
  if (isNew || typeof password === "string") chroot.run(["chage", "--lastday", String(day), name]);
}

function authorize(name: string, keys: readonly string[]): void {
  const account = readAccounts(tree, "passwd").get(name);
  if (account === undefined) fail(`${name} is missing in the tree's /etc/passwd`);
  const [, , , gid, , home = "/"] = account.fields;
  const owner = { uid: account.id, gid: Number(gid) };
  if (!isInTree(tree, home)) chownSync(makeDirectory(tree, home), owner.uid, owner.gid);
  makePrivate(`${home}/.ssh`, owner);
  const file = `${home}/.ssh/authorized_keys`;
  const lines = [readText(tree, file) ?? "", ...keys].flatMap((text) => text.split("\n")).filter((line) => line !== "");
  writeFile(tree, file, `${[...new Set(lines)].join("\n")}\n`, { mode: 0o600, ...owner });
}

function makePrivate(path: string, { uid, gid }: { uid: number; gid: number }): void {
  const directory = entryInTree(tree, path);
  const entry = lstatSync(directory, { throwIfNoEntry: false });
  // If it were a symbolic link, another directory of the tree would become the user's.
  if (entry !== undefined && !entry.isDirectory()) fail(`${path} of the tree is not a directory`);
  if (entry === undefined) mkdirSync(directory);
  chownSync(directory, uid, gid);
  chmodSync(directory, 0o700);
}
