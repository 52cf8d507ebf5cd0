import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";
import { addUnit } from "./lib/units.ts";

const { tree, options } = await readStage<{ commands: string[]; wait_for_network?: boolean }>();
const { commands, wait_for_network = false } = options;

const flag = "/etc/osbuild-first-boot";
writeFile(tree, flag, "");
// The flag goes first: a command that fails, or that reboots, must not be run again.
const lines = [
  "[Unit]",
  "Description=Commands for the first boot",
  `ConditionPathExists=${flag}`,
  ...(wait_for_network ? ["Wants=network-online.target", "After=network-online.target"] : []),
  "",
  "[Service]",
  "Type=oneshot",
  ...[`/usr/bin/rm ${flag}`, ...commands].map((command) => `ExecStart=${command}`),
  "",
];
addUnit(tree, "osbuild-first-boot.service", lines.join("\n"), ["default.target"]);
