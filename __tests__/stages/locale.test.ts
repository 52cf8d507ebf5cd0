import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const setLocale = (tree: string, options: object) =>
  runStep({ kind: "stage", name: "org.osbuild.locale", tree, options });

test("locale compiles locales that Debian doesn't contain, to the same bytes every time", async () => {
  const archives: Buffer[] = [];
  for (const _ of [1, 2]) {
    await using tree = await debianTree();
    const { exitCode } = await setLocale(tree.path, { language: "de_DE.UTF-8", vc_keymap: "de" });
    expect(exitCode).toBe(0);
    expect(await readFile(`${tree.path}/etc/locale.conf`, "utf8")).toBe("LANG=de_DE.UTF-8\n");
    expect(await readFile(`${tree.path}/etc/default/locale`, "utf8")).toBe("LANG=de_DE.UTF-8\n");
    expect(await readFile(`${tree.path}/etc/locale.gen`, "utf8")).toMatch(/^de_DE.UTF-8 UTF-8$/m);
    expect(await readFile(`${tree.path}/etc/vconsole.conf`, "utf8")).toBe("KEYMAP=de\n");
    const env = { ...process.env, LC_ALL: "de_DE.UTF-8" };
    expect(execFileSync("chroot", [tree.path, "locale", "yesstr"], { env, encoding: "utf8" })).toBe("ja\n");
    archives.push(await readFile(`${tree.path}/usr/lib/locale/locale-archive`));
  }
  expect(archives[0]?.equals(archives[1] ?? Buffer.of())).toBe(true);
});

test("locale compiles nothing for an existing locale", async () => {
  await using tree = await debianTree();
  expect(await setLocale(tree.path, { language: "C.UTF-8" })).toEqual({ exitCode: 0, log: "" });
});

test("locale refuses a locale that Debian's package doesn't know", async () => {
  await using tree = await debianTree();
  expect(await setLocale(tree.path, { language: "xx_XX.UTF-8" })).toEqual({
    exitCode: 1,
    log: "The tree's locales package doesn't know xx_XX.UTF-8: see its /usr/share/i18n/SUPPORTED",
  });
});

test("locale only writes /etc/locale.conf on other distributions than Debian", async () => {
  await using tree = await skeleton({ "/etc/locale.conf": "LANG=C.UTF-8\n" });
  expect(await setLocale(tree.path, { language: "de_DE.UTF-8" })).toEqual({ exitCode: 0, log: "" });
  expect(execFileSync("find", [tree.path, "-type", "f"], { encoding: "utf8" })).toBe(`${tree.path}/etc/locale.conf\n`);
  expect(await readFile(`${tree.path}/etc/locale.conf`, "utf8")).toBe("LANG=de_DE.UTF-8\n");
});
