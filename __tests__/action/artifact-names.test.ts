import { expect, test } from "@jest/globals";
import { artifactNameOf, type NamedImage, nameArtifacts } from "../../src/action/artifact-names.ts";
import { namesOf } from "../../src/action/inputs.ts";

const image = (name: string, file?: string): NamedImage => ({ name, file });
const names = (images: readonly NamedImage[], artifactName?: string) =>
  nameArtifacts(images, artifactName).map(({ image: name, report }) => [name, report]);

test("a compressed image goes up under its file's name, any other one under the pipeline's", () => {
  expect(nameArtifacts([image("web", "web.qcow2"), image("db", "db.tar"), image("many")], undefined)).toEqual([
    { image: "web.qcow2", raw: true, report: "web-report.html" },
    { image: "db", raw: false, report: "db-report.html" },
    { image: "many", raw: false, report: "many-report.html" },
  ]);
});

test("an artifact-name names the report too, so that the jobs of a matrix don't meet there", () => {
  expect(nameArtifacts([image("web", "web.qcow2")], "web-arm64")).toEqual([
    { image: "web-arm64", raw: false, report: "web-arm64-report.html" },
  ]);
  expect(names([image("web", "a.gz"), image("db", "a.gz")], "arm64")).toEqual([
    ["arm64-web", "arm64-web-report.html"],
    ["arm64-db", "arm64-db-report.html"],
  ]);
});

test("images of one file name have their pipelines' before it, whatever their order and their case", () => {
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

test("no two artifacts of a run have the same name, reports among them", () => {
  expect(names([image("web"), image("web-report.html")])).toEqual([
    ["web", "2-web-report.html"],
    ["web-report.html", "web-report.html-report.html"],
  ]);
  expect(names([image("web:a"), image("web?a")])).toEqual([
    ["web-a", "web-a-report.html"],
    ["2-web-a", "2-web-a-report.html"],
  ]);
});

test("pipelines whose paths read alike have outputs of their own", () => {
  const pipelines = ["/w/x/web.json", "/w/y/web.json", "/w/x-web.json", "/w/ä/db.json", "/w/ö/db.json"];
  expect(namesOf(pipelines, "/w")).toEqual(["x-web", "y-web", "x-web-2", "-db", "-db-2"]);
});

test("an artifact-name that the service would refuse is refused at once", () => {
  expect(artifactNameOf("web 1.2_ä")).toBe("web 1.2_ä");
  expect(() => artifactNameOf("web-feature/login")).toThrow(
    `the input artifact-name can't be "web-feature/login": an artifact's name can't contain "/"`,
  );
  expect(() => artifactNameOf("web:1.2")).toThrow(`can't contain ":"`);
  expect(() => artifactNameOf("web\nx")).toThrow(`can't contain "\\n"`);
  expect(() => artifactNameOf("ä".repeat(122))).toThrow("it has 244 bytes");
  expect(artifactNameOf("ä".repeat(121))).toHaveLength(121);
});
