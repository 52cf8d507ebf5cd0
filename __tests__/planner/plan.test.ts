import { expect, test } from "@jest/globals";
import { matrixOf } from "../../src/planner/matrix.ts";
import { newRepository, pipelineOf } from "../support/action.ts";

const pipeline = (file: string, ...ids: readonly string[]) => ({ file, ids });

test("steps that pipelines share are built by one job of the first wave, and everything is built", () => {
  expect(matrixOf([pipeline("a", "1"), pipeline("b", "2")])).toEqual({ bases: [], images: ["a", "b"] });
  expect(matrixOf([pipeline("a", "1", "2"), pipeline("b", "1", "3"), pipeline("c", "4")])).toEqual({
    bases: [["a"]],
    images: ["b", "c"],
  });
  // They are related through another pipeline, so one job builds both.
  const chain = [
    pipeline("a", "1", "x"),
    pipeline("b", "1", "2"),
    pipeline("c", "2", "y"),
    pipeline("d", "3"),
    pipeline("e", "3"),
  ];
  expect(matrixOf(chain)).toEqual({ bases: [["b"], ["d"]], images: ["a", "c", "e"] });
});

test("a plan that runs as jobs on empty machines builds nothing twice", async () => {
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
    // The jobs of a matrix run concurrently.
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
  // All but c share two stages, a and d share another; there are three more, and four images.
  expect(built).toHaveLength(10);
});

test("a plan and a job get the same variables, and problems in an included file are shown there", async () => {
  await using repository = await newRepository();
  const files = {
    "web.yaml": "include: [parts/base.json]\nvariables: { name: web }\n",
    "parts/base.json": { variables: { name: {}, text: {} }, ...pipelineOf(`echo ${"$"}{name} > ${"$"}{text}`) },
  };
  const inputs = { pipeline: "*.yaml", libdir: "lib", variables: "text=name" };
  const planned = await repository.job(files, { action: "plan", inputs });
  expect(planned).toMatchObject({ outcome: "success", outputs: { images: '["web.yaml"]' } });
  expect(await repository.job(files, { inputs })).toMatchObject({ outcome: "success", annotations: [] });
  const failed = await repository.job(files, { inputs: { ...inputs, variables: "" } });
  expect(failed).toMatchObject({ outcome: "failure", annotations: [{ file: "parts/base.json", line: 4 }] });
  const unknown = await repository.job(files, { inputs: { ...inputs, variables: "text=a\nnmae=b" } });
  expect(unknown.annotations).toEqual([expect.objectContaining({ message: expect.stringContaining('"nmae"') })]);
});

test("a plan's problems are annotations too", async () => {
  await using repository = await newRepository();
  const files = { "bad.json": '{ "stages": [{ "name": "org.osbuild.none" }] }' };
  const result = await repository.job(files, { action: "plan", inputs: { pipeline: "bad.json", libdir: "lib" } });
  expect(result).toMatchObject({ outcome: "failure", annotations: [{ file: "bad.json", line: 1 }] });
});
