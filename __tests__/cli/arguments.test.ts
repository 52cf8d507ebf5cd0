import { expect, test } from "@jest/globals";
import { readArguments } from "../../src/cli/arguments.ts";
import { BuildError } from "../../src/errors.ts";

const read = (line: string) => readArguments(line.split(" ").filter((word) => word !== ""));

/** The messages and hints for a command line. */
function said(line: string): string {
  try {
    return JSON.stringify(read(line));
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.problems.map(({ message, hint }) => `${message} (${hint})`).join("\n");
  }
}

const help = (line: string) => {
  const command = read(line);
  return command.type === "text" ? command.text : "";
};

test("the command lines of osbuild's first releases still mean the same", () => {
  const build = { type: "build", pipeline: "p.json", report: "text", verbosity: "normal" };
  expect(read("p.json")).toMatchObject({ ...build, store: ".osbuild/store", libdirs: [] });
  expect(read("-l a -lb --libdir=c -o out p.json")).toMatchObject({
    ...build,
    libdirs: ["a", "b", "c"],
    output: "out",
  });
  expect(read("--build-pipeline b.json --store s -")).toMatchObject({
    store: "s",
    buildPipeline: "b.json",
    pipeline: "-",
  });
  expect(read("--json --build-env env.json p.json")).toMatchObject({ ...build, report: "json", buildEnv: "env.json" });
  expect(read("build -- -p.json")).toMatchObject({ ...build, pipeline: "-p.json" });
});

test("variables are set one by one", () => {
  const variables = [
    { name: "host", value: "web" },
    { name: "free", value: "" },
    { name: "args", value: "a=b" },
  ];
  expect(read("inspect --set host=web --set=free= p.json --set args=a=b")).toMatchObject({ variables });
  expect(said("--set host p.json")).toMatch(/^--set takes NAME=VALUE, not host /);
  expect(said("--set 1=2 p.json")).toMatch(/^--set takes NAME=VALUE, not 1=2 /);
  expect(said("--set a=1 --set a=1 p.json")).toMatch(/^--set a is there twice /);
});

test("stored results may be left out of use: by step, by age, or all", () => {
  expect(read("p.json")).toMatchObject({ freshness: { refresh: [], maxAge: undefined, noCache: false } });
  expect(read("--refresh apt --refresh org.osbuild.dnf --max-age 7d --no-cache p.json")).toMatchObject({
    pipeline: "p.json",
    freshness: { refresh: ["apt", "org.osbuild.dnf"], maxAge: { text: "7 days" }, noCache: true },
  });
  expect(said("--max-age week p.json")).toContain("--max-age takes a number of hours, days or weeks");
});

test("options may come before a command, and a value may be named like one", () => {
  expect(read("--store s store --json list")).toEqual({ type: "store list", store: "s", json: true });
  expect(read("--libdir stages --json inspect p.json")).toMatchObject({ type: "inspect", libdirs: ["stages"] });
  expect(read("-o inspect p.json")).toMatchObject({ type: "build", output: "inspect" });
});

test.each([
  ["--verbos p.json", "`osbuild build`: unknown option '--verbos' (did you mean --verbose?)"],
  ["inspect --bse x p.json", "`osbuild inspect`: unknown option '--bse' (did you mean --base?)"],
  ["stagse", 'stagse is neither a command nor a file (did you mean "stages"?)'],
  ["inspct p.json", 'inspct is neither a command nor a file (did you mean "inspect"?)'],
  ["store lst", "`osbuild store`: unknown command 'lst' (did you mean list?)"],
])("osbuild %s is told what may be meant", (line, message) => expect(said(line)).toBe(message));

const commands = [
  ...["build", "inspect", "verify", "stages", "diff", "doctor", "push", "store"],
  ...["init", "fmt", "explain", "graph", "schema", "completion", "changes", "shell"],
  ...["store list", "store verify", "store prune", "store export"],
];

test.each(commands)("osbuild %s has its own help, with lines that fit a terminal", (command) => {
  const text = help(`${command} --help`);
  expect(text).toMatch(RegExp(`^usage: osbuild ${command}\\b`));
  expect(help(`help ${command.split(" ")[0]}`)).toMatch(/^usage: osbuild/);
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("--version prints package.json's", () => expect(help("--version")).toMatch(/^\d+\.\d+\.\d+\n$/));
