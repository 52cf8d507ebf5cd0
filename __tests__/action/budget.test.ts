import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf } from "../support/action.ts";

test("growth since the branch's last image fails the job at the step that grew, until it is allowed", async () => {
  await using repository = await newRepository();
  const job = (more: string, limit: string) =>
    repository.job(
      { "web.json": pipelineOf("seq 100 > base", `head -c ${more} /dev/zero > more`, "echo last > last") },
      { inputs: { "max-growth": limit } },
    );
  const first = await job("1M", "1K");
  expect(first).toMatchObject({ outcome: "success", annotations: [] });
  expect(first.outside).toContain("web has no earlier image in the cache, so max-growth has nothing to compare with");
  const grown = await job("4M", "1M");
  expect(grown).toMatchObject({ outcome: "failure", left: nothing, outputs: { "artifact-id": "", image: "" } });
  expect(grown.annotations).toEqual([
    expect.objectContaining({
      ...{ type: "error", file: "web.json", line: 10 },
      message:
        "the files have 4.0 MiB, 2.0 MiB more than allowed: max-growth is 1.0 MiB, and 5f1d1b8 had 1.0 MiB. What grew most:\n" +
        "  /more: +3.0 MiB\nmake it smaller, or raise max-growth for this build: the next one is compared with its image",
    }),
  ]);
  expect(grown.summary).toMatch(/<pre>web\.json:10:15: error: the files have 4\.0 MiB, .*\n {2}\/more: \+3\.0 MiB\n/);
  expect(await job("4M", "4M")).toMatchObject({ outcome: "success", annotations: [] });
  // That image is the one to compare with now.
  expect(await job("4200K", "1M")).toMatchObject({ outcome: "success", annotations: [] });
});
