import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";

/** Aborts once Secure Boot has stopped a machine from booting, for a reason in words. `console` is the console's file. */
export function watchForRefusal(console: string, over: AbortSignal): AbortSignal {
  const refused = new AbortController();
  const watch = async () => {
    while (!over.aborted) {
      const reason = refusalIn(await readFile(console, "utf8").catch(() => ""));
      if (reason !== undefined) return refused.abort(reason);
      await setTimeout(1000, undefined, { signal: over }).catch(() => undefined);
    }
  };
  void watch();
  return refused.signal;
}

/** The reason, in words, why Secure Boot has stopped a machine from booting, by the text on its console. */
export function refusalIn(console: string): string | undefined {
  const text = stripVTControlCharacters(console);
  for (const { sign, why } of refusals) {
    const [said] = sign.exec(text) ?? [];
    if (said !== undefined) return `Secure Boot: ${why} (${said})`;
  }
  return undefined;
}

const refusals = [
  {
    sign: /BdsDxe: failed to load .*: (Access Denied|Security Violation)/,
    why: "the firmware doesn't start the image's boot loader, because no key that it trusts has signed it",
  },
  {
    sign: /Verification failed: .*Security Violation/,
    why: "shim doesn't start the image's GRUB, because no key that it trusts has signed it",
  },
  {
    sign: /bad shim signature/,
    why: "GRUB doesn't start the image's kernel, because no key that shim trusts has signed it",
  },
] as const;
