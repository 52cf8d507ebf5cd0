import { existsSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { freshRoot } from "./support/fresh-root.ts";

/** Each makes a Debian, installs npm's packages and every tool, and one builds the default sample. */
const patience = 30 * 60_000;

// The default sample is built where it is the harder case; on Debian 12 the other tests build it.
test.each([
  { suite: "bookworm", pipeline: " -- samples/noop.json", output: undefined },
  { suite: "trixie", pipeline: "", output: "output/debian-12.qcow2" },
])(
  "both commands of the README work on a fresh $suite, with its own npm",
  async ({ suite, pipeline, output }) => {
    using root = freshRoot(suite, ["ca-certificates", "nodejs", "npm"]);
    await root.run(`npm start${pipeline}`);
    if (output !== undefined) expect(existsSync(`${root.path}/checkout/${output}`)).toBe(true);
    expect(await root.run("npm test -- __tests__/host __tests__/stages/hostname.test.ts")).toMatch(
      /^Tests: .* passed/m,
    );
  },
  patience,
);
