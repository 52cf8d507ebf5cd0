import { basename } from "node:path";
import { ComponentType, HashAlgorithm, LicenseAcknowledgement } from "@cyclonedx/cyclonedx-library/Enums";
import {
  Bom,
  Component,
  HashDictionary,
  type License,
  LicenseExpression,
  LicenseRepository,
  Metadata,
  NamedLicense,
  Property,
  PropertyRepository,
  SpdxLicense,
  Tools,
} from "@cyclonedx/cyclonedx-library/Models";
import { JSON as Json, JsonSerializer } from "@cyclonedx/cyclonedx-library/Serialize";
import { isSupportedSpdxId } from "@cyclonedx/cyclonedx-library/SPDX";
import { Spec1dot6 } from "@cyclonedx/cyclonedx-library/Spec";
import type { Contents, ContentsPackage } from "../tree/contents.ts";
import { licenceOf } from "./licences.ts";
import { purlOf } from "./purl.ts";
import { type Subject, tool } from "./subject.ts";
import { uuidOf } from "./uuid.ts";

/** Writes a CycloneDX document: https://cyclonedx.org/docs/1.6/json/ */
export function cyclonedxDocument(subject: Subject, contents: Contents): string {
  const components = [...systemOf(contents), ...contents.packages.map((each) => packageOf(each, contents))];
  const image = imageOf(subject);
  for (const { bomRef } of components) image.dependencies.add(bomRef);
  const writer = new Tools();
  // The library gives a random reference to a component that has none.
  writer.components.add(
    new Component(ComponentType.Application, tool.name, { version: tool.version, bomRef: tool.name }),
  );
  const metadata = new Metadata({ timestamp: subject.created, component: image, tools: writer });
  const bom = new Bom({ metadata });
  for (const component of components) bom.components.add(component);
  // Documents that differ must have different serial numbers.
  bom.serialNumber = `urn:uuid:${uuidOf(serialised(bom))}`;
  return serialised(bom);
}

/** Everything stays in the order in which it was added: the library would sort by the machine's locale. */
const serialised = (bom: Bom) =>
  `${new JsonSerializer(new Json.Normalize.Factory(Spec1dot6)).serialize(bom, { sortLists: false, space: 2 })}\n`;

const imageOf = ({ path, sha256, outputId }: Subject) =>
  new Component(ComponentType.File, basename(path), {
    bomRef: "image",
    hashes: new HashDictionary(sha256 === null ? [] : [[HashAlgorithm["SHA-256"], sha256]]),
    properties: new PropertyRepository([new Property("osbuild:output-id", outputId)]),
  });

const systemOf = ({ distribution }: Contents): readonly Component[] =>
  distribution === null
    ? []
    : [
        new Component(ComponentType.OperatingSystem, distribution.id, {
          bomRef: "operating-system",
          ...(distribution.version === "" ? {} : { version: distribution.version }),
          ...(distribution.name === "" ? {} : { description: distribution.name }),
        }),
      ];

function packageOf(each: ContentsPackage, contents: Contents): Component {
  const { name, version, source, step } = each;
  const purl = purlOf(each, contents);
  const brought = step === null ? undefined : contents.steps[step];
  const properties = {
    "osbuild:source-name": source.name,
    "osbuild:source-version": source.version,
    ...(brought === undefined ? {} : { "osbuild:step": brought.name, "osbuild:step-id": brought.id }),
  };
  return new Component(ComponentType.Library, name, {
    bomRef: purl,
    version,
    purl,
    licenses: new LicenseRepository(licensesOf(each, contents)),
    properties: new PropertyRepository(Object.entries(properties).map(([key, value]) => new Property(key, value))),
  });
}

/**
 * An expression, or a list if CycloneDX needs a name for some of them, because it has no place for their definition.
 */
function licensesOf({ licences }: ContentsPackage, { database }: Contents): readonly License[] {
  const licence = licenceOf(licences, database);
  if (licence === undefined) return [];
  const acknowledgement = LicenseAcknowledgement.Declared;
  if (licence.unlisted.size > 0)
    return licences.map((text) => {
      const id = licenceOf([text], database)?.expression ?? "";
      return isSupportedSpdxId(id)
        ? new SpdxLicense(id, { acknowledgement })
        : new NamedLicense(text, { acknowledgement });
    });
  if (isSupportedSpdxId(licence.expression)) return [new SpdxLicense(licence.expression, { acknowledgement })];
  const expression = new LicenseExpression(licence.expression);
  expression.acknowledgement = acknowledgement;
  return [expression];
}
