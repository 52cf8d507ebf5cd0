import { fail, readStage, run } from "./lib/step.ts";
import { openChroot } from "./lib/system/chroot.ts";
import { isInTree, resolveInTree } from "./lib/tree.ts";

interface Options {
  readonly enabled_services?: readonly string[];
  readonly disabled_services?: readonly string[];
  readonly masked_services?: readonly string[];
  readonly default_target?: string;
}

const { tree, options } = await readStage<Options>();
const { enabled_services = [], disabled_services = [], masked_services = [], default_target } = options;

const changes: readonly (readonly [verb: string, units: readonly string[]])[] = [
  ["enable", enabled_services],
  ["disable", disabled_services],
  ["mask", masked_services],
  ["set-default", default_target === undefined ? [] : [default_target]],
];
const commands = changes.flatMap(([verb, units]) => (units.length === 0 ? [] : [[verb, "--", ...units]]));

// Each release of systemd has a directory of its own for the targets of links, so the tree's is preferred.
if (["/usr/bin/systemctl", "/bin/systemctl"].some((path) => isInTree(tree, path))) {
  using chroot = openChroot(tree);
  for (const command of commands) chroot.run(["systemctl", ...command], { env: { SYSTEMD_OFFLINE: "1" } });
} else {
  // The build root's systemctl would follow a link out of the tree.
  const directory = "/etc/systemd/system";
  if (resolveInTree(tree, directory) !== `${tree}${directory}`)
    fail(`${directory} of the tree is behind a symbolic link`);
  for (const command of commands) run(["systemctl", `--root=${tree}`, ...command]);
}
