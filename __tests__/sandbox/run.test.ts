import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { makeMountPoints } from "../../src/sandbox/build-root.ts";
import { type Bench, openBench } from "../support/jobs.ts";
import { sh } from "../support/store.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => bench[Symbol.asyncDispose]());

const environment = {
  DEBIAN_FRONTEND: "noninteractive",
  HOME: "/root",
  LC_ALL: "C.UTF-8",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  SOURCE_DATE_EPOCH: String(defaultSourceEpoch),
  TZ: "UTC",
};

test("a program's environment has exactly the documented variables", async () => {
  const typescript = await bench.run("env.ts", "console.log(JSON.stringify(process.env));");
  expect(JSON.parse(typescript.log.join(""))).toEqual(environment);
  const script = await bench.run("env", "#!/bin/sh\ntr '\\0' '\\n' < /proc/$$/environ\n");
  expect(script.log.toSorted()).toEqual(Object.entries(environment).map(([name, value]) => `${name}=${value}`));
});

test("a stage gets its options, state and inputs, and changes the tree", async () => {
  const [state, input] = [`${bench.path}/state`, `${bench.path}/a: file`];
  mkdirSync(state);
  writeFileSync(input, "input");
  const text = `
    import { readFileSync, writeFileSync } from "node:fs";
    const text = readFileSync(0, "utf8");
    const { tree, state, inputs } = JSON.parse(text) as { tree: string; state: string; inputs: Record<string, string> };
    writeFileSync(tree + "/from", readFileSync(inputs["a: file"] as string));
    writeFileSync(state + "/kept", "yes");
    console.log(text);`;
  const more = { options: '{"size": 1.0}', state, inputs: new Map([["a: file", input]]) };
  const { exitCode, log } = await bench.run("gets.ts", text, more);
  expect([exitCode, log.join("")]).toEqual([
    0,
    '{"tree": "/run/osbuild/tree", "options": {"size": 1.0}, "state":"/run/osbuild/state",' +
      `"inputs":{"a: file":"/run/osbuild/inputs/0"},"source_epoch":${defaultSourceEpoch},"id":"${"0".repeat(64)}"}`,
  ]);
  expect(readFileSync(`${bench.tree}/from`, "utf8")).toBe("input");
  expect(readFileSync(`${state}/kept`, "utf8")).toBe("yes");
});

test("an assembler can read the tree but not change it, and writes its output", async () => {
  writeFileSync(`${bench.tree}/seen`, "seen");
  const outputDir = `${bench.path}/output`;
  mkdirSync(outputDir);
  const script = `#!/bin/sh
    cat > /run/osbuild/output/input
    cat /run/osbuild/tree/seen
    ! touch /run/osbuild/tree/new 2> /dev/null`;
  const { exitCode, log } = await bench.run("writes", script, { kind: "assembler", outputDir });
  expect([exitCode, log]).toEqual([0, ["seen"]]);
  expect(JSON.parse(readFileSync(`${outputDir}/input`, "utf8"))).toMatchObject({ output_dir: "/run/osbuild/output" });
});

test("a program sees only the host's programs, and can write only to the tree and to temporary directories", async () => {
  writeFileSync(`${bench.path}/secret`, "");
  const text = `
    import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
    import { hostname, networkInterfaces } from "node:os";
    const read = (path: string) => readFileSync(path, "utf8");
    const can = (path: string) => {
      try { writeFileSync(path + "/probe", ""); rmSync(path + "/probe"); return true; } catch { return false; }
    };
    const status = read("/proc/self/status");
    console.log(JSON.stringify({
      hostname: hostname(),
      machine: read("/etc/machine-id").trim(),
      network: Object.keys(networkInterfaces()),
      resolver: read("/etc/resolv.conf"),
      hostRelease: read("/run/host/os-release"),
      processes: readdirSync("/proc").filter((name) => /^\\d+$/.test(name)).length,
      capabilities: ["CapEff", "CapBnd"].map((set) => new RegExp(set + ":\\\\t(.*)").exec(status)?.[1]),
      found: ["/home", "/mnt", "/srv", "/boot", "/etc/shadow", "/etc/ssh", "/etc/hostname", "/etc/apt/sources.list", "/etc/ssl/private",
        "/etc/fstab", "/run/dbus", "/run/docker.sock", "${bench.path}", "/dev/sda", "/dev/vda", "/dev/loop-control"]
        .filter((path) => existsSync(path)),
      empty: ["/root", "/tmp", "/var/tmp"].filter((path) => readdirSync(path).length > 0),
      writable: ["/", "/etc", "/usr", "/usr/local", "/var", "/root", "/sys", "/proc", "/run/osbuild/lib/stages",
        "/tmp", "/var/tmp", "/run", "/run/osbuild/tree"].filter(can),
    }));`;
  const { log } = await bench.run("looks.ts", text);
  expect(JSON.parse(log.join("\n"))).toEqual({
    hostname: "osbuild",
    machine: "6f7362756964000000000000616374ff",
    network: ["lo"],
    resolver: "",
    hostRelease: "",
    processes: 2,
    // The default set in docs/writing-stages.md, as a mask.
    capabilities: ["00000000b80485ff", "00000000b80485ff"],
    found: [],
    empty: [],
    writable: ["/tmp", "/var/tmp", "/run", "/run/osbuild/tree"],
  });
});

test("a device that a program creates can't be opened anywhere; its own /dev works", async () => {
  const outputDir = `${bench.path}/devices`;
  const state = `${bench.path}/devices-state`;
  for (const path of [outputDir, state]) mkdirSync(path);
  const script = `#!/bin/sh
    places="/dev /dev/shm /tmp /var/tmp /run /run/osbuild/tree /run/osbuild/output /run/osbuild/state"
    for place in $places; do
      mknod $place/node c 1 3 || echo "$place: not made"
      cat $place/node 2> /dev/null && echo "$place: read"
      echo x 2> /dev/null > $place/node && echo "$place: written"
    done
    for name in full null random tty urandom zero; do [ -c /dev/$name ] || echo "no $name"; done
    head -c 3 /dev/zero | od -An -tx1
    echo lost > /dev/null && cat /dev/null
    ls /dev/fd/0 /dev/pts/ptmx /dev/ptmx && (exec 3<> /dev/ptmx)
    ls /dev`;
  const { exitCode, log } = await bench.run("devices", script, { outputDir, state });
  expect({ exitCode, log }).toEqual({
    exitCode: 0,
    log: [
      " 00 00 00",
      ...["/dev/fd/0", "/dev/ptmx", "/dev/pts/ptmx"],
      ..."fd full mqueue node null ptmx pts random shm stderr stdin stdout tty urandom zero".split(" "),
    ],
  });
  expect(statSync(`${bench.tree}/node`).isCharacterDevice()).toBe(true);
  rmSync(`${bench.tree}/node`);
});

test("TypeScript runs in an empty build root, a script in one that has only busybox", async () => {
  const root = `${bench.path}/bare`;
  mkdirSync(root);
  makeMountPoints(root);
  mkdirSync(`${root}/usr`);
  const { exitCode, log } = await bench.run("bare.ts", "const n: number = 1; console.log(n);", { root });
  expect([exitCode, log]).toEqual([0, ["1"]]);
  if (!existsSync("/bin/busybox")) throw new Error("busybox isn't installed: apt-get install busybox-static");
  mkdirSync(`${root}/bin`);
  for (const name of ["busybox", "sh"]) await cp("/bin/busybox", `${root}/bin/${name}`);
  const script = await bench.run("bare", "#!/bin/sh\necho $LC_ALL > /run/osbuild/tree/bare\n", { root });
  expect(script.exitCode).toBe(0);
  expect(readFileSync(`${bench.tree}/bare`, "utf8")).toBe("C.UTF-8\n");
});

test("no process and no mount outlives a program", async () => {
  const mounts = () => bench.namespace.run(["cat", "/proc/self/mountinfo"]);
  const before = await mounts();
  const script = `#!/bin/sh
    mount -t tmpfs left /run/osbuild/tree/mnt && touch /run/osbuild/tree/mnt/inside
    (trap "" HUP TERM INT; exec setsid sleep 4242.4242) &
    echo started`;
  mkdirSync(`${bench.tree}/mnt`);
  const { exitCode, log } = await bench.run("leaves", script, { capabilities: ["CAP_SYS_ADMIN"] });
  expect([exitCode, log]).toEqual([0, ["started"]]);
  expect(await mounts()).toBe(before);
  expect(readdirSync(`${bench.tree}/mnt`)).toEqual([]);
  expect(sh("ps -eo args | grep -c '[4]242.4242' || true")).toBe("0\n");
});

test("a program ends with its own exit code, or with 255 if a signal killed it", async () => {
  expect(await bench.run("three", "#!/bin/sh\nexit 3\n")).toMatchObject({ exitCode: 3, timedOut: false });
  expect(await bench.run("killed", "#!/bin/sh\nkill -KILL $$\n")).toMatchObject({ exitCode: 255, timedOut: false });
  const thrown = await bench.run("throws.ts", 'throw new Error("a bug");');
  expect(thrown.exitCode).toBe(1);
  expect(thrown.log.join("\n")).toContain("Error: a bug");
});

test("a program that can't be started says why", async () => {
  const { exitCode, log } = await bench.run("no-interpreter", "#!/no/such/interpreter\n");
  expect(exitCode).not.toBe(0);
  expect(log.join("\n")).toContain("No such file or directory");
});

test("a program that never ends is killed by its timeout, even if it resists", async () => {
  const script = '#!/bin/sh\ntrap "" TERM INT HUP\necho waiting\nwhile :; do sleep 1; done\n';
  const { timedOut, log } = await bench.run("forever", script, { timeout: 1 });
  expect([timedOut, log[0]]).toEqual([true, "waiting"]);
  expect(await bench.run("quick", "#!/bin/sh\nexit 1\n", { timeout: 60 })).toMatchObject({ timedOut: false });
});

test("two programs that share a state take turns", async () => {
  const state = `${bench.path}/shared`;
  mkdirSync(state);
  writeFileSync(`${state}/count`, "0");
  const script = `#!/bin/sh
    cd /run/osbuild/state; count=$(cat count); sleep 0.3; echo $((count + 1)) > count`;
  const runs = ["x", "y", "z"].map((name) => bench.run(name, script, { state }));
  await Promise.all(runs);
  expect(readFileSync(`${state}/count`, "utf8")).toBe("3\n");
  expect(statSync(`${state}.lock`).isFile()).toBe(true);
});

test("standard output and error are one log, in the order in which they were written", async () => {
  const script = "#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo error $i >&2; done\n";
  const { log } = await bench.run("both", script);
  expect(log).toEqual(Array.from({ length: 18 }, (_, i) => `${i % 2 === 0 ? "out" : "error"} ${(i >> 1) + 1}`));
});
