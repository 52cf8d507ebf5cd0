import { capture, fail, run } from "../../../stages/lib/step.ts";
import { sector } from "../sizes.ts";
import type { PartitionTable } from "./partition-table.ts";

/** Writes a partition table into an image and checks it: sfdisk silently leaves out what it can't write. */
export function writeTable(image: string, table: PartitionTable): void {
  const { type, id, partitions } = table;
  const header = [`label: ${type}`, `label-id: ${id}`, "unit: sectors", ...(type === "gpt" ? ["first-lba: 34"] : [])];
  const lines = partitions.map((partition) => {
    const { start, size, uuid, name, bootable } = partition;
    const place = `start=${start / sector}, size=${size / sector}, type=${partition.type}`;
    const gpt = type === "gpt" ? [`uuid=${uuid}`, ...(name === undefined ? [] : [`name="${escaped(name)}"`])] : [];
    return [place, ...gpt, ...(bootable ? [type === "dos" ? "bootable" : "attrs=LegacyBIOSBootable"] : [])].join(", ");
  });
  run(["sfdisk", "--quiet", "--wipe=never", image], { input: `${[...header, ...lines].join("\n")}\n` });
  const differences = differencesFrom(table, image);
  if (differences.length > 0) fail(`sfdisk wrote another partition table: ${differences.join("; ")}`);
}

/** sfdisk reads quotes and backslashes in its scripts as it prints them: in hex. */
const escaped = (name: string) =>
  name.replaceAll(/["\\]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);

/** A partition table as sfdisk prints it: places in sectors, ids and types in its own case. */
interface PrintedTable {
  readonly label: string;
  readonly id: string;
  readonly partitions?: readonly PrintedPartition[];
}

interface PrintedPartition {
  readonly start: number;
  readonly size: number;
  readonly type: string;
  readonly uuid?: string;
  readonly name?: string;
  readonly attrs?: string;
  readonly bootable?: boolean;
}

/** The differences between the planned table and the one in the image, in words. */
function differencesFrom(planned: PartitionTable, image: string): readonly string[] {
  const printed = (JSON.parse(capture(["sfdisk", "--json", image])) as { partitiontable: PrintedTable }).partitiontable;
  const byPlace = (a: { start: number }, b: { start: number }) => a.start - b.start;
  const [found, wanted] = [(printed.partitions ?? []).toSorted(byPlace), planned.partitions.toSorted(byPlace)];
  return [
    ...difference("the table's kind", printed.label, planned.type),
    ...difference("the table's id", normalId(printed.id), normalId(planned.id)),
    ...difference("the number of partitions", found.length, wanted.length),
    ...wanted.flatMap((partition, index) => {
      const { number, start, size, type, uuid, name, bootable } = partition;
      const other = found[index];
      if (other === undefined) return [];
      const isBootable = other.bootable === true || other.attrs === "LegacyBIOSBootable";
      const [foundUuid, wantedUuid] = planned.type === "gpt" ? [other.uuid ?? "", uuid].map(normalId) : ["", ""];
      return [
        ...difference(`the start of partition ${number}`, other.start, start / sector),
        ...difference(`the size of partition ${number}`, other.size, size / sector),
        ...difference(`the type of partition ${number}`, normalId(other.type), normalId(type)),
        ...difference(`the UUID of partition ${number}`, foundUuid, wantedUuid),
        ...difference(`the name of partition ${number}`, other.name, name),
        ...difference(`whether partition ${number} is bootable`, isBootable, bootable),
      ];
    }),
  ];
}

function difference<T>(what: string, found: T, wanted: T): readonly string[] {
  return found === wanted ? [] : [`${what} is ${String(found)}, not ${String(wanted)}`];
}

/** An id or type without differences of case and of leading zeros. */
const normalId = (text: string) =>
  /^(0x)?[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16).toString(16) : text.toLowerCase();
