import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { place } from "../support/place.ts";

const root = join(import.meta.dirname, "../..");

const list = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();

test.each([
  { template: "debian", sample: "debian-12", beside: ["debian-12/dhcp.network", "debian-12/sudoers"] },
  { template: "fedora", sample: "fedora", beside: [] },
  { template: "container", sample: "container", beside: [] },
  {
    template: "raspberry-pi",
    sample: "raspberry-pi",
    beside: ["debian-12/dhcp.network", "debian-12/sudoers", "raspberry-pi/raspi-firmware"],
  },
])("init --template $template writes a pipeline that is valid as it is", async ({ template, sample, beside }) => {
  await using here = await place();
  const pipeline = `images/${sample}.json`;
  const { code, stdout } = await here.run("init", "--template", template);
  expect([code, stdout]).toEqual([0, expect.stringContaining(`wrote ${pipeline}\n`)]);
  expect(stdout).toContain(`build it: osbuild -o output ${pipeline}\n`);
  const copies = beside.map((name) => `images/${name}`);
  expect(list(here.cwd)).toEqual([".github/workflows/image.yml", ".gitignore", ...copies, pipeline].sort());
  expect(here.read(pipeline)).toBe(readFileSync(`${root}/samples/${sample}.json`, "utf8"));
  expect(await here.run("inspect", pipeline)).toMatchObject({ code: 0, stderr: "" });
  expect((await here.run("--dry-run", pipeline)).stdout).toMatch(/^(run .*\n)+$/);
});

test("the workflow hands the action the pipeline that init wrote; init says where the placeholder of a key is", async () => {
  await using here = await place();
  const { stdout } = await here.run("init");
  const { jobs } = parse(here.read(".github/workflows/image.yml"));
  const [, image] = jobs.image.steps;
  const { repository, version } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  const [action, tag] = image.uses.split("@");
  expect(repository.url).toContain(`/${action}.git`);
  expect(version.split(".")[0]).toBe(tag.slice(1));
  expect(list(here.cwd)).toContain(image.with.pipeline);
  const [, line] = /put your own SSH key into images\/debian-12.json:(\d+)/.exec(stdout) ?? [];
  expect(here.read("images/debian-12.json").split("\n")[Number(line) - 1]).toContain("replace-with-your-own-key");
});

test("init overwrites nothing, and names every file that is in the way", async () => {
  await using here = await place();
  mkdirSync(`${here.cwd}/images`);
  writeFileSync(`${here.cwd}/images/debian-12.json`, "mine");
  mkdirSync(`${here.cwd}/.github/workflows`, { recursive: true });
  writeFileSync(`${here.cwd}/.github/workflows/image.yml`, "mine");
  const before = list(here.cwd);
  const refused = await here.run("init");
  expect([refused.code, refused.stderr.match(/^error: .*$/gm)]).toEqual([
    2,
    ["error: images/debian-12.json exists already", "error: .github/workflows/image.yml exists already"],
  ]);
  expect([list(here.cwd), here.read("images/debian-12.json")]).toEqual([before, "mine"]);
});

test("init keeps the lines of a .gitignore, and adds only what it lacks", async () => {
  await using here = await place();
  writeFileSync(`${here.cwd}/.gitignore`, "node_modules\n/output/");
  expect((await here.run("init", "--template", "container")).stdout).toContain("wrote .gitignore\n");
  expect(here.read(".gitignore")).toBe("node_modules\n/output/\n/.osbuild/\n");
});

test("what is in the way of a directory is named", async () => {
  await using here = await place();
  writeFileSync(`${here.cwd}/images`, "");
  expect(await here.run("init")).toMatchObject({
    code: 2,
    stderr: "error: can't write images/debian-12.json: a file is in the way\n",
  });
});
