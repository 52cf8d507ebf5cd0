import { homedir } from "node:os";
import { resolve } from "node:path";

/** The absolute path of an input. `~` is expanded here, because no shell has done that. */
export const inputPath = (text: string) => resolve(text.replace(/^~(?=\/|$)/, () => homedir()));
