/** The fields of a repository's signed index that tell where its past is. */
export interface IndexFields {
  readonly label: string;
  readonly origin: string;
  /** The service that the index itself names. It may also say `no`. */
  readonly snapshots: string;
}

/** Finds the address of a repository's snapshot service, with `{time}` in place of the time. */
export type SnapshotServices = (url: string, index: IndexFields) => string | undefined;

/**
 * Reads which snapshot services apt knows: its own, since apt 3, and those of its configuration. What counts first is
 * as in apt-pkg/deb/debmetaindex.cc, where apt looks for the service of `--snapshot`; see also apt.conf(5).
 */
export function snapshotServices(apt: (argv: readonly string[]) => string): SnapshotServices {
  const listed = apt(["apt-config", "dump", "--no-empty", "--format", "%f\t%v%n", root]);
  const settings = new Map(listed.split("\n").map((line) => pairOf(line)));
  const setting = (...names: readonly string[]) => settings.get([root, ...names].join("::").toLowerCase()) ?? "";

  return (url, { label, origin, snapshots }) => {
    const known = [
      setting("Override", "Label", label),
      setting("Override", "Origin", origin),
      snapshots,
      setting("Label", label),
      setting("Origin", origin),
      ...domainsOf(new URL(url).hostname).map((domain) => setting("Host", domain)),
    ];
    const service = known.find((address) => address !== "") ?? "";
    if (!/^https?:\/\/\S*@SNAPSHOTID@\S*$/.test(service)) return undefined;
    const path = new URL(url).pathname.replace(/^\/+|\/+$/g, "");
    return service.replaceAll("@SNAPSHOTID@", "{time}").replaceAll("@PATH@", path).replace(/\/*$/, "/");
  };
}

const root = "Acquire::Snapshots::URI";

/** The names of apt's settings don't depend on case. */
function pairOf(line: string): readonly [string, string] {
  const [name = "", value = ""] = line.split("\t");
  return [name.toLowerCase(), value];
}

/** A host's name, and those of the domains that it is in, which begin with a dot. */
function domainsOf(host: string): readonly string[] {
  const labels = host.split(".");
  return labels.map((_, index) => `${index === 0 ? "" : "."}${labels.slice(index).join(".")}`);
}
