import { fail, readStage } from "./lib/step.ts";
import { openChroot } from "./lib/system/chroot.ts";
import { setKeymap } from "./lib/system/keymap.ts";
import { isDebian, isInTree, readText, writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ language: string; vc_keymap?: string }>();
const { language, vc_keymap } = options;

if (isInTree(tree, "/usr/sbin/locale-gen")) generate();
if (vc_keymap !== undefined && !isDebian(tree)) writeAsAtFirst(vc_keymap);
else {
  writeFile(tree, "/etc/locale.conf", `LANG=${language}\n`);
  if (isDebian(tree)) writeFile(tree, "/etc/default/locale", `LANG=${language}\n`);
  if (vc_keymap !== undefined) setKeymap(tree, vc_keymap);
}

/** Only osbuild's first release has `vc_keymap`. It quotes both values and chooses a font of Fedora's. */
function writeAsAtFirst(keymap: string): void {
  writeFile(tree, "/etc/locale.conf", `LANG="${language}"\n`);
  writeFile(tree, "/etc/vconsole.conf", `KEYMAP="${keymap}"\nFONT="eurlatgr"\n`);
}

/** Debian's package `locales` has only the sources. /etc/locale.gen lists the locales to compile. */
function generate(): void {
  using chroot = openChroot(tree);
  const normal = (name: string) =>
    name.replace(/\.[^@]*/, (codeset) => codeset.toLowerCase().replaceAll(/[^a-z0-9.]/g, ""));
  if (chroot.capture(["locale", "-a"]).split("\n").map(normal).includes(normal(language))) return;

  const supported = (readText(tree, "/usr/share/i18n/SUPPORTED") ?? "").split("\n");
  const entry = supported.find((line) => line.split(" ")[0] === language);
  if (entry === undefined)
    fail(`The tree's locales package doesn't know ${language}: see its /usr/share/i18n/SUPPORTED`);
  const others = (readText(tree, "/etc/locale.gen") ?? "").split("\n").filter((line) => line !== "" && line !== entry);
  writeFile(tree, "/etc/locale.gen", [...others, entry, ""].join("\n"));
  chroot.run(["locale-gen"]);
}
