import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type Mirrors, redirect } from "../downloads/mirrors.ts";
import { runDownload } from "../downloads/run-download.ts";
import { download, sha256 } from "../downloads/sources.ts";
import { capture, fail, run } from "../step.ts";
import { readText } from "../tree.ts";

/**
 * Writes public keys to files and returns their paths. A key is given as text, as a URL, or as a fingerprint for gpg's
 * keyserver. A `file://` is looked for in the build root and then in the tree.
 */
export async function keyFiles(keys: readonly string[], tree: string, mirrors?: Mirrors): Promise<readonly string[]> {
  mkdirSync("/tmp/keys", { recursive: true });
  const files: string[] = [];
  for (const key of keys) {
    const text = await readKey(key, tree, mirrors);
    const file = `/tmp/keys/${sha256(text)}.asc`;
    writeFileSync(file, text);
    files.push(file);
  }
  return files;
}

async function readKey(given: string, tree: string, mirrors?: Mirrors): Promise<string> {
  if (given.includes("-----BEGIN PGP PUBLIC KEY BLOCK-----")) return given;
  const address = redirect(given, mirrors);
  const key = address.includes("://") ? await readAddress(address, tree) : await receiveKey(address);
  if (!given.includes("://")) checkFingerprint(key, given);
  return key;
}

async function readAddress(address: string, tree: string): Promise<string> {
  if (!address.startsWith("file://")) return (await download({ url: address })).toString();
  const path = address.slice("file://".length);
  const key = existsSync(path) ? readFileSync(path, "utf8") : readText(tree, path);
  if (key === undefined) fail(`${address}: neither the build root nor the tree has it; give the key itself as gpgkey`);
  return key;
}

async function receiveKey(fingerprint: string): Promise<string> {
  const gpg = ["gpg", "--homedir=/tmp/gnupg", "--batch", "--quiet"];
  mkdirSync("/tmp/gnupg", { recursive: true, mode: 0o700 });
  await runDownload([...gpg, "--recv-keys", fingerprint], {
    address: `gpg's keyserver, for the key ${fingerprint}`,
    // dirmngr would not ask a server that has failed once again.
    startOver: () => run(["gpgconf", "--homedir=/tmp/gnupg", "--kill", "dirmngr"]),
  });
  return capture([...gpg, "--armor", "--export", fingerprint]);
}

function checkFingerprint(key: string, expected: string): void {
  const listing = capture(["gpg", "--homedir=/tmp", "--batch", "--quiet", "--show-keys", "--with-colons"], {
    input: key,
  });
  const found = [...listing.matchAll(/^pub:.*\nfpr:+([0-9A-F]+):/gm)].map(([, fingerprint]) => fingerprint);
  if (found.length !== 1 || found[0] !== expected.replaceAll(" ", "").toUpperCase()) {
    fail(`the key found as ${expected} has another fingerprint: ${found.join(", ")}`);
  }
}
