import { type BootOptions, type BootResult, bootImage } from "../../src/image/boot.ts";

/** Boots an image as the Action does, always with tcg: nested virtualisation hangs on some of the machines that tests run on. */
export function boot(image: string, more: Partial<BootOptions> = {}): Promise<BootResult> {
  const never = new AbortController().signal;
  return bootImage(image, {
    ...{ format: "qcow2", firmware: "BIOS", accelerator: "tcg", seconds: 600, signal: never },
    ...more,
  });
}
