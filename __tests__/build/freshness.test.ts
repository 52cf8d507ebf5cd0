import { expect, test } from "@jest/globals";
import { unknownSteps } from "../../src/build/freshness.ts";
import type { Pipeline } from "../../src/pipeline/pipeline.ts";

const pipeline = (names: readonly string[], build: Pipeline | null = null) =>
  ({
    stages: names.map((name) => ({ name })),
    assembler: null,
    build: build === null ? null : { pipeline: build },
  }) as unknown as Pipeline;

test("a step to refresh that no pipeline has is a problem, and the hint names the steps that they have", () => {
  const all = pipeline(["org.osbuild.debootstrap", "com.example.app"], pipeline(["org.osbuild.dnf"]));
  for (const name of ["dnf", "debootstrap", "org.osbuild.debootstrap", "com.example.app"])
    expect(unknownSteps([all], [name])).toEqual([]);
  expect(unknownSteps([all, pipeline(["org.osbuild.apt"])], ["apt", "debootstrp", "app"])).toEqual(
    ["debootstrp", "app"].map((name) => ({
      message: `there is no step "${name}" to refresh`,
      hint: "the steps are dnf, debootstrap, com.example.app, apt",
    })),
  );
  expect(unknownSteps([pipeline([])], ["apt"])).toEqual([
    { message: 'there is no step "apt" to refresh', hint: "there are no steps" },
  ]);
});
