// `npm test [-- JEST-ARGUMENTS]`: installs what is missing and runs all tests, as root, because they run containers.
import { node, run, setUp } from "./setup.js";

await setUp(() => true);
const jest = [
  node,
  "--experimental-vm-modules",
  "--disable-warning=ExperimentalWarning",
  "node_modules/jest/bin/jest.js",
];
const sudo = process.getuid() === 0 ? [] : ["sudo"];
const [command, ...args] = [...sudo, ...jest, ...process.argv.slice(2)];
run(command, args);
