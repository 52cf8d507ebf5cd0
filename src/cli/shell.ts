import { mkdir } from "node:fs/promises";
import { defaultSourceEpoch } from "../epoch.ts";
import { failure } from "../errors.ts";
import { mountAll } from "../host/mounts.ts";
import { ownLibdir } from "../pipeline/load.ts";
import { hostBuildRoot } from "../sandbox/build-root.ts";
import { openRuntime, runShell } from "../sandbox/run.ts";
import { extract } from "../store/archives.ts";
import { createStore } from "../store/layout.ts";
import { openWorkspace } from "../store/workspace.ts";
import { requireArchives } from "./archives.ts";
import type { Command } from "./command.ts";
import { warn } from "./warn.ts";

/**
 * `osbuild shell`: opens a shell in a stage's container, with the tree of an archive. What it changes is gone at the
 * end.
 */
export async function shellCommand({ store, archive }: Extract<Command, { type: "shell" }>): Promise<void> {
  if (!process.stdin.isTTY) throw failure("INVALID", "`osbuild shell` needs a terminal");
  await requireArchives({ from: archive, save: undefined });
  await using workspace = await openWorkspace(await createStore(store), warn);
  const { namespace, directory } = workspace;
  const [root, tree] = [`${directory}/root`, `${directory}/tree`];
  for (const path of [root, tree]) await mkdir(path);
  await mountAll(namespace, directory, hostBuildRoot(root));
  await extract(namespace, archive, tree);
  process.stderr.write("the tree is in /run/osbuild/tree; `exit` ends the shell\n");
  const nothing = { options: "{}", capabilities: [], inputs: new Map(), sourceEpoch: defaultSourceEpoch };
  const place = { libdir: ownLibdir, root, tree, scratch: `${directory}/shell` };
  await runShell(namespace, await openRuntime(), { kind: "stage", program: "", ...place, ...nothing });
}
