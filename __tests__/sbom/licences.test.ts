import { expect, test } from "@jest/globals";
import { licenceOf } from "../../src/sbom/licences.ts";

const named = (text: string) => expect.stringMatching(new RegExp(`^LicenseRef-${text}-[0-9a-f]{8}$`));

test.each([
  ["MIT", "MIT"],
  ["mit", "MIT"],
  ["GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"],
  ["GPL-2.0+ and (MIT or Apache-2.0+)", "GPL-2.0+ AND (MIT OR Apache-2.0+)"],
  ["LicenseRef-Fedora-Public-Domain", "LicenseRef-Fedora-Public-Domain"],
  ["GPLv2+", named("GPLv2-")],
  ["Public Domain", named("Public-Domain")],
  ["MIT and", named("MIT-and")],
  ["(MIT", named("-MIT")],
  ["GPL-2.0-only WITH some", named("GPL-2.0-only-WITH-some")],
  ["Classpath-exception-2.0", named("Classpath-exception-2.0")],
  ["constructor", named("constructor")],
])("RPM's licence %s is %s", (text, expected) => expect(licenceOf([text], "rpm")?.expression).toEqual(expected));

test.each([
  ["GPL-2+", "GPL-2.0-or-later"],
  ["LGPL-2.1", "LGPL-2.1-only"],
  ["GFDL-1.3+", "GFDL-1.3-or-later"],
  ["GFDL-NIV-1.3", "GFDL-1.3-no-invariants-only"],
  ["Expat", "MIT"],
  ["BSD-3-clause", "BSD-3-Clause"],
  ["GPL-1+ or Expat", "GPL-1.0-or-later OR MIT"],
  ["GPL-2+ with OpenSSL exception", named("GPL-2-with-OpenSSL-exception")],
])("Debian's licence %s is %s", (text, expected) => expect(licenceOf([text], "dpkg")?.expression).toEqual(expected));

test("a package's licences all apply, each once, and the expression names those that SPDX doesn't list", () => {
  const licence = licenceOf(["GPL-2+ or Expat", "public-domain and Expat", "MIT", "Expat"], "dpkg");
  const [ref, text] = [...(licence?.unlisted ?? [])][0] ?? [];
  expect([licence?.expression, text]).toEqual([`(GPL-2.0-or-later OR MIT) AND ${ref} AND MIT`, "public-domain"]);
  expect(licenceOf([], "dpkg")).toBeUndefined();
});

test("a part that isn't listed doesn't hide the others", () => {
  const licence = licenceOf(["GPLv2+ and MIT"], "rpm");
  expect(licence?.expression).toEqual(expect.stringMatching(/^LicenseRef-GPLv2--[0-9a-f]{8} AND MIT$/));
  expect([...(licence?.unlisted.values() ?? [])]).toEqual(["GPLv2+"]);
});
