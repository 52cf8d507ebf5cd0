import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { littleWorld } from "../support/little-world.ts";
import { osbuild, osbuildJson, program } from "../support/osbuild.ts";
import { scratch, sh } from "../support/store.ts";

/** A stage that downloads, with its own folder of programs. */
function downloader(directory: string, text: string): void {
  mkdirSync(`${directory}/lib/stages`, { recursive: true });
  writeFileSync(`${directory}/lib/stages/com.example.get.ts`, text);
  const meta = { summary: "Downloads", schema: {}, network: true };
  writeFileSync(`${directory}/lib/stages/com.example.get.meta.json`, JSON.stringify(meta));
}

const pipeline = '{"stages": [{"name": "com.example.get"}]}';

test("a stage that downloads reaches the world, and of the host only what its user named", async () => {
  await using place = await scratch();
  const reached = (host: string, port: number) => `await get(${JSON.stringify({ host, port })})`;
  downloader(
    place.path,
    `import { connect } from "node:net";
    import { networkInterfaces } from "node:os";
    const get = (to: object) => new Promise<string>((resolve) => {
      let text = "";
      const socket = connect({ ...to, autoSelectFamily: false } as never);
      socket.on("data", (data) => (text += data)).on("end", () => resolve(text.trim().split("\\n").at(-1) as string));
      socket.on("error", (error) => resolve((error as { code: string }).code));
    });
    console.log(JSON.stringify({
      world: ${reached("203.0.113.9", 80)},
      name: ${reached("deb.test", 80)},
      ipv6: ${reached("2001:db8::9", 80)},
      named: ${reached("localhost", 8002)},
      loopback: [${reached("127.0.0.1", 8001)}, ${reached("::1", 8001)}],
      own: [${reached("203.0.113.1", 8001)}, ${reached("2001:db8::1", 8001)}],
      helper: [${reached("198.51.100.2", 8001)}, ${reached("198.51.100.3", 8001)}, ${reached("fd00::2", 8001)}],
      metadata: ${reached("169.254.169.254", 80)},
      abstract: await get({ path: "\\0osbuild-test" }),
      interfaces: Object.keys(networkInterfaces()),
    }));`,
  );
  writeFileSync(`${place.path}/mirrors.json`, '{"http://deb.test/": "http://localhost:8002/"}');
  const prefix = littleWorld(place.path);
  const args = ["--libdir=lib", "--mirrors=mirrors.json", "-"];
  const { stages } = await osbuildJson(args, { cwd: place.path, input: pipeline, prefix });
  expect(JSON.parse(stages[0]?.output ?? "")).toEqual({
    ...{ world: "world", name: "world", ipv6: "world6", named: "host" },
    loopback: ["ECONNREFUSED", "ECONNREFUSED"],
    own: ["ECONNREFUSED", "ECONNREFUSED"],
    helper: ["ENETUNREACH", "ENETUNREACH", "ENETUNREACH"],
    metadata: "EHOSTUNREACH",
    abstract: "ECONNREFUSED",
    interfaces: ["lo", "tap0"],
  });
});

test.each([
  ["without /dev/net/tun", "mount -t tmpfs tmpfs /dev/net", /tun/],
  ["where the helper can't run", "mount --bind /bin/false /usr/bin/slirp4netns", /slirp4netns ended with exit code 1/],
])("%s the first step that downloads says what is missing, and nothing runs", async (_, commands, message) => {
  await using place = await scratch();
  downloader(place.path, 'console.log("ran");');
  const prefix = ["unshare", "--mount", "--propagation=private", "sh", "-ec", `${commands}; exec "$@"`, "sh"];
  const { code, stdout, stderr } = await osbuild(["--libdir=lib", "-"], { cwd: place.path, input: pipeline, prefix });
  expect({ code, stdout: stdout.includes("ran") }).toEqual({ code: 1, stdout: false });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(
    /^<stdin>:1:22: error: a step that downloads needs a network of its own, and none can be made/,
  );
  expect(stderr).toContain("hint: `osbuild doctor` tells what is missing");
});

test("nothing of the network outlives a build that is killed", async () => {
  await using place = await scratch();
  downloader(place.path, "setTimeout(() => undefined, 1e6);");
  const helpers = () => sh('ps -eo args | grep "[s]lirp4netns.*$1" || true', place.path);
  const child = spawn(process.execPath, [program, "--libdir=lib", "-"], { cwd: place.path });
  child.stdin.end(pipeline);
  while (!helpers().includes("--disable-host-loopback")) await setTimeout(10);
  child.kill("SIGKILL");
  while (helpers() !== "") await setTimeout(10);
});
