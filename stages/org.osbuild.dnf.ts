import { existsSync } from "node:fs";
import { type DnfOptions, runDnf } from "./lib/packages/dnf.ts";
import { readStage } from "./lib/step.ts";

// Debian's dnf 5 has no other name.
const program = !existsSync("/usr/bin/dnf") && existsSync("/usr/bin/dnf5") ? "dnf5" : "dnf";
await runDnf(program, await readStage<DnfOptions>());
