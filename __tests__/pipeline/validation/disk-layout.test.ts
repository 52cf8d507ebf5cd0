import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { BuildError } from "../../../src/errors.ts";
import { parseDocument } from "../../../src/json/document.ts";
import { normalise } from "../../../src/pipeline/normalise.ts";
import { openLibrary } from "../../../src/programs/library.ts";

const library = openLibrary([resolve(import.meta.dirname, "../../..")]);
const uuid = "8DFDFF87-C96E-EA48-A3A6-9408F1F6B1EF";
const disk = { format: "raw", filename: "disk", size: 100 * 1024 ** 2 };
const mbr = { ...disk, pttype: "dos", ptuuid: "0x12345678" };
const gpt = { ...disk, pttype: "gpt", ptuuid: uuid };
const root = { filesystem: { type: "ext4", mountpoint: "/" } };
const small = { size: 4096 };
const fat = (id: string) => ({ ...small, filesystem: { type: "vfat", mountpoint: "/boot/efi", uuid: id } });

/** The problems of a disk, each with the text at its place. */
async function problemsOf(options: object): Promise<readonly string[]> {
  const text = JSON.stringify({ assembler: { name: "org.osbuild.qemu", options } });
  try {
    await normalise({ document: parseDocument("disk.json", text) }, library);
    return [];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.problems.map(({ at, message }) => `${text.slice((at?.column ?? 1) - 1).slice(0, 8)}: ${message}`);
  }
}

test.each<[object, readonly string[]]>([
  [{ ...mbr, partitions: [small, small, small, small, root] }, ['{"filesy: an MBR has room for 4 partitions']],
  [
    { ...mbr, partitions: [{ ...root, name: "a", uuid }] },
    [`"8DFDFF8: an MBR has no place for a partition's uuid`, '"a","uui: an MBR has no place for a partition\'s name'],
  ],
  [
    { ...mbr, partitions: [{ ...root, type: uuid }] },
    [`"8DFDFF8: a partition's type in an MBR is two hex digits, not ${uuid}`],
  ],
  [{ ...mbr, partitions: [{ ...small, type: "0" }, root] }, ['"0"},{"f: the type 0 means that there is no partition']],
  [{ ...gpt, partitions: [{ ...root, type: "83" }] }, ['"83"}]}}: a partition\'s type in a GPT is a UUID, not 83']],
  [{ ...gpt, partitions: [{ ...root, start: 33 }] }, ["33}]}}}: partition 1 would begin in the partition table"]],
  [
    {
      ...gpt,
      partitions: [
        { start: 2048, size: 4096 },
        { ...root, start: 6143 },
      ],
    },
    ['{"filesy: partition 2 overlaps partition 1'],
  ],
  [
    { ...gpt, partitions: [{}, root] },
    ['{},{"fil: partition 1 takes all that is left, and partition 2 comes after it'],
  ],
  [
    {
      ...gpt,
      partitions: [
        { ...small, uuid },
        { ...root, uuid: uuid.toLowerCase() },
      ],
    },
    [`"8dfdff8: two partitions have the UUID ${uuid.toLowerCase()}`],
  ],
  [{ ...gpt, partitions: [fat(uuid), root] }, [`"8DFDFF8: vfat has a volume id such as 7B77-95E7, not ${uuid}`]],
  [{ ...gpt, partitions: [{ ...root, name: "💾" }] }, ['"💾"}]}}: the partition table can\'t hold the name 💾']],
  [
    { ...mbr, size: 3 * 1024 ** 4, partitions: [root] },
    ['{"filesy: partition 1 would end beyond the 2 TiB that an MBR can tell'],
  ],
  [{ ...gpt, partitions: [root], filename: "ü".repeat(128) }, ['"üüüüüüü: "filename" is longer than 255 bytes']],
  [{ ...gpt, partitions: [{ ...small, start: "x" }] }, [`"x"}]}}}: "start" can't be "x"`]],
])("the problems of the disk %j are shown at their places", async (options, problems) => {
  expect((await problemsOf(options)).toSorted()).toEqual(problems.toSorted());
});

test.each<[object]>([
  [{ ...mbr, partitions: [small, small, small, root] }],
  [{ ...mbr, pttype: "mbr", partitions: [root] }],
  [{ ...mbr, partitions: [root], filename: `${"ü".repeat(127)}.` }],
  [{ ...gpt, partitions: [fat("7b7795e7"), { ...root, name: 'a, "b" \\x41' }] }],
  [
    {
      ...gpt,
      partitions: [
        { ...root, start: 8192 },
        { start: 2048, size: 6144, uuid: "00000000-0000-0000-0000-000000000000" },
      ],
    },
  ],
  [{ ...mbr, partitions: [root, { start: 4096, size: 4096, type: "5" }].toReversed() }],
])("the disk %j is accepted", async (options) => {
  expect(await problemsOf(options)).toEqual([]);
});
