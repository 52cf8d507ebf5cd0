import { spawnSync } from "node:child_process";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { skeleton } from "../support/skeleton.ts";

const stage = fileURLToPath(new URL("../../stages/org.osbuild.anaconda.ts", import.meta.url));

/** Debian has no Anaconda, so a program with its name records how it was called. */
async function install(options: object, script = 'echo "$@"') {
  await using directory = await skeleton({ "/bin": null, "/target": null });
  const { path, outside } = directory;
  await writeFile(`${path}/bin/anaconda`, `#!/bin/sh\n${script}\n`);
  await chmod(`${path}/bin/anaconda`, 0o755);
  const { stdout, stderr, status } = spawnSync(process.execPath, [stage], {
    input: JSON.stringify({ tree: `${path}/target`, options, inputs: {}, source_epoch: 0, id: "0".repeat(64) }),
    env: { PATH: `${path}/bin:/usr/bin`, TMPDIR: outside },
    encoding: "utf8",
  });
  const kickstart = await readFile(`${outside}/kickstart.ks`, "utf8");
  const anonymous = (text: string) => text.replaceAll(outside, "TMP").replaceAll(path, "");
  return { status, called: anonymous(stdout), said: anonymous(stderr), kickstart: anonymous(kickstart) };
}

test("anaconda installs the tree according to the kickstart file", async () => {
  expect(await install({ kickstart: "lang C.UTF-8\n" })).toEqual({
    status: 0,
    called: "--cmdline --loglevel debug --kickstart TMP/kickstart.ks --dirinstall /target\n",
    said: "",
    kickstart: "lang C.UTF-8\n",
  });
});

test("if anaconda fails, the ends of its logs are shown", async () => {
  const script = 'seq 100 > "$TMPDIR/anaconda.log"; echo "no such package" > "$TMPDIR/packaging.log"; exit 3';
  const { status, said } = await install({ kickstart: "" }, script);
  expect(status).toBe(1);
  expect(said.split("\n")).toEqual([
    ...["the end of anaconda.log:", ...Array.from({ length: 40 }, (_, index) => String(61 + index))],
    ...["the end of packaging.log:", "no such package"],
    "anaconda --cmdline --loglevel debug --kickstart TMP/kickstart.ks --dirinstall /target: exit code 3",
    "",
  ]);
});

test("anaconda without packages installs an empty image", async () => {
  expect(await install({ kickstart: "lang C.UTF-8\n", skip_package_install: true })).toMatchObject({
    status: 0,
    kickstart: "liveimg --url=file://TMP/empty.tar\nlang C.UTF-8\n",
  });
});
