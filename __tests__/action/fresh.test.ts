import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { newRepository, pipelineOf, shell } from "../support/action.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";

const packages = { name: "com.example.packages" };
const { assembler } = pipelineOf();

/** A stage that downloads something else each time. */
const library = {
  "lib/stages/com.example.packages.ts": `
    import { randomUUID } from "node:crypto";
    import { writeFileSync } from "node:fs";
    import { json } from "node:stream/consumers";
    const { tree } = await json(process.stdin);
    writeFileSync(tree + "/packages", randomUUID());`,
  "lib/stages/com.example.packages.meta.json": { summary: "Install what there is", network: true },
};

const files = { ...library, "web.json": { stages: [shell("touch first"), packages, shell("touch last")], assembler } };

const sha256 = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) => outputs["image-sha256"];

test("the age of packages is told, and a refresh replaces what the cache has", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const first = await repository.job(files, { user });
  const warm = await repository.job(files, { user });
  expect(sha256(warm)).toBe(sha256(first));
  expect(warm.log).toContainEqual(
    expect.stringMatching(/^2\/4 com.example.packages: .*, packages of today, not pinned \([0-9a-f]{12}\)$/),
  );
  expect(warm.summary).toContain("Nothing to build: 4 steps cached; packages of today, not pinned.");

  const refreshed = await repository.job(files, { user, inputs: { refresh: "com.example.packages" } });
  expect(refreshed).toMatchObject({ outcome: "success", annotations: [] });
  expect(refreshed.groups.map(({ name }) => name.replace(/^(.*?) .*: (.*) \(.*\)$/, "$1: $2"))).toEqual(
    expect.arrayContaining(["2/4: refresh", "3/4: base changed", "4/4: base changed"]),
  );
  expect(sha256(refreshed)).not.toBe(sha256(first));
  const next = await repository.job(files, { user });
  expect(next.outputs).toMatchObject({ "cache-hit": "full", "image-sha256": sha256(refreshed) });

  const anew = await repository.job(files, { user, inputs: { "no-cache": "true" } });
  expect(anew.outputs).toMatchObject({ "cache-hit": "none" });
  expect(sha256(await repository.job(files, { user, inputs: { "max-age": "1h" } }))).toBe(sha256(anew));
});

test("a refreshed step that several pipelines have runs once in a job", async () => {
  await using repository = await newRepository();
  const both = {
    ...files,
    "db.json": { ...files["web.json"], stages: [...files["web.json"].stages, shell("touch db")] },
  };
  const inputs = {
    pipeline: "web.json\ndb.json",
    refresh: "com.example.packages",
    upload: "false",
    checkpoints: "all",
  };
  await repository.job(both, { inputs: { ...inputs, refresh: "" } });
  const { groups, outputs } = await repository.job(both, { inputs });
  expect(groups.filter(({ name }) => /: refresh \([0-9a-f]{12}\)$/.test(name))).toHaveLength(1);
  expect(outputs).toMatchObject({ "stages-built": "5" });
});

test("packages that are too old aren't used, neither from the store nor from the cache", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const inputs = { store: `${user.home}/store` };
  const first = await repository.job(files, { user, inputs });
  const day = 24 * 3_600_000;
  const refs = `${user.home}/store/refs`;
  for (const name of readdirSync(refs).filter((name) => name.endsWith(".json"))) {
    const text = readFileSync(`${refs}/${name}`, "utf8");
    writeFileSync(
      `${refs}/${name}`,
      text.replace(/"ran": (\d+)/g, (_, ran) => `"ran": ${Number(ran) - 8 * day}`),
    );
  }
  const kept = await repository.job(files, { user, inputs });
  expect(sha256(kept)).toBe(sha256(first));
  expect(kept.summary).toContain("packages of 8 days ago, not pinned.");
  const limited = { ...inputs, cache: "false", "max-age": "7d" };
  const rebuilt = await repository.job(files, { user, inputs: limited });
  expect(rebuilt.groups.map(({ name }) => name)).toContainEqual(
    expect.stringMatching(/^2\/4 .*: older than 7 days \(/),
  );
  expect(sha256(rebuilt)).not.toBe(sha256(first));
  const again = await repository.job(files, { user, inputs: limited });
  expect(again.outputs).toMatchObject({ "cache-hit": "full", "image-sha256": sha256(rebuilt) });
});

test("an entry on an evicted one is replaced, with one warning", async () => {
  await using repository = await newRepository();
  const steps = [shell("cp /usr/bin/perl blob"), shell("touch second"), shell("touch third")];
  const web = (...more: readonly object[]) => ({ "web.json": { stages: [...steps, ...more], assembler } });
  const inputs = { checkpoints: "all" };
  const first = await repository.job(web(), { inputs });
  const { stages } = JSON.parse(first.outputs.manifest as string).pipelines[0] as { stages: { id: string }[] };
  const [lowest, image] = [stages[0]?.id, first.outputs["output-id"]];
  await repository.service.evict(RegExp(`-(${lowest}|${image})-`));
  const dead = await repository.job(web(), { inputs });
  expect(dead).toMatchObject({ outcome: "success", outputs: { "stages-built": "2", "image-sha256": sha256(first) } });
  expect(dead.annotations).toEqual([expect.objectContaining({ type: "warning" })]);
  expect(dead.annotations[0]?.message).toMatch(/lacks results of earlier steps.*\n.*its new entry replaces this one/);
  const next = await repository.job(web(shell("touch fourth")), { inputs });
  expect(next).toMatchObject({ outcome: "success", annotations: [], outputs: { "stages-built": "2" } });
});

test("an image that is used every few days keeps its base from expiring", async () => {
  await using repository = await newRepository();
  const web = (last: string) => ({ "web.json": { stages: [shell("cp /usr/bin/perl blob"), shell(last)], assembler } });
  const inputs = { checkpoints: "all", upload: "false" };
  await repository.job(web("touch a"), { inputs });
  for (const _ of ["Thursday", "Monday"]) {
    repository.service.advance(4 * 24 * 3_600_000);
    expect((await repository.job(web("touch a"), { inputs })).outputs).toMatchObject({ "cache-hit": "full" });
  }
  expect((await repository.job(web("touch b"), { inputs })).outputs).toMatchObject({ "stages-built": "2" });
});

test.each([
  [{ "max-age": "a week" }, /the input max-age can't be "a week"[\s\S]*such as 12h, 7d or 4w/],
  [
    { refresh: "com.example.shell\napt" },
    /there is no step "apt" to refresh\nthe steps are com\.example\.shell, .*, tar$/,
  ],
])("%j is an error before the build", async (inputs, message) => {
  await using repository = await newRepository();
  const { outcome, annotations, groups } = await repository.job(files, { inputs });
  expect({ outcome, groups }).toEqual({ outcome: "failure", groups: [] });
  expect(annotations.map(({ message }) => message)).toEqual([expect.stringMatching(message)]);
});
