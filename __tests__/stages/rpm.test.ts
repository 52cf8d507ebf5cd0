import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { defaultSourceEpoch as epoch } from "../../src/epoch.ts";
import { type RpmRepository, rpmRepository } from "../support/rpm-repository.ts";
import { runStep } from "../support/sandbox.ts";
import { type Skeleton, skeleton } from "../support/skeleton.ts";

let repository: RpmRepository;
beforeAll(async () => {
  repository = await rpmRepository();
});
afterAll(async () => {
  await repository[Symbol.asyncDispose]();
});

async function rpm(tree: Skeleton, options: object) {
  const state = `${tree.outside}/state`;
  await mkdir(state, { recursive: true });
  return runStep({ kind: "stage", name: "org.osbuild.rpm", tree: tree.path, options, state });
}

test("rpm installs the packages of a list, in the order of their dependencies", async () => {
  await using tree = await skeleton({});
  const packages = ["httpd", "hello", "filesystem"].map(repository.package);
  const { exitCode, log } = await rpm(tree, { packages, gpgkeys: [repository.key] });
  expect({ exitCode, log }).toEqual({ exitCode: 0, log: expect.stringContaining("digests signatures OK") });
  expect(await readFile(`${tree.path}/var/seen-by-scriptlet`, "utf8")).toBe(`${"f".repeat(32)}\n`);
  expect(await readFile(`${tree.path}/etc/machine-id`, "utf8")).toBe("");
  const database = ["--dbpath=/usr/lib/sysimage/rpm", "-qa", "--qf=%{NAME} %{INSTALLTIME}\n"];
  expect(execFileSync("rpm", [`--root=${tree.path}`, ...database], { encoding: "utf8" })).toBe(
    `gpg-pubkey ${epoch}\nfilesystem ${epoch}\nhello ${epoch + 1}\nhttpd ${epoch + 2}\n`,
  );

  repository.requests.splice(0);
  await rpm(tree, { packages: [repository.package("filesystem")] });
  expect(repository.requests).toEqual([]);
  // Kept packages are checked, too.
  for (const name of await readdir(`${tree.outside}/state`)) await appendFile(`${tree.outside}/state/${name}`, "harm");
  await rpm(tree, { packages: [repository.package("filesystem")] });
  expect(repository.requests).toHaveLength(1);
});

test("rpm installs nothing if one package doesn't match its checksum", async () => {
  await using tree = await skeleton({});
  const [hello, unsigned] = [repository.package("hello"), repository.package("unsigned")];
  const filesystem = repository.package("filesystem");

  const changed = await rpm(tree, { packages: [filesystem, { ...hello, checksum: filesystem.checksum }] });
  expect(changed).toEqual({
    exitCode: 1,
    log: `${hello.url}: what is there has another checksum than ${filesystem.checksum}`,
  });
  const foreign = await rpm(tree, { packages: [filesystem, hello], gpgkeys: [repository.otherKey] });
  expect(foreign).toEqual({ exitCode: 1, log: expect.stringContaining("SIGNATURES NOT OK") });
  const missing = await rpm(tree, { packages: [filesystem, unsigned], gpgkeys: [repository.key] });
  expect(missing).toEqual({ exitCode: 1, log: expect.stringMatching(/unsigned-1-1.noarch.rpm.*NOT OK/) });
  expect(existsSync(`${tree.path}/usr/bin`)).toBe(false);

  const asked = { ...unsigned, check_gpg: false };
  expect((await rpm(tree, { packages: [asked], gpgkeys: [repository.key] })).exitCode).toBe(0);
});

test("rpm names the package that it has no URL for", async () => {
  await using tree = await skeleton({});
  const { checksum } = repository.package("hello");
  expect(await rpm(tree, { packages: [checksum] })).toEqual({
    exitCode: 1,
    log: `${checksum}: the pipeline's sources have no address for it`,
  });
});
