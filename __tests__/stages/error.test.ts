import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test.each([
  [{}, 255],
  [{ returncode: 7 }, 7],
])("error with %j ends with exit code %i and says so", async (options, exitCode) => {
  await using tree = await skeleton({});
  const end = await runStep({ kind: "stage", name: "org.osbuild.error", tree: tree.path, options });
  expect(end).toEqual({ exitCode, log: `Failing, as the pipeline asks: exit code ${exitCode}` });
});
