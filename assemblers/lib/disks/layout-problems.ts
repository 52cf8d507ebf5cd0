import { fileSystemId } from "../../../stages/lib/filesystem-ids.ts";
import { sector } from "../sizes.ts";
import { alignment, type DiskOptions, firstSector, layOut, type PartitionOptions, type Place, tail } from "./layout.ts";

// The engine checks pipelines with this module before it runs anything, to tell where in the file a problem is.

/** A reason why a disk can't be as its options describe it. */
export interface LayoutProblem {
  /** The way from the disk's options to the one that is wrong. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}

/** All reasons why a disk can't be as its options describe it. */
export function layoutProblems(disk: DiskOptions): readonly LayoutProblem[] {
  const { table, partitions } = disk;
  return [
    ...(table === "dos" ? partitions.flatMap(mbrProblems) : partitions.flatMap(gptProblems)),
    ...partitions.flatMap(fileSystemProblems),
    ...countProblems(disk),
    ...placeProblems(disk),
    ...repeated(partitions, "uuid", "UUID", ({ uuid }) => fileSystemId(uuid)),
    ...repeated(partitions, "filesystem", "file system UUID", ({ filesystem }) =>
      fileSystemId(filesystem?.uuid, filesystem?.type),
    ),
    ...repeated(partitions, "filesystem", "mount point", ({ filesystem }) => filesystem?.mountpoint),
    ...(partitions.some(({ filesystem }) => filesystem?.mountpoint === "/") ? [] : [noRoot]),
  ];
}

const noRoot: LayoutProblem = {
  path: ["partitions"],
  message: "no partition has the mount point /",
  hint: "the tree would not be in the image",
};

const problemOf =
  (index: number, key?: string) =>
  (message: string, hint: string): LayoutProblem => ({
    path: ["partitions", index, ...(key === undefined ? [] : [key])],
    message,
    hint,
  });

function mbrProblems(options: PartitionOptions, index: number): readonly LayoutProblem[] {
  const only = "make `pttype` gpt, or leave it out";
  const { type, filesystem } = options;
  const found = (["uuid", "name"] as const)
    .filter((key) => options[key] !== undefined)
    .map((key) => problemOf(index, key)(`an MBR has no place for a partition's ${key}`, only));
  const ofType = problemOf(index, "type");
  if (type !== undefined && !/^[0-9A-Fa-f]{1,2}$/.test(type))
    found.push(ofType(`a partition's type in an MBR is two hex digits, not ${type}`, "83 is a Linux file system's"));
  if (type !== undefined && /^0+$/.test(type))
    found.push(ofType("the type 0 means that there is no partition", "83 is a Linux file system's"));
  if (isExtended(options) && filesystem !== undefined)
    found.push(ofType(`an extended partition (type ${type}) can't hold a file system`, "give it another type"));
  return found;
}

/** Whether an MBR partition holds other partitions, by its type. */
const isExtended = ({ type }: PartitionOptions) => type !== undefined && /^(0?5|0?f|85)$/i.test(type);

function gptProblems({ type, name }: PartitionOptions, index: number): readonly LayoutProblem[] {
  const found: LayoutProblem[] = [];
  if (type !== undefined && !/^[0-9A-Fa-f]{8}-/.test(type))
    found.push(
      problemOf(index, "type")(
        `a partition's type in a GPT is a UUID, not ${type}`,
        "0FC63DAF-8483-4772-8E79-3D69D8477DE4 is a Linux file system's",
      ),
    );
  if (type !== undefined && /^[0-]+$/.test(type))
    found.push(problemOf(index, "type")("the nil UUID as a type means that there is no partition", "leave it out"));
  // sfdisk drops a name with a character outside Unicode's first 65536.
  if (name !== undefined && /[\ud800-\udfff]/.test(name))
    found.push(problemOf(index, "name")(`the partition table can't hold the name ${name}`, "leave out its emoji"));
  return found;
}

function fileSystemProblems({ filesystem }: PartitionOptions, index: number): readonly LayoutProblem[] {
  const { type, uuid } = filesystem ?? {};
  const id = fileSystemId(uuid, type);
  if (id === undefined || (id.length === 9) === (type === "vfat")) return [];
  const form = type === "vfat" ? "a volume id such as 7B77-95E7" : "a UUID of 32 hex digits";
  return [
    {
      path: ["partitions", index, "filesystem", "uuid"],
      message: `${type} has ${form}, not ${uuid}`,
      hint: "left out, it follows from the output's id",
    },
  ];
}

function countProblems({ table, partitions }: DiskOptions): readonly LayoutProblem[] {
  if (table === "gpt") return [];
  const primary = partitions.flatMap((options, index) => (extendedAround(partitions, options) ? [] : [index]));
  const fifth = primary[4];
  const hint = `there are ${primary.length}: make \`pttype\` gpt`;
  return fifth === undefined ? [] : [problemOf(fifth)("an MBR has room for 4 partitions", hint)];
}

/** The extended partition that holds a partition with a place of its own. */
function extendedAround(partitions: readonly PartitionOptions[], { start }: PartitionOptions) {
  return partitions.find(
    (other) =>
      isExtended(other) &&
      start !== undefined &&
      other.start !== undefined &&
      other.start < start &&
      start < other.start + (other.size ?? Infinity),
  );
}

function placeProblems(disk: DiskOptions): readonly LayoutProblem[] {
  const { table, size, partitions } = disk;
  const places = layOut(disk);
  const problems: LayoutProblem[] = [];
  const end = size - tail[table];
  for (const [index, place] of places.entries()) {
    const { start = 0, size: length = 0 } = place;
    const options = partitions[index] ?? {};
    const filler = partitions.findIndex((other, at) => at < index && other.size === undefined);
    const number = index + 1;
    if (filler !== -1 && options.start === undefined) {
      problems.push(
        problemOf(filler)(
          `partition ${filler + 1} takes all that is left, and partition ${number} comes after it`,
          "give it a `size`",
        ),
      );
      break;
    }
    if (start < firstSector[table] * sector) {
      const first = `the first sector after the partition table is ${firstSector[table]}`;
      problems.push(problemOf(index, "start")(`partition ${number} would begin in the partition table`, first));
    } else if (length <= 0 || start + length > end) {
      const least = start + Math.max(length, alignment) + tail[table];
      problems.push(
        problemOf(index)(
          `partition ${number} would end beyond the disk`,
          `make \`size\` at least ${least} (now ${size})`,
        ),
      );
    } else if (table === "dos" && start + length > largestMbr)
      problems.push(
        problemOf(index)(`partition ${number} would end beyond the 2 TiB that an MBR can tell`, "make `pttype` gpt"),
      );
    const other = places.findIndex((earlier, at) => at < index && overlap(earlier, place));
    const around = partitions[other];
    if (around !== undefined && around !== extendedAround(partitions, options))
      problems.push(
        problemOf(index)(
          `partition ${number} overlaps partition ${other + 1}`,
          `partition ${other + 1} has the sectors ${sectorsOf(places[other])}, partition ${number} ${sectorsOf(place)}`,
        ),
      );
  }
  return problems;
}

/** An MBR counts sectors in 32 bits. */
const largestMbr = 2 ** 32 * sector;

const overlap = (a: Place, b: Place) => a.start < b.start + b.size && b.start < a.start + a.size;

const sectorsOf = (place: Place | undefined) =>
  place === undefined ? "" : `${place.start / sector} to ${(place.start + place.size) / sector - 1}`;

function repeated(
  partitions: readonly PartitionOptions[],
  key: string,
  name: string,
  of: (options: PartitionOptions) => string | undefined,
): readonly LayoutProblem[] {
  const values = partitions.map(of);
  return values.flatMap((value, index) =>
    value === undefined || values.indexOf(value) === index
      ? []
      : [
          problemOf(index, key)(
            `two partitions have the ${name} ${value}`,
            `partition ${values.indexOf(value) + 1} has it`,
          ),
        ],
  );
}
