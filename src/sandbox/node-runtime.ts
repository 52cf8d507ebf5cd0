import { basename } from "node:path";
import { failure } from "../errors.ts";
import { run } from "../host/command.ts";
import type { Bind } from "./container.ts";

const inside = "/run/osbuild/node";

/** The parts of the host with which any program can be started in a container, whatever its root contains. */
export interface NodeRuntime {
  readonly binds: readonly Bind[];
  /** Begins a command line that runs in exactly this environment: nspawn adds variables that describe the host. */
  readonly clean: (environment: Readonly<Record<string, string>>) => readonly string[];
  /** The command line that runs a TypeScript file, with these options of Node.js. */
  readonly argv: (program: string, options?: readonly string[]) => readonly string[];
}

/**
 * Finds this Node.js and `env`, with their libraries. They are started through their own loader, so a build root needs
 * neither.
 */
export async function nodeRuntime(): Promise<NodeRuntime> {
  const libraries = await librariesOf([process.execPath]);
  const loader = libraries.find(isLoader);
  if (loader === undefined)
    throw failure("HOST", `${process.execPath} isn't dynamically linked: a static Node.js can't be used`);
  const start = [`${inside}/lib/${basename(loader)}`, "--library-path", `${inside}/lib`];
  return {
    binds: [
      { from: process.execPath, to: `${inside}/node` },
      { from: "/usr/bin/env", to: `${inside}/env` },
      ...libraries.map((path) => ({ from: path, to: `${inside}/lib/${basename(path)}` })),
    ],
    clean: (environment) => [
      ...[...start, `${inside}/env`, "--ignore-environment"],
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ],
    argv: (program, options = []) => [
      ...[...start, `${inside}/node`, "--disable-warning=ExperimentalWarning"],
      ...options,
      program,
    ],
  };
}

/** Lists the libraries that programs are linked to, and the loader that starts them. */
export async function librariesOf(programs: readonly string[]): Promise<readonly string[]> {
  const listing = await run(["ldd", ...programs]);
  // A line is `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)`; the loader is a bare path.
  return [...new Set([...listing.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)].map(([, path]) => path as string))];
}

/** Whether a library is the dynamic loader. */
export const isLoader = (library: string) => basename(library).startsWith("ld-");
