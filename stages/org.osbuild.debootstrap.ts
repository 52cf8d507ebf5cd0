import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { cleanDebian, empty, withDownloads } from "./lib/debian.ts";
import { runDownload } from "./lib/run-download.ts";
import type { DownloadInput } from "./lib/sources.ts";
import { fail, readStage, run } from "./lib/step.ts";
import { makeDirectory } from "./lib/tree.ts";

interface Options {
  readonly suite: string;
  readonly variant?: string;
  readonly components?: readonly string[];
  readonly mirror?: string;
  readonly mirrors?: readonly string[];
  readonly packages?: readonly string[];
  readonly keyring?: string | readonly string[];
  readonly architectures?: readonly string[];
  readonly snapshot?: string;
}

interface Key {
  readonly name: string;
  readonly content: Buffer;
}

const { tree, options, state, mirrors = {} }: DownloadInput<Options> = await readStage<Options>();
if (state === undefined) fail("org.osbuild.debootstrap needs a state directory");
if (readdirSync(tree).length > 0) fail("the tree is not empty: a base system comes first, org.osbuild.apt adds to it");

const keys = [options.keyring ?? []].flat().map(readKey);
const argv = mmdebstrap(keyDirectory());
await withDownloads(tree, state, (startOver) => runDownload(argv, { env: { SNAPSHOT: snapshot() }, startOver }));
if (hasMirrors()) run(["cp", "--archive", "/tmp/sources/.", `${tree}/etc/apt`]);
cleanDebian(tree);
// Device nodes are the running system's to make.
empty(tree, "/dev");
// The tree's own apt must go on trusting the mirrors that it was made from.
for (const { name, content } of keys) {
  writeFileSync(`${makeDirectory(tree, "/etc/apt/trusted.gpg.d")}/${name}`, content);
}

function mmdebstrap(keyring: string): string[] {
  return [
    "mmdebstrap",
    "--mode=root",
    "--format=directory",
    `--variant=${options.variant ?? "minbase"}`,
    `--keyring=${keyring}`,
    ...list("components", options.components),
    ...list("architectures", options.architectures),
    ...list("include", options.packages),
    // The downloads lie in the tree already, and are to stay.
    "--skip=check/empty,essential/unlink,cleanup/apt",
    // With the user's keys, the suite's own keyring need not be the right one.
    ...(keys.length === 0 ? [] : ["--skip=check/signed-by"]),
    // Copies from where mmdebstrap runs. apt runs there too, so the tree doesn't need them.
    '--setup-hook=rm -f "$1/etc/resolv.conf" "$1/etc/hostname"',
    ...(options.snapshot === undefined ? [] : [`--setup-hook=${useSnapshot()}`]),
    ...(hasMirrors() ? [`--setup-hook=${useMirrors()}`] : []),
    options.suite,
    tree,
    ...[options.mirror ?? [], options.mirrors ?? []].flat(),
  ];
}

function hasMirrors(): boolean {
  return Object.keys(mirrors).length > 0;
}

/** What is redirected is told to apt alone: the tree's sources are put back when it is done. */
function useMirrors(): string {
  // Longer beginnings first, and of a line the first that there is.
  const script = Object.entries(mirrors)
    .filter(([, to]) => typeof to === "string")
    .sort(([a], [b]) => b.length - a.length)
    .map(([from, to]) => `s\u0001${escaped(from, /[\\.*^$[\]]/g)}\u0001${escaped(`${to}`, /[\\&]/g)}\u0001\nt\n`);
  writeFileSync("/tmp/mirrors.sed", script.join(""));
  mkdirSync("/tmp/sources");
  return [
    'cp --archive "$1"/etc/apt/sources.list* /tmp/sources &&',
    'find "$1"/etc/apt/sources.list* -type f -exec sed -i -f /tmp/mirrors.sed {} +',
  ].join(" ");
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, "\\$&");
}

function list(name: string, values: readonly string[] = []): string[] {
  return values.length === 0 ? [] : [`--${name}=${values.join(",")}`];
}

/** Which archives, suites and keys there are is mmdebstrap's to say; the archives' past is served elsewhere. */
function useSnapshot(): string {
  return [
    'sed -i -e "s,[a-z]*://[^ ]*/\\(debian[a-z-]*\\) ,$SNAPSHOT ,"',
    '-e "s,^deb \\[,&check-valid-until=no ," "$1/etc/apt/sources.list"',
    '&& grep -q "check-valid-until=no" "$1/etc/apt/sources.list"',
  ].join(" ");
}

/** Where an archive's past is, with what sed puts in for its name. */
function snapshot(): string {
  return (options.snapshot ?? "").replace("{archive}", "\\1");
}

/** Empty where the user gives no key: mmdebstrap then names the suite's own keyring in the sources. */
function keyDirectory(): string {
  const directory = "/tmp/keys";
  mkdirSync(directory);
  for (const { name, content } of keys) writeFileSync(`${directory}/${name}`, content);
  return directory;
}

function readKey(keyring: string, index: number): Key {
  if (keyring.startsWith("-----BEGIN ")) return { name: `mirror-${index}.asc`, content: Buffer.from(keyring) };
  if (!existsSync(keyring)) fail(`${keyring} is not in the build root: give the key itself, ASCII-armored`);
  return { name: `mirror-${index}${extname(keyring)}`, content: readFileSync(keyring) };
}
