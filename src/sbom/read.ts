import { PackageURL } from "packageurl-js";
import { failure, hasCode } from "../errors.ts";
import { readPlain } from "../host/plain-file.ts";
import { fromJson, listOf, optional, shaped, string } from "../json/shape.ts";
import type { ListedPackage } from "../tree/changes.ts";

/** A million packages would be less. */
const mostBytes = 512 * 1024 ** 2;

interface SpdxDocument {
  readonly packages: readonly {
    readonly name: string;
    readonly versionInfo?: string | undefined;
    readonly externalRefs?:
      | readonly { readonly referenceType: string; readonly referenceLocator: string }[]
      | undefined;
  }[];
}

interface CyclonedxDocument {
  readonly components: readonly {
    readonly name: string;
    readonly version?: string | undefined;
    readonly purl?: string | undefined;
  }[];
}

const spdx = shaped<SpdxDocument>({
  packages: listOf(
    shaped({
      name: string,
      versionInfo: optional(string),
      externalRefs: optional(listOf(shaped({ referenceType: string, referenceLocator: string }))),
    }),
  ),
});

const cyclonedx = shaped<CyclonedxDocument>({
  components: listOf(shaped({ name: string, version: optional(string), purl: optional(string) })),
});

/** Reads the packages that an SBOM lists. Throws if the file is no SBOM in SPDX 2 or CycloneDX. */
export async function readSbom(path: string): Promise<readonly ListedPackage[]> {
  const text = await readPlain(path, mostBytes).catch((error) => {
    if (!hasCode(error, "ENOENT")) throw error;
    throw failure("INVALID", `there is no file ${path}`);
  });
  return parseSbom(text, path);
}

/** The same for a text, which is called `name` in messages. */
export function parseSbom(text: string, name: string): readonly ListedPackage[] {
  const found = fromSpdx(text) ?? fromCyclonedx(text);
  if (found !== undefined) return found;
  throw failure(
    "INVALID",
    `${name} is no SBOM in SPDX 2 or CycloneDX`,
    "name a file that ends with .spdx.json or .cdx.json",
  );
}

const fromSpdx = (text: string) =>
  fromJson(spdx, text)?.packages.flatMap(({ name, versionInfo = "", externalRefs = [] }) =>
    listed(name, versionInfo, externalRefs.find(({ referenceType }) => referenceType === "purl")?.referenceLocator),
  );

const fromCyclonedx = (text: string) =>
  fromJson(cyclonedx, text)?.components.flatMap(({ name, version = "", purl }) => listed(name, version, purl));

/** A listed package, if it is one of a distribution. The image and the system itself have no package URL. */
function listed(name: string, version: string, purl: string | undefined): readonly ListedPackage[] {
  if (purl === undefined || !/^pkg:(deb|rpm)\//.test(purl)) return [];
  return [{ name, version, architecture: architectureOf(purl) }];
}

function architectureOf(purl: string): string {
  try {
    return PackageURL.fromString(purl).qualifiers?.arch ?? "";
  } catch (error) {
    throw failure("INVALID", `${JSON.stringify(purl)} is no package URL`, undefined, { cause: error });
  }
}
