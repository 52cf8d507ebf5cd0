import { truncateSync, utimesSync, writeFileSync } from "node:fs";
import { run } from "../../stages/lib/step.ts";

/** An empty image: all of it is a hole. */
export function makeEmpty(path: string, size: number): void {
  writeFileSync(path, "");
  truncateSync(path, size);
}

/** As for every file of an image, no time but the source epoch counts. */
export const setTime = (path: string, epoch: number) => utimesSync(path, epoch, epoch);

/** Puts a file's bytes into an image, its holes left out. */
export function copyInto(file: string, image: string, offset: number): void {
  const options = ["bs=1M", "conv=notrunc,sparse", "oflag=seek_bytes", "status=none"];
  run(["dd", `if=${file}`, `of=${image}`, `seek=${offset}`, ...options]);
}

/** The same for all that is in a directory, and for itself. */
export const setTimes = (directory: string, epoch: number) =>
  run(["find", directory, "-exec", "touch", "--no-dereference", `--date=@${epoch}`, "{}", "+"]);
