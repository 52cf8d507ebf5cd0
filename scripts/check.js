// `npm run check`: types, lint, format and unit tests. It doesn't need root, and installs only npm packages.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setUp } from "./setup.js";

await setUp(() => false);
const checks = [
  ["node_modules/.bin/tsc", "-p", "."],
  ["node_modules/.bin/biome", "check", "--error-on-warnings", "."],
  ["node", "scripts/unit.js", "--silent"],
];
const ends = checks.map(async ([command, ...args]) => {
  const child = spawn(command, args, { cwd: `${import.meta.dirname}/..`, stdio: "inherit" });
  const [status] = await once(child, "exit");
  if (status !== 0) console.error(`failed: ${[command, ...args].join(" ")}`);
  return status;
});
process.exit((await Promise.all(ends)).every((status) => status === 0) ? 0 : 1);
