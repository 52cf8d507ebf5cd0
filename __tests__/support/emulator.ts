import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { run } from "./run.ts";

const formats = "/proc/sys/fs/binfmt_misc";

/**
 * Makes the kernel run programs for arm64 through QEMU, as qemu-user-static does where systemd runs, until disposed of.
 */
export function emulateArm64(): Disposable {
  const isMounted = existsSync(`${formats}/register`);
  if (!isMounted) run(["mount", "-t", "binfmt_misc", "binfmt_misc", formats]);
  const entry = `${formats}/qemu-aarch64`;
  const isKnown = existsSync(entry);
  if (!isKnown) writeFileSync(`${formats}/register`, readFileSync("/usr/lib/binfmt.d/qemu-aarch64.conf"));
  return {
    [Symbol.dispose]() {
      if (!isKnown) writeFileSync(entry, "-1");
      if (!isMounted) run(["umount", formats]);
    },
  };
}
