import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { snapshotServices } from "../../../../stages/lib/packages/snapshot-services.ts";
import { scratch } from "../../../support/store.ts";

const index = { label: "", origin: "", snapshots: "" };

/** The services that the machine's apt knows with these settings below Acquire::Snapshots::URI. */
async function servicesWith(settings: Readonly<Record<string, string>>) {
  await using directory = await scratch();
  const file = `${directory.path}/apt.conf`;
  const lines = Object.entries(settings).map(([name, value]) => `Acquire::Snapshots::URI::${name} "${value}";\n`);
  writeFileSync(file, lines.join(""));
  return snapshotServices(([program = "", ...args]) =>
    execFileSync(program, args, { env: { PATH: "/usr/bin:/bin", APT_CONFIG: file }, encoding: "utf8" }),
  );
}

test("apt's settings for a label or an origin name the service, whatever their case", async () => {
  const serviceOf = await servicesWith({
    "Origin::Example": "https://past.test/example/@SNAPSHOTID@",
    "Override::Label::Example-Security": "https://past.test/security/@SNAPSHOTID@/",
  });
  const url = "http://archive.test/example/";
  expect(serviceOf(url, { ...index, origin: "EXAMPLE" })).toBe("https://past.test/example/{time}/");
  expect(serviceOf(url, { ...index, origin: "Example", label: "Example-Security" })).toBe(
    "https://past.test/security/{time}/",
  );
  expect(serviceOf(url, index)).toBeUndefined();
});

test("the index counts more than a setting that overrides nothing, and may say that there is no service", async () => {
  const serviceOf = await servicesWith({ "Label::Example": "https://past.test/@SNAPSHOTID@/" });
  const url = "http://archive.test/example/";
  const own = { ...index, label: "Example", snapshots: "https://own.test/@SNAPSHOTID@/" };
  expect(serviceOf(url, own)).toBe("https://own.test/{time}/");
  expect(serviceOf(url, { ...own, snapshots: "no" })).toBeUndefined();
});

test("a service for a domain has the archives of its hosts, each by its path", async () => {
  const serviceOf = await servicesWith({
    "Host::.archive.test": "https://past.test/@PATH@/@SNAPSHOTID@/",
    "Host::archive.test": "no",
  });
  expect(serviceOf("http://de.archive.test/pub/example/", index)).toBe("https://past.test/pub/example/{time}/");
  expect(serviceOf("http://archive.test/pub/example/", index)).toBeUndefined();
  expect(serviceOf("http://another.test/pub/example/", index)).toBeUndefined();
});
