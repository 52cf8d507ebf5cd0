import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf } from "../support/action.ts";

const base = "echo base; echo base > base";
/** Locks on files of the host's /usr, which the containers of all builds show. */
const [held, seen] = ["/usr/bin/seq", "/usr/bin/tac"];
const until = (condition: string) =>
  `for i in $(seq 600); do if ${condition}; then break; fi; test $i -lt 600; sleep 0.1; done`;
/** Ends only if the other one runs at the same time. */
const first = `echo web; ${until(`! flock --nonblock ${held} true`)}
exec 9<${seen}; flock 9; ${until(`flock --nonblock ${held} true`)}; echo web again; touch web`;
const second = `echo db; exec 9<${held}; flock 9; ${until(`! flock --nonblock ${seen} true`)}; echo db again; touch db`;

test("pipelines are built at the same time, after what they share, and the log has one after the other", async () => {
  await using repository = await newRepository();
  const files = { "web.json": pipelineOf(base, first), "db.json": pipelineOf(base, second) };
  const inputs = { pipeline: "web.json\ndb.json", jobs: "2", output: "out" };
  const { outcome, annotations, groups, outside, outputs, left } = await repository.job(files, { inputs });
  expect({ outcome, annotations, left }).toEqual({ outcome: "success", annotations: [], left: nothing });
  const printed = groups.map(({ name, lines }) => [
    name.replace(/:.*/, ""),
    lines.filter((line) => /^(base|web|db)( again)?$/.test(line)),
  ]);
  expect(printed.slice(0, 5)).toEqual([
    ["1/3 com.example.shell", ["base"]],
    ["2/3 com.example.shell", ["web", "web again"]],
    ["3/3 tar", []],
    ["2/3 com.example.shell", ["db", "db again"]],
    ["3/3 tar", []],
  ]);
  expect(outside.filter((line) => line.startsWith("building "))).toEqual(["building web.json", "building db.json"]);
  expect(outputs).toMatchObject({ "stages-built": "5", "stages-cached": "1" });
  const { pipelines } = JSON.parse(outputs.manifest as string) as { pipelines: { pipeline: string }[] };
  expect(pipelines.map(({ pipeline }) => pipeline)).toEqual(["web.json", "db.json"]);
});

test("a pipeline that fails leaves the image of one that is built at the same time, and their order", async () => {
  await using repository = await newRepository();
  const fails = `${first}; exit 7`;
  const files = { "web.json": pipelineOf(base, fails), "db.json": pipelineOf(base, second) };
  const inputs = { pipeline: "web.json\ndb.json", jobs: "2" };
  const { outcome, annotations, outputs, left } = await repository.job(files, { inputs });
  expect({ outcome, left }).toEqual({ outcome: "failure", left: nothing });
  expect(annotations).toMatchObject([{ type: "error", file: "web.json" }]);
  const { pipelines } = JSON.parse(outputs.manifest as string) as { pipelines: { "image-sha256": string | null }[] };
  expect(pipelines.map((pipeline) => pipeline["image-sha256"] !== null)).toEqual([false, true]);
});

test("a cancellation ends all builds, and leaves nothing", async () => {
  await using repository = await newRepository();
  const both = `${until(`! flock --nonblock ${held} true`)}; echo both run; sleep 1000.75`;
  const files = { "web.json": pipelineOf(both), "db.json": pipelineOf(`exec 9<${held}; flock 9; sleep 1000.75`) };
  const cancel = new AbortController();
  const onLine = (line: string) => {
    if (line === "both run") cancel.abort();
  };
  const inputs = { pipeline: "web.json\ndb.json", jobs: "2" };
  const result = await repository.job(files, { inputs, cancel: cancel.signal, onLine });
  expect(result).toMatchObject({ outcome: "cancelled", left: nothing });
  expect(result.annotations.map(({ message }) => message)).toEqual(["interrupted"]);
});
