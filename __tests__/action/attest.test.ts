import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type Files, newRepository, nothing, type Repository, shell } from "../support/action.ts";
import { type AttestationServices, startAttestationServices, storePath } from "../support/actions/attestations.ts";
import type { ActionResult } from "../support/actions/runner.ts";
import type { Statement } from "../support/actions/sigstore.ts";

jest.setTimeout(180_000);

let services: AttestationServices;
let repository: Repository;
/** A private repository's image. */
let web: Awaited<ReturnType<typeof attested>>;
beforeAll(async () => {
  services = await startAttestationServices();
  repository = await newRepository();
  web = await attested({ sbom: "spdx, cyclonedx", variables: "hostname=db" });
});
afterAll(async () => {
  for (const each of [repository, services]) await each[Symbol.asyncDispose]();
});

const provenanceType = "https://slsa.dev/provenance/v1";

const pipeline = {
  variables: { hostname: "web" },
  stages: [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the pipeline
    shell("mkdir etc && echo ID=some > etc/os-release && echo ${hostname} > etc/hostname"),
    { name: "org.osbuild.copy", options: { paths: [{ from: "files", to: "/srv" }] } },
  ],
  assembler: { name: "org.osbuild.tar", options: { filename: "web.tar.gz", compression: "gzip" } },
};
const files = { "web.json": pipeline, "files/a/server": "made by CI\n", "files/b": "b\n" };

/** Runs the Action. Returns the attestations that it delivered, what it requested, and the image's digest. */
async function attested(
  inputs: Readonly<Record<string, string>>,
  env = services.environment("private"),
  more: Files = {},
) {
  let bundles: readonly object[] = [];
  let image: Buffer | undefined;
  const look = (_runner: unknown, { outputs }: ActionResult) => {
    const lines = outputs.attestation ? readFileSync(outputs.attestation, "utf8").trim().split("\n") : [];
    bundles = lines.map((line) => JSON.parse(line) as object);
    image = outputs.image ? readFileSync(outputs.image) : undefined;
  };
  const result = await repository.job(
    { ...files, ...more },
    { inputs: { attest: "true", output: "out", ...inputs }, env, look },
  );
  const requests = services.requests.splice(0);
  return { ...result, bundles, requests, sha256: hash("sha256", image ?? "") };
}

const errors = ({ annotations }: ActionResult) =>
  annotations.filter(({ type }) => type === "error").map(({ message }) => message);

interface Provenance {
  readonly buildDefinition: {
    readonly buildType: string;
    readonly externalParameters: object;
    readonly internalParameters: { readonly steps: readonly object[] };
    readonly resolvedDependencies: readonly { readonly name?: string; readonly digest: object }[];
  };
  readonly runDetails: object;
}

const provenanceOf = ({ predicate }: Pick<Statement, "predicate">) => predicate as Provenance;

test("an image gets provenance and an attestation of each SBOM, signed without the public log if the repository is private", () => {
  expect(web).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  const { bundles, sha256, outputs, summary } = web;
  expect(services.stored.slice(0, 3)).toEqual(bundles);
  const statements = bundles.map(services.verified);
  const subject = [{ name: "web.tar.gz", digest: { sha256 } }];
  expect(statements).toMatchObject([
    { _type: "https://in-toto.io/Statement/v1", predicateType: provenanceType, subject },
    { predicateType: "https://spdx.dev/Document/v2.3", subject, predicate: { spdxVersion: "SPDX-2.3" } },
    { predicateType: "https://cyclonedx.org/bom", subject, predicate: { specVersion: "1.6" } },
  ]);
  expect(outputs).toMatchObject({
    "image-sha256": sha256,
    "attestation-id": "1",
    "attestation-url": "https://github.com/octocat/images/attestations/1",
  });
  expect(summary).toContain('<a href="https://github.com/octocat/images/attestations/1">');
  expect(web.requests.filter((name) => name.endsWith("sigstore.dev"))).toEqual([]);
});

test("provenance says which workflow built the image, from which pipeline, with which variables, files and steps", () => {
  const { bundles, outputs } = web;
  const { buildDefinition, runDetails } = provenanceOf(services.verified(bundles[0] as object));
  const text = JSON.stringify(pipeline, null, 2);
  const file = (name: string, content: string) => ({ name, digest: { sha256: hash("sha256", content) } });
  expect(buildDefinition).toEqual({
    buildType: "https://github.com/OWNER/osbuild-action/blob/v1/docs/provenance.md",
    externalParameters: {
      workflow: {
        ref: "refs/heads/main",
        repository: "https://github.com/octocat/images",
        path: ".github/workflows/image.yml",
      },
      pipeline: { path: "web.json", digest: { sha256: hash("sha256", text) } },
      variables: { hostname: "db" },
      libdir: ["lib"],
    },
    internalParameters: {
      github: {
        event_name: "push",
        repository_id: "1296269",
        repository_owner_id: "583231",
        runner_environment: "self-hosted",
      },
      treeId: outputs["tree-id"],
      outputId: outputs["output-id"],
      steps: [
        { kind: "stage", name: "com.example.shell", id: expect.stringMatching(/^[0-9a-f]{64}$/), depth: 0 },
        { kind: "stage", name: "org.osbuild.copy", id: outputs["tree-id"], depth: 0 },
        { kind: "assembler", name: "org.osbuild.tar", id: outputs["output-id"], depth: 0 },
      ],
    },
    resolvedDependencies: [
      {
        uri: "git+https://github.com/octocat/images@refs/heads/main",
        digest: { gitCommit: "5f1d1b8e2c0e4f4b8a5d6c7e8f90a1b2c3d4e5f6" },
      },
      file("files/a/server", "made by CI\n"),
      file("files/b", "b\n"),
      file("web.json", text),
    ],
  });
  expect(runDetails).toEqual({
    builder: {
      id: "https://github.com/octocat/images/.github/workflows/image.yml@refs/heads/main",
      version: { "osbuild-action": expect.any(String) },
    },
    metadata: { invocationId: "https://github.com/octocat/images/actions/runs/1001/attempts/1" },
  });
});

test("a public repository's attestation is in the public log, and services that fail for a while are asked again", async () => {
  services.faults.set("token.actions.githubusercontent.com", [503]);
  services.faults.set("fulcio.sigstore.dev", [502]);
  services.faults.set("rekor.sigstore.dev", [500]);
  // The first request to the store asks whether this job may use it.
  services.faults.set(storePath, [502, 502]);
  const result = await attested({}, services.environment("public"));
  expect(result).toMatchObject({ outcome: "success", annotations: [] });
  const [statement] = result.bundles.map(services.verified);
  expect(statement?.subject).toEqual([{ name: "web.tar.gz", digest: { sha256: result.sha256 } }]);
  expect(result.requests).toContain("rekor.sigstore.dev");
  expect([...services.faults.values()].flat()).toEqual([]);
});

test("an attestation that is refused fails the job, which still delivers the image, its outputs and the summary", async () => {
  services.faults.set("timestamp.githubapp.com", [400]);
  const result = await attested({});
  expect(result).toMatchObject({ outcome: "failure", left: nothing, bundles: [] });
  expect(errors(result)).toEqual([expect.stringMatching(/^web\.tar\.gz could not be attested: .*timestamp/)]);
  expect(result.outputs).toMatchObject({
    "attestation-url": "",
    "artifact-url": expect.stringContaining("/artifacts/"),
  });
  expect(result.summary).toContain("could not be attested");
});

test("an image whose tests fail isn't attested", async () => {
  const before = services.stored.length;
  const dated = { ...pipeline, stages: [...pipeline.stages, shell("date +%s.%N > etc/date")] };
  const result = await attested({ verify: "true" }, undefined, { "web.json": dated });
  expect(result).toMatchObject({ outcome: "failure", bundles: [], outputs: { "attestation-id": "" } });
  expect(result.log).toContainEqual(expect.stringContaining("web.tar.gz isn't attested"));
  expect(services.stored).toHaveLength(before);
});

test("a job that may not attest, and a pipeline without an image, are refused before anything is built", async () => {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: _, ...noTokens } = services.environment("private");
  const elsewhere = { ...services.environment("private"), GITHUB_SERVER_URL: "https://github.example.com" };
  const { assembler: _none, ...tree } = pipeline;
  services.faults.set(storePath, [403]);
  const refused = [
    await attested({}),
    await attested({}, noTokens),
    await attested({}, elsewhere),
    await attested({}, undefined, { "web.json": tree }),
  ];
  expect(refused.map((result) => errors(result).join())).toEqual([
    expect.stringMatching(
      /the input attest needs the permission attestations: write.*a fault \(403\)\n.*id-token: write, att/s,
    ),
    expect.stringMatching(
      /the input attest needs the permission id-token: write, which this job lacks\n.*permissions/s,
    ),
    expect.stringContaining("the input attest can't be true on https://github.example.com"),
    expect.stringContaining("attest is set, but the pipeline makes no image"),
  ]);
  for (const result of refused) expect(result.groups.filter(({ name }) => name.includes("example.shell"))).toEqual([]);
});
