import { readStage } from "./lib/step.ts";
import { addUnit } from "./lib/units.ts";

const { tree, options } = await readStage<{ tty: string }>();
const unit = `[Unit]
Description=Root shell on ${options.tty}, for debugging
ConditionPathExists=${options.tty}
DefaultDependencies=no
IgnoreOnIsolate=yes

[Service]
ExecStart=/bin/sh
Environment=TERM=linux
StandardInput=tty
TTYPath=${options.tty}
TTYReset=yes
TTYVHangup=yes
Restart=always
RestartSec=0
# What the shell has started may outlive it, and the shell itself heeds nothing but a hangup.
KillMode=process
KillSignal=SIGHUP
IgnoreSIGPIPE=no
`;
addUnit(tree, "osbuild-debug-shell.service", unit, ["sysinit.target"]);
