import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf } from "../support/action.ts";

const inputs = { verify: "true" };

test("a second build that gives the same bits is said in the log, even if the first came from the cache", async () => {
  await using repository = await newRepository();
  const files = { "web.json": pipelineOf("mkdir etc", "echo web > etc/hostname") };
  for (const compared of ["3 steps", "1 step"]) {
    const result = await repository.job(files, { inputs });
    expect(result).toMatchObject({ outcome: "success", annotations: [], left: nothing });
    expect(result.log).toContainEqual(expect.stringContaining(`gave the same bits: ${compared} compared`));
  }
});

test("a step that writes the time fails the job at its line, and the image is uploaded nevertheless", async () => {
  await using repository = await newRepository();
  const files = { "web.json": pipelineOf("mkdir etc", "date +%s.%N > etc/date", "touch more") };
  const result = await repository.job(files, { inputs });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  expect(result.annotations).toEqual([
    expect.objectContaining({
      file: "web.json",
      message: expect.stringMatching(
        /^com\.example\.shell doesn't give the same bits again:\n {2}\/etc\/date: content /,
      ),
    }),
  ]);
  expect(result.summary).toContain("/etc/date: content");
  expect(repository.service.artifacts().map(({ name }) => name)).toContain("web");
});
