import { expect, test } from "@jest/globals";
import { checkCapabilities, checkKernel, checkNspawn, checkRoom } from "../../src/host/checks.ts";
import { osbuild } from "../support/osbuild.ts";
import { scratch } from "../support/store.ts";

/** The doctor's result and that of a build, in a mount namespace in which these commands have been run. */
async function where(commands: string) {
  await using place = await scratch();
  const prefix = ["unshare", "--mount", "--propagation=private", "sh", "-ec", `${commands}; exec "$@"`, "sh"];
  const surroundings = { cwd: place.path, prefix };
  const { code, stdout } = await osbuild(["doctor", "--json"], surroundings);
  const checks = JSON.parse(stdout) as { name: string; verdict: string; message: string }[];
  const pipeline = '{"stages": [{"name": "org.osbuild.hostname", "options": {"hostname": "a"}}]}';
  const built = await osbuild(["--json", "-"], { ...surroundings, input: pipeline });
  return { code, checks: new Map(checks.map((check) => [check.name, check])), built };
}

test.each([
  ["mount -t tmpfs -o ro tmpfs /run", "run", "/run is read-only: each build mounts its own"],
  ["mount -t tmpfs -o ro tmpfs /sys/fs/cgroup", "cgroups", "/sys/fs/cgroup is missing: each build mounts its own"],
  [
    "mount -t cgroup2 cgroup2 /sys/fs/cgroup; mount -o remount,bind,ro /sys/fs/cgroup",
    "cgroups",
    "/sys/fs/cgroup is read-only: each build mounts its own",
  ],
])("a build mounts its own where a container's is read-only: %s", async (commands, name, message) => {
  const { code, checks, built } = await where(commands);
  expect(code).toBe(0);
  expect(checks.get(name)).toMatchObject({ verdict: "ok", message });
  expect({ code: built.code, stderr: built.stderr }).toMatchObject({ code: 0 });
});

test("without loop devices a build works, and the doctor warns", async () => {
  const { code, checks, built } = await where("mount --bind /dev/null /dev/loop-control");
  expect(code).toBe(0);
  expect(checks.get("loop devices")).toMatchObject({ verdict: "warning" });
  expect(built.code).toBe(0);
});

test("without /dev/net/tun a build without downloads works, and the doctor warns", async () => {
  const { code, checks, built } = await where("mount -t tmpfs tmpfs /dev/net");
  expect(code).toBe(0);
  const hint = expect.stringContaining("--device=/dev/net/tun");
  expect(checks.get("network")).toMatchObject({
    verdict: "warning",
    message: expect.stringContaining("/dev/net/tun"),
    hint,
  });
  expect(built.code).toBe(0);
});

test.each([
  ["setpriv --bounding-set=-sys_admin", ["setpriv", "--bounding-set=-sys_admin"], /^error: root lacks CAP_SYS_ADMIN/],
  ["a seccomp filter or a profile", ["setpriv", "--bounding-set=-sys_admin,-chown"], /CAP_CHOWN, CAP_SYS_ADMIN/],
])("a machine that can't start containers is reported before a stage runs: %s", async (_, prefix, message) => {
  await using place = await scratch();
  const surroundings = { cwd: place.path, prefix };
  const doctor = await osbuild(["doctor"], surroundings);
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toMatch(/^problem +capabilities: /m);
  const pipeline = '{"stages": [{"name": "org.osbuild.noop"}]}';
  const built = await osbuild(["-"], { ...surroundings, input: pipeline });
  expect(built.code).toBe(1);
  expect(built.stderr).toMatch(message);
  expect(built.stderr).toContain("--privileged");
  expect(built.stdout).not.toContain("noop: running");
});

test("an unchanged build checks nothing about the machine", async () => {
  await using place = await scratch();
  const pipeline = '{"stages": [{"name": "org.osbuild.noop"}]}';
  const surroundings = { cwd: place.path, input: pipeline };
  expect((await osbuild(["-"], surroundings)).code).toBe(0);
  const prefix = ["setpriv", "--bounding-set=-sys_admin"];
  expect((await osbuild(["-"], { ...surroundings, prefix })).code).toBe(0);
});

test("a kernel or program that is too old and a disk that is too full are named", () => {
  expect(checkKernel("4.17.0-1-amd64")).toMatchObject({ verdict: "problem" });
  expect(checkKernel("6.1.0-49-amd64")).toMatchObject({ verdict: "ok" });
  expect(checkNspawn("systemd 249 (249.11-0ubuntu3)")).toMatchObject({ verdict: "problem" });
  expect(checkNspawn("systemd 257 (257.9-1~deb13u1)")).toMatchObject({ verdict: "ok" });
  expect(checkCapabilities("CapEff:\t000001ffffffffff\n")).toMatchObject({ verdict: "ok" });
  expect(checkCapabilities("CapEff:\t00000000a80425fb\n")).toMatchObject({ verdict: "problem" });
  expect(checkRoom({ bavail: 1000, bsize: 4096 }, "/store")).toMatchObject({ verdict: "warning" });
});

test("a /sys that hides the cgroups is reported before a stage runs", async () => {
  const { code, checks, built } = await where("mount -t tmpfs -o ro tmpfs /sys");
  expect(code).toBe(1);
  expect(checks.get("cgroups")).toMatchObject({ verdict: "problem" });
  expect(JSON.parse(built.stdout)).toMatchObject({ success: false });
  expect(built.stderr).toMatch(/^error: \/sys\/fs\/cgroup is missing, and another one can't be mounted: /);
});

test.each([
  ["is read-only", "-t tmpfs -o ro tmpfs", /can't hold a store: EROFS/],
  ["can't hold an overlay's upper directory", "-t ramfs ramfs", /lies on ramfs/],
])("the doctor reports a directory for the store that %s", async (_, mount, message) => {
  await using place = await scratch();
  const prefix = [
    "unshare",
    "--mount",
    "--propagation=private",
    "sh",
    "-ec",
    `mount ${mount} "$0"; exec "$@"`,
    place.path,
  ];
  const args = ["doctor", "--json", "--store", `${place.path}/store`];
  const { code, stdout } = await osbuild(args, { cwd: place.path, prefix });
  const hint = expect.stringMatching("--store");
  const problem = { name: "store", verdict: "problem", message: expect.stringMatching(message), hint };
  expect({ code, checks: JSON.parse(stdout) }).toEqual({ code: 1, checks: [problem] });
});
