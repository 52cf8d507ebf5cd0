import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type Files, type JobOptions, newRepository, nothing, type Repository } from "../support/action.ts";
import type { Injection } from "../support/actions/faults.ts";
import { githubsPatience, type Patience, type User } from "../support/actions/processes.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";

// A whole Debian, as users build it: every job has an empty machine, and one service keeps the caches of all jobs.
// The tests are in the order in which they fill it.
jest.setTimeout(20 * 60_000);

let repository: Repository;
let user: User & AsyncDisposable;
beforeAll(async () => {
  // Large blobs come in ranges, as they do from GitHub.
  repository = await newRepository({ azure: true });
  user = await unprivilegedUser();
});
afterAll(async () => {
  await user[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

interface Step {
  readonly name: string;
  readonly options?: object;
}

const samples = resolve(import.meta.dirname, "../../samples");
const text = (name: string) => readFileSync(`${samples}/${name}`, "utf8");
const sample = JSON.parse(text("debian-12.json")) as { readonly stages: readonly Step[]; readonly assembler: Step };

const zone = (name: string): Step => ({ name: "org.osbuild.timezone", options: { zone: name } });

/** The sample's files, with another stage at the end of the pipeline and another host name. */
const filesOf = (last: Step, hostname = "debian") => ({
  "images/debian-12/dhcp.network": text("debian-12/dhcp.network"),
  "images/debian-12/sudoers": text("debian-12/sudoers"),
  "images/debian-12.json": {
    ...sample,
    stages: [
      ...sample.stages.map((stage) =>
        stage.name === "org.osbuild.hostname" ? { ...stage, options: { hostname } } : stage,
      ),
      last,
    ],
  },
});

let runs = 0;

async function job(files: ReturnType<typeof filesOf> & Files, options: JobOptions = {}) {
  repository.service.forgetRequests();
  const inputs = { pipeline: "images/debian-12.json", ...options.inputs };
  const result = await repository.job(files, { job: { ref: "refs/heads/main", run: ++runs }, ...options, inputs });
  const { pipelines = [] } = JSON.parse(result.outputs.manifest ?? "{}") as {
    pipelines?: { stages: { name: string; id: string; result: string }[] }[];
  };
  const ran = pipelines[0]?.stages.filter((step) => step.result === "built").map(({ name }) => name.split(".").at(-1));
  return { ...result, ran };
}

/** The keys of the downloaded results. The entry about the branch's last image isn't one. */
const downloaded = () =>
  repository.service
    .requests()
    .filter(({ route, name }) => route === "GetBlob" && !name.includes("-latest-"))
    .map(({ name }) => name);

/** A test of the booted machine. Nothing in its environment is a token, an input or one of the runner's files. */
const script = `#!/bin/sh -eu
ssh -F "$BOOT_SSH_CONFIG" machine 'echo "$(id -un)@$(hostname)"; grep -qw sse4_2 /proc/cpuinfo && echo x86-64-v2'
echo "secrets: $(env | grep -c -E '^(ACTIONS_|INPUT_|GITHUB_(TOKEN|ENV|OUTPUT|PATH))' || true)"
echo '::error::this is no command'
`;

let right: Readonly<Record<string, string>>;

test("the first build makes an image that boots, and that image can be downloaded", async () => {
  const files = { ...filesOf(zone("UTC")), "log-in": script };
  const cold = await job(files, { user, inputs: { "boot-test": "true", "boot-script": "log-in" } });
  expect(cold).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(cold.outputs).toMatchObject({ "cache-hit": "none", "stages-built": "13", "stages-cached": "0" });
  expect(cold.log).toContain("osbuild-test: passed script=0 system=running failed=-");
  expect(cold.log).toEqual(
    expect.arrayContaining(["root@debian", "x86-64-v2", "secrets: 0", "the boot test passed: log-in passed"]),
  );
  expect(cold.summary).toContain("Boot test");
  const artifact = repository.service.artifacts().find(({ name }) => name === "debian-12.qcow2");
  const image = readFileSync(artifact?.path ?? "");
  expect(createHash("sha256").update(image).digest("hex")).toBe(cold.outputs["image-sha256"]);
  execFileSync("qemu-img", ["check", "-q", "-f", "qcow2", artifact?.path ?? ""]);
  right = cold.outputs;
});

test("the same commit on an empty machine downloads the image and nothing else, and runs nothing", async () => {
  const warm = await job(filesOf(zone("UTC")));
  expect(warm).toMatchObject({ outcome: "success", annotations: [], left: nothing, ran: [] });
  expect(warm.outputs).toMatchObject({ "cache-hit": "full", "image-sha256": right["image-sha256"] });
  expect(new Set(downloaded())).toEqual(new Set([expect.stringContaining(right["output-id"] as string)]));
});

test("if the image is only to be uploaded when it has changed, the same commit downloads the note about it alone", async () => {
  const same = await job(filesOf(zone("UTC")), { inputs: { upload: "if-changed" } });
  expect(same).toMatchObject({ outcome: "success", annotations: [], left: nothing, ran: [] });
  expect(same.outputs).toMatchObject({ "cache-hit": "full", image: "", "image-sha256": right["image-sha256"] });
  const requests = repository.service.requests();
  expect(requests.filter(({ route }) => route === "GetCacheEntryDownloadURL").length).toBeLessThanOrEqual(6);
  expect(requests.reduce((sum, { sent }) => sum + sent, 0)).toBeLessThanOrEqual(64 * 1024);
});

test("a changed last stage reruns that stage and the assembler", async () => {
  const changed = await job(filesOf(zone("Europe/Berlin")), { user });
  expect(changed).toMatchObject({ outcome: "success", annotations: [], left: nothing, ran: ["timezone", "qemu"] });
});

test("a build that failed at its last stage and is fixed runs that stage and the assembler", async () => {
  const failed = await job(filesOf({ name: "org.osbuild.error", options: { returncode: 3 } }), { user });
  expect(failed).toMatchObject({ outcome: "failure", left: nothing, ran: [] });
  const fixed = await job(filesOf(zone("Asia/Tokyo")), { user });
  expect(fixed).toMatchObject({ outcome: "success", annotations: [], left: nothing, ran: ["timezone", "qemu"] });
});

/** The moment at which a job is cancelled: when it prints a line, or milliseconds after its start. */
const moments: readonly (RegExp | number)[] = [
  ...[0, 50, 150, 300, 500, 750, 1000, 1500],
  ...[4, 5, 7, 8, 10, 11, 12, 13].map((step) => RegExp(`^::group::${step}/`)),
  ...[
    /^12\/13 .*cached|^done in/,
    /^::group::Uploading debian-12/,
    /^::group::Uploading the report/,
    /^Uploaded bytes/,
  ],
];

const kinds: readonly Patience[] = [
  { ...githubsPatience, kill: "process" },
  // The runner kills the step immediately, with or without all processes that the user may kill.
  { interrupt: 0, terminate: 0, kill: "tree" },
  { interrupt: 0, terminate: 0, kill: "process" },
];

test("a job that is cancelled at any of twenty moments, gently or not, leaves nothing, and the next build succeeds", async () => {
  const found = [];
  for (const [index, moment] of moments.entries()) {
    const cancel = new AbortController();
    const timer = typeof moment === "number" ? setTimeout(() => cancel.abort(), moment) : undefined;
    const onLine = (line: string) => {
      if (moment instanceof RegExp && moment.test(line)) cancel.abort();
    };
    const patience = kinds[index % kinds.length] as Patience;
    const who = index % 2 === 0 ? { user } : {};
    const options = { cancel: cancel.signal, onLine, patience, ...who };
    const { outcome, post, left } = await job(filesOf(zone("UTC"), `cancelled-${index}`), options);
    clearTimeout(timer);
    found.push({ moment, outcome, post: post?.log, left });
  }
  expect(moments).toHaveLength(20);
  expect(found).toEqual(moments.map((moment) => ({ moment, outcome: "cancelled", post: [], left: nothing })));
  // Everything that was cached until then is used; the rest is built.
  const last = await job(filesOf(zone("UTC"), `cancelled-${moments.length - 1}`), { user });
  expect(last).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  const before = await job(filesOf(zone("UTC")));
  expect(before).toMatchObject({ outcome: "success", annotations: [] });
  expect(before.outputs["image-sha256"]).toBe(right["image-sha256"]);
});

/** Faults in the image's download from the cache, or in the first look-up of it. */
const faults: readonly Omit<Injection, "name">[] = [
  { route: "GetCacheEntryDownloadURL", fault: { type: "status", status: 429 } },
  { route: "GetBlob", fault: { type: "corrupted", at: 1_000_000 } },
  { route: "GetBlob", fault: { type: "cut", after: 1_000_000 }, times: 30 },
  { route: "GetBlob", fault: { type: "truncated", after: 1_000_000 }, times: 30 },
];

test.each(faults)("$route with $fault.type: the build succeeds and warns once", async (injection) => {
  repository.service.inject({ ...injection, name: RegExp(`-${right["output-id"]}-`) });
  const result = await job(filesOf(zone("UTC")), { user });
  expect(result).toMatchObject({ outcome: "success", left: nothing, annotations: [{ type: "warning" }] });
  expect(result.annotations).toHaveLength(1);
  expect(result.outputs["image-sha256"]).toBe(right["image-sha256"]);
});
