import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type FreshRoot, freshRoot } from "./support/fresh-root.ts";
import { serve } from "./support/local-server.ts";

/** Runs the installation that scripts/setup.js and the Action share, from the sources, in a real Debian. */
const installing = (program: string) =>
  `node --input-type=module --eval '
    import { spawnSync } from "node:child_process";
    import { installPackages } from "/checkout/src/host/install.js";
    const run = async ([command, ...args]) => {
      const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
      return status === 0 ? undefined : stderr;
    };
    const complaint = await installPackages("apt", ["${program}"], run, console.log);
    if (complaint !== undefined) { console.log(complaint); process.exitCode = 1; }
  ' && dpkg --status ${program}`;

let root: FreshRoot;
beforeAll(() => {
  root = freshRoot("bookworm", ["nodejs", "python3-minimal", "ca-certificates"]);
});
afterAll(() => root?.[Symbol.dispose]());

test.each(["/var/lib/dpkg/lock-frontend", "/var/cache/apt/archives/lock"])(
  "waits, and says so, while another process holds %s",
  async (path) => {
    await using _ = await locked(`${root.path}${path}`, 15);
    const output = await root.run(`apt-get remove --yes lzip; ${installing("lzip")}`);
    expect(output).toContain("waiting for at most 10 minutes: Could not get lock");
  },
);

test("waits for the lock of the lists when it has to update them", async () => {
  await using _ = await locked(`${root.path}/var/lib/apt/lists/lock`, 15);
  const output = await root.run(`rm -rf /var/lib/apt/lists/*_*; ${installing("lzop")}`);
  expect(output).toContain("waiting for at most 10 minutes: Could not get lock /var/lib/apt/lists/lock");
});

const repositories = {
  "whose index is gone": "deb [trusted=yes] http://127.0.0.1:1/nothing bookworm main",
  "whose host is gone": "deb [trusted=yes] http://gone.invalid/debian bookworm main",
};

test.each(Object.entries(repositories))(
  "installs despite a repository %s, even from empty lists",
  async (_, source) => {
    writeFileSync(`${root.path}/etc/apt/sources.list.d/vendor.list`, `${source}\n`);
    const output = await root.run(
      `rm -rf /var/lib/apt/lists/*_*; apt-get purge --yes bc >/dev/null 2>&1; ${installing("bc")}`,
    );
    expect(output).toMatch(/^Status: install ok installed$/m);
  },
);

test("installs despite a repository whose key has expired", async () => {
  const { files, key } = expiredRepository();
  await using server = await serve((path) => files.get(path));
  writeFileSync(`${root.path}/etc/apt/vendor.asc`, key);
  writeFileSync(
    `${root.path}/etc/apt/sources.list.d/vendor.list`,
    `deb [signed-by=/etc/apt/vendor.asc] ${server.url} vendor main\n`,
  );
  const output = await root.run(
    `rm -rf /var/lib/apt/lists/*_*; apt-get purge --yes bc >/dev/null 2>&1; ${installing("bc")}`,
  );
  expect(output).toContain("EXPKEYSIG");
});

function expiredRepository() {
  const home = mkdtempSync(`${tmpdir()}/gpg-`);
  const past = ["--faked-system-time", "20200101T000000!"];
  const gpg = (args: readonly string[], input = "") =>
    execFileSync("gpg", ["--quiet", "--batch", "--homedir", home, "--passphrase", "", ...past, ...args], {
      input,
      stdio: ["pipe", "pipe", "ignore"],
    });
  try {
    gpg(["--quick-generate-key", "Vendor <vendor@example.org>", "ed25519", "sign", "1d"]);
    const release = "Suite: vendor\nCodename: vendor\nComponents: main\nDate: Wed, 01 Jan 2020 00:00:00 UTC\nSHA256:\n";
    const signed = gpg(["--clearsign"], release);
    return { files: new Map([["/dists/vendor/InRelease", signed]]), key: gpg(["--armor", "--export"]).toString() };
  } finally {
    execFileSync("gpgconf", ["--homedir", home, "--kill", "all"]);
    rmSync(home, { recursive: true });
  }
}

/** Locks a file as apt does, for some seconds or until it is disposed of. */
async function locked(path: string, seconds: number): Promise<AsyncDisposable> {
  const program = `import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.lockf(file, fcntl.LOCK_EX)
print("locked", flush=True)
time.sleep(int(sys.argv[2]))`;
  const child: ChildProcess = spawn("python3", ["-c", program, path, String(seconds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  const ended = once(child, "close");
  return {
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}
