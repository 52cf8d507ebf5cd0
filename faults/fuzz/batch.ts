// `batch.ts SCRATCH SEED FIRST COUNT`: loads so many changed pipelines and prints what came of each as JSON.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { BuildError } from "../../src/errors.ts";
import { readDocument } from "../../src/json/document.ts";
import { libraryOf } from "../../src/pipeline/load.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import type { Outcome } from "../outcomes.ts";
import { openRandom } from "../random.ts";
import { mutate } from "./mutate.ts";

/** In milliseconds. None of these pipelines is large. */
const patience = 10_000;

const root = resolve(import.meta.dirname, "../..");
const jsonTexts = ["samples", "__tests__/golden", "__tests__/fixtures/pipelines"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json") && !/(diff|unpinned|meta)\.json$/.test(path))
    .sort()
    .map((path) => readFileSync(join(root, folder, path))),
);
const yamlTexts = jsonTexts.map((text) => Buffer.from(stringify(JSON.parse(text.toString()))));

/** One for all, so that each schema is compiled once. */
const library = libraryOf([join(root, "__tests__/golden/lib")]);

const [scratch = "", seed, first, count] = process.argv.slice(2);
const found: { outcome: Outcome; told: string }[] = [];
for (let number = Number(first); number < Number(first) + Number(count); number++) {
  const random = openRandom(Number(seed) * 1_000_003 + number);
  const isYaml = number % 2 === 1;
  const file = `${scratch}/pipeline.${isYaml ? "yaml" : "json"}`;
  writeFileSync(file, mutate(random, isYaml ? yamlTexts : jsonTexts));
  const started = performance.now();
  const { outcome, told } = await load(file);
  const late = performance.now() - started > patience;
  const text = outcome === "trace" || late ? `\n${readFileSync(file, "latin1").slice(0, 3000)}` : "";
  found.push({ outcome: late ? "hung" : outcome, told: `pipeline ${number}: ${told}${text}` });
}
console.log(JSON.stringify(found));

async function load(file: string): Promise<{ outcome: Outcome; told: string }> {
  try {
    await normalise({ document: await readDocument(file) }, library);
    return { outcome: "right", told: "loaded" };
  } catch (error) {
    if (!(error instanceof BuildError)) return { outcome: "trace", told: String((error as Error).stack ?? error) };
    const silent = error.problems.length === 0 || error.problems.some(({ message }) => message.trim() === "");
    return { outcome: silent ? "trace" : "refused", told: error.message };
  }
}
