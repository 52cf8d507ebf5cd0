import { type DnfOptions, runDnf } from "./lib/dnf.ts";
import { readStage } from "./lib/step.ts";

await runDnf("dnf", await readStage<DnfOptions>());
