import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";
import { findProgram } from "../host/packages.ts";
import { remembered } from "../remembered.ts";
import { stateOf } from "../tree/state.ts";
import { fileDigest } from "./file-digest.ts";
import type { Step } from "./pipeline.ts";

/**
 * The parts of the host that a step there uses, as text: the distribution, its release, and the tools that it needs.
 */
export type HostRoot = (step: Step) => Promise<string>;

/**
 * The digests of tools, by a digest of the state of their files. Most tools are as they were the last time, and reading
 * GRUB's modules takes longer than all the rest of an unchanged build.
 */
export type ToolDigests = Map<string, string>;

/**
 * Looks at the host. Its release is in the first of these files that exists. Only tools whose digests aren't known are
 * read, each once.
 */
export async function openHostRoot(
  known: ToolDigests = new Map(),
  releaseFiles: readonly string[] = osRelease,
): Promise<HostRoot> {
  const release = await releaseOf(releaseFiles);
  const digestOfFile = remembered((path: string) => digestIn(known, path));
  const digestOf = remembered((tool: string) => toolDigest(tool, digestOfFile));
  return async ({ requires }) => {
    if (requires.length === 0) return release;
    const tools = await Promise.all(requires.toSorted().map(async (tool) => [tool, await digestOf(tool)]));
    return `${release} ${hash("sha256", JSON.stringify(tools))}`;
  };
}

/**
 * Null for a tool that isn't installed yet. If its step runs it is installed from the distribution's release, which
 * must do: otherwise every tool would have to be installed only to find out that nothing has to be built.
 */
async function toolDigest(tool: string, digestOfFile: (path: string) => string): Promise<string | null> {
  const path = await findProgram(tool);
  if (path === undefined) return null;
  const usesGrub = tool.startsWith("grub-") || path.startsWith(`${grub}/`);
  const files = [await realpath(path), ...(usesGrub && existsSync(grub) ? [grub] : [])];
  return files.map(digestOfFile).join(" ");
}

function digestIn(known: ToolDigests, path: string): string {
  const state = stateDigest(path);
  const found = known.get(state);
  if (found !== undefined) return found;
  const digest = fileDigest(path);
  // A file that changed while it was read is read again the next time.
  if (stateDigest(path) === state) known.set(state, digest);
  return digest;
}

const stateDigest = (path: string) => hash("sha256", `${path}\n${stateOf(path)}`);

/** GRUB's modules, from which grub-mkimage and the assemblers make boot loaders. */
const grub = "/usr/lib/grub";

/** The host's distribution and release. */
async function releaseOf([file, ...others]: readonly string[]): Promise<string> {
  if (file === undefined) throw failure("HOST", "this machine has no os-release file, so its distribution is unknown");
  try {
    const release = await readFile(file, "utf8");
    const field = (name: string) => new RegExp(`^${name}=["']?([^"'\n]*)`, "m").exec(release)?.[1] ?? "";
    return `${field("ID")} ${field("VERSION_ID")}`;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return releaseOf(others);
    throw error;
  }
}

/** os-release(5) requires this order. */
const osRelease = ["/etc/os-release", "/usr/lib/os-release"];
