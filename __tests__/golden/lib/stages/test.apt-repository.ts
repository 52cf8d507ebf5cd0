import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { json } from "node:stream/consumers";

// The caller has put the repository and its key into the state directory.
const { tree, state } = (await json(process.stdin)) as { tree: string; state: string };
execFileSync("cp", ["--recursive", state, `${tree}/srv/repository`]);
copyFileSync(`${state}/key.asc`, `${tree}/etc/apt/trusted.gpg.d/test.asc`);
writeFileSync(`${tree}/etc/apt/sources.list`, "");
// It would add the versions of Debian's packages to the difference, and those change.
writeFileSync(`${tree}/var/lib/dpkg/status`, "");
rmSync(`${tree}/var/lib/apt/extended_states`, { force: true });
