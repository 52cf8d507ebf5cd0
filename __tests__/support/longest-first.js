import { relative } from "node:path";
import Sequencer from "@jest/test-sequencer";

/** The suites that take minutes, the longest first. */
const longest = ["action/debian", "readme", "samples", "action/build", "action/deliver", "action/fresh", "cookbook"];

/** Starts long suites first. Jest starts large files first, and a long suite in a small one would run on alone. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rankOf = ({ path, context }) => {
      const rank = longest.indexOf(relative(`${context.config.rootDir}/__tests__`, path).replace(/\.test\.ts$/, ""));
      return rank === -1 ? longest.length : rank;
    };
    return super.sort(tests).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
