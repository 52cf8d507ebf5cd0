import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import type { Mount } from "../host/mounts.ts";

/** The devices that every program may use. None of them gives access to the machine. */
const nodes = ["full", "null", "random", "tty", "urandom", "zero"];

const links = {
  fd: "/proc/self/fd",
  ptmx: "pts/ptmx",
  stderr: "/proc/self/fd/2",
  stdin: "/proc/self/fd/0",
  stdout: "/proc/self/fd/1",
};

/** Makes `directory`, with the files of a container's /dev on which devices are mounted later. */
export function makeDevices(directory: string): void {
  mkdirSync(directory);
  for (const name of nodes) writeFileSync(`${directory}/${name}`, "");
  for (const name of ["pts", "shm"]) mkdirSync(`${directory}/${name}`);
  for (const [name, target] of Object.entries(links)) symlinkSync(target, `${directory}/${name}`);
}

/**
 * The mounts in that directory, which itself is mounted with nodev. Each device is a mount of its own, so these devices
 * work, but no others that a program creates there.
 */
export const deviceMounts = (directory: string): readonly Mount[] => [
  ...nodes.map((name) => bind(`/dev/${name}`, `${directory}/${name}`)),
  mount("devpts", `${directory}/pts`, ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=620", "gid=5"]),
  mount("tmpfs", `${directory}/shm`, ["nosuid", "nodev", "mode=1777"]),
];

/** A bind mount of a directory through which devices in it can't be opened. */
export const withoutDevices = (directory: string, target: string) => bind(directory, target, "nodev");

const bind = (source: string, target: string, ...options: readonly string[]) =>
  mount("none", target, ["bind", ...options], source);

const mount = (type: Mount["type"], target: string, options: readonly string[], source: string = type): Mount => ({
  type,
  source,
  target,
  options,
});
