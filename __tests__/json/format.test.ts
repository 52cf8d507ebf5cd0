import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { parseText } from "../../src/json/document.ts";
import { formatDocument } from "../../src/json/format.ts";

const root = join(import.meta.dirname, "../..");

const format = async (file: string, text: string) => formatDocument(await parseText(file, text));

test("JSON gets one layout: what was on several lines stays so, if it isn't a short list", async () => {
  const text = `// The web server.
{"stages":[{"name":"org.osbuild.noop"},   {
    "name": "a", /* why */ "options": {"packages": [
  "b",
  "c" ], "size": 1.50E+3, "epoch": 60.0,},}],


    // Nothing else.
"assembler":null}`;
  expect(await format("p.json", text)).toBe(`\
// The web server.
{
  "stages": [
    { "name": "org.osbuild.noop" },
    {
      "name": "a",
      /* why */ "options": { "packages": ["b", "c"], "size": 1.50E+3, "epoch": 60.0 }
    }
  ],

  // Nothing else.
  "assembler": null
}
`);
});

test("YAML keeps comments, anchors, blank lines and the words of its texts", async () => {
  const text = `# The web server.
stages:
- name:   org.osbuild.motd   # shown at the login
  options:
      text: |
            Welcome!
              This machine is rebuilt from git.


- { name: a,   options: {"packages": [b,
     'c'], size: 1.50E+3, epoch: 60.0, yes: no}}
- &copy {name: org.osbuild.copy}
- { <<: *copy }
`;
  expect(await format("p.yaml", text)).toBe(`\
# The web server.
stages:
  - name: org.osbuild.motd # shown at the login
    options:
      text: |
        Welcome!
          This machine is rebuilt from git.

  - { name: a, options: { "packages": [b, "c"], size: 1.50E+3, epoch: 60.0, yes: no } }
  - &copy { name: org.osbuild.copy }
  - { <<: *copy }
`);
});

const pipelines = ["samples", "__tests__/fixtures/pipelines"].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => `${root}/${folder}/${name}`),
);

test("formatted text stays as it is, in each language, and the samples are formatted", async () => {
  for (const file of pipelines) {
    const text = readFileSync(file, "utf8");
    const squeezed = JSON.stringify(JSON.parse(text));
    const asYaml = stringify(JSON.parse(text), { lineWidth: 0 });
    for (const [name, written] of [
      ["p.json", text],
      ["p.jsonc", squeezed],
      ["p.yaml", squeezed],
      ["p.yml", asYaml],
    ] as const) {
      const once = await format(name, written);
      expect([file, name, await format(name, once)]).toEqual([file, name, once]);
    }
    if (file.startsWith(`${root}/samples/`)) expect([file, await format("p.json", text)]).toEqual([file, text]);
  }
});
