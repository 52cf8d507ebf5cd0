import { readStage, run } from "./lib/step.ts";

interface Options {
  readonly enabled_services?: readonly string[];
  readonly disabled_services?: readonly string[];
  readonly masked_services?: readonly string[];
  readonly default_target?: string;
}

const { tree, options } = await readStage<Options>();
const { enabled_services = [], disabled_services = [], masked_services = [], default_target } = options;

systemctl("enable", enabled_services);
systemctl("disable", disabled_services);
systemctl("mask", masked_services);
if (default_target !== undefined) systemctl("set-default", [default_target]);

function systemctl(verb: string, units: readonly string[]): void {
  if (units.length > 0) run(["systemctl", `--root=${tree}`, verb, "--", ...units]);
}
