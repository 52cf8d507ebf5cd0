import { expect, test } from "@jest/globals";
import { place } from "../support/place.ts";

const hostname = (name: string) => ({ name: "org.osbuild.hostname", options: { hostname: name } });
const noop = { name: "org.osbuild.noop" };
const copy = { name: "org.osbuild.copy", options: { paths: [{ from: "app", to: "/app" }] } };
const tar = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };

const files = {
  "one.json": { stages: [noop, hostname("one")], assembler: tar },
  "two.json": { stages: [noop, hostname("two")], assembler: tar },
  "tree.json": { stages: [noop] },
  "inside.json": { build: { stages: [noop, hostname("one")] }, stages: [hostname("three")] },
};

test("steps that pipelines share are drawn once, with what is stored and what ends where", async () => {
  await using here = await place(files);
  await here.run("--quiet", "one.json");
  const { code, stdout, stderr } = await here.run("graph", ...Object.keys(files));
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(`\
noop         beda46704765  stored  in 4 pipelines  tree.json
├─ hostname  f3ab29d71fbc  stored  in 2 pipelines  build root of inside.json
│  tar       6aa4ac67d215  stored                  one.json
└─ hostname  ${id(stdout, "└─ hostname")}  runs
   tar       ${id(stdout, "   tar")}  runs                    two.json

hostname     ${id(stdout, "hostname")}  runs                    inside.json
`);
});

/** The id in the line that begins with these words. */
const id = (text: string, beginning: string) => RegExp(`^${beginning} +([0-9a-f]{12}) `, "m").exec(text)?.[1];

test("a step with the same id on other files is another step", async () => {
  await using here = await place({
    ...{ "a/p.json": { stages: [copy] }, "a/app": "one" },
    ...{ "b/p.json": { stages: [copy] }, "b/app": "two" },
    ...{ "c/p.json": { stages: [copy] }, "c/app": "one" },
  });
  const { stdout } = await here.run("graph", "--json", "a/p.json", "b/p.json", "c/p.json");
  const { steps } = JSON.parse(stdout);
  expect(
    steps.map(({ pipelines, ends }: { pipelines: number; ends: readonly { pipeline: string }[] }) => [
      pipelines,
      ends.map(({ pipeline }) => pipeline),
    ]),
  ).toEqual([
    [2, ["a/p.json", "c/p.json"]],
    [1, ["b/p.json"]],
  ]);
});

test("a pipeline hangs on the one that makes its base", async () => {
  await using here = await place({ "base.json": { stages: [noop] } });
  const base = JSON.parse((await here.run("inspect", "--json", "base.json")).stdout).tree_id;
  here.write("on.json", { base, stages: [hostname("on")] });
  expect((await here.run("graph", "on.json", "base.json")).stdout).toMatch(
    /^noop +beda46704765 +runs +base.json\nhostname +\w+ +runs +on.json\n$/,
  );
  expect((await here.run("graph", "on.json")).stdout).toMatch(/^base +beda46704765\nhostname +\w+ +runs +on.json\n$/);
});

test("a chart for Markdown has every step, every pipeline, and no character that Mermaid takes apart", async () => {
  await using here = await place({ ...files, 'a "[b].json': files["tree.json"] });
  const { stdout } = await here.run("graph", "--format", "mermaid", 'a "[b].json', "inside.json");
  const [id1, id2] = [/(s\d+)\["hostname<br>f3ab29d71fbc"\]/, /(s\d+)\["noop<br>beda46704765"\]/].map(
    (pattern) => pattern.exec(stdout)?.[1],
  );
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    "flowchart TD",
    '  p0(["a #34;#91;b#93;.json"])',
    '  p1(["inside.json"])',
  ]);
  expect(stdout).toContain(`  ${id2} --> ${id1}\n`);
  expect(stdout).toContain(`  ${id1} -. "build root" .-> p1\n`);
  expect(stdout).toContain(`  ${id2} --> p0\n`);
});
