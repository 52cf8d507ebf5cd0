import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { page, render } from "../scripts/docs.ts";
import { checkHost } from "../src/host/checks.ts";
import type { Meta } from "../src/programs/program.ts";
import { allGoldens, type Builder, openBuilder, readGolden } from "./support/golden.ts";
import { type RpmRepository, rpmRepository } from "./support/rpm-repository.ts";
import { scratch } from "./support/store.ts";

test("docs/stages.md is what `npm run docs` makes of the meta.json files", () => {
  expect(readFileSync(page, "utf8")).toBe(render());
});

test("docs/runners.md describes every check of the doctor", async () => {
  await using directory = await scratch();
  const names = (await checkHost(directory.path)).map(({ name }) => name);
  const text = readFileSync(new URL("../docs/runners.md", import.meta.url), "utf8");
  const [, table = ""] = text.split("| check ");
  const rows = table.split("\n").flatMap((line) => /^\| ([a-z][\w -]*?) +\|/.exec(line)?.[1] ?? []);
  expect(rows).toEqual([...new Set(names)]);
});

interface Example {
  readonly kind: "stages" | "assemblers";
  readonly name: string;
  readonly meta: Meta;
}

const examples = (["stages", "assemblers"] as const).flatMap((kind) => {
  const folder = new URL(`../${kind}/`, import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".meta.json"));
  return files.map((file): Example => {
    const meta = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
    return { kind, name: basename(file, ".meta.json"), meta };
  });
});

test.each(examples)("the example of $name ($kind) has only options that its schema allows", ({ meta }) => {
  // The branches of a conditional don't repeat types.
  const validate = new Ajv2020({
    strictTypes: false,
    keywords: ["diskLayout", "maxBytes", "maxNameBytes", "unsupported"],
  }).compile(meta.options ?? true);
  validate(meta.example);
  expect([meta.example === undefined, validate.errors]).toEqual([false, null]);
});

/** Stages whose example is built here, because no golden tree has it. */
const builtHere = ["apt", "debootstrap", "dnf", "rpm", "yum"].map((name) => `org.osbuild.${name}`);
/** Stages whose example can't be built as it is. */
const unbuilt = {
  "org.osbuild.error": "it fails, as it should: __tests__/stages/error.test.ts",
  "org.osbuild.ostree": "the commit is nobody's: __tests__/stages/ostree.test.ts deploys one of its own",
};

test("every stage's example is built: as a golden tree, below, or for a reason not at all", () => {
  const inGoldens = (example: Example) =>
    allGoldens.some((golden) =>
      isDeepStrictEqual(readGolden(golden).b.stages.at(-1), { name: example.name, options: example.meta.example }),
    );
  const rest = examples.filter((example) => example.kind === "stages" && !inGoldens(example));
  expect(rest.map(({ name }) => name).sort()).toEqual([...builtHere, ...Object.keys(unbuilt)].sort());
});

let builder: Builder;
let place: Awaited<ReturnType<typeof scratch>>;
let repository: RpmRepository;
let mirror: Server;
beforeAll(async () => {
  place = await scratch();
  repository = await rpmRepository();
  // It has the repository for every release, as a distribution's mirror would.
  mirror = createServer((request, response) => {
    const path = (request.url ?? "")
      .replace(/^\/7\/os\//, "/30/")
      .replace("repo=fedora-40", "repo=fedora-30")
      .replace("/RPM-GPG-KEY", "/keys/RPM-GPG-KEY");
    get(repository.url + path, (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 500)));
  });
  await new Promise<void>((listening) => mirror.listen(0, "127.0.0.1", listening));
  const { port } = mirror.address() as AddressInfo;
  builder = await openBuilder({
    "https://mirrors.example.org": `http://127.0.0.1:${port}`,
    "https://mirrors.example.org/hello-1-1.noarch.rpm": repository.package("hello").url,
    [repository.url]: repository.url,
  });
});
afterAll(async () => {
  mirror?.close();
  mirror?.closeAllConnections();
  await repository?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
  await builder?.[Symbol.asyncDispose]();
});

const build = (pipeline: object) => {
  writeFileSync(`${place.path}/pipeline.json`, JSON.stringify(pipeline));
  return builder.build(`${place.path}/pipeline.json`);
};

const step = (name: string, kind: Example["kind"] = "stages") => {
  const example = examples.find((example) => example.kind === kind && example.name === `org.osbuild.${name}`);
  return { name: example?.name, options: example?.meta.example };
};

test("the examples of debootstrap and apt build, from Debian's own archive", async () => {
  await build({ stages: [step("debootstrap"), step("apt")] });
}, 600_000);

test.each(["dnf", "yum", "rpm"])(
  "the example of %s builds, with its addresses led to a repository of ours",
  async (name) => {
    const text = JSON.stringify(step(name)).replace(/sha256:0{64}/, repository.package("hello").checksum);
    const repos = [{ baseurl: `${repository.url}/30/x86_64/` }];
    // rpm installs nothing except the given packages.
    const needed = { name: "org.osbuild.dnf", options: { packages: ["filesystem"], releasever: "30", repos } };
    await build({ stages: [...(name === "rpm" ? [needed] : []), JSON.parse(text)] });
  },
);

/** Assemblers whose example can't be built from a skeleton. */
const unassembled = {
  "org.osbuild.error": "it fails, as it should",
  "org.osbuild.iso": "it wants a tree that starts from an ISO: __tests__/assemblers/iso.test.ts boots one",
};
const assemblers = examples.filter(({ kind, name }) => kind === "assemblers" && !(name in unassembled));

test.each(assemblers)("the example of $name builds", async ({ name, meta }) => {
  const tree = { name: "test.skeleton", options: { like: "debian" } };
  await build({ stages: [tree], assembler: { name, options: meta.example } });
});
