// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pipelines write variables like this.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import services from "vscode-json-languageservice";
import { getLanguageService } from "yaml-language-server";
import { renderSchema, schemaFile } from "../scripts/docs.ts";
import { osbuild } from "./support/osbuild.ts";

const root = join(import.meta.dirname, "..");
const catalog = JSON.parse(readFileSync(`${root}/schema/catalog.json`, "utf8"));

/** The language service of editors, with the schema as the catalogue gives it to files by their names. */
const service = services.getLanguageService({});
const [{ url, fileMatch }] = catalog.schemas;
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
service.configure({ schemas: [{ uri: url, fileMatch, schema }] });

/** Opens a text; `|` is the cursor. */
function open(written: string, name = "web.osbuild.json") {
  const offset = written.indexOf("|");
  const text = written.replace("|", "");
  const document = services.TextDocument.create(`file:///images/${name}`, "jsonc", 1, text);
  const parsed = service.parseJSONDocument(document);
  const at = document.positionAt(offset);
  return {
    async completions(): Promise<readonly string[]> {
      const found = await service.doComplete(document, at, parsed);
      return (found?.items ?? []).map(({ label }) => label);
    },
    async hover(): Promise<string> {
      const found = await service.doHover(document, at, parsed);
      return JSON.stringify(found?.contents);
    },
    problems: async () =>
      (
        await service.doValidation(document, parsed, {
          schemaValidation: "error",
          trailingCommas: "ignore",
          comments: "ignore",
        })
      ).map(({ message }) => message),
  };
}

const silent = { send() {}, sendError: () => Promise.resolve(), sendTrack() {} };
const yamlService = getLanguageService({
  schemaRequestService: async (uri) => Promise.reject(new Error(`${uri} was asked for`)),
  workspaceContext: { resolveRelativePath: (path) => path },
  telemetry: silent,
});
yamlService.configure({
  ...{ completion: true, hover: true, validate: true },
  schemas: [{ uri: url, fileMatch, schema }],
});

let versions = 0;

/** Opens a text in YAML; `|` is the cursor. */
function openYaml(written: string) {
  const text = written.replace("|", "");
  const document = services.TextDocument.create("file:///images/web.osbuild.yaml", "yaml", versions++, text);
  const at = document.positionAt(written.indexOf("|"));
  return {
    completions: async () => (await yamlService.doComplete(document, at, false)).items.map(({ label }) => label),
    hover: async () => JSON.stringify((await yamlService.doHover(document, at))?.contents),
    problems: async () => (await yamlService.doValidation(document, false)).map(({ message }) => message),
  };
}

test("in YAML, steps and their options are completed, explained and checked as in JSON", async () => {
  const options = (text: string) =>
    openYaml(`stages:\n  - name: org.osbuild.debootstrap\n    options:\n      ${text}\n`);
  expect(await options("|").completions()).toEqual(expect.arrayContaining(["suite", "packages", "snapshot"]));
  expect(await options("pack|ages: []").hover()).toContain("Packages to install beside those of the variant");
  expect(await openYaml("stages:\n  - name: |\n").completions()).toContain("org.osbuild.hostname");
  expect(await options("packages: []").problems()).toEqual(['Missing property "suite".']);
  expect(await options("suite: bookworm\n      pakages: []").problems()).toEqual(["Property pakages is not allowed."]);
  expect(await options("suite: ${suite}").problems()).toEqual([]);
});

test("the committed schema is what `npm run docs` and `osbuild schema` make of the meta.json files", async () => {
  expect(readFileSync(schemaFile, "utf8")).toBe(await renderSchema());
  const { stdout } = await osbuild(["schema"], { cwd: root });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(schemaFile, "utf8")));
});

test("the names of stages are completed and explained", async () => {
  const names = await open('{"stages": [{"name": "|"}]}').completions();
  expect(names).toEqual(expect.arrayContaining(['"org.osbuild.hostname"', '"org.osbuild.debootstrap"']));
  expect(await open('{"assembler": {"name": "|"}}').completions()).not.toContain('"org.osbuild.hostname"');
  expect(await open('{"stages": [{"name": "org.osbuild.|hostname"}]}').hover()).toContain("Set the host name");
});

test("a step's options are completed by its name, with their values and an example", async () => {
  const debootstrap = (options: string) =>
    open(`{"stages": [{"name": "org.osbuild.debootstrap", "options": ${options}}]}`);
  expect(await debootstrap("{|}").completions()).toEqual(expect.arrayContaining(["suite", "packages", "snapshot"]));
  expect(await debootstrap('{"variant": |}').completions()).toEqual(
    expect.arrayContaining(['"minbase"', '"standard"']),
  );
  expect(await debootstrap('{"pack|ages": []}').hover()).toContain("Packages to install beside those of the variant");
  expect(await debootstrap("|").completions()).toContainEqual(expect.stringContaining('"suite":"bookworm"'));
});

test("mistakes are shown, but not variables, nor steps of other libdirs", async () => {
  const stage = (name: string, options: object) => JSON.stringify({ stages: [{ name, options }] });
  expect(await open(stage("org.osbuild.hostname", { hostnam: "web" })).problems()).not.toEqual([]);
  expect(await open(stage("org.osbuild.hostname", { hostname: 1 })).problems()).not.toEqual([]);
  expect(await open('{"stages": [{"name": "org.osbuild.hostname"}]}').problems()).not.toEqual([]);
  expect(await open('{"stage": []}').problems()).not.toEqual([]);
  expect(await open(stage("org.osbuild.hostname", { hostname: "${host}.example" })).problems()).toEqual([]);
  expect(await open(stage("org.osbuild.test", { script: "true", poweroff: "${off}" })).problems()).toEqual([]);
  expect(await open(stage("com.example.own", { anything: 1 })).problems()).toEqual([]);
});

test("a libdir's own stages are in the schema of `osbuild schema --libdir`", async () => {
  const { stdout } = await osbuild(["schema", "--libdir", "samples/own-stages"], { cwd: root });
  const { stage } = JSON.parse(stdout).$defs;
  expect(stage.properties.name.anyOf[0].enum).toContain("com.example.motd");
});

const pipelines = ["samples", "__tests__/golden", "__tests__/fixtures/pipelines"].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && !/(diff|unpinned|meta)[^/]*\.json$/.test(name))
    // Its checksums are filled in when it is built.
    .filter((name) => name !== "rpm/b.json")
    .map((name) => `${folder}/${name}`),
);

test("no sample and no pipeline of the tests is a mistake", async () => {
  const found: Record<string, unknown> = {};
  for (const name of pipelines) {
    const problems = await open(readFileSync(`${root}/${name}`, "utf8")).problems();
    if (problems.length > 0) found[name] = problems;
  }
  expect([pipelines.length > 50, found]).toEqual([true, {}]);
});
