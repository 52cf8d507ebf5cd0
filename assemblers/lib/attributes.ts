import { spawnSync } from "node:child_process";
import { fail } from "../../stages/lib/step.ts";
import { type Attributed, getfattr, hasNone, parseDump } from "./getfattr.ts";

/**
 * The files of a tree that have several extended attributes, these sorted by name. Every file system lists a file's
 * attributes in an order of its own, and tools that copy them keep that order.
 */
export const attributedFiles = (tree: string): readonly Attributed[] =>
  readAttributes(tree)
    .filter(({ attributes }) => attributes.size > 1)
    .map(({ path, attributes }) => ({ path, attributes: new Map([...attributes].sort(byName)) }));

/** The paths of a tree's files that have an ACL. */
export const aclFiles = (tree: string): readonly string[] =>
  readAttributes(tree)
    .filter(({ attributes }) => [...attributes.keys()].some((name) => name.startsWith("system.posix_acl_")))
    .map(({ path }) => path);

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1);

/** The files of a tree that have attributes, by path from the tree's root. */
function readAttributes(tree: string): readonly Attributed[] {
  const [program = "", ...argv] = getfattr();
  const { error, stdout, stderr } = spawnSync(program, [...argv, "--recursive", "--absolute-names", tree], {
    maxBuffer: Number.MAX_SAFE_INTEGER,
    encoding: "latin1",
  });
  if (error !== undefined) fail(`getfattr: not found in the build root (${error.message})`);
  const problem = stderr.split("\n").find((line) => line !== "" && !hasNone.test(line));
  if (problem !== undefined) fail(problem);
  return parseDump(stdout).map(({ path, attributes }) => ({ path: path.slice(tree.length) || "/", attributes }));
}
