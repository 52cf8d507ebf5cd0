import { PackageURL } from "packageurl-js";
import type { PinnedReference } from "../registry/reference.ts";
import type { Contents, ContentsPackage } from "../tree/contents.ts";

/**
 * The package URL of an installed package: https://github.com/package-url/purl-spec. `upstream` names the source
 * package if it differs, as vulnerability scanners expect.
 */
export function purlOf(
  { name, version, architecture, source }: Pick<ContentsPackage, "name" | "version" | "architecture" | "source">,
  { database, distribution }: Pick<Contents, "database" | "distribution">,
): string {
  const [, epoch, rest = version] = database === "rpm" ? (/^(\d+):(.*)$/.exec(version) ?? []) : [];
  const qualifiers = {
    arch: architecture,
    ...(epoch === undefined ? {} : { epoch }),
    ...(distribution === null
      ? {}
      : { distro: [distribution.id, distribution.version].filter((part) => part !== "").join("-") }),
    ...upstreamOf({ name, version, source }, database),
  };
  const type = database === "rpm" ? "rpm" : "deb";
  // A Debian without os-release is still a Debian.
  const vendor = distribution?.id ?? (type === "deb" ? "debian" : undefined);
  return new PackageURL(type, vendor, name, rest, qualifiers, undefined).toString();
}

/** The package URL of an image in a registry. */
export function imagePurl({ registry, repository, digest }: PinnedReference): string {
  const name = repository.slice(repository.lastIndexOf("/") + 1);
  const qualifiers = { repository_url: `${registry}/${repository}` };
  return new PackageURL("oci", undefined, name, digest, qualifiers, undefined).toString();
}

function upstreamOf(
  { name, version, source }: Pick<ContentsPackage, "name" | "version" | "source">,
  database: Contents["database"],
): { readonly upstream?: string } {
  if (database === "rpm") return { upstream: `${source.name}-${source.version}.src.rpm` };
  if (source.version !== version) return { upstream: `${source.name}@${source.version}` };
  return source.name === name ? {} : { upstream: source.name };
}
