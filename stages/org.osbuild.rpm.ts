import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename } from "node:path";
import {
  type Download,
  type DownloadInput,
  downloadOf,
  downloadVerified,
  dropWhenOld,
  matches,
  sourceUrl,
} from "./lib/downloads/sources.ts";
import { importKeys, installFiles } from "./lib/packages/rpm-install.ts";
import { keyFiles } from "./lib/packages/rpm-keys.ts";
import { changePackages } from "./lib/packages/rpm-tree.ts";
import { fail, readStage, run } from "./lib/step.ts";

interface Options {
  readonly packages?: readonly (string | { checksum: string; url?: string; token?: string; check_gpg?: boolean })[];
  readonly gpgkeys?: readonly string[];
}

interface Package {
  readonly download: Download;
  readonly checksum: string;
  readonly checkSignature: boolean;
  readonly file: string;
}

const input: DownloadInput<Options> = await readStage<Options>();
const { tree, options, state, sources, mirrors } = input;
if (state === undefined) fail("org.osbuild.rpm needs a state directory");

const keys = await keyFiles(options.gpgkeys ?? [], tree, mirrors);
const packages = (options.packages ?? []).map(packageOf);
mkdirSync("/tmp/packages");
await downloadAll(packages, state);
await changePackages(tree, install);

function packageOf(item: NonNullable<Options["packages"]>[number]): Package {
  const { checksum, ...given } = typeof item === "string" ? { checksum: item } : item;
  const download = downloadOf(given.url ?? sourceUrl(sources, checksum), given.token, input);
  return {
    download,
    checksum,
    // osbuild's releases that took URLs also checked signatures. With a checksum alone, they did so only if asked to.
    checkSignature: given.check_gpg ?? (given.url !== undefined && keys.length > 0),
    file: `/tmp/packages/${basename(new URL(download.url).pathname)}`,
  };
}

/**
 * Downloads a few packages at a time. The state directory keeps each under its checksum; links have the packages'
 * names, for rpm's messages.
 */
async function downloadAll(packages: readonly Package[], state: string): Promise<void> {
  const waiting = packages.values();
  const work = async () => {
    for (const { download, checksum, file } of waiting) {
      const kept = `${state}/${checksum.replace(":", "-")}`;
      if (!existsSync(kept) || !matches(readFileSync(kept), checksum)) await downloadTo(kept, download, checksum);
      utimesSync(kept, new Date(), new Date());
      symlinkSync(kept, file);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  for (const name of readdirSync(state)) dropWhenOld(`${state}/${name}`);
}

async function downloadTo(file: string, download: Download, checksum: string): Promise<void> {
  writeFileSync(`${file}.partial`, await downloadVerified(download, checksum));
  renameSync(`${file}.partial`, file);
}

function install(prefix: readonly string[]): void {
  importKeys(prefix, tree, keys);
  for (const { file } of packages.filter(({ checkSignature }) => checkSignature)) {
    run([...prefix, "rpmkeys", `--root=${tree}`, "--define=_pkgverify_level signature", "--checksig", file]);
  }
  installFiles(
    prefix,
    tree,
    packages.map(({ file }) => file),
  );
}
