import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { newRepository, nothing } from "./support/action.ts";
import { unprivilegedUser } from "./support/actions/unprivileged-user.ts";
import { osbuild, osbuildJson, statuses } from "./support/osbuild.ts";
import { scratch } from "./support/store.ts";

const secret = "8lynx/Panther & co";

/** A stage that gets a secret, and shows everything that it can see of it. */
const stage = `#!/usr/bin/python3
import base64, json, os, sys, urllib.parse
step = json.load(sys.stdin)
options = step["options"]
value = open(step["secrets"][options["token"]]).read()
print("it is", value, urllib.parse.quote(value, safe=""), base64.b64encode(value.encode()).decode(), flush=True)
os.system("cat /proc/*/cmdline /proc/*/environ | tr '\\\\0' '\\\\n'; stat -f -c %T /run/osbuild/secrets; ls /run/osbuild/secrets")
print(options, flush=True)
open(step["tree"] + "/length", "w").write(str(len(value)))
if "leak" in options:
    place = step["tree"] if options["leak"] == "tree" else step["state"]
    open(place + "/copy", "w").write("user:" + value)
print("looked", flush=True)
import time; time.sleep(options.get("sleep", 0))
`;

const meta = {
  summary: "Use a secret",
  state: true,
  secrets: ["/token"],
  options: {
    type: "object",
    additionalProperties: false,
    required: ["token"],
    properties: {
      token: { type: "string", description: "The name of a secret." },
      leak: { enum: ["tree", "state"], description: "Where to leave it." },
      sleep: { type: "number", description: "Seconds to sleep." },
    },
  },
  example: { token: "name" },
};

const pipeline = (options: object) => ({
  stages: [{ name: "com.example.secret", options: { token: "token", ...options } }],
  assembler: { name: "org.osbuild.tar", options: { filename: "image.tar" } },
});

async function place(options: object = {}) {
  const directory = await scratch();
  const [at, outside] = [`${directory.path}/at`, `${directory.path}/outside`];
  for (const path of [`${at}/lib/stages`, `${at}/lib/assemblers`, outside]) mkdirSync(path, { recursive: true });
  writeFileSync(`${at}/lib/stages/com.example.secret`, stage);
  chmodSync(`${at}/lib/stages/com.example.secret`, 0o755);
  writeFileSync(`${at}/lib/stages/com.example.secret.meta.json`, JSON.stringify(meta));
  writeFileSync(`${at}/image.json`, JSON.stringify(pipeline(options), null, 2));
  writeFileSync(`${outside}/token`, secret);
  const source = `--secret=id=token,src=${outside}/token`;
  const args = ["--libdir=lib", "--store=store", "image.json"];
  return { at, source, args, [Symbol.asyncDispose]: directory[Symbol.asyncDispose], outside };
}

/** The files below a directory that have the secret, in any of its forms. */
function filesWith(directory: string): string {
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
  return spawnSync("grep", ["-rlaF", ...forms.flatMap((form) => ["-e", form]), directory]).stdout.toString();
}

/** The processes of the machine that have the secret in their command line or environment. */
const processesWith = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`])
    .filter((path) => {
      // A process may have ended.
      const { stdout } = spawnSync("cat", [path]);
      return stdout.includes(secret);
    });

test("a step gets its secret in memory, and nothing that a build leaves behind has it", async () => {
  await using own = await place();
  const ended = await osbuild(["--verbose", own.source, "-o", "out", ...own.args], { cwd: own.at });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toContain("it is *** *** ***");
  expect(ended.stdout).toMatch(/ ramfs\n {2}token\n/);
  // It is nowhere in what the stage sees of its container's processes.
  expect(ended.stdout.match(/\*\*\*/g)).toHaveLength(3);
  expect(ended.stdout).toContain("looked");
  expect(ended.stdout).not.toContain(secret);
  expect(filesWith(own.at)).toBe("");
  expect(spawnSync("tar", ["-xOf", `${own.at}/out/image.tar`, "./length"]).stdout.toString()).toBe(`${secret.length}`);
});

test("a changed secret runs the step again, and the same one doesn't", async () => {
  await using own = await place();
  const build = async () => statuses(await osbuildJson([own.source, ...own.args], { cwd: own.at }));
  expect(await build()).toEqual(["com.example.secret built", "tar built"]);
  expect(await build()).toEqual(["com.example.secret cached", "tar cached"]);
  writeFileSync(`${own.outside}/token`, "another secret");
  const { stdout } = await osbuild(["explain", own.source, ...own.args, "com.example.secret"], { cwd: own.at });
  expect(stdout).toContain("the secret token changed");
  expect(await build()).toEqual(["com.example.secret built", "tar built"]);
});

test.each(["tree", "state"])("a step that leaves its secret in its %s fails", async (leak) => {
  await using own = await place({ leak });
  const { code, stdout, stderr } = await osbuild([own.source, ...own.args], { cwd: own.at });
  expect(code).toBe(1);
  const where = leak === "tree" ? "the tree" : "its state directory";
  expect(stderr).toContain(`image.json:6:18: error: com.example.secret has left the secret "token" in ${where}: /copy`);
  expect(stdout + stderr).not.toContain(secret);
  expect(filesWith(own.at)).toBe("");
});

test("a missing secret is an error at the option, and one that nothing uses a warning", async () => {
  await using own = await place();
  const missing = await osbuild(own.args, { cwd: own.at });
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('image.json:6:18: error: there is no secret "token"');
  expect(missing.stderr).toContain("hint: give it with --secret id=token,env=VARIABLE");
  expect(existsSync(`${own.at}/store`)).toBe(false);
  const env = { ...process.env, FORCE_COLOR: undefined, TOKEN: secret };
  const both = ["--secret=id=token,env=TOKEN", "--secret=id=tokem,env=TOKEN", ...own.args];
  const { code, stdout } = await osbuild(both, { cwd: own.at, env });
  expect(code).toBe(0);
  expect(stdout).toContain('warning: no step uses the secret "tokem"\n  hint: did you mean "token"?');
});

test("a pipeline with secrets can be verified", async () => {
  await using own = await place();
  const ended = await osbuild(["verify", own.source, ...own.args], { cwd: own.at });
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("all are the same") });
});

test("a job's secret reaches its step alone: it's hidden, and no process, artifact or cache entry has it", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const files = {
    "web.json": pipeline({ sleep: 1 }),
    // The runner's checkout doesn't keep modes.
    "lib/stages/com.example.secret.ts": `
      import { readFileSync, writeFileSync } from "node:fs";
      import { json } from "node:stream/consumers";
      import { setTimeout as sleep } from "node:timers/promises";
      const { tree, secrets, options } = await json(process.stdin);
      const value = readFileSync(secrets[options.token], "utf8");
      writeFileSync(tree + "/length", String(value.length));
      console.log("it is " + value + "\\nlooked");
      await sleep(options.sleep * 1000);`,
    "lib/stages/com.example.secret.meta.json": meta,
  };
  const seen: string[] = [];
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    if (line === "looked") seen.push("looked", ...processesWith());
  };
  const inputs = { secrets: `token=${secret}`, checkpoints: "all" };
  const result = await repository.job(files, { user, inputs, onLine });
  expect(result).toMatchObject({ outcome: "success", left: nothing });
  expect(result.masks).toEqual(expect.arrayContaining([secret, encodeURIComponent(secret)]));
  expect(result.groups[0]?.lines).toContain("it is ***");
  // The runner gives the Action its inputs as variables. Nothing that the Action starts as root has them.
  expect(seen[0]).toBe("looked");
  expect(seen.slice(1).filter((path) => !isActions(path))).toEqual([]);
  expect(lines.filter((line) => line.includes(secret)).every((line) => line.startsWith("::add-mask::"))).toBe(true);
  for (const { name, path } of repository.service.artifacts())
    expect([name, readFileSync(path).includes(secret)]).toEqual([name, false]);
  expect(repository.service.caches()).not.toEqual([]);
  for (const { key, path } of repository.service.caches()) {
    // The record, and the layer in its compressed form: the test of a stage's tree looks at what it holds.
    const { stdout, status } = spawnSync("tar", ["--use-compress-program=unzstd", "-xOf", path]);
    expect([key, status, stdout.includes(secret)]).toEqual([key, 0, false]);
  }

  const missing = await repository.job(files, { user, inputs: { secrets: "token=" } });
  expect(missing.outcome).toBe("failure");
  expect(missing.annotations[0]).toMatchObject({
    file: "web.json",
    message: expect.stringContaining("give it with the input secrets. A workflow gets none for a pull request"),
  });
});

/** Whether a process belongs to the Action's main process, which has the inputs. */
const isActions = (path: string) => {
  const command = spawnSync("cat", [path.replace("environ", "cmdline")]).stdout.toString();
  return path.endsWith("environ") && !/builder|nspawn|nsenter|sudo/.test(command);
};
