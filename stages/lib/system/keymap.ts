import { rmSync } from "node:fs";
import { entryInTree, readText, writeFile } from "../tree.ts";

/** Sets the key map of the console for systemd and, if it is installed, for Debian's console-setup. */
export function setKeymap(tree: string, keymap: string): void {
  // An existing file comes from a package's script. As in osbuild, it is replaced.
  writeFile(tree, "/etc/vconsole.conf", `KEYMAP=${keymap}\n`);

  if (readText(tree, "/etc/default/keyboard") === undefined) return;
  const layout = xLayout(tree, keymap);
  if (layout === undefined) {
    console.log(`/etc/default/keyboard stays as it is: systemd's kbd-model-map has no X layout for ${keymap}`);
    return;
  }
  const [xkbLayout, model, variant, options] = layout;
  writeFile(
    tree,
    "/etc/default/keyboard",
    `XKBMODEL="${model}"\nXKBLAYOUT="${xkbLayout}"\nXKBVARIANT="${variant}"\nXKBOPTIONS="${options}"\n\nBACKSPACE="guess"\n`,
  );
  // This script would go on loading the key map that was set when the package was installed.
  rmSync(entryInTree(tree, "/etc/console-setup/cached_setup_keyboard.sh"), { force: true });
}

function xLayout(tree: string, keymap: string): string[] | undefined {
  const map = readText(tree, "/usr/share/systemd/kbd-model-map") ?? "";
  const rows = map.split("\n").map((line) => line.trim().split(/\s+/));
  const row = rows.find(([name, ...columns]) => name === keymap && columns.length === 4);
  return row?.slice(1).map((column) => (column === "-" ? "" : column));
}
