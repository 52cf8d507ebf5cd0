import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv } from "ajv";

const schemas = resolve(import.meta.dirname, "../../node_modules/@cyclonedx/cyclonedx-library/res/schema");

/** The errors in a CycloneDX document, by the schemas that come with its library. */
export function cyclonedxErrors(text: string): unknown {
  const read = (name: string) => JSON.parse(readFileSync(`${schemas}/${name}.SNAPSHOT.schema.json`, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true, formats });
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"])
    ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  const validate = ajv.compile(read("bom-1.6"));
  validate(JSON.parse(text));
  return validate.errors;
}

const formats = {
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  "iri-reference": true,
  uri: true,
  "idn-email": true,
} as const;

/** The errors in an SPDX document. */
export function spdxErrors(text: string): unknown {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(spdxSchema);
  validate(JSON.parse(text));
  return validate.errors;
}

const closed = (properties: object, required: readonly string[]) => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});
const words = { type: "string", minLength: 1 };
const noAssertion = { const: "NOASSERTION" };
const element = { type: "string", pattern: "^SPDXRef-[A-Za-z0-9.-]+$" };
/** No fractions of a second, and no other zone: section 6.9. */
const time = { type: "string", pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$` };
const tool = { type: "string", pattern: "^Tool: .+-.+$" };

/**
 * The rules of SPDX 2.3 for the parts of a document that are used here, from https://spdx.github.io/spdx-spec/v2.3/ and
 * its annexes. No package has SPDX's own schema.
 */
const spdxSchema = closed(
  {
    spdxVersion: { const: "SPDX-2.3" },
    dataLicense: { const: "CC0-1.0" },
    SPDXID: { const: "SPDXRef-DOCUMENT" },
    name: words,
    // Section 6.5: a URI without a fragment.
    documentNamespace: { type: "string", pattern: "^https://[^#\\s]+$" },
    creationInfo: closed({ created: time, creators: { type: "array", minItems: 1, items: tool } }, [
      "created",
      "creators",
    ]),
    packages: {
      type: "array",
      minItems: 1,
      items: closed(
        {
          SPDXID: element,
          name: words,
          versionInfo: words,
          summary: words,
          sourceInfo: words,
          downloadLocation: noAssertion,
          filesAnalyzed: { const: false },
          copyrightText: noAssertion,
          licenseConcluded: noAssertion,
          licenseDeclared: words,
          primaryPackagePurpose: { enum: ["FILE", "OPERATING_SYSTEM"] },
          checksums: {
            type: "array",
            items: closed(
              { algorithm: { const: "SHA256" }, checksumValue: { type: "string", pattern: "^[0-9a-f]{64}$" } },
              ["algorithm", "checksumValue"],
            ),
          },
          externalRefs: {
            type: "array",
            items: closed(
              {
                referenceCategory: { const: "PACKAGE-MANAGER" },
                referenceType: { const: "purl" },
                referenceLocator: { type: "string", pattern: "^pkg:(deb|rpm)/[^\\s]+$" },
              },
              ["referenceCategory", "referenceType", "referenceLocator"],
            ),
          },
          annotations: {
            type: "array",
            items: closed(
              { annotationDate: time, annotationType: { const: "OTHER" }, annotator: tool, comment: words },
              ["annotationDate", "annotationType", "annotator", "comment"],
            ),
          },
        },
        ["SPDXID", "name", "downloadLocation"],
      ),
    },
    hasExtractedLicensingInfos: {
      type: "array",
      items: closed(
        { licenseId: { type: "string", pattern: "^LicenseRef-[A-Za-z0-9.-]+$" }, name: words, extractedText: words },
        ["licenseId", "extractedText"],
      ),
    },
    relationships: {
      type: "array",
      items: closed(
        { spdxElementId: element, relationshipType: { enum: ["DESCRIBES", "CONTAINS"] }, relatedSpdxElement: element },
        ["spdxElementId", "relationshipType", "relatedSpdxElement"],
      ),
    },
  },
  ["spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"],
);
