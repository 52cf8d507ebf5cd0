import { existsSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { freshRoot } from "./support/fresh-root.ts";

/** The tests of what Debian 13's tools and mounts could do differently. */
const differently =
  "__tests__/golden.test.ts __tests__/assemblers/same-bits.test.ts __tests__/store/layers.test.ts __tests__/stages/lib/packages/mmdebstrap.test.ts";

/** Each test makes a Debian and installs the npm packages and every tool. One builds the default sample. */
const patience = 30 * 60_000;

// The default sample is built on the other release, because other tests build it on Debian 12.
test.each([
  { suite: "bookworm", pipeline: " -- samples/noop.json", output: undefined, more: "" },
  { suite: "trixie", pipeline: "", output: "output/debian-12.qcow2", more: differently },
])(
  "both commands of the README work on a fresh $suite, with its own npm",
  async ({ suite, pipeline, output, more }) => {
    using root = freshRoot(suite, ["ca-certificates", "nodejs", "npm"]);
    await root.run(`npm start${pipeline}`);
    if (output !== undefined) expect(existsSync(`${root.path}/checkout/${output}`)).toBe(true);
    expect(await root.run(`npm test -- __tests__/host __tests__/stages/hostname.test.ts ${more}`)).toMatch(
      /^Tests: .* passed/m,
    );
  },
  patience,
);
