import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test("noop prints its options, whatever they are", async () => {
  await using tree = await skeleton({});
  const options = { text: "ü", list: [1, { deep: null }] };
  expect(await runStep({ kind: "stage", name: "org.osbuild.noop", tree: tree.path, options })).toEqual({
    exitCode: 0,
    log: JSON.stringify(options),
  });
});
