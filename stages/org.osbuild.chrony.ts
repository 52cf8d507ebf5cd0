import { fail, readStage } from "./lib/step.ts";
import { readText, writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ timeservers: string[] }>();

// Debian's path comes first.
const path = ["/etc/chrony/chrony.conf", "/etc/chrony.conf"].find((path) => readText(tree, path) !== undefined);
if (path === undefined) fail("The tree has neither /etc/chrony.conf nor /etc/chrony/chrony.conf: install chrony first");

const others = (readText(tree, path) ?? "").split("\n").filter((line) => !/^\s*(server|pool|peer)\s/.test(line));
const servers = options.timeservers.map((server) => `server ${server} iburst`);
writeFile(tree, path, [...servers, ...others].join("\n"));
