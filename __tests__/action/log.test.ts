import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { newRepository, nothing, pipelineOf } from "../support/action.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";

test("a stage's output can't steer the workflow", async () => {
  await using repository = await newRepository();
  const commands = [
    "::set-env name=EVIL::1",
    "::add-mask::web",
    "::error file=web.json::no",
    "::warning::no",
    "::stop-commands::word",
    "::word::",
    "::endgroup::",
    "::save-state name=leavings::{}",
    "##[group]no",
    "##[command]no",
    "##[error]no",
    " ::notice::indented",
    "##[add-mask]tar",
  ];
  // Some programs take these for line ends: U+2028, U+2029 and U+0085.
  const ends = ["\\342\\200\\250", "\\342\\200\\251", "\\302\\205"].map((end) => `printf 'x${end}::error::no\\n'`);
  const script = commands.map((command) => `printf '%s\\n' '${command}'`).join("; ");
  const both = `${script}; ${ends.join("; ")}; printf '\\033[31mred\\r::error::no\\n' >&2`;
  const result = await repository.job({ "web.json": pipelineOf(both) });
  expect(result).toMatchObject({ outcome: "success", annotations: [], env: {}, left: nothing });
  expect(result.masks.filter((mask) => /^(web|tar)$/.test(mask))).toEqual([]);
  expect(result.groups[0]?.name).toMatch(/^1\/2 com.example.shell/);
  expect(result.groups[0]?.lines).toEqual(expect.arrayContaining([...commands, "::error::no"]));
  expect(result.groups.map(({ name }) => name).filter((name) => name === "no")).toEqual([]);
});

test("neither stages nor the builder see a token, an input or a command file", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const look = "env; cat /proc/*/environ | tr '\\0' '\\n'; echo looked; sleep 1";
  const builders: string[] = [];
  const onLine = (line: string) => {
    if (line === "looked") builders.push(...builderEnvironments());
  };
  const env = { GITHUB_TOKEN: "secret-of-the-workflow", HTTP_TOKEN: "secret-of-the-workflow" };
  const result = await repository.job({ "web.json": pipelineOf(look) }, { user, env, onLine });
  expect(result.outcome).toBe("success");
  const seen = result.groups[0]?.lines ?? [];
  expect(seen).toContain(`SOURCE_DATE_EPOCH=${defaultSourceEpoch}`);
  expect(builders.length).toBeGreaterThan(0);
  const foreign = /^(ACTIONS|GITHUB|INPUT|RUNNER|STATE)_|TOKEN|secret/;
  expect([...seen, ...builders].filter((line) => foreign.test(line))).toEqual([]);
});

function builderEnvironments(): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readProc(pid, "cmdline").includes("/dist/builder/index.js"))
    .flatMap((pid) => readProc(pid, "environ").split("\0"));
}

function readProc(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    // The process has ended.
    return "";
  }
}

test("every problem of a pipeline is an annotation at its place", async () => {
  await using repository = await newRepository();
  const text =
    '{\n  "stages": [\n    {"name": "org.osbuild.hostnam", "options": {}},\n    {"name": "com.example.shell"}\n  ]\n}\n';
  const result = await repository.job({ "images/web.json": text }, { inputs: { pipeline: "images/web.json" } });
  expect(result.outcome).toBe("failure");
  const places = result.annotations.map(({ type, file, line }) => ({ type, file, line }));
  expect(places).toEqual([3, 4].map((line) => ({ type: "error", file: "images/web.json", line })));
  expect(result.annotations[0]?.column).toBe(14);
  expect(result.outputs).toMatchObject({ "cache-hit": "none", "stages-built": "0" });
  expect(result.summary).toContain("❌");
  expect(result.summary).toContain("Not built: 2 problems");
  expect(result.summary).toContain("images/web.json:3:14: error: unknown stage");
  expect(result.summary).not.toContain("cached");
});

test("a failed stage shows its last lines outside any group, and at its line of the pipeline", async () => {
  await using repository = await newRepository();
  const result = await repository.job({ "web.json": pipelineOf("true", "seq 100; echo the reason >&2; exit 7") });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  expect(result.outside).toEqual(expect.arrayContaining(["100", "the reason"]));
  expect(result.outside).not.toContain("50");
  const [annotation, ...others] = result.annotations;
  expect(others).toEqual([]);
  expect(annotation).toMatchObject({ type: "error", file: "web.json", line: 10 });
  expect(annotation?.message).toContain("com.example.shell failed with exit code 7");
  expect(annotation?.message).toContain("the reason");
  // The report and the whole log are uploaded, and linked.
  const [report, log, ...more] = repository.service.artifacts();
  expect([report?.name, log?.name, ...more]).toEqual(["web-report.html", "web-failed.log"]);
  expect(readFileSync(log?.path as string, "utf8")).toMatch(/^1\n2\n[\d\n]*\n100\nthe reason\n$/);
  const url = (id?: number) => `https://github.com/octocat/images/actions/runs/1001/artifacts/${id}`;
  expect(result.summary).toContain(
    `<a href="${url(report?.id)}">report</a>, <a href="${url(log?.id)}">log of the failed step</a>.`,
  );
  expect(result.outside.slice(-2)).toEqual([`report: ${url(report?.id)}`, `log of the failed step: ${url(log?.id)}`]);
});

test("the last line has the image's size, its digest and its address, after what the cache did", async () => {
  await using repository = await newRepository();
  const { outputs, outside, summary } = await repository.job({ "web.json": pipelineOf("seq 300000 > numbers") });
  const cache = "cache: nothing fetched, ";
  const last = `web.tar: 1.9 MiB, sha256:${outputs["image-sha256"]}, ${outputs["artifact-url"]}`;
  expect(outside.filter((line) => line.startsWith(cache) || line === outside.at(-1))).toEqual([
    expect.stringMatching(`^${cache}.* in \\d+ entries saved$`),
    last,
  ]);
  expect(summary).toMatch(/<p>Cache: nothing fetched, .* in \d+ entries saved\.<\/p>/);
  const again = await repository.job({ "web.json": pipelineOf("seq 300000 > numbers") });
  expect(again.outside.at(-1)).toMatch(`sha256:${outputs["image-sha256"]}, https://`);
  expect(again.summary).toMatch(/<p>Cache: .* in 3 entries fetched, .* saved\.<\/p>/);
});

test("a problem that all pipelines have is reported once, in terms of the inputs", async () => {
  await using repository = await newRepository();
  const files = { "web.json": pipelineOf("true"), "db.json": pipelineOf("false") };
  const told = async (inputs: Readonly<Record<string, string>>) => {
    const { outcome, annotations } = await repository.job(files, {
      inputs: { pipeline: "web.json\ndb.json", ...inputs },
    });
    return [outcome, ...annotations.map(({ message }) => message)];
  };
  expect(await told({ libdir: "lib\nlibs" })).toEqual([
    "failure",
    expect.stringMatching(/^there is no directory .*libs\nthe input libdir takes a directory/),
  ]);
  expect(await told({ checkpoints: "com.example.shel" })).toEqual([
    "failure",
    'the input checkpoints names an unknown stage "com.example.shel"\ndid you mean "com.example.shell"?',
  ]);
});

test("invalid inputs are refused by name", async () => {
  await using repository = await newRepository();
  const wrong = [
    { upload: "yes" },
    { "compression-level": "12" },
    { pipeline: "no-*.json" },
    { pipeline: "none.json" },
    { "cache-key-prefix": "main,arm64-" },
    { "cache-key-prefix": "x".repeat(351) },
  ];
  for (const inputs of wrong) {
    const { outcome, annotations } = await repository.job({ "web.json": pipelineOf() }, { inputs });
    expect(outcome).toBe("failure");
    expect(annotations[0]?.message).toMatch(
      Object.hasOwn(inputs, "pipeline") ? /no-\*|none/ : RegExp(Object.keys(inputs)[0] as string),
    );
  }
});
