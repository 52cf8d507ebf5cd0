import { expect, test } from "@jest/globals";
import { type BuildFacts, imageProvenance } from "../../src/action/provenance.ts";
import type { MaterialPackage } from "../../src/pipeline/materials.ts";

const workflow = {
  buildDefinition: { externalParameters: {}, internalParameters: {}, resolvedDependencies: [{ uri: "git+https://…" }] },
  runDetails: { builder: { id: "https://github.com/o/r/w@main" }, metadata: {} },
};

const digest = (digit: string) => digit.repeat(64);

const bash: MaterialPackage = {
  ...{ name: "bash", version: "5.2.15-2+b7", architecture: "amd64", sha256: digest("a"), source: "bash (5.2.15-2)" },
  url: "https://user:password@archive.test/bash.deb",
  inTree: true,
};

const debian = { database: "dpkg", distribution: { id: "debian", version: "12", name: "Debian 12" } } as const;

const provenance = (
  packages: readonly MaterialPackage[],
  contents: BuildFacts["contents"] = debian,
  inputs: Partial<BuildFacts["inputs"]> = {},
  images: BuildFacts["loaded"]["materials"]["images"] = [],
) =>
  imageProvenance(workflow, {
    ...{ file: "/w/images/web.json", workspace: "/w", steps: [], contents },
    inputs: { variables: [], libdirs: [], buildEnv: undefined, mirrors: undefined, ...inputs },
    loaded: {
      ...{ treeId: digest("1"), outputId: digest("2"), filename: null, testStage: null },
      materials: {
        ...{ files: [], packages, images },
        downloads: [{ url: "https://user@files.test/a", checksum: `sha1:${"b".repeat(40)}` }],
      },
    },
  }).buildDefinition;

const dependencies = (...given: Parameters<typeof provenance>) => provenance(...given).resolvedDependencies.slice(2);

test("a locked package is named by its package URL and its digest, once, and its address has no password", () => {
  expect(dependencies([bash, bash])).toEqual([
    {
      name: "bash",
      uri: "pkg:deb/debian/bash@5.2.15-2+b7?arch=amd64&distro=debian-12&upstream=bash%405.2.15-2",
      digest: { sha256: digest("a") },
      downloadLocation: "https://archive.test/bash.deb",
    },
  ]);
});

test("an image that the pipeline starts from is named by its package URL and its digest", () => {
  const base = { registry: "registry.test:5000", repository: "team/base", digest: `sha256:${digest("c")}` };
  expect(dependencies([], debian, {}, [base])).toEqual([
    {
      uri: `pkg:oci/base@sha256:${digest("c")}?repository_url=registry.test%3A5000%2Fteam%2Fbase`,
      digest: { sha256: digest("c") },
    },
  ]);
});

test("an RPM package's URL has its epoch apart", () => {
  const fedora = { database: "rpm", distribution: { id: "fedora", version: "41", name: "Fedora" } } as const;
  const vim = { ...bash, name: "vim-minimal", version: "2:9.1-1.fc41", architecture: "x86_64", source: "vim" };
  expect(dependencies([vim], fedora)).toMatchObject([
    {
      uri: "pkg:rpm/fedora/vim-minimal@9.1-1.fc41?arch=x86_64&distro=fedora-41&epoch=2&upstream=vim-9.1-1.fc41.src.rpm",
    },
  ]);
});

test("a package of another tree, or of an unknown distribution, has no package URL", () => {
  const unread = { ...debian, database: "rpm, unread" } as const;
  const unknown = [
    dependencies([{ ...bash, inTree: false }]),
    dependencies([bash], { ...debian, distribution: null }),
    dependencies([bash], unread),
  ];
  for (const [descriptor] of unknown) {
    expect(descriptor).toMatchObject({ name: "bash", digest: { sha256: digest("a") } });
    expect(descriptor).not.toHaveProperty("uri");
  }
});

test("a download is known by the digest that the pipeline has of it", () => {
  const [, download] = provenance([]).resolvedDependencies;
  expect(download).toEqual({ uri: "https://files.test/a", digest: { sha1: "b".repeat(40) } });
});

test("the parameters are the inputs that can change the image, with paths in the workspace", () => {
  const inputs = {
    variables: [{ name: "size", value: "2" }],
    libdirs: ["/w/lib"],
    buildEnv: "/w/env.json",
    mirrors: "/w/m",
  };
  expect(provenance([], debian, inputs).externalParameters).toEqual({
    pipeline: { path: "images/web.json" },
    variables: { size: "2" },
    libdir: ["lib"],
    buildEnv: "env.json",
    mirrors: "m",
  });
});
