// `npm run golden [-- NAME…]`: writes the changes that each stage makes to a tree to __tests__/golden/*/diff.json, for
// you to review. It needs root.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { allGoldens, openBuilder, textOf } from "../__tests__/support/golden.ts";

const names = process.argv.slice(2);
await using builder = await openBuilder();
for (const golden of allGoldens) {
  if (names.length > 0 && !names.includes(golden.name)) continue;
  writeFileSync(join(golden.directory, "diff.json"), textOf(await builder.difference(golden)));
  console.log(golden.name);
}
