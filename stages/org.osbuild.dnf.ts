import { type DnfOptions, runDnf } from "./lib/packages/dnf.ts";
import { readStage } from "./lib/step.ts";

await runDnf("dnf", await readStage<DnfOptions>());
