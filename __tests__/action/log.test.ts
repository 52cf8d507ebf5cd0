import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf } from "../support/action.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";

test("what a stage prints steers nothing", async () => {
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
  // Some take these for line ends: U+2028, U+2029 and U+0085.
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

test("no stage, and no builder, sees a token, an input or a command file", async () => {
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
  expect(seen).toContain("SOURCE_DATE_EPOCH=1767225600");
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
    // It has ended.
    return "";
  }
}

test("every problem of a pipeline is an annotation at its place", async () => {
  await using repository = await newRepository();
  const text =
    '{\n  "stages": [\n    {"name": "org.osbuild.hostnam", "options": {}},\n    {"name": "com.example.shell"}\n  ]\n}\n';
  const result = await repository.job({ "images/web.json": text }, { inputs: { pipeline: "images/web.json" } });
  expect(result.outcome).toBe("failure");
  const places = result.annotations.map(({ type, file, line, column }) => ({ type, file, line, column }));
  expect(places).toContainEqual({ type: "error", file: "images/web.json", line: 3, column: 14 });
  expect(places).toContainEqual(expect.objectContaining({ type: "error", file: "images/web.json", line: 4 }));
  expect(result.outputs).toMatchObject({ "cache-hit": "none", "stages-built": "0" });
  expect(result.summary).toContain("❌");
  expect(result.summary).toContain("Not built: 2 problems");
  expect(result.summary).toContain("images/web.json:3:14: error: unknown stage");
  expect(result.summary).not.toContain("cached");
});

test("a stage that fails shows its end outside of any group, and on its line of the pipeline", async () => {
  await using repository = await newRepository();
  const result = await repository.job({ "web.json": pipelineOf("true", "seq 100; echo the reason >&2; exit 7") });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  expect(result.outside).toEqual(expect.arrayContaining(["100", "the reason"]));
  expect(result.outside).not.toContain("50");
  const [annotation] = result.annotations.filter(({ file }) => file !== undefined);
  expect(annotation).toMatchObject({ type: "error", file: "web.json", line: 10 });
  expect(annotation?.message).toContain("com.example.shell failed with code 7");
  expect(annotation?.message).toContain("the reason");
  expect(result.summary).toContain("failed");
});

test("inputs that mean nothing are refused by name", async () => {
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
