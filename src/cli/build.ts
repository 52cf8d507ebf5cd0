import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { buildOutput } from "../build.ts";
import { BuildError, failure, hasCode } from "../errors.ts";
import type { Report } from "../events.ts";
import { firmwareOf } from "../host/boot.ts";
import { readDisk } from "../host/disk.ts";
import { chain, type Pipeline, steps } from "../pipeline/pipeline.ts";
import { formatBytes } from "../report/format.ts";
import { jsonFailure, jsonResult } from "../report/json.ts";
import { textReport } from "../report/text.ts";
import { timeline } from "../report/timeline.ts";
import { exportFile, exportOutput, isExported, requireEmpty } from "../store/exports.ts";
import { createStore, type Layout, layoutOf } from "../store/layout.ts";
import { readLog } from "../store/logs.ts";
import type { Record } from "../store/refs.ts";
import { readVerdicts, writeVerdicts } from "../store/verdicts.ts";
import { lockShared } from "../store/workspace.ts";
import type { BuildArguments } from "./arguments.ts";
import { loadPipeline } from "./load.ts";

/** `osbuild build`: to text, or to one JSON document whatever comes of it. */
export async function buildCommand(args: BuildArguments, signal: AbortSignal): Promise<void> {
  if (args.report === "text") return toText(await prepare(args), args, signal);
  const prepared = await prepare(args).catch((error) => {
    if (error instanceof BuildError) printJson(jsonFailure(error));
    throw error;
  });
  return toJson(prepared, args, signal);
}

/** What a build starts with, once everything that the user gave is known to be right. */
interface Prepared {
  readonly pipeline: Pipeline;
  readonly layout: Layout;
  readonly target: Target;
}

async function prepare(args: BuildArguments): Promise<Prepared> {
  const verdicts = await readVerdicts(layoutOf(args.store));
  const pipeline = await loadPipeline(args, verdicts);
  await requireFile(args.from);
  const layout = await createStore(args.store);
  await writeVerdicts(layout, verdicts);
  const target = targetOf(pipeline, args.output);
  if (target.type === "directory") await requireEmpty(layout, target.path);
  return { pipeline, layout, target };
}

/** Where an output goes. */
type Target =
  | { readonly type: "directory" | "file"; readonly path: string }
  /** It stays in the store. */
  | { readonly type: "store" };

async function buildAndDeliver(prepared: Prepared, args: BuildArguments, signal: AbortSignal, report: Report) {
  const { pipeline, layout, target } = prepared;
  const { from, save } = args;
  const debugShell = args.debugShell && process.stdin.isTTY;
  const context = { layout, signal, report, from, save, debugShell };
  return buildOutput(pipeline, context, (record) => deliver(layout, record, target));
}

async function deliver(layout: Layout, record: Record, target: Target): Promise<void> {
  if (target.type === "store") return;
  if (target.type === "directory" && (await isExported(layout, record, target.path))) return;
  await using _kept = await lockShared(layout);
  if (target.type === "directory") return exportOutput(layout, record, target.path);
  return exportFile(layout, record, target.path);
}

/** In June 2019 the image-writing stage itself said where the image goes, in its option `target`. */
function targetOf(pipeline: Pipeline, output: string | undefined): Target {
  if (output !== undefined) return { type: "directory", path: resolve(output) };
  const options = pipeline.assembler?.options;
  const named = typeof options === "object" && options !== null && "target" in options ? options.target : undefined;
  return typeof named === "string" ? { type: "file", path: resolve(named) } : { type: "store" };
}

async function toText(prepared: Prepared, args: BuildArguments, signal: AbortSignal): Promise<void> {
  const { write, isTTY, columns } = process.stdout;
  const output = { write: write.bind(process.stdout), columns: isTTY ? columns : undefined };
  const text = textReport(output, args.verbosity);
  try {
    const record = await buildAndDeliver(prepared, args, signal, text.report);
    text.close();
    if (args.verbosity !== "quiet") output.write(await resultText(prepared, record));
  } catch (error) {
    text.close();
    throw error;
  }
}

async function resultText({ pipeline, layout, target }: Prepared, record: Record | undefined): Promise<string> {
  const lines = ["", `tree id: ${pipeline.treeId ?? "none"}`];
  if (record !== undefined) {
    const directory = target.type === "directory" ? target.path : layout.object(record.object);
    lines.push(`output id: ${record.id}`);
    for (const { path, size, sha256 } of record.files) {
      const place = target.type === "file" ? target.path : `${directory}/${path}`;
      lines.push(`${place}  ${formatBytes(size)}  sha256:${sha256}`);
      const format = diskFormats[path.slice(path.lastIndexOf("."))];
      if (format !== undefined && record.name.endsWith("qemu"))
        lines.push(
          `boot it: qemu-system-x86_64 -m 1024 -nographic${await firmware(pipeline, place)} -drive file=${place},format=${format},if=virtio,snapshot=on -nic user,model=virtio-net-pci,hostfwd=tcp::2222-:22`,
        );
    }
  }
  return `${lines.join("\n")}\n`;
}

const diskFormats: Readonly<{ [ending: string]: string }> = {
  ".qcow2": "qcow2",
  ".img": "raw",
  ".raw": "raw",
  ".vdi": "vdi",
  ".vmdk": "vmdk",
};

/** What QEMU must be told where the disk doesn't boot with a BIOS; only one with partitions of its own may not. */
async function firmware({ assembler }: Pipeline, image: string): Promise<string> {
  const options = assembler?.options;
  if (typeof options !== "object" || options === null || !("partitions" in options)) return "";
  const disk = await readDisk(image).catch((error) => {
    // The tools to look with may be in the build root alone.
    if (error instanceof BuildError) return undefined;
    throw error;
  });
  return disk !== undefined && firmwareOf(disk) === "UEFI" ? " -bios /usr/share/ovmf/OVMF.fd" : "";
}

async function toJson(prepared: Prepared, args: BuildArguments, signal: AbortSignal): Promise<void> {
  const { pipeline, layout, target } = prepared;
  const ended = timeline();
  const result = async () => {
    const logs = new Map<string, string>();
    for (const { id } of chain(pipeline).flatMap(steps)) logs.set(id, (await readLog(layout, id)) ?? "");
    const outcomes = new Map(ended.outcomes().map((outcome) => [outcome.step.id, outcome]));
    return jsonResult(pipeline, { outcomes, logs }, target.type === "store" ? null : target.path);
  };
  try {
    await buildAndDeliver(prepared, args, signal, ended.add);
  } catch (error) {
    if (error instanceof BuildError) printJson({ ...(await result()), ...jsonFailure(error) });
    throw error;
  }
  printJson(await result());
}

const printJson = (value: object) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

async function requireFile(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  await access(path).catch((error) => {
    if (hasCode(error, "ENOENT")) throw failure("INVALID", `${path}: no such file`, "--from takes a tar archive");
    throw error;
  });
}
