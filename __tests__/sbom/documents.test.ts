import { expect, test } from "@jest/globals";
import { cyclonedxDocument } from "../../src/sbom/cyclonedx.ts";
import { spdxDocument } from "../../src/sbom/spdx.ts";
import type { Subject } from "../../src/sbom/subject.ts";
import type { Contents, ContentsPackage } from "../../src/tree/contents.ts";
import { cyclonedxErrors, spdxErrors } from "./schemas.ts";

const subject: Subject = {
  path: "web server.qcow2",
  sha256: "1".repeat(64),
  outputId: "2".repeat(64),
  created: new Date(1_767_225_600_000),
};

const bash: ContentsPackage = {
  ...{ name: "bash", version: "1:5.2-2+b1", architecture: "amd64", bytes: 1 },
  ...{ source: { name: "bash", version: "1:5.2-2" }, licences: ["GPL-3+", "public-domain"], step: 0 },
};
const perl: ContentsPackage = {
  ...{ name: "perl-base", version: "5.36", architecture: "all", bytes: 1 },
  ...{ source: { name: "perl", version: "5.36" }, licences: ["GPL-1+ or Expat"], step: null },
};
const debian: Contents = {
  database: "dpkg",
  distribution: { id: "debian", version: "12", name: "Debian GNU/Linux 12" },
  packages: [bash, perl, { ...perl, name: "c++", licences: [] }],
  steps: [{ name: "org.osbuild.debootstrap", id: "3".repeat(64) }],
  entries: [],
};
const rpm: Contents = {
  ...debian,
  database: "rpm",
  distribution: { id: "fedora", version: "", name: "" },
  packages: [
    { ...bash, version: "1:5.2-2.fc40", source: { name: "bash", version: "5.2-2.fc40" }, licences: ["GPLv3+ and MIT"] },
    { ...bash, version: "5.1-1", architecture: "i686", source: { name: "bash", version: "5.1-1" }, licences: ["MIT"] },
  ],
};
const empty: Contents = { ...debian, database: "none", distribution: null, packages: [], steps: [] };
const several: Subject = { ...subject, path: "output", sha256: null };

test.each([
  ["a Debian image", subject, debian],
  ["an RPM image", subject, rpm],
  ["an image without packages", subject, empty],
  ["an output of several files", several, debian],
])("the documents about %s are valid, and the same every time", (_, about, contents) => {
  const [spdx, cyclonedx] = [spdxDocument(about, contents), cyclonedxDocument(about, contents)];
  expect([spdxErrors(spdx), cyclonedxErrors(cyclonedx)]).toEqual([null, null]);
  expect([spdxDocument(about, contents), cyclonedxDocument(about, contents)]).toEqual([spdx, cyclonedx]);
  const { packages, relationships } = JSON.parse(spdx);
  const ids: string[] = packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID);
  expect(new Set(ids).size).toBe(ids.length);
  const related = relationships.map((each: { relatedSpdxElement: string }) => each.relatedSpdxElement);
  expect(related).toEqual(ids);
});

test("package URLs tell the distribution, the epoch and the source package", () => {
  const purls = (contents: Contents) =>
    JSON.parse(cyclonedxDocument(subject, contents)).components.flatMap(({ purl }: { purl?: string }) => purl ?? []);
  expect(purls(debian)).toEqual([
    "pkg:deb/debian/bash@1:5.2-2+b1?arch=amd64&distro=debian-12&upstream=bash%401%3A5.2-2",
    "pkg:deb/debian/perl-base@5.36?arch=all&distro=debian-12&upstream=perl",
    "pkg:deb/debian/c%2B%2B@5.36?arch=all&distro=debian-12&upstream=perl",
  ]);
  expect(purls({ ...debian, distribution: null, packages: [perl] })).toEqual([
    "pkg:deb/debian/perl-base@5.36?arch=all&upstream=perl",
  ]);
  expect(purls(rpm)).toEqual([
    "pkg:rpm/fedora/bash@5.2-2.fc40?arch=amd64&distro=fedora&epoch=1&upstream=bash-5.2-2.fc40.src.rpm",
    "pkg:rpm/fedora/bash@5.1-1?arch=i686&distro=fedora&upstream=bash-5.1-1.src.rpm",
  ]);
});

test("a package has its source, its licences and the step that brought it", () => {
  const [, , first, second, third] = JSON.parse(spdxDocument(subject, debian)).packages;
  expect(first).toMatchObject({
    sourceInfo: "built package from: bash 1:5.2-2",
    licenseDeclared: expect.stringMatching(/^GPL-3.0-or-later AND LicenseRef-public-domain-\w+$/),
    annotations: [{ comment: `step: org.osbuild.debootstrap ${"3".repeat(64)}` }],
  });
  expect(second.licenseDeclared).toBe("GPL-1.0-or-later OR MIT");
  expect(second.annotations).toBeUndefined();
  expect(third.licenseDeclared).toBe("NOASSERTION");
  const components = JSON.parse(cyclonedxDocument(subject, debian)).components;
  const declared = { acknowledgement: "declared" };
  expect(components.find(({ name }: { name: string }) => name === "bash")).toMatchObject({
    licenses: [
      { license: { id: "GPL-3.0-or-later", ...declared } },
      { license: { name: "public-domain", ...declared } },
    ],
    properties: expect.arrayContaining([{ name: "osbuild:step", value: "org.osbuild.debootstrap" }]),
  });
});

test("documents about other images have other identifiers, which follow from the image", () => {
  const other = { ...subject, sha256: "4".repeat(64) };
  const ids = [subject, other].map((about) => [
    JSON.parse(spdxDocument(about, debian)).documentNamespace,
    JSON.parse(cyclonedxDocument(about, debian)).serialNumber,
  ]);
  const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  for (const [namespace, serial] of ids) {
    expect(namespace).toMatch(RegExp(`^https://spdx.org/spdxdocs/web%20server.qcow2-${uuid}$`));
    expect(serial).toMatch(RegExp(`^urn:uuid:${uuid}$`));
  }
  expect(new Set(ids.flat()).size).toBe(4);
});
