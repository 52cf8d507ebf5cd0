import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { keyFiles } from "./lib/rpm-keys.ts";
import { changePackages } from "./lib/rpm-tree.ts";
import { type DownloadInput, download, dropWhenOld, matches, redirect, sourceUrl } from "./lib/sources.ts";
import { fail, readStage, run } from "./lib/step.ts";

interface Options {
  readonly packages?: readonly (string | { checksum: string; url?: string; check_gpg?: boolean })[];
  readonly gpgkeys?: readonly string[];
}

interface Package {
  readonly url: string;
  readonly checksum: string;
  readonly checkSignature: boolean;
  readonly file: string;
}

const { tree, options, state, sources, mirrors }: DownloadInput<Options> = await readStage<Options>();
if (state === undefined) fail("org.osbuild.rpm needs a state directory");

const keys = await keyFiles(options.gpgkeys ?? [], tree, mirrors);
const packages = (options.packages ?? []).map(packageOf);
mkdirSync("/tmp/packages");
await downloadAll(packages, state);
await changePackages(tree, install);

function packageOf(item: NonNullable<Options["packages"]>[number]): Package {
  const { checksum, ...given } = typeof item === "string" ? { checksum: item } : item;
  const url = redirect(given.url ?? sourceUrl(sources, checksum), mirrors);
  return {
    url,
    checksum,
    // Where the releases took an address they checked signatures, too; where a checksum alone, only if asked to.
    checkSignature: given.check_gpg ?? (given.url !== undefined && keys.length > 0),
    file: `/tmp/packages/${basename(new URL(url).pathname)}`,
  };
}

/** A few at once; each lies in the state directory by its checksum, and for rpm's messages has its name, too. */
async function downloadAll(packages: readonly Package[], state: string): Promise<void> {
  const waiting = packages.values();
  const work = async () => {
    for (const { url, checksum, file } of waiting) {
      const kept = `${state}/${checksum.replace(":", "-")}`;
      if (!existsSync(kept)) await downloadTo(kept, url, checksum);
      utimesSync(kept, new Date(), new Date());
      symlinkSync(kept, file);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  for (const name of readdirSync(state)) dropWhenOld(`${state}/${name}`);
}

async function downloadTo(file: string, url: string, checksum: string): Promise<void> {
  const data = await download(url);
  if (!matches(data, checksum)) fail(`${url}: what is there has another checksum than ${checksum}`);
  writeFileSync(`${file}.partial`, data);
  renameSync(`${file}.partial`, file);
}

function install(prefix: readonly string[]): void {
  const root = `--root=${tree}`;
  if (keys.length > 0) run([...prefix, "rpmkeys", root, "--import", ...keys]);
  for (const { file } of packages.filter(({ checkSignature }) => checkSignature)) {
    run([...prefix, "rpmkeys", root, "--define=_pkgverify_level signature", "--checksig", file]);
  }
  writeFileSync("/tmp/manifest", packages.map(({ file }) => `${file}\n`).join(""));
  // The content has been checked by now.
  run([
    ...prefix,
    "rpm",
    root,
    "--define=_pkgverify_level none",
    "--nosignature",
    "--verbose",
    "--install",
    "/tmp/manifest",
  ]);
}
