import { basename } from "node:path";
import { failure } from "../errors.ts";
import { run } from "../host/command.ts";
import type { Bind } from "./container.ts";

const inside = "/run/osbuild/node";

/** What a container is given of the host to start any program in it, whatever its root holds. */
export interface NodeRuntime {
  readonly binds: readonly Bind[];
  /** Runs a command line in this environment and no other: nspawn adds variables that tell of the host. */
  readonly clean: (environment: Readonly<Record<string, string>>) => readonly string[];
  /** Runs a TypeScript file. */
  readonly argv: (program: string) => readonly string[];
}

/**
 * The Node.js that runs us and `env`, with their libraries and started through their own loader: a build root needs
 * neither.
 */
export async function nodeRuntime(): Promise<NodeRuntime> {
  const listing = await run(["ldd", process.execPath]);
  // `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)`, and the loader as a bare path.
  const libraries = [...listing.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)].map(([, path]) => path as string);
  const loader = libraries.find((path) => basename(path).startsWith("ld-"));
  if (loader === undefined)
    throw failure("HOST", `${process.execPath} isn't linked to a loader: a static Node.js can't be used`);
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
    argv: (program) => [...start, `${inside}/node`, "--disable-warning=ExperimentalWarning", program],
  };
}
