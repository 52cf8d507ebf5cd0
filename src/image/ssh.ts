import { readFile, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { failure } from "../errors.ts";
import { run } from "../host/command.ts";
import { runGroup } from "../host/process-group.ts";
import { askMonitor } from "./monitor.ts";

/** A key that was made for one machine. */
export interface Key {
  /** The file of the private key. */
  readonly file: string;
  /** The public key's line. */
  readonly line: string;
}

/** Makes a key in a directory that nobody else can read. */
export async function makeKey(directory: string): Promise<Key> {
  const file = `${directory}/key`;
  await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "osbuild boot test", "-f", file]);
  return { file, line: await readFile(`${file}.pub`, "utf8") };
}

/** The environment of a program that logs in to a machine: its address, and a configuration for `ssh -F`. */
export async function writeConfig(directory: string, { file }: Key, monitor: string) {
  const port = await forwardedPort(monitor);
  const config = `${directory}/config`;
  const lines = [
    ...["Host machine", "HostName 127.0.0.1", `Port ${port}`, "User root", `IdentityFile ${JSON.stringify(file)}`],
    // Each machine has new host keys, and nothing of the user's own configuration may count.
    ...["IdentitiesOnly yes", "BatchMode yes", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null"],
    ...["LogLevel ERROR", "ConnectTimeout 5", "ServerAliveInterval 15"],
  ];
  await writeFile(config, `${lines.join("\n")}\n`);
  return {
    BOOT_SSH_CONFIG: config,
    BOOT_SSH_HOST: "127.0.0.1",
    BOOT_SSH_PORT: port,
    BOOT_SSH_USER: "root",
    BOOT_SSH_KEY: file,
  };
}

/** The port of this machine that QEMU forwards. QEMU chose a free one, and only its table for people names it. */
async function forwardedPort(monitor: string): Promise<string> {
  const table = String(await askMonitor(monitor, "human-monitor-command", { "command-line": "info usernet" }));
  const [, port] = /TCP\[HOST_FORWARD\]\s+\d+\s+127\.0\.0\.1\s+(\d+)/.exec(table) ?? [];
  if (port === undefined) throw failure("HOST", `QEMU names no forwarded port:\n${table}`);
  return port;
}

/** Waits until root can log in. Returns the last complaint of ssh if the signal comes first. */
export async function waitForLogin(config: string, signal: AbortSignal): Promise<string | undefined> {
  let complaint = "";
  const onLine = (line: string) => {
    complaint = line;
  };
  while (!signal.aborted) {
    const end = await runGroup(["ssh", "-F", config, "machine", "true"], { env: {}, cwd: "/", onLine, signal });
    if (end === undefined) return undefined;
    await setTimeout(1000, undefined, { signal }).catch(() => undefined);
  }
  return complaint;
}
