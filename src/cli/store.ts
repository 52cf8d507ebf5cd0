import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { BuildError, failure, hasCode } from "../errors.ts";
import { list } from "../json/wording.ts";
import { formatBytes, formatCount, formatTable } from "../report/format.ts";
import { sbomDocuments } from "../sbom/documents.ts";
import { exportOutput, exportTree } from "../store/exports.ts";
import { createStore, requireWritable } from "../store/layout.ts";
import { listStore, pruneStore } from "../store/maintenance.ts";
import { readRef } from "../store/refs.ts";
import { openTrees } from "../store/trees.ts";
import { verifyStore } from "../store/verify.ts";
import { lockShared, openWorkspace } from "../store/workspace.ts";
import type { Command } from "./command.ts";
import { builtText, dateOf } from "./dates.ts";
import { warn } from "./warn.ts";

const left = { align: "left" } as const;
const right = { align: "right" } as const;

/** `osbuild store list`: prints the stored results, the most recently used first. */
export async function listCommand({ store, json }: { readonly store: string; readonly json: boolean }): Promise<void> {
  const listed = await listStore(await createStore(store));
  if (json) {
    const rows = listed.map(({ record, used }) => ({
      ...record,
      ran: dateOf(record),
      runs: undefined,
      details: undefined,
      used: new Date(used).toISOString(),
    }));
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const rows = listed.map(({ record, used }) => [
    record.id,
    record.kind === "stage" ? "tree" : "output",
    formatBytes(record.size),
    `used ${new Date(used).toISOString().slice(0, 16).replace("T", " ")}`,
    builtText(record),
    record.name,
  ]);
  process.stdout.write(
    rows.length === 0 ? "the store is empty\n" : `${formatTable([left, left, right, left, left, left], rows)}\n`,
  );
}

/** `osbuild store verify`: compares every object with its digest. */
export async function verifyStoreCommand({
  store,
  json,
}: {
  readonly store: string;
  readonly json: boolean;
}): Promise<void> {
  const layout = await createStore(store);
  const { objects, findings } = await verifyStore(layout);
  if (json) {
    const damaged = findings.flatMap(({ object }) => object ?? []);
    const problems = findings.map(({ message, hint }) => ({ message, hint }));
    process.stdout.write(`${JSON.stringify({ objects, damaged, problems }, null, 2)}\n`);
  }
  if (findings.length > 0) throw new BuildError("STORE", findings);
  if (!json) process.stdout.write(`verified ${formatCount(objects, "object")}\n`);
}

/** `osbuild store prune`: deletes what is damaged, unused or over the limits. */
export async function pruneCommand(command: Extract<Command, { type: "store prune" }>): Promise<void> {
  const layout = await createStore(command.store);
  await requireWritable(layout, "nothing can be deleted from it");
  const { maxBytes, olderThan } = command;
  const before = olderThan === undefined ? undefined : Date.now() - olderThan * 24 * 3600 * 1000;
  const { findings: damaged } = await verifyStore(layout);
  const { refs, objects, sources, bytes } = await pruneStore(layout, { damaged, maxBytes, before });
  const downloads = sources === 0 ? [] : [formatCount(sources, "downloaded file")];
  const counts = [formatCount(refs, "ref"), formatCount(objects, "object"), ...downloads];
  process.stdout.write(`deleted ${list(counts, "and")}, ${formatBytes(bytes)}\n`);
}

/** `osbuild store export`: copies a tree or an output into a directory. */
export async function exportCommand(command: Extract<Command, { type: "store export" }>): Promise<void> {
  const { store, id, sbom } = command;
  const directory = resolve(command.directory);
  const layout = await createStore(store);
  await using _kept = await lockShared(layout);
  const record = await readRef(layout, id);
  if (record === undefined)
    throw failure(
      "STORE",
      `the store has no result with the id ${id}`,
      "`osbuild store list` shows the results that it has",
    );
  if (record.kind === "assembler")
    return exportOutput(layout, record, directory, await sbomDocuments(layout, record, sbom));
  if (sbom.length > 0)
    throw failure("INVALID", `${id} is a tree, and an SBOM is about an output`, "name an output's id");
  if ((await entries(directory)).length > 0)
    throw failure("INVALID", `${directory} isn't empty`, "name another directory");
  await using workspace = await openWorkspace(layout, warn);
  const trees = openTrees(workspace.namespace, layout, workspace.directory);
  await using tree = await trees.get(record.layers.map((object) => ({ object })));
  await exportTree(workspace.namespace.path(tree.path), directory);
}

const entries = (directory: string) =>
  readdir(directory).catch((error) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
