import { type BootOptions, bootImage } from "../../src/host/boot.ts";

/**
 * Boots an image until the unit of `org.osbuild.test` reports; returns what its script printed. Always with tcg: nested
 * virtualisation hangs on some of the machines that tests run on.
 */
export async function boot(image: string, { format = "qcow2", machine }: Partial<BootOptions> = {}): Promise<string> {
  const never = new AbortController().signal;
  const options = { format, accelerator: "tcg", seconds: 600, signal: never } as const;
  return (await bootImage(image, machine === undefined ? options : { ...options, machine })).join("\n");
}
