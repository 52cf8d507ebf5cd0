import { capture } from "../../stages/lib/step.ts";
import { sector } from "./layout.ts";
import type { PartitionTable } from "./partitions.ts";

/** A partition table as sfdisk tells it: places in sectors, ids and types in its own case. */
interface Written {
  readonly label: string;
  readonly id: string;
  readonly partitions?: readonly WrittenPartition[];
}

interface WrittenPartition {
  readonly start: number;
  readonly size: number;
  readonly type: string;
  readonly uuid?: string;
  readonly name?: string;
  readonly attrs?: string;
  readonly bootable?: boolean;
}

/** How the table in an image differs from what was planned, in words. */
export function tableDifferences(image: string, planned: PartitionTable): readonly string[] {
  const written = (JSON.parse(capture(["sfdisk", "--json", image])) as { partitiontable: Written }).partitiontable;
  const byPlace = (a: { start: number }, b: { start: number }) => a.start - b.start;
  const [found, wanted] = [(written.partitions ?? []).toSorted(byPlace), planned.partitions.toSorted(byPlace)];
  return [
    ...difference("the table's kind", written.label, planned.type),
    ...difference("the table's id", idOf(written.id), idOf(planned.id)),
    ...difference("the number of partitions", found.length, wanted.length),
    ...wanted.flatMap((partition, index) => {
      const { number, start, size, type, uuid, name, bootable } = partition;
      const other = found[index];
      if (other === undefined) return [];
      const isBootable = other.bootable === true || other.attrs === "LegacyBIOSBootable";
      const gpt = planned.type === "gpt";
      return [
        ...difference(`the start of partition ${number}`, other.start, start / sector),
        ...difference(`the size of partition ${number}`, other.size, size / sector),
        ...difference(`the type of partition ${number}`, idOf(other.type), idOf(type)),
        ...difference(`the UUID of partition ${number}`, gpt ? idOf(other.uuid ?? "") : "", gpt ? idOf(uuid) : ""),
        ...difference(`the name of partition ${number}`, other.name, name),
        ...difference(`whether partition ${number} is bootable`, isBootable, bootable),
      ];
    }),
  ];
}

function difference<T>(what: string, found: T, wanted: T): readonly string[] {
  return found === wanted ? [] : [`${what} is ${String(found)}, not ${String(wanted)}`];
}

/** Ignores case, and the zeros that a number begins with. */
const idOf = (text: string) =>
  /^(0x)?[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16).toString(16) : text.toLowerCase();
