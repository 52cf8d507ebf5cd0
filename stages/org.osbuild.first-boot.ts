import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";
import { addUnit } from "./lib/units.ts";

const { tree, options } = await readStage<{ commands: string[]; wait_for_network?: boolean }>();
const { commands, wait_for_network = false } = options;

const flag = "/etc/osbuild-first-boot";
// osbuild's, to the byte: who replaces or extends the unit finds it where its stage has always put it.
const lines = [
  "[Unit]",
  "Description=OSBuild First Boot Service",
  `ConditionPathExists=${flag}`,
  wait_for_network ? "Wants=network-online.target\nAfter=network-online.target" : "",
  "",
  "[Service]",
  "Type=oneshot",
  "",
  // The flag goes first: a command that fails, or that reboots, must not be run again.
  ...[`/usr/bin/rm ${flag}`, ...commands].map((command) => `ExecStart=${command}`),
  "",
];
addUnit(tree, "osbuild-first-boot.service", lines.join("\n"), ["default.target"], "/usr/lib/systemd/system");
writeFile(tree, flag, "");
