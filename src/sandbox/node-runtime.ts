import { basename } from "node:path";
import { failure } from "../errors.ts";
import { run } from "../host/command.ts";
import type { Bind } from "./container.ts";

const inside = "/run/osbuild/node";

/** What a container must be given to run a TypeScript file, whatever its root holds. */
export interface NodeRuntime {
  readonly binds: readonly Bind[];
  readonly argv: (program: string) => readonly string[];
}

/** The Node.js that runs us, with its libraries and started through their own loader: a build root needs no Node. */
export async function nodeRuntime(): Promise<NodeRuntime> {
  const listing = await run(["ldd", process.execPath]);
  // `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)`, and the loader as a bare path.
  const libraries = [...listing.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)].map(([, path]) => path as string);
  const loader = libraries.find((path) => basename(path).startsWith("ld-"));
  if (loader === undefined)
    throw failure("HOST", `${process.execPath} isn't linked to a loader: a static Node.js can't be used`);
  return {
    binds: [
      { from: process.execPath, to: `${inside}/node` },
      ...libraries.map((path) => ({ from: path, to: `${inside}/lib/${basename(path)}` })),
    ],
    argv: (program) => [
      `${inside}/lib/${basename(loader)}`,
      ...["--library-path", `${inside}/lib`],
      `${inside}/node`,
      "--disable-warning=ExperimentalWarning",
      program,
    ],
  };
}
