import packageFile from "../../package.json" with { type: "json" };
import type { LoadedPipeline } from "../builder/protocol.ts";
import type { StepInfo } from "../events.ts";
import type { MaterialPackage, Materials } from "../pipeline/materials.ts";
import { fromWorkspace } from "../report/actions.ts";
import { imagePurl, purlOf } from "../sbom/purl.ts";
import { tool } from "../sbom/subject.ts";
import type { Contents } from "../tree/contents.ts";
import type { Inputs } from "./inputs.ts";

/** The SLSA predicate that GitHub's client makes of a job's OIDC token: https://slsa.dev/spec/v1.0/provenance */
export interface WorkflowProvenance {
  readonly buildDefinition: {
    readonly externalParameters: object;
    readonly internalParameters: object;
    readonly resolvedDependencies: readonly object[];
  };
  readonly runDetails: { readonly builder: { readonly id: string }; readonly metadata: object };
}

/** The facts about a build that provenance states. */
export interface BuildFacts {
  /** The pipeline's absolute path. */
  readonly file: string;
  readonly workspace: string;
  readonly inputs: Pick<Inputs, "variables" | "libdirs" | "buildEnv" | "mirrors">;
  readonly loaded: LoadedPipeline & { readonly materials: Materials };
  readonly steps: readonly StepInfo[];
  readonly contents: Pick<Contents, "database" | "distribution">;
}

/** The type of build, whose parameters that page describes. */
export const buildType = `${packageFile.homepage.replace(/#.*/, "")}/blob/v1/docs/provenance.md`;

/** Adds what is known about an image's build to the provenance of the workflow that ran it. */
export function imageProvenance({ buildDefinition, runDetails }: WorkflowProvenance, facts: BuildFacts) {
  const { externalParameters, internalParameters, resolvedDependencies } = buildDefinition;
  const { treeId, outputId, materials } = facts.loaded;
  const steps = facts.steps.map(({ kind, name, id, depth }) => ({ kind, name, id, depth }));
  return {
    buildDefinition: {
      buildType,
      externalParameters: { ...externalParameters, ...parametersOf(facts) },
      internalParameters: { ...internalParameters, treeId, outputId, steps },
      resolvedDependencies: [...resolvedDependencies, ...dependenciesOf(materials, facts)],
    },
    runDetails: {
      ...runDetails,
      builder: { ...runDetails.builder, version: { [tool.name]: tool.version } },
    },
  };
}

/** The inputs of the Action that can change the image's bits. */
function parametersOf({ file, workspace, inputs, loaded }: BuildFacts): object {
  const named = (path: string) => fromWorkspace(path, workspace);
  const { variables, libdirs, buildEnv, mirrors } = inputs;
  const sha256 = loaded.materials.files.find(({ path }) => path === file)?.sha256;
  return {
    pipeline: { path: named(file), ...(sha256 === undefined ? {} : { digest: { sha256 } }) },
    variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    libdir: libdirs.map(named),
    ...(buildEnv === undefined ? {} : { buildEnv: named(buildEnv) }),
    ...(mirrors === undefined ? {} : { mirrors: named(mirrors) }),
  };
}

/** The materials as in-toto's resource descriptors. A package that several steps install is there once. */
function dependenciesOf({ files, packages, downloads, images }: Materials, facts: BuildFacts): readonly object[] {
  const all = [
    ...files.map(({ path, sha256 }) => ({ name: fromWorkspace(path, facts.workspace), digest: { sha256 } })),
    ...downloads.map(({ url, checksum }) => {
      const [algorithm = "", digest = ""] = checksum.split(":");
      return { uri: withoutPassword(url), digest: { [algorithm]: digest } };
    }),
    ...images.map((image) => ({
      uri: imagePurl(image),
      digest: { sha256: image.digest.replace("sha256:", "") },
    })),
    ...packages.map((each) => packageDescriptor(each, facts)),
  ];
  return [...new Map(all.map((descriptor) => [JSON.stringify(descriptor), descriptor])).values()];
}

function packageDescriptor(each: MaterialPackage, { contents }: BuildFacts): object {
  const { name, sha256, url } = each;
  const known = { digest: { sha256 }, downloadLocation: withoutPassword(url) };
  // A package URL names the distribution, and the contents are those of the image's tree alone.
  const isNameable = each.inTree && contents.distribution !== null && /^(dpkg|rpm)$/.test(contents.database);
  return isNameable
    ? { name, uri: purlOf({ ...each, source: sourceOf(each, contents.database) }, contents), ...known }
    : { name, ...known };
}

/** The source package. A lock leaves out a version that is the package's own, and that of a source RPM has no epoch. */
function sourceOf({ source, version }: MaterialPackage, database: Contents["database"]) {
  const [, name = source, own] = /^(\S+) \((.+)\)$/.exec(source) ?? [];
  return { name, version: own ?? (database === "rpm" ? version.replace(/^\d+:/, "") : version) };
}

/** A URL without a user name and a password, because an attestation can be public. */
function withoutPassword(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text;
  url.username = "";
  url.password = "";
  return url.href;
}
