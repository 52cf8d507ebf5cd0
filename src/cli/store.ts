import { mkdir, readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { BuildError, failure, hasCode } from "../errors.ts";
import { formatBytes, formatTable } from "../report/format.ts";
import { copyFiles, exportOutput } from "../store/exports.ts";
import { createStore } from "../store/layout.ts";
import { listStore, pruneStore, verifyStore } from "../store/maintenance.ts";
import { readRef } from "../store/refs.ts";
import { openTrees } from "../store/trees.ts";
import { lockShared, openWorkspace } from "../store/workspace.ts";
import type { Command } from "./arguments.ts";

const left = { align: "left" } as const;
const right = { align: "right" } as const;

export async function listCommand({ store, json }: { readonly store: string; readonly json: boolean }): Promise<void> {
  const listed = await listStore(await createStore(store));
  if (json) {
    const rows = listed.map(({ record, used }) => ({ ...record, used: new Date(used).toISOString() }));
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const rows = listed.map(({ record, used }) => [
    record.id,
    record.kind === "stage" ? "tree" : "output",
    formatBytes(record.size),
    new Date(used).toISOString().slice(0, 16).replace("T", " "),
    record.name,
  ]);
  process.stdout.write(
    rows.length === 0 ? "the store is empty\n" : `${formatTable([left, left, right, left, left], rows)}\n`,
  );
}

export async function verifyCommand({
  store,
  json,
}: {
  readonly store: string;
  readonly json: boolean;
}): Promise<void> {
  const layout = await createStore(store);
  let count = 0;
  const damaged = await verifyStore(layout, () => count++);
  if (json) process.stdout.write(`${JSON.stringify({ objects: count, damaged }, null, 2)}\n`);
  if (damaged.length > 0) {
    const hint = "`osbuild store prune` deletes them; what needs them is built again";
    throw new BuildError(
      "STORE",
      damaged.map((digest) => ({ message: `object ${digest} is damaged`, hint })),
    );
  }
  if (!json) process.stdout.write(`${count} objects are what their names say\n`);
}

export async function pruneCommand(command: Extract<Command, { type: "store prune" }>): Promise<void> {
  const layout = await createStore(command.store);
  const { maxBytes, olderThan } = command;
  const before = olderThan === undefined ? undefined : Date.now() - olderThan * 24 * 3600 * 1000;
  const damaged = await verifyStore(layout, () => undefined);
  const { refs, objects, bytes } = await pruneStore(layout, { damaged, maxBytes, before });
  process.stdout.write(`deleted ${refs} refs and ${objects} objects, ${formatBytes(bytes)}\n`);
}

export async function exportCommand(command: Extract<Command, { type: "store export" }>): Promise<void> {
  const { store, id } = command;
  const directory = resolve(command.directory);
  const layout = await createStore(store);
  const record = await readRef(layout, id);
  if (record === undefined)
    throw failure("STORE", `the store has nothing of the id ${id}`, "`osbuild store list` shows what there is");
  if (record.kind === "assembler") {
    await using _kept = await lockShared(layout);
    return exportOutput(layout, record, directory);
  }
  if ((await entries(directory)).length > 0)
    throw failure("INVALID", `${directory} isn't empty`, "name another directory");
  await mkdir(directory, { recursive: true });
  await using workspace = await openWorkspace(layout);
  const trees = await openTrees(workspace.namespace, layout, workspace.directory);
  await using tree = await trees.get(record.layers.map((object) => ({ object })));
  await copyFiles(`${workspace.namespace.path(tree.path)}/.`, directory);
}

const entries = (directory: string) =>
  readdir(directory).catch((error) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
