import { expect, test } from "@jest/globals";
import { artifactNameOf, type NamedImage, nameArtifacts } from "../../src/action/artifact-names.ts";
import { namesOf } from "../../src/action/inputs.ts";

const image = (name: string, file?: string): NamedImage => ({ name, file });
const names = (images: readonly NamedImage[], artifactName?: string) =>
  nameArtifacts(images, artifactName, []).map(({ image: name, report }) => [name, report]);

test("a compressed image is uploaded under its file's name, any other under the pipeline's name", () => {
  expect(nameArtifacts([image("web", "web.qcow2"), image("db", "db.tar"), image("many")], undefined, [])).toEqual([
    {
      image: "web.qcow2",
      raw: true,
      report: "web-report.html",
      log: "web-failed.log",
      tree: "web-failed.tgz",
      boot: "web-boot",
      sboms: [],
      failed: { image: "failed-web.qcow2", sboms: [] },
    },
    {
      image: "db",
      raw: false,
      report: "db-report.html",
      log: "db-failed.log",
      tree: "db-failed.tgz",
      boot: "db-boot",
      sboms: [],
      failed: { image: "failed-db", sboms: [] },
    },
    {
      image: "many",
      raw: false,
      report: "many-report.html",
      log: "many-failed.log",
      tree: "many-failed.tgz",
      boot: "many-boot",
      sboms: [],
      failed: { image: "failed-many", sboms: [] },
    },
  ]);
});

test("an artifact-name also names the report, so that the jobs of a matrix don't collide", () => {
  expect(nameArtifacts([image("web", "web.qcow2")], "web-arm64", [])).toEqual([
    {
      image: "web-arm64",
      raw: false,
      report: "web-arm64-report.html",
      log: "web-arm64-failed.log",
      tree: "web-arm64-failed.tgz",
      boot: "web-arm64-boot",
      sboms: [],
      failed: { image: "failed-web-arm64", sboms: [] },
    },
  ]);
  expect(names([image("web", "a.gz"), image("db", "a.gz")], "arm64")).toEqual([
    ["arm64-web", "arm64-web-report.html"],
    ["arm64-db", "arm64-db-report.html"],
  ]);
});

test("each SBOM is an artifact of its own, named after the image's", () => {
  const [web, db] = nameArtifacts([image("web", "web.qcow2"), image("db", "db.tar")], undefined, ["spdx", "cyclonedx"]);
  expect(web?.sboms).toEqual(["web.qcow2.spdx.json", "web.qcow2.cdx.json"]);
  expect(db?.sboms).toEqual(["db.spdx.json", "db.cdx.json"]);
  expect(web?.failed.sboms).toEqual(["failed-web.qcow2.spdx.json", "failed-web.qcow2.cdx.json"]);
});

test("images with the same file name get their pipeline's name before it, in any order and case", () => {
  expect(names([image("a", "web.gz"), image("b", "Web.gz"), image("c", "c.gz")])).toEqual([
    ["a-web.gz", "a-report.html"],
    ["b-Web.gz", "b-report.html"],
    ["c.gz", "c-report.html"],
  ]);
  expect(names([image("web.gz", "web.tar"), image("b", "web.gz")])).toEqual([
    ["web.gz", "web.gz-report.html"],
    ["b-web.gz", "b-report.html"],
  ]);
});

test("no two artifacts of a run have the same name, including reports", () => {
  expect(names([image("web"), image("web-report.html")])).toEqual([
    ["web", "2-web-report.html"],
    ["web-report.html", "web-report.html-report.html"],
  ]);
  expect(names([image("web:a"), image("web?a")])).toEqual([
    ["web-a", "web-a-report.html"],
    ["2-web-a", "2-web-a-report.html"],
  ]);
});

test("pipelines with similar paths have separate outputs", () => {
  const pipelines = ["/w/x/web.json", "/w/y/web.json", "/w/x-web.json", "/w/ä/db.json", "/w/ö/db.json"];
  expect(namesOf(pipelines, "/w")).toEqual(["x-web", "y-web", "x-web-2", "-db", "-db-2"]);
  const languages = ["/w/web.json", "/w/db.jsonc", "/w/db.yaml", "/w/x.yml"];
  expect(namesOf(languages, "/w")).toEqual(["web", "db", "db-2", "x"]);
});

test("an artifact-name that the service would refuse is refused immediately", () => {
  expect(artifactNameOf("web 1.2_ä")).toBe("web 1.2_ä");
  expect(() => artifactNameOf("web-feature/login")).toThrow(
    `the input artifact-name can't be "web-feature/login": an artifact's name can't contain "/"`,
  );
  expect(() => artifactNameOf("web:1.2")).toThrow(`can't contain ":"`);
  expect(() => artifactNameOf("web\nx")).toThrow(`can't contain "\\n"`);
  expect(() => artifactNameOf("ä".repeat(120))).toThrow("it has 240 bytes");
  expect(artifactNameOf("ä".repeat(119))).toHaveLength(119);
});
