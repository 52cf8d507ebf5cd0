import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { newRunner, type RunnerOptions, type RunOptions } from "./runner.ts";
import { startService } from "./service.ts";
import { unprivilegedUser } from "./unprivileged-user.ts";

const packages = resolve(import.meta.dirname, "../../../node_modules/@actions");

const manifest = `
name: Example
description: >-
  An Action in
  a few lines
inputs:
  pipeline: { description: which one, required: true }
  store:
    description: "where: a directory"
    default: .store
  compression-level:
    description: a number
    default: 6
  upload: { description: or not, default: true }
outputs:
  image: { description: its path }
runs:
  using: node24
  main: main.js
  post: post.js
`;

/** A runner, and an Action with these steps. */
async function newAction(steps: { main: string; post?: string }, options: RunnerOptions = {}) {
  const directory = mkdtempSync(`${tmpdir()}/actions-example-`);
  const runner = await newRunner(options);
  writeFileSync(`${directory}/action.yml`, manifest);
  writeFileSync(`${directory}/package.json`, '{ "type": "module" }');
  for (const [name, code] of Object.entries({ post: "", ...steps })) {
    const imports = code.includes("core.") ? `import * as core from "${packages}/core/lib/core.js";\n` : "";
    writeFileSync(`${directory}/${name}.js`, imports + code);
  }
  if (options.user !== undefined) chownSync(directory, options.user.uid, options.user.gid);
  return {
    runner,
    directory,
    run: (run?: RunOptions) => runner.run(directory, run),
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true });
    },
  };
}

test("an Action gets its inputs and their defaults, and sets outputs, state, a summary and the environment of later steps", async () => {
  await using action = await newAction({
    main: `
      const inputs = ["pipeline", "store", "compression-level", "upload"].map((name) => core.getInput(name));
      core.setOutput("inputs", inputs);
      core.setOutput("lines", "one\\ntwo=2\\n");
      core.saveState("mount", "/mnt");
      core.exportVariable("LATER", "set");
      core.addPath("/opt/bin");
      await core.summary.addHeading("Image").write();
      core.setOutput("place", [process.cwd() === process.env.GITHUB_WORKSPACE, process.version.split(".")[0]]);`,
    post: `core.info([core.getState("mount"), core.getInput("pipeline"), process.env.LATER, process.env.PATH.split(":")[0]].join(" "));`,
  });
  const result = await action.run({ inputs: { pipeline: "web.json", colour: "red" } });
  expect(result).toMatchObject({
    exitCode: 0,
    outcome: "success",
    outputs: { inputs: '["web.json",".store","6","true"]', lines: "one\ntwo=2\n", place: '[true,"v24"]' },
    state: { mount: "/mnt" },
    summary: "<h1>Image</h1>\n",
    post: { exitCode: 0, log: ["/mnt web.json set /opt/bin"] },
  });
  expect(result.annotations).toEqual([
    { type: "warning", message: expect.stringContaining("Unexpected input(s) 'colour'") },
  ]);
  expect(action.runner.finish()).toEqual({ temp: [], foreign: [], mounts: [], processes: [] });
});

test("the post step runs when the main step has failed", async () => {
  await using action = await newAction({
    main: `core.saveState("a", "1"); core.setFailed("no such stage");`,
    post: `core.info(core.getState("a"))`,
  });
  expect(await action.run()).toMatchObject({
    exitCode: 1,
    outcome: "failure",
    annotations: [{ type: "error", message: "no such stage" }],
    post: { outcome: "success", log: ["1"] },
  });
});

test("the output becomes groups and annotations, on both streams, with secrets masked", async () => {
  await using action = await newAction({
    main: `
      core.setSecret("hunter2");
      await core.group("Stage 1: hunter2", async () => core.info("works with hunter2"));
      core.info("between");
      const { GITHUB_WORKSPACE } = process.env;
      core.error("wrong: 100%, or\\nso", { file: GITHUB_WORKSPACE + "/web.json", startLine: 3, startColumn: 7, title: "a,b" });
      console.error("::notice::said on stderr");
      console.log("::unknown::stays");`,
  });
  const { groups, outside, annotations, masks } = await action.run();
  expect(groups).toEqual([{ name: "Stage 1: ***", lines: ["works with ***"] }]);
  expect(outside).toEqual(expect.arrayContaining(["between", "::unknown::stays"]));
  expect(annotations).toEqual(
    expect.arrayContaining([
      { type: "error", message: "wrong: 100%, or\nso", file: "web.json", line: 3, column: 7, title: "a,b" },
      { type: "notice", message: "said on stderr" },
    ]),
  );
  expect(masks).toEqual(["hunter2"]);
});

test("commands are recognised wherever the real runner recognises them, unless they are stopped", async () => {
  const tricks = ["  ::warning::indented", "progress\\r::warning::after a return", "text ##[warning]within a line"];
  const print = tricks.map((line) => `console.log("${line}");`).join("\n");
  await using open = await newAction({ main: print });
  expect((await open.run()).annotations.map(({ message }) => message)).toEqual([
    "indented",
    "after a return",
    "within a line",
  ]);

  await using stopped = await newAction({
    main: `console.log("::stop-commands::secret");\n${print}\nconsole.log("::secret::");\nconsole.log("::warning::again");`,
  });
  expect((await stopped.run()).annotations).toEqual([{ type: "warning", message: "again" }]);
});

test("disabled commands fail the step and do nothing else", async () => {
  await using action = await newAction({ main: `console.log("::set-output name=image::evil");` });
  expect(await action.run()).toMatchObject({ exitCode: 0, outcome: "failure", outputs: {} });
});

test("GitHub's limits apply: ten annotations of a type, their length, the summary's size", async () => {
  await using action = await newAction({
    main: `
      for (let i = 0; i < 12; i++) core.warning("x".repeat(5000));
      core.notice("another type");
      await core.summary.addRaw("x".repeat(1024 * 1024 + 1)).write();`,
  });
  const { annotations, dropped, summary, outcome } = await action.run();
  expect(annotations.map(({ type }) => type)).toEqual([...Array(10).fill("warning"), "notice", "error"]);
  expect(annotations[0]?.message).toHaveLength(4096);
  expect(annotations.at(-1)?.message).toContain("$GITHUB_STEP_SUMMARY upload aborted");
  expect(dropped).toBe(2);
  expect([summary, outcome]).toEqual([undefined, "success"]);
});

test("a cancelled Action is interrupted first, and its post step runs", async () => {
  const cancel = new AbortController();
  await using action = await newAction({
    main: `process.on("SIGINT", () => { console.log("leaving"); process.exit(3); }); console.log("ready"); setInterval(() => {}, 1000);`,
    post: `console.log("cleaned");`,
  });
  const result = await action.run({ cancel: cancel.signal, onLine: (line) => line === "ready" && cancel.abort() });
  expect(result).toMatchObject({
    exitCode: 3,
    outcome: "cancelled",
    log: ["ready", "leaving"],
    post: { log: ["cleaned"] },
  });
});

test("an Action that ignores the interrupt gets SIGTERM and is killed in the end, with or without its descendants", async () => {
  for (const kill of ["tree", "process"] as const) {
    const cancel = new AbortController();
    await using action = await newAction(
      {
        main: `
          import { spawn } from "node:child_process";
          for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => console.log(signal));
          spawn("sleep", ["1000"], { stdio: "ignore", env: {} });
          console.log("ready"); setInterval(() => {}, 1000);`,
      },
      { patience: { interrupt: 300, terminate: 200, kill } },
    );
    const result = await action.run({ cancel: cancel.signal, onLine: (line) => line === "ready" && cancel.abort() });
    expect(result).toMatchObject({ exitCode: 137, outcome: "cancelled", log: ["ready", "SIGINT", "SIGTERM"] });
    expect(action.runner.finish().processes).toEqual(kill === "tree" ? [] : ["sleep 1000 "]);
  }
});

test("an unprivileged user has sudo, and root's leftovers are found", async () => {
  await using user = await unprivilegedUser();
  await using action = await newAction(
    {
      main: `
        import { execFileSync, spawn } from "node:child_process";
        import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
        const run = (...argv) => execFileSync(argv[0], argv.slice(1), { encoding: "utf8" }).trim();
        appendFileSync(process.env.GITHUB_OUTPUT, \`ids=\${run("id", "-u")} \${run("sudo", "-n", "id", "-u")}\\n\`);
        const { RUNNER_TEMP, GITHUB_WORKSPACE } = process.env;
        writeFileSync(RUNNER_TEMP + "/mine", "");
        mkdirSync(RUNNER_TEMP + "/dir");
        run("sudo", "-n", "mkdir", "-p", RUNNER_TEMP + "/roots");
        run("sudo", "-n", "touch", RUNNER_TEMP + "/roots/file", GITHUB_WORKSPACE + "/image");
        spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();
        process.exit();`,
    },
    { user },
  );
  action.runner.checkout(action.directory);
  const result = await action.run();
  expect(result.outputs).toEqual({ ids: `${user.uid} 0` });
  const { workspace } = action.runner;
  expect(action.runner.finish()).toEqual({
    temp: ["roots", "roots/file"],
    foreign: [`${workspace}/image`],
    mounts: [],
    processes: ["sleep 1000 "],
  });
  expect(action.runner.finish().processes).toEqual([]);
});

test("no trace of a user or a runner is left", async () => {
  const user = await unprivilegedUser();
  const runner = await newRunner({ user });
  await runner[Symbol.asyncDispose]();
  await user[Symbol.asyncDispose]();
  expect(existsSync(runner.directory)).toBe(false);
  expect(existsSync(user.home)).toBe(false);
  expect(existsSync(`/etc/sudoers.d/${user.name}`)).toBe(false);
  expect(readFileSync("/etc/passwd", "utf8")).not.toContain(user.name);
});

test("a runner finds the caches of an earlier one, through the Action's own clients", async () => {
  await using service = await startService();
  const main = `
    import { writeFileSync, readFileSync } from "node:fs";
    import { restoreCache, saveCache } from "${packages}/cache/lib/cache.js";
    import { DefaultArtifactClient } from "${packages}/artifact/lib/artifact.js";
    const hit = await restoreCache(["image"], "image-1");
    if (hit === undefined) {
      writeFileSync("image", "bits");
      await saveCache(["image"], "image-1");
    }
    core.setOutput("hit", [hit ?? "none", readFileSync("image", "utf8")].join(" "));
    await new DefaultArtifactClient().uploadArtifact("image", ["image"], process.cwd());`;
  for (const hit of ["none bits", "image-1 bits"]) {
    await using action = await newAction({ main }, { service, job: { ref: "refs/heads/main", run: hit.length } });
    expect((await action.run()).outputs).toEqual({ hit });
  }
  expect(service.caches().map(({ key }) => key)).toEqual(["image-1"]);
  const paths = service.artifacts().map(({ path }) => path);
  expect(paths.map((path) => spawnSync("unzip", ["-p", path]).stdout.toString())).toEqual(["bits", "bits"]);
});
