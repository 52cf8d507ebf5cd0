import { writeFileSync } from "node:fs";
import { run } from "../step.ts";

/** Makes public keys known to the tree's rpm. */
export function importKeys(prefix: readonly string[], tree: string, files: readonly string[]): void {
  if (files.length > 0) run([...prefix, "rpmkeys", `--root=${tree}`, "--import", ...files]);
}

/** Installs the files of packages in one transaction. Their content must have been verified already. */
export function installFiles(
  prefix: readonly string[],
  tree: string,
  files: readonly string[],
  options: readonly string[] = [],
): void {
  writeFileSync("/tmp/manifest", files.map((file) => `${file}\n`).join(""));
  run([
    ...prefix,
    "rpm",
    `--root=${tree}`,
    "--define=_pkgverify_level none",
    "--nosignature",
    "--verbose",
    ...options,
    "--install",
    "/tmp/manifest",
  ]);
}
