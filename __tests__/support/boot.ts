import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { type BootOptions, type BootResult, bootImage } from "../../src/image/boot.ts";

/**
 * Boots an image as the Action does, always with tcg: nested virtualisation hangs on some of the machines that tests
 * run on.
 */
export async function boot(image: string, more: Partial<BootOptions> = {}): Promise<BootResult> {
  const directory = mkdtempSync(`${tmpdir()}/booted-`);
  try {
    return await bootImage(image, {
      ...{ format: "qcow2", architecture: "x64", firmware: "BIOS", accelerator: "tcg", memory: 2 ** 30, cpus: 1 },
      ...{
        seconds: 600,
        signal: new AbortController().signal,
        directory,
        reports: true,
        script: undefined,
        tpm: false,
      },
      ...more,
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
