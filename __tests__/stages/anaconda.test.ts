import { spawnSync } from "node:child_process";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { skeleton } from "../support/skeleton.ts";

const stage = fileURLToPath(new URL("../../stages/org.osbuild.anaconda.ts", import.meta.url));

/** Anaconda isn't to be had on Debian: a program of that name, which writes down how it was called, takes its place. */
async function install(options: object) {
  await using directory = await skeleton({ "/bin": null, "/target": null });
  const { path, outside } = directory;
  await writeFile(`${path}/bin/anaconda`, `#!/bin/sh\necho "$@"\n`);
  await chmod(`${path}/bin/anaconda`, 0o755);
  const { stdout, status } = spawnSync(process.execPath, [stage], {
    input: JSON.stringify({ tree: `${path}/target`, options, inputs: {}, source_epoch: 0, id: "0".repeat(64) }),
    env: { PATH: `${path}/bin:/usr/bin`, TMPDIR: outside },
    encoding: "utf8",
  });
  const kickstart = await readFile(`${outside}/kickstart.ks`, "utf8");
  const anonymous = (text: string) => text.replaceAll(outside, "TMP").replaceAll(path, "");
  return { status, called: anonymous(stdout), kickstart: anonymous(kickstart) };
}

test("anaconda installs into the tree what the kickstart file says", async () => {
  expect(await install({ kickstart: "lang C.UTF-8\n" })).toEqual({
    status: 0,
    called: "--cmdline --loglevel debug --kickstart TMP/kickstart.ks --dirinstall /target\n",
    kickstart: "lang C.UTF-8\n",
  });
});

test("anaconda without packages installs an image with nothing in it", async () => {
  expect(await install({ kickstart: "lang C.UTF-8\n", skip_package_install: true })).toMatchObject({
    status: 0,
    kickstart: "liveimg --url=file://TMP/empty.tar\nlang C.UTF-8\n",
  });
});
