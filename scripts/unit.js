// `npm run test:unit [-- JEST-ARGUMENTS]`: the tests that need neither root, nor tools of the system, nor a network.
import { node, run } from "./setup.js";

const jest = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", "node_modules/jest/bin/jest.js"];
run(node, [...jest, "--config", "jest.unit.config.js", ...process.argv.slice(2)]);
