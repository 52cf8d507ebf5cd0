import { existsSync } from "node:fs";
import { type DnfOptions, runDnf } from "./lib/packages/dnf.ts";
import { readStage } from "./lib/step.ts";

// Not every distribution still has this name for its successor.
const program = existsSync("/usr/bin/yum") ? "yum" : "dnf";
const input = await readStage<DnfOptions>();
await runDnf(program, { ...input, options: { verbosity: "info", ...input.options } });
