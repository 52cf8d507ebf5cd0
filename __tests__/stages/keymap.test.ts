import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const setKeymap = (tree: string, keymap: string) =>
  runStep({ kind: "stage", name: "org.osbuild.keymap", tree, options: { keymap } });

test("keymap replaces the packages' settings for the console", async () => {
  await using tree = await skeleton({ "/etc/vconsole.conf": 'FONT="eurlatgr"\nKEYMAP="us"\n' });
  expect(await setKeymap(tree.path, "de-latin1")).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/etc/vconsole.conf`, "utf8")).toBe("KEYMAP=de-latin1\n");
  expect(existsSync(`${tree.path}/etc/default/keyboard`)).toBe(false);
});

test("keymap sets Debian's keyboard to the same layout", async () => {
  await using tree = await skeleton({
    "/etc/default/keyboard": 'XKBLAYOUT="us"\n',
    "/etc/console-setup/cached_setup_keyboard.sh": "loadkeys us\n",
    "/usr/share/systemd/kbd-model-map":
      "# consolelayout xlayout xmodel xvariant xoptions\nsg\tch\tpc105\tde_nodeadkeys\t-\n",
  });
  expect(await setKeymap(tree.path, "sg")).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/etc/default/keyboard`, "utf8")).toBe(
    'XKBMODEL="pc105"\nXKBLAYOUT="ch"\nXKBVARIANT="de_nodeadkeys"\nXKBOPTIONS=""\n\nBACKSPACE="guess"\n',
  );
  expect(existsSync(`${tree.path}/etc/console-setup/cached_setup_keyboard.sh`)).toBe(false);

  const { exitCode, log } = await setKeymap(tree.path, "dvorak-nobody-knows");
  expect(exitCode).toBe(0);
  expect(log).toBe(
    "/etc/default/keyboard stays as it is: systemd's kbd-model-map has no X layout for dvorak-nobody-knows",
  );
});
