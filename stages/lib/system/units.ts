import { rmSync, symlinkSync } from "node:fs";
import { makeDirectory, writeFile } from "../tree.ts";

/** The directories of units: the administrator's and the distribution's. */
type Place = "/etc/systemd/system" | "/usr/lib/systemd/system";

/** Adds a unit of systemd to the tree and enables it, as if its [Install] section had `WantedBy=`. */
export function addUnit(
  tree: string,
  name: string,
  text: string,
  wantedBy: readonly string[],
  units: Place = "/etc/systemd/system",
): void {
  writeFile(tree, `${units}/${name}`, text);
  for (const other of wantedBy) {
    const wants = makeDirectory(tree, `${units}/${other}.wants`);
    rmSync(`${wants}/${name}`, { force: true });
    symlinkSync(`../${name}`, `${wants}/${name}`);
  }
}
