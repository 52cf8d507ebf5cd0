import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";

/** Boots the tree's own systemd in a container, with a file for the port that the test stage reports to. */
export async function bootAndReport(tree: string): Promise<string> {
  const directory = await mkdtemp(`${tmpdir()}/report-`);
  try {
    await writeFile(`${directory}/port`, "");
    boot(tree, [`--bind=${directory}/port:/dev/virtio-ports/org.osbuild.test`], []);
    return await readFile(`${directory}/port`, "utf8");
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Boots it without that port, with this kernel command line, and returns the console's output. */
export const bootOnConsole = (tree: string, ...words: readonly string[]) => boot(tree, [], words);

/** Runs the container until the system shuts itself down. */
function boot(tree: string, options: readonly string[], words: readonly string[]): string {
  // With its directory's name it would share files in /run with other containers of that name.
  const machine = `--machine=test-${process.pid}`;
  const argv = ["--quiet", machine, "--register=no", "--keep-unit", "--link-journal=no", "--private-network"];
  const { error, stdout, stderr, status } = spawnSync(
    "systemd-nspawn",
    [...argv, "--console=read-only", ...options, `--directory=${tree}`, "--boot", ...words],
    { encoding: "utf8", timeout: 60_000 },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the container ended with exit code ${status}\n${stdout}${stderr}`);
  return stdout.replaceAll("\r", "");
}
