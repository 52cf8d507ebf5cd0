import { setTimeout } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { shellBuilder } from "./support/shell-pipeline.ts";

test.each([
  ["tar", { filename: "tree.tar" }],
  ["squashfs", { filename: "tree.squashfs" }],
  ["directory", { filename: "tree" }],
])("two builds with a source-epoch that is still to come make the same %s, and warn", async (assembler, options) => {
  await using builder = await shellBuilder();
  const build = () =>
    builder.build("mkdir a; echo 1 >a/b; touch -d @86400 old", `org.osbuild.${assembler}`, options, {
      "source-epoch": 4_000_000_000,
    });
  const first = await build();
  await setTimeout(1100);
  const second = await build();
  expect(second.record.object).toBe(first.record.object);
  expect(second.warnings).toEqual([
    "the source-epoch 4000000000 is later than this machine's clock: 2096-10-02T07:06:40.000Z",
  ]);
});
