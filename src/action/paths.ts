import { homedir } from "node:os";
import { resolve } from "node:path";

/** An input's path, absolute. No shell has expanded its `~`. */
export const inputPath = (text: string) => resolve(text.replace(/^~(?=\/|$)/, () => homedir()));
