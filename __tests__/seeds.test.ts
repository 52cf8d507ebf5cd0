import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type RpmRepository, rpmRepository } from "./support/rpm-repository.ts";

// The first releases' own examples, unchanged and with their own command lines. Only their downloads are redirected,
// to a small distribution on this machine.
const root = resolve(import.meta.dirname, "..");
const run = promisify(execFile);
const pipeline = (name: string) => join(root, `__tests__/fixtures/pipelines/${name}.json`);

let repository: RpmRepository;
let directory: string;
let mirrors: string;

beforeAll(async () => {
  repository = await rpmRepository();
  directory = await mkdtemp(`${tmpdir()}/seeds-`);
  mirrors = join(directory, "mirrors.json");
  const everything = { baseurl: `${repository.url}/30/x86_64/`, gpgkey: repository.key };
  const map = {
    "https://mirrors.fedoraproject.org/": everything,
    // The example of June 2019 names no repository.
    "": everything,
  };
  await writeFile(mirrors, JSON.stringify(map));
});

afterAll(async () => {
  await repository[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

async function osbuild(...args: readonly string[]): Promise<string> {
  const store = ["--store", join(directory, "store"), "--mirrors", mirrors];
  const argv = [join(root, "bin/osbuild.js"), ...store, ...args];
  return (await run(process.execPath, argv, { cwd: directory, maxBuffer: 64 * 1024 * 1024 })).stdout;
}

async function imageInfo(path: string): Promise<{ format: string; "virtual-size": number }> {
  return JSON.parse((await run("qemu-img", ["info", "--output=json", path])).stdout);
}

const ids = {
  "2019-08": {
    tree_id: "81a026d0f5aa57f7b4ce3680e6237782aa1ac9de7b98a7344de4614aaf48fc7a",
    output_id: "cbe03d010b9c4f4f4ccc776d5afd57ade63ba391bbff0389d68ec26e2b9d5539",
  },
  "2019-09": {
    tree_id: "81a026d0f5aa57f7b4ce3680e6237782aa1ac9de7b98a7344de4614aaf48fc7a",
    output_id: "030005789ef6de8a9292ac2f669c15810afb430ac4026d5bda86129adbc5a666",
  },
  "2019-11": {
    tree_id: "948e4cd178659949f2fb03d26d413e7ace2508445ecaf72be785eb85066cc916",
    output_id: "6c2e9e324408d627f4bc52dc8e3255e0a01c2d04fb0178950f27f3e2eba7500e",
  },
} as const;

test("June 2019: from an archive, to an archive, and an image at the path in the last stage", async () => {
  await mkdir(join(directory, "start/opt"), { recursive: true });
  await writeFile(join(directory, "start/opt/kept"), "kept\n");
  await run("tar", ["--create", "--gzip", "--file=start.tar.gz", "--directory=start", "."], { cwd: directory });
  const args = ["--from", "start.tar.gz", "--save", "end.tar.gz", pipeline("2019-06")];
  await osbuild(...args);
  expect(await imageInfo(join(directory, "output.qcow2"))).toMatchObject({ format: "qcow2" });
  const { stdout } = await run("tar", ["--list", "--file=end.tar.gz"], { cwd: directory });
  expect(stdout.split("\n")).toEqual(
    expect.arrayContaining(["./opt/kept", "./etc/systemd/system/multi-user.target.wants/httpd.service"]),
  );
});

test("August 2019: the image goes into an empty directory", async () => {
  const text = await osbuild("-l", root, "-o", "august", pipeline("2019-08"));
  expect(text).toContain(`tree id: ${ids["2019-08"].tree_id}\noutput id: ${ids["2019-08"].output_id}\n`);
  expect(await imageInfo(join(directory, "august/example.qcow2"))).toMatchObject({ format: "qcow2" });
});

test("September 2019: the tree of August comes from the store", async () => {
  const result = JSON.parse(await osbuild("--json", "--output", "september", pipeline("2019-09")));
  expect(result).toMatchObject({ ...ids["2019-09"], success: true, stages: [cached, cached, cached] });
  const info = await imageInfo(join(directory, "september/example.qcow2"));
  expect(info).toMatchObject({ format: "qcow2", "virtual-size": 3221225472 });
});

const cached = { status: "cached" };

test("November 2019: with a build environment, and the result as JSON", async () => {
  const env = join(directory, "env.json");
  await writeFile(env, JSON.stringify({ runner: "org.osbuild.fedora30" }));
  const result = JSON.parse(await osbuild("--libdir", root, "--build-env", env, "--json", pipeline("2019-11")));
  expect(result).toMatchObject({ ...ids["2019-11"], success: true });
  const image = join(directory, "store/refs", ids["2019-11"].output_id, "example.qcow2");
  expect(await imageInfo(image)).toMatchObject({ format: "qcow2", "virtual-size": 3221225472 });
  // The disk has the signature in the pipeline.
  await run("qemu-img", ["dd", "-O", "raw", "bs=512", "count=1", `if=${image}`, `of=${directory}/mbr`]);
  expect((await readFile(join(directory, "mbr"))).readUInt32LE(440).toString(16)).toBe("7e83a7ba");
});
