import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

test("groups are added with the given ids, and otherwise in the order in which they are written", async () => {
  for (const [names, added] of [
    [["zoo", "app", "bin", "ant"], "app:x:1000:\nzoo:x:1001:\nant:x:1002:\n"],
    [["ant", "bin", "app", "zoo"], "app:x:1000:\nant:x:1001:\nzoo:x:1002:\n"],
  ] as const) {
    await using tree = await debianTree();
    const ids: Record<string, { gid?: number | string }> = {
      ...{ zoo: {}, app: { gid: 1000 }, ant: {} },
      // The first releases wrote them as strings.
      bin: { gid: "55" },
    };
    const groups = Object.fromEntries(names.map((name) => [name, ids[name]]));
    const end = await runStep({ kind: "stage", name: "org.osbuild.groups", tree: tree.path, options: { groups } });
    expect(end).toEqual({ exitCode: 0, log: "" });
    const file = await readFile(`${tree.path}/etc/group`, "utf8");
    expect(file).toMatch(/^bin:x:55:$/m);
    expect(file.endsWith(`:\n${added}`)).toBe(true);
    expect((await readdir(`${tree.path}/etc`)).filter((name) => /-$|lock/.test(name))).toEqual([]);
  }
});
