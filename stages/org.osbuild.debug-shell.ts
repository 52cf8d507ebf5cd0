import { readStage } from "./lib/step.ts";
import { addUnit } from "./lib/system/units.ts";

const { tree, options } = await readStage<{ tty: string }>();
// This is osbuild's unit, byte for byte.
const unit = `
[Unit]
Description=Early root shell on ${options.tty} FOR DEBUGGING ONLY
DefaultDependencies=no
IgnoreOnIsolate=yes
ConditionPathExists=${options.tty}

[Service]
Environment=TERM=linux
ExecStart=/bin/sh
Restart=always
RestartSec=0
StandardInput=tty
TTYPath=${options.tty}
TTYReset=yes
TTYVHangup=yes
KillMode=process
IgnoreSIGPIPE=no
# bash ignores SIGTERM
KillSignal=SIGHUP

# Unset locale for the console getty since the console has problems
# displaying some internationalized messages.
UnsetEnvironment=LANG LANGUAGE LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LC_PAPER LC_NAME LC_ADDRESS LC_TELEPHONE LC_MEASUREMENT LC_IDENTIFICATION
`;
addUnit(tree, "osbuild-debug-shell.service", unit, ["sysinit.target"]);
