import { randomUUID } from "node:crypto";
import { getfattr, parseDump } from "../../assemblers/lib/getfattr.ts";
import type { Namespace } from "../host/namespace.ts";
import { aclsOf, unpack } from "./layers.ts";
import type { Layout } from "./layout.ts";
import type { Trees } from "./trees.ts";

/** The place in which layers are shown. */
interface Place {
  readonly namespace: Namespace;
  readonly layout: Layout;
  /** The workspace's directory. */
  readonly workspace: string;
}

/** A layer without what overlayfs makes of it: whiteouts show as character devices 0:0. */
interface ShownLayer {
  /** The path inside the namespace. */
  readonly directory: string;
  /** The paths of its opaque directories, which hide those of the layers below. Each character is a byte (latin1). */
  readonly opaque: readonly string[];
}

/** Shows each of a tree's layers by itself, with all that it holds. */
export async function separateLayers(
  place: Place,
  trees: Trees,
  objects: readonly string[],
): Promise<readonly ShownLayer[]> {
  const mounted = await trees.apart(objects.map((object) => ({ object })));
  return Promise.all(
    objects.map(async (object, index) => {
      const directory = await withAcls(place, object, mounted[index] as string);
      return { directory, opaque: await opaqueDirectories(place.namespace, directory) };
    }),
  );
}

/**
 * An unpacked copy of a layer with ACLs, which squashfs can't show. An overlay would show them but hide the whiteouts.
 */
async function withAcls({ namespace, layout, workspace }: Place, object: string, mounted: string): Promise<string> {
  if ((await aclsOf(layout.object(object))) === "") return mounted;
  const directory = `${workspace}/${randomUUID()}`;
  await unpack(namespace, layout.object(object), directory);
  return directory;
}

/** These are marked with attributes that only the engine can read, because they need CAP_SYS_ADMIN. */
async function opaqueDirectories(namespace: Namespace, directory: string): Promise<readonly string[]> {
  const argv = [...getfattr("^trusted\\.overlay\\.opaque$"), "--recursive", "."];
  const dump = await namespace.run(argv, { cwd: directory, encoding: "latin1" });
  return parseDump(dump).map(({ path }) => path);
}
