import { realpath, stat } from "node:fs/promises";
import { BuildError, failure, hasCode, type Problem } from "../errors.ts";
import { replaceFile } from "../host/replace-file.ts";
import { readDocument } from "../json/document.ts";
import { formatDocument } from "../json/format.ts";
import { isLockFile } from "../pipeline/lock.ts";

/** `osbuild fmt`: formats files in place, or with `check` only says which aren't. Returns the exit code. */
export async function fmtCommand({ files, check }: { readonly files: readonly string[]; readonly check: boolean }) {
  const problems: Problem[] = [];
  let unformatted = 0;
  // A lock has a layout of its own, with a line for each package.
  for (const file of files.filter((each) => !isLockFile(each))) {
    try {
      const text = await newTextOf(file);
      if (text === undefined) continue;
      unformatted++;
      if (!check) await write(file, text);
      process.stdout.write(check ? `${file} is not formatted\n` : `formatted ${file}\n`);
    } catch (error) {
      // The other files are formatted all the same.
      if (!(error instanceof BuildError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new BuildError("INVALID", problems);
  return check && unformatted > 0 ? 1 : 0;
}

/** The new text of a file; undefined if it is formatted already. */
async function newTextOf(file: string): Promise<string | undefined> {
  const document = await readDocument(file);
  const text = await formatDocument(document);
  return text === document.text ? undefined : text;
}

/** Writes through a symbolic link. The file keeps its owner and mode. */
async function write(file: string, text: string): Promise<void> {
  const path = await realpath(file);
  await replaceFile(path, text, await stat(path)).catch((cause) => {
    const codes = { EACCES: "permission denied", EROFS: "the file system is read-only", EPERM: "not permitted" };
    const [, reason] = Object.entries(codes).find(([code]) => hasCode(cause, code)) ?? [];
    throw reason === undefined ? cause : failure("INVALID", `can't write ${file}: ${reason}`, undefined, { cause });
  });
}
