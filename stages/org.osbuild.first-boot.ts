import { executable, inputText } from "./lib/repository-files.ts";
import { readStage } from "./lib/step.ts";
import { addUnit } from "./lib/system/units.ts";
import { writeFile } from "./lib/tree.ts";

const step = await readStage<{ commands?: string[]; path?: string; wait_for_network?: boolean }>();
const { tree, options } = step;
const { path, wait_for_network = false } = options;

const script = "/usr/libexec/osbuild-first-boot/script";
if (path !== undefined) writeFile(tree, script, executable(inputText(step, path)), { mode: 0o755 });
const { commands = [script] } = options;
const flag = "/etc/osbuild-first-boot";
// This is osbuild's unit, byte for byte, and in the same place, for those who replace or extend it.
const lines = [
  "[Unit]",
  "Description=OSBuild First Boot Service",
  `ConditionPathExists=${flag}`,
  wait_for_network ? "Wants=network-online.target\nAfter=network-online.target" : "",
  "",
  "[Service]",
  "Type=oneshot",
  "",
  // The flag is removed first, because a command that fails or reboots must not run again.
  ...[`/usr/bin/rm ${flag}`, ...commands].map((command) => `ExecStart=${command}`),
  "",
];
addUnit(tree, "osbuild-first-boot.service", lines.join("\n"), ["default.target"], "/usr/lib/systemd/system");
writeFile(tree, flag, "");
