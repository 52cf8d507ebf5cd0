import { existsSync } from "node:fs";
import { type DnfOptions, runDnf } from "./lib/dnf.ts";
import { readStage } from "./lib/step.ts";

// Not every distribution still has a program of this name for the one that took its place.
const program = existsSync("/usr/bin/yum") ? "yum" : "dnf";
const input = await readStage<DnfOptions>();
await runDnf(program, { ...input, options: { verbosity: "info", ...input.options } });
