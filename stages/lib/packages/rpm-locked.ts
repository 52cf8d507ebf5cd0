import type { LockedPackage } from "../downloads/locked.ts";
import type { Locked } from "../downloads/sources.ts";
import { fail } from "../step.ts";
import { parseNotes, writeKeys, writeModules } from "./dnf-notes.ts";
import { fileHeaders } from "./rpm-headers.ts";
import { importKeys, installFiles } from "./rpm-install.ts";
import { changePackages } from "./rpm-tree.ts";

/** Installs a lock's packages in their order. The tree becomes what dnf made when they were locked. */
export async function installLocked(tree: string, locked: Locked, options: readonly string[]): Promise<void> {
  const packages = locked.packages as readonly LockedPackage[];
  const files = packages.map(({ sha256 }) => `${locked.files}/${sha256}`);
  const notes = parseNotes(locked.notes);
  requireSame(packages, files);
  await changePackages(tree, (prefix) => {
    writeModules(tree, notes);
    importKeys(prefix, tree, writeKeys(notes));
    // From version 6 on, rpm writes the digests that it verifies into the database, and dnf has it verify them.
    const verify = "--define=_pkgverify_level digest";
    if (files.length > 0) installFiles(prefix, tree, files, ["--noorder", verify, ...options]);
  });
}

function requireSame(packages: readonly LockedPackage[], files: readonly string[]): void {
  const headers = fileHeaders(files);
  for (const [index, { url, ...locked }] of packages.entries()) {
    const [expected, found] = [locked, headers[index]].map(
      (one) => `${one?.name} ${one?.version} ${one?.architecture}`,
    );
    if (found !== expected) fail(`the lock says that ${url} is ${expected}, but it is ${found}: lock it again`);
  }
}
