import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { redirectedAddresses } from "./lib/downloads/mirrors.ts";
import { runDownload } from "./lib/downloads/run-download.ts";
import type { DownloadInput, Locked } from "./lib/downloads/sources.ts";
import { requestCommand } from "./lib/mounts.ts";
import { type AptLogin, writeLogins } from "./lib/packages/apt-auth.ts";
import { cleanDebian, empty, installerPoints, isOfOneTime, latest, withDownloads } from "./lib/packages/debian.ts";
import {
  addressesIn,
  answerWith,
  type DebianPackage,
  layPool,
  plannedPackages,
  sourcesIn,
  statusOf,
  useLatest,
} from "./lib/packages/debian-lock.ts";
import { holdInitrds, makeInitrds } from "./lib/packages/initrds.ts";
import { installationsOf } from "./lib/packages/mmdebstrap.ts";
import { condense } from "./lib/packages/mmdebstrap-log.ts";
import { capture, fail, readStage, run } from "./lib/step.ts";
import { requireArchitecture } from "./lib/system/architecture.ts";
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
  readonly "keep-sources"?: boolean;
  readonly auth?: readonly AptLogin[];
}

interface Key {
  readonly name: string;
  readonly content: Buffer;
}

const input: DownloadInput<Options> = await readStage<Options>();
const { tree, options, state, mirrors = {}, locked } = input;
if (readdirSync(tree).length > 0) fail("the tree is not empty: a base system comes first, org.osbuild.apt adds to it");

/** The directory with apt's own sources while it uses others. */
const aside = "/tmp/sources";
const variant = options.variant ?? "minbase";
const keys = [options.keyring ?? []].flat().map(readKey);
const given = [options.mirror ?? [], options.mirrors ?? []].flat();
/**
 * Whether the tree's sources are the release's own, and the mirrors only stand in for them. Lines are the user's own
 * sources, and so are mirrors that are signed with keys of their own: the release's would lack their packages.
 */
const areStandIns =
  options["keep-sources"] !== true && keys.length === 0 && given.every((mirror) => !mirror.startsWith("deb "));
// If the directory is empty, mmdebstrap names the suite's own keyring in the sources.
const keyDirectory = "/tmp/keys";
mkdirSync(keyDirectory);
for (const { name, content } of keys) writeFileSync(`${keyDirectory}/${name}`, content);
const [foreign] = options.architectures ?? [];
if (foreign !== undefined) requireArchitecture(foreign);
if (input.resolve === undefined) await install();
else await resolve(input.resolve);

async function install(): Promise<void> {
  if (state === undefined) fail("org.osbuild.debootstrap needs a state directory");
  const argv = mmdebstrap(locked === undefined ? sourceHooks() : poolHooks(locked), installation());
  await withDownloads(tree, state, (startOver) => runDownload(argv, { startOver, condense }));
  run(["cp", "--archive", `${aside}/.`, `${tree}/etc/apt`]);
  cleanDebian(tree);
  // The running system makes its own device nodes.
  empty(tree, "/dev");
  // The tree's own apt must go on trusting the mirrors that it was made from.
  for (const { name, content } of keys) {
    writeFileSync(`${makeDirectory(tree, "/etc/apt/trusted.gpg.d")}/${name}`, content);
  }
}

/**
 * Answers which packages `install` would install. mmdebstrap only configures apt and updates its lists here. Then apt
 * is asked what mmdebstrap asks it: first the essential packages, then, as if those were installed, the rest.
 */
async function resolve(directory: string): Promise<void> {
  const config = 'cp "$MMDEBSTRAP_APT_CONFIG" /tmp/apt.conf';
  const hooks = [useSnapshot(), useStandIns(), saveSources(), useMirrors(), config];
  // The clean-up would remove a part of apt's configuration.
  const argv = mmdebstrap(hooks, ["--variant=custom", "--skip=cleanup/mmdebstrap"]);
  await runDownload(argv, { startOver: () => empty(tree, "/") });
  const env = { APT_CONFIG: "/tmp/apt.conf" };
  const apt = (command: readonly string[]) => capture(command, { env });
  const lists = `${tree}/var/lib/apt/lists`;
  const texts = sourcesIn(aside).map((path) => readFileSync(path, "utf8"));
  let redirected = redirectedAddresses(addressesIn(texts), mirrors);
  if (options.snapshot === latest) {
    redirected = useLatest(apt, lists, sourcesIn(`${tree}/etc/apt`), mirrors);
    await runDownload(["apt-get", "update", "--error-on=any"], { env });
  }
  const { essential, others } = installationsOf(capture(["mmdebstrap", "--version"]), {
    ...{ suite: options.suite, variant, packages: options.packages ?? [] },
    architecture: foreign ?? capture(["dpkg", "--print-architecture"]).trim(),
  });
  const first = plannedPackages(apt, ["install", ...essential]);
  writeFileSync(`${tree}/var/lib/dpkg/status`, statusOf(first));
  const planned = [...first, ...(others.length === 0 ? [] : plannedPackages(apt, ["install", ...others]))];
  answerWith(directory, apt, planned, { lists, redirected, snapshot: options.snapshot });
}

/** mmdebstrap's command line: what it needs to make apt's configuration, hooks that change that, and more. */
function mmdebstrap(hooks: readonly string[], more: readonly string[]): string[] {
  return [
    "mmdebstrap",
    "--mode=root",
    "--format=directory",
    `--keyring=${keyDirectory}`,
    ...list("components", options.components),
    ...list("architectures", options.architectures),
    // The downloads are in the tree already and must stay.
    "--skip=check/empty,essential/unlink,cleanup/apt",
    // It may not mount anything itself: what it would is there from the time when it has unpacked the essential packages.
    "--skip=chroot/mount",
    // With the user's keys, the suite's own keyring need not be the right one.
    ...(keys.length === 0 ? [] : ["--skip=check/signed-by"]),
    // mmdebstrap copies these from the build root. apt runs there too, so the tree doesn't need them.
    '--setup-hook=rm -f "$1/etc/resolv.conf" "$1/etc/hostname"',
    ...hooks.filter((hook) => hook !== "").map((hook) => `--setup-hook=${hook}`),
    ...more,
    options.suite,
    tree,
    ...(areStandIns ? [] : given),
  ];
}

function installation(): readonly string[] {
  // A suite whose essential packages have no such directory does without.
  const hasMounted = `$(for name in ${installerPoints.join(" ")}; do [ ! -d "$1/$name" ] || echo "$name"; done)`;
  return [
    "--verbose",
    `--variant=${variant}`,
    ...list("include", options.packages),
    `--extract-hook=mkdir -p "$1/dev" && ${requestCommand("over", hasMounted)}`,
    `--essential-hook=${holdInitrds}`,
    `--customize-hook=${makeInitrds}`,
    `--customize-hook=${requestCommand("lift", ...installerPoints)}`,
  ];
}

/** The shell commands that change the sources before apt downloads, in order. */
function sourceHooks(): readonly string[] {
  const saved = options["keep-sources"] === true ? [useSnapshot(), saveSources()] : [saveSources(), useSnapshot()];
  return [...saved, useStandIns(), useMirrors(), useLogins()];
}

/** The same with a lock: apt uses nothing but its packages. */
function poolHooks({ packages, files }: Locked): readonly string[] {
  layPool("/tmp/pool", files, packages as readonly DebianPackage[], options.suite, capture);
  const only = 'echo "deb [trusted=yes] copy:/tmp/pool ./" > "$1/etc/apt/sources.list"';
  const usePool = `rm -f "$1"/etc/apt/sources.list.d/* && ${only}`;
  return [...(options["keep-sources"] === true ? [useSnapshot()] : []), saveSources(), usePool];
}

/** Saves the sources that the tree will have. They are put back in the end. */
function saveSources(): string {
  mkdirSync(aside);
  return `cp --archive "$1"/etc/apt/sources.list* ${aside}`;
}

/** Replaces the release's own sources by the mirrors, with the same options, such as the key. */
function useStandIns(): string {
  if (!areStandIns || given.length === 0) return "";
  const what = `${options.suite} ${(options.components ?? ["main"]).join(" ")}`;
  const lines = given.map(
    (mirror) =>
      `s\u0001^\\(deb \\(\\[[^]]*\\] \\)\\?\\).*\u0001\\1${escaped(`${mirror} ${what}`, /[\\&]/g)}\u0001p\ng\n`,
  );
  writeFileSync("/tmp/stand-ins.sed", `1!d\nh\n${lines.join("")}d\n`);
  return 'sed -n -i -f /tmp/stand-ins.sed "$1/etc/apt/sources.list" && grep -q "^deb " "$1/etc/apt/sources.list"';
}

/** Redirects the sources to the user's mirrors. */
function useMirrors(): string {
  if (Object.keys(mirrors).length === 0) return "";
  // Longer prefixes come first, and only the first that matches changes a line.
  const script = Object.entries(mirrors)
    .filter(([, to]) => typeof to === "string")
    .sort(([a], [b]) => b.length - a.length)
    .map(([from, to]) => `s\u0001${escaped(from, /[\\.*^$[\]]/g)}\u0001${escaped(`${to}`, /[\\&]/g)}\u0001\nt\n`);
  writeFileSync("/tmp/mirrors.sed", script.join(""));
  return 'find "$1"/etc/apt/sources.list* -type f -exec sed -i -f /tmp/mirrors.sed {} +';
}

/** Has apt log in to archives. Its configuration is mmdebstrap's own, outside the tree. */
function useLogins(): string {
  const setting = writeLogins(input, options.auth);
  return setting === undefined ? "" : `echo '${setting.replace("=", " ")};' >> "$MMDEBSTRAP_APT_CONFIG"`;
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, "\\$&");
}

function list(name: string, values: readonly string[] = []): string[] {
  return values.length === 0 ? [] : [`--${name}=${values.join(",")}`];
}

/** Replaces the servers in the sources that mmdebstrap writes: others serve the archives' past. */
function useSnapshot(): string {
  if (!isOfOneTime(options.snapshot)) return "";
  const to = escaped(options.snapshot, /[\\&]/g).replace("{archive}", "\\1");
  const script = [
    `s\u0001[a-z]*://[^ ]*/\\(debian[a-z-]*\\) \u0001${to} \u0001`,
    "t moved",
    "b",
    ":moved",
    "s,^deb \\[,&check-valid-until=no ,",
    "t",
    "s,^deb ,&[check-valid-until=no] ,",
  ];
  writeFileSync("/tmp/snapshot.sed", script.join("\n"));
  return `sed -i -f /tmp/snapshot.sed "$1/etc/apt/sources.list" && grep -q check-valid-until=no "$1/etc/apt/sources.list"`;
}

function readKey(keyring: string, index: number): Key {
  if (keyring.startsWith("-----BEGIN ")) return { name: `mirror-${index}.asc`, content: Buffer.from(keyring) };
  if (!existsSync(keyring)) fail(`${keyring} is not in the build root: give the key itself, ASCII-armored`);
  return { name: `mirror-${index}${extname(keyring)}`, content: readFileSync(keyring) };
}
