import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";
import { addUnit } from "./lib/units.ts";

const { tree, options } = await readStage<{ script: string; poweroff?: boolean }>();

const port = "/dev/virtio-ports/org.osbuild.test";
const directory = "/usr/libexec/osbuild-test";

const script = options.script.startsWith("#!") ? options.script : `#!/bin/sh\n${options.script}`;
writeFile(tree, `${directory}/script`, script, { mode: 0o755 });
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
// The port may appear before or after the boot has come to its target.
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
