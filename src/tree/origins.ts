import { hasCode } from "../errors.ts";
import { NotPlainError, openBelow } from "../host/plain-file.ts";
import { dpkgStatus, type InstalledPackage, readDpkg, readRpm, rpmDatabases } from "./packages.ts";

/**
 * For each package the layer that brought it, as an index: the lowest one from which on every layer that has a package
 * database lists this version. Undefined if no layer lists it. The layers are directories, the lowest first.
 */
export async function originsOf(
  packages: readonly InstalledPackage[],
  layers: readonly string[],
): Promise<readonly (number | undefined)[]> {
  let since: ReadonlyMap<string, number> = new Map();
  for (const [index, layer] of layers.entries()) {
    const listed = await packagesIn(layer);
    if (listed !== undefined) since = new Map(listed.map(keyOf).map((key) => [key, since.get(key) ?? index]));
  }
  return packages.map((each) => since.get(keyOf(each)));
}

const keyOf = ({ name, version, architecture }: InstalledPackage) => `${name}\0${version}\0${architecture}`;

/** The packages that a layer's database lists; undefined if the layer has no database of its own. */
async function packagesIn(layer: string): Promise<readonly InstalledPackage[] | undefined> {
  for (const path of rpmDatabases) {
    const list = await unlessMissing(readRpm(layer, path));
    if (list !== undefined) return list.packages;
  }
  const status = await unlessMissing(readText(layer, dpkgStatus.slice(1)));
  if (status === undefined) return undefined;
  return readDpkg(new Map([[dpkgStatus, status]]), { texts: new Map(), links: new Map() }).packages;
}

async function readText(layer: string, path: string): Promise<string> {
  await using file = await openBelow(layer, path);
  return await file.readFile("utf8");
}

/** Undefined if a file isn't in a layer, or if something else is in its place, such as a whiteout. */
async function unlessMissing<Value>(read: Promise<Value>): Promise<Value | undefined> {
  return read.catch((error) => {
    if (error instanceof NotPlainError || ["ENOENT", "ENOTDIR", "ELOOP"].some((code) => hasCode(error, code)))
      return undefined;
    throw error;
  });
}
