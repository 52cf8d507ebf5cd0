import { truncateSync, utimesSync, writeFileSync } from "node:fs";

/** An empty image: all of it is a hole. */
export function makeEmpty(path: string, size: number): void {
  writeFileSync(path, "");
  truncateSync(path, size);
}

/** As for every file of an image, no time but the source epoch counts. */
export const setTime = (path: string, epoch: number) => utimesSync(path, epoch, epoch);
