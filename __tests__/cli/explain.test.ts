import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { place } from "../support/place.ts";

const samples = join(import.meta.dirname, "../../samples/own-stages");

const pipeline = `\
variables: { host: web }
stages:
  - { name: com.example.motd, options: { text: hi } }
  - name: org.osbuild.hostname
    options: { hostname: "\${host}" }
  - name: org.osbuild.copy
    options: { paths: [{ from: app/, to: /srv }, { from: conf, to: /etc/conf }] }
assembler: { name: org.osbuild.tar, options: { filename: x.tar } }
`;

test("explain names the option, the file or the program that has changed since a step last ran", async () => {
  await using here = await place({ "p.yaml": pipeline, "app/a": "1", "app/b": "1", conf: "1" });
  cpSync(samples, `${here.cwd}/lib`, { recursive: true });
  const explain = async (...words: readonly string[]) =>
    (await here.run("explain", "--libdir", "lib", "p.yaml", ...words)).stdout;

  expect(await explain("hostname")).toBe(`\
org.osbuild.hostname (p.yaml:4) runs: not in the store
  its tree changes: com.example.motd (line 3) runs
  the store has no earlier result of org.osbuild.hostname to compare with
`);
  await here.run("--quiet", "--libdir", "lib", "p.yaml");
  expect(await explain("tar")).toBe("org.osbuild.tar (p.yaml:8) doesn't run: its result is in the store\n");
  expect(await explain("--set", "host=db")).toBe(`\
com.example.motd (p.yaml:3) doesn't run: its result is in the store
org.osbuild.hostname (p.yaml:4) runs: not in the store
  since it last ran, today:
    option hostname: was "web", is "db"
org.osbuild.copy (p.yaml:6) runs: not in the store
  its tree changes: org.osbuild.hostname (line 4) runs
  nothing else has changed since it last ran, today
org.osbuild.tar (p.yaml:8) runs: not in the store
  its tree changes: org.osbuild.hostname (line 4) runs
  nothing else has changed since it last ran, today
`);

  here.write("app/a", "2");
  here.write("app/c", "2");
  rmSync(`${here.cwd}/app/b`);
  expect(await explain("copy")).toBe(`\
org.osbuild.copy (p.yaml:6) runs: files changed
  since it last ran, today:
    app/a changed
    app/b is gone
    app/c is new
`);
  here.write("lib/stages/com.example.motd", `${here.read("lib/stages/com.example.motd")}\n# changed\n`);
  expect(await explain("com.example.motd")).toBe(`\
com.example.motd (p.yaml:3) runs: program changed
  since it last ran, today:
    program file stages/com.example.motd changed
`);
  here.write("p.yaml", `${pipeline}source-epoch: 5\n`);
  expect(await explain("hostname")).toContain("    the source epoch: was 1767225600, is 5\n");
});

test("lists of packages are compared by what they have, and everything is there as JSON", async () => {
  const stage = (names: readonly string[]) => ({
    stages: [{ name: "org.osbuild.systemd", options: { enabled_services: names } }],
  });
  await using here = await place({
    "p.json": { stages: [{ name: "org.osbuild.hostname", options: { hostname: "a" } }] },
  });
  await here.run("--quiet", "p.json");
  here.write("p.json", { stages: [{ name: "org.osbuild.hostname", options: { hostname: "b" } }] });
  const { steps } = JSON.parse((await here.run("explain", "--json", "p.json")).stdout);
  expect(steps).toMatchObject([
    { runs: true, line: 1, changes: [{ what: "option", name: "hostname", before: "a", after: "b" }] },
  ]);
  here.write("p.json", stage(["ssh"]));
  expect(await here.run("explain", "p.json", "hostname")).toMatchObject({
    code: 2,
    stderr: 'error: there is no step "hostname"\n  hint: the steps are systemd\n',
  });
});
