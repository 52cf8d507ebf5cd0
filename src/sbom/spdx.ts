import { hash } from "node:crypto";
import { basename } from "node:path";
import type { Contents, ContentsPackage } from "../tree/contents.ts";
import { type Licence, licenceOf } from "./licences.ts";
import { purlOf } from "./purl.ts";
import { type Subject, tool } from "./subject.ts";
import { uuidOf } from "./uuid.ts";

/** Writes an SPDX document: https://spdx.github.io/spdx-spec/v2.3/ */
export function spdxDocument(subject: Subject, contents: Contents): string {
  const name = basename(subject.path);
  const licences = contents.packages.map((each) => licenceOf(each.licences, contents.database));
  const installed = contents.packages.map((each, index) => packageOf(each, licences[index], subject, contents));
  const system = systemOf(contents);
  const contained = [...system, ...installed];
  const content = {
    name,
    creationInfo: { created: timeOf(subject), creators: [`Tool: ${annotator}`] },
    packages: [imageOf(subject), ...contained],
    hasExtractedLicensingInfos: unlistedLicences(licences),
    relationships: [
      { spdxElementId: document, relationshipType: "DESCRIBES", relatedSpdxElement: image },
      ...contained.map(({ SPDXID }) => ({
        spdxElementId: image,
        relationshipType: "CONTAINS",
        relatedSpdxElement: SPDXID,
      })),
    ],
  };
  // Documents that differ must have different namespaces.
  const namespace = `https://spdx.org/spdxdocs/${encodeURIComponent(name)}-${uuidOf(JSON.stringify(content))}`;
  const head = { spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: document, documentNamespace: namespace };
  return `${JSON.stringify({ ...head, ...content }, null, 2)}\n`;
}

const document = "SPDXRef-DOCUMENT";
const image = "SPDXRef-image";
const annotator = `${tool.name}-${tool.version}`;

/** SPDX allows no fractions of a second. */
const timeOf = ({ created }: Subject) => created.toISOString().replace(/\.\d+Z$/, "Z");

const unexamined = { downloadLocation: "NOASSERTION", filesAnalyzed: false, copyrightText: "NOASSERTION" } as const;

const imageOf = (subject: Subject) => ({
  SPDXID: image,
  name: basename(subject.path),
  ...unexamined,
  licenseConcluded: "NOASSERTION",
  licenseDeclared: "NOASSERTION",
  primaryPackagePurpose: "FILE",
  ...(subject.sha256 === null ? {} : { checksums: [{ algorithm: "SHA256", checksumValue: subject.sha256 }] }),
  annotations: [annotationOf(subject, `output-id: ${subject.outputId}`)],
});

const systemOf = ({ distribution }: Contents) =>
  distribution === null
    ? []
    : [
        {
          SPDXID: "SPDXRef-operating-system",
          name: distribution.id,
          ...(distribution.version === "" ? {} : { versionInfo: distribution.version }),
          ...(distribution.name === "" ? {} : { summary: distribution.name }),
          ...unexamined,
          licenseConcluded: "NOASSERTION",
          licenseDeclared: "NOASSERTION",
          primaryPackagePurpose: "OPERATING_SYSTEM",
        },
      ];

function packageOf(each: ContentsPackage, licence: Licence | undefined, subject: Subject, contents: Contents) {
  const { name, version, source, step } = each;
  const purl = purlOf(each, contents);
  const brought = step === null ? undefined : contents.steps[step];
  return {
    SPDXID: `SPDXRef-package-${name.replace(/[^A-Za-z0-9.-]/g, "-")}-${hash("sha256", purl).slice(0, 12)}`,
    name,
    versionInfo: version,
    ...unexamined,
    // Scanners look for these words.
    sourceInfo: `built package from: ${source.name} ${source.version}`,
    licenseConcluded: "NOASSERTION",
    licenseDeclared: licence?.expression ?? "NOASSERTION",
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
    ...(brought === undefined ? {} : { annotations: [annotationOf(subject, `step: ${brought.name} ${brought.id}`)] }),
  };
}

const annotationOf = (subject: Subject, comment: string) => ({
  annotationDate: timeOf(subject),
  annotationType: "OTHER",
  annotator: `Tool: ${annotator}`,
  comment,
});

/** The licences that aren't on SPDX's list, each once. */
function unlistedLicences(licences: readonly (Licence | undefined)[]) {
  const names = new Map(licences.flatMap((licence) => [...(licence?.unlisted ?? [])]));
  return [...names.keys()].sort().map((licenseId) => ({
    licenseId,
    name: names.get(licenseId),
    // The packages state a name; the text is in the image.
    extractedText: names.get(licenseId),
  }));
}
