import { truncateSync, utimesSync, writeFileSync } from "node:fs";
import { run } from "../../stages/lib/step.ts";

/** Makes an empty image, which is one hole. */
export function makeEmpty(path: string, size: number): void {
  writeFileSync(path, "");
  truncateSync(path, size);
}

/** Sets a file's time to the source epoch. No other time may get into an output. */
export const setTime = (path: string, epoch: number) => utimesSync(path, epoch, epoch);

/** Sets the time of a directory and of everything in it to the source epoch. */
export const setTimes = (directory: string, epoch: number) =>
  run(["find", directory, "-exec", "touch", "--no-dereference", `--date=@${epoch}`, "{}", "+"]);

/** Copies a file's bytes into an image, without its holes. */
export function copyInto(file: string, image: string, offset: number): void {
  const options = ["bs=1M", "conv=notrunc,sparse", "oflag=seek_bytes", "status=none"];
  run(["dd", `if=${file}`, `of=${image}`, `seek=${offset}`, ...options]);
}
