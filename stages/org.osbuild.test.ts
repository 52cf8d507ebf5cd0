import { executable, inputText } from "./lib/repository-files.ts";
import { readStage } from "./lib/step.ts";
import { addUnit } from "./lib/system/units.ts";
import { writeFile } from "./lib/tree.ts";

const step = await readStage<{ script?: string; path?: string; poweroff?: boolean }>();
const { tree, options } = step;

const port = "/dev/virtio-ports/org.osbuild.test";
const directory = "/usr/libexec/osbuild-test";

const { path, script = path === undefined ? "" : inputText(step, path) } = options;
writeFile(tree, `${directory}/script`, executable(script), { mode: 0o755 });
writeFile(tree, `${directory}/run`, runner(options.poweroff ?? false), { mode: 0o755 });
const unit = `[Unit]
Description=Test of the booted system
ConditionPathExists=|${port}
ConditionKernelCommandLine=|osbuild.test

[Service]
Type=exec
RemainAfterExit=yes
ExecStart=${directory}/run
`;
// The port may appear before or after the boot has reached its target.
addUnit(tree, "osbuild-test.service", unit, ["default.target", "dev-virtio\\x2dports-org.osbuild.test.device"]);

function runner(poweroff: boolean): string {
  return `#!/bin/sh
# Only a service whose start job ends at once may wait for the end of all start jobs.
system=$(systemctl is-system-running --wait)

port=${port}
if [ ! -e "$port" ]; then
  port=/dev/console
  # Gettys start only now, and hang up whoever has the console open.
  sleep 5
fi
exec > "$port" 2>&1
${directory}/script < /dev/null
script=$?

failed=$(systemctl list-units --state=failed --plain --no-legend --full | while read -r unit rest; do
  printf '%s,' "$unit"
done)
failed=\${failed%,}
result=failed
if [ "$script" = 0 ] && [ "$system" = running ]; then result=passed; fi
printf '\\nosbuild-test: %s script=%s system=%s failed=%s\\n' "$result" "$script" "$system" "\${failed:--}"
${poweroff ? "systemctl --no-block poweroff > /dev/null 2>&1\n" : ""}`;
}
