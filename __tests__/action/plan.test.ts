import { expect, test } from "@jest/globals";
import { matrixOf } from "../../src/action/matrix.ts";
import { newRepository, pipelineOf } from "../support/action.ts";

const pipeline = (file: string, ...ids: readonly string[]) => ({ file, ids });

test("what pipelines share is built by one job of the first wave, and everything is built", () => {
  expect(matrixOf([pipeline("a", "1"), pipeline("b", "2")])).toEqual({ bases: [], images: ["a", "b"] });
  expect(matrixOf([pipeline("a", "1", "2"), pipeline("b", "1", "3"), pipeline("c", "4")])).toEqual({
    bases: [["a"]],
    images: ["b", "c"],
  });
  // Related through another: one job, which builds both that share something.
  const chain = [
    pipeline("a", "1", "x"),
    pipeline("b", "1", "2"),
    pipeline("c", "2", "y"),
    pipeline("d", "3"),
    pipeline("e", "3"),
  ];
  expect(matrixOf(chain)).toEqual({ bases: [["b"], ["d"]], images: ["a", "c", "e"] });
});

test("run as jobs on empty machines, a plan builds nothing twice", async () => {
  await using repository = await newRepository();
  const shared = ["mkdir etc", "cp /usr/bin/perl blob"];
  const files = {
    "images/a.json": pipelineOf(...shared, "echo a > name"),
    "images/b.json": pipelineOf(...shared, "echo b > name"),
    "images/c.json": pipelineOf("echo c > name"),
    "images/d.json": pipelineOf(...shared, "echo a > name", "echo d >> name"),
  };
  const planned = await repository.job(files, { action: "plan", inputs: { pipeline: "images/*.json", libdir: "lib" } });
  expect(planned).toMatchObject({ outcome: "success", annotations: [], log: [] });
  const waves = ["bases", "images"].map((name) => JSON.parse(planned.outputs[name] as string) as string[]);
  const built: string[] = [];
  for (const wave of waves) {
    // The jobs of a matrix run side by side.
    const jobs = await Promise.all(
      wave.map((list, index) =>
        repository.job(files, { inputs: { pipeline: list }, job: { ref: "refs/heads/main", name: `${index}` } }),
      ),
    );
    for (const { outcome, annotations, outputs } of jobs) {
      expect({ outcome, annotations }).toEqual({ outcome: "success", annotations: [] });
      const { pipelines } = JSON.parse(outputs.manifest as string) as {
        pipelines: { stages: { id: string; result: string }[] }[];
      };
      built.push(
        ...pipelines.flatMap(({ stages }) => stages.filter(({ result }) => result === "built").map(({ id }) => id)),
      );
    }
  }
  expect(built).toHaveLength(new Set(built).size);
  // Two stages that all but c have in common, one that a and d have, three more, and four images.
  expect(built).toHaveLength(10);
});

test("a plan's problems are annotations too", async () => {
  await using repository = await newRepository();
  const files = { "bad.json": '{ "stages": [{ "name": "org.osbuild.none" }] }' };
  const result = await repository.job(files, { action: "plan", inputs: { pipeline: "bad.json", libdir: "lib" } });
  expect(result).toMatchObject({ outcome: "failure", annotations: [{ file: "bad.json", line: 1 }, {}] });
});
