import { execFileSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";

/** Makes a raw disk with an ESP of 4 MiB, in which /EFI/BOOT has these files. */
export function makeEfiDisk(disk: string, loaders: Readonly<Record<string, Buffer>>): void {
  const system = `${disk}.esp`;
  execFileSync("mkfs.vfat", ["-C", system, "4096"], { stdio: "pipe" });
  execFileSync("mmd", ["-i", system, "::/EFI", "::/EFI/BOOT"]);
  for (const [name, program] of Object.entries(loaders)) {
    writeFileSync(`${disk}.efi`, program);
    execFileSync("mcopy", ["-i", system, `${disk}.efi`, `::/EFI/BOOT/${name}`]);
  }
  writeFileSync(disk, Buffer.concat([Buffer.alloc(1024 ** 2), readFileSync(system)]));
  truncateSync(disk, 8 * 1024 ** 2);
  const table = "label: gpt\nstart=2048, size=8192, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B\n";
  execFileSync("sfdisk", [disk], { input: table, stdio: "pipe" });
}

/** A UEFI program for arm64 that prints a line of at most 100 characters and switches the machine off. */
export function arm64Program(line: string): Buffer {
  const program = Buffer.alloc(0x400);
  header(program);
  for (const [index, word] of instructions.entries()) program.writeUInt32LE(word, 0x200 + 4 * index);
  program.write(`${line}\r\n\0`, 0x200 + textOffset, "utf16le");
  return program;
}

const textOffset = 0x80;

// The offsets of members are those of EFI_SYSTEM_TABLE, EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL and EFI_RUNTIME_SERVICES.
const instructions = [
  0xaa0103f3, // mov x19, x1
  0xf9402020, // ldr x0, [x1, #64]    ConOut
  0xf9400408, // ldr x8, [x0, #8]     OutputString
  0x100003a1, // adr x1, textOffset
  0xd63f0100, // blr x8
  0xf9402e68, // ldr x8, [x19, #88]   RuntimeServices
  0xf9403508, // ldr x8, [x8, #104]   ResetSystem
  0xd2800040, // mov x0, #2           EfiResetShutdown
  0xd2800001, // mov x1, #0
  0xd2800002, // mov x2, #0
  0xd2800003, // mov x3, #0
  0xd63f0100, // blr x8
  0x14000000, // b .
];

/** Writes the headers of a PE32+ image with one section, by Microsoft's PE format. */
function header(program: Buffer): void {
  program.write("MZ", 0, "latin1");
  program.writeUInt32LE(0x40, 0x3c);
  program.write("PE\0\0", 0x40, "latin1");
  const words: readonly (readonly [offset: number, value: number])[] = [
    ...([
      [0x44, 0xaa64],
      [0x46, 1],
      [0x54, 0xf0],
      [0x56, 0x206],
    ] as const), // machine, sections, size of the rest, flags
    ...([
      [0x58, 0x20b],
      [0x9c, 10],
    ] as const), // PE32+, an application of UEFI
  ];
  for (const [offset, value] of words) program.writeUInt16LE(value, offset);
  const longs: readonly (readonly [offset: number, value: number])[] = [
    ...([
      [0x5c, 0x200],
      [0x68, 0x1000],
      [0x6c, 0x1000],
    ] as const), // the code's size, the entry, the code's address
    ...([
      [0x78, 0x1000],
      [0x7c, 0x200],
    ] as const), // alignments in memory and in the file
    ...([
      [0x90, 0x2000],
      [0x94, 0x200],
      [0xc4, 16],
    ] as const), // sizes of the image and of the headers, directories
    ...([
      [0x150, 0x200],
      [0x154, 0x1000],
      [0x158, 0x200],
      [0x15c, 0x200],
    ] as const), // the section, in memory and in the file
    [0x16c, 0x60000020], // code, which may be run and read
  ];
  for (const [offset, value] of longs) program.writeUInt32LE(value, offset);
  program.write(".text", 0x148, "latin1");
}
