import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { readAction } from "./support/actions/action-yml.ts";
import { run } from "./support/run.ts";

const root = resolve(import.meta.dirname, "..");
const pages = ["README.md", ...readdirSync(`${root}/docs`).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith(".md"),
);

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
}

/** A page's examples of workflows, of jobs or of steps, and the steps in them. */
const examples = pages.flatMap((page) =>
  [...readFileSync(`${root}/${page}`, "utf8").matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => {
    const steps: readonly Step[] = stepsIn(parse(text));
    return { page, text, steps };
  }),
);

function stepsIn(value: unknown): Step[] {
  if (Array.isArray(value)) return value.flatMap(stepsIn);
  if (typeof value !== "object" || value === null) return [];
  return "uses" in value || "run" in value ? [value as Step] : Object.values(value).flatMap(stepsIn);
}

const recipes = examples.filter(({ page }) => page === "docs/recipes.md");
const place = mkdtempSync(`${tmpdir()}/recipes-`);
afterAll(() => rmSync(place, { recursive: true }));

test("the pages' workflows give the action inputs that it has, and use outputs that it has", async () => {
  const { inputs, outputs } = await readAction(root);
  const used = examples.flatMap(({ page, text, steps }) => [
    ...steps
      .filter(({ uses }) => uses === "OWNER/osbuild-action@v1")
      .flatMap((step) =>
        Object.keys(step.with ?? {}).map((name) => ({ page, name, known: Object.hasOwn(inputs, name) })),
      ),
    ...[...text.matchAll(/steps\.image\.outputs\.([\w-]+)/g)].map(([, name = ""]) => ({
      page,
      name,
      known: Object.hasOwn(outputs, name),
    })),
  ]);
  expect(used.filter(({ known }) => !known)).toEqual([]);
  expect(used.filter(({ page }) => page === "docs/recipes.md").length).toBeGreaterThan(15);
});

test("the recipes' scripts are Bash, and have what they use from the environment alone", () => {
  const scripts = recipes.flatMap(({ steps }) => steps.flatMap(({ run: script }) => script ?? []));
  expect(scripts.length).toBeGreaterThan(4);
  for (const script of scripts) {
    run(["bash", "-n"], { input: script });
    expect(script).not.toContain("${{");
  }
});

test("the recipe for a release publishes an image that GitHub takes, and warns of a larger one", () => {
  const steps = recipes.flatMap((example) => example.steps);
  const script = steps.find(({ name }) => name === "Publish the release")?.run ?? "";
  writeFileSync(`${place}/gh`, '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  writeFileSync(`${place}/web.img`, "");
  const env = { PATH: `${place}:${process.env.PATH}`, IMAGE: `${place}/web.img`, SBOM: "sbom", GITHUB_REF_NAME: "v1" };
  const publish = (size: number) => {
    truncateSync(`${place}/web.img`, size);
    return run(["bash", "-euc", `cd "$0"; ${script}`, place], { env: { ...env, SHA256: "0".repeat(64) } }).split("\n");
  };
  expect(publish(2 ** 31 - 1)).toEqual(expect.arrayContaining(["create", "v1", env.IMAGE, "sbom", "SHA256SUMS"]));
  expect(readFileSync(`${place}/SHA256SUMS`, "utf8")).toBe(`${"0".repeat(64)}  web.img\n`);
  expect(publish(2 ** 31).join()).toMatch(/^::warning::web\.img has 2 GiB or more/);
});
