import { readStage } from "./lib/step.ts";
import { inOrder, readAccounts, removeLeftovers } from "./lib/system/accounts.ts";
import { openChroot } from "./lib/system/chroot.ts";

const { tree, options } = await readStage<{ groups: Record<string, { gid?: number | string }> }>();

using chroot = openChroot(tree);
const present = readAccounts(tree, "group");
for (const [name, { gid }] of inOrder(options.groups, (group) => group.gid)) {
  const given = gid === undefined ? [] : ["--gid", String(gid)];
  const group = present.get(name);
  if (group === undefined) chroot.run(["groupadd", ...given, name]);
  else if (gid !== undefined && Number(gid) !== group.id) chroot.run(["groupmod", ...given, name]);
}
removeLeftovers(tree);
