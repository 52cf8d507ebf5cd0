import { libraryOf } from "../../pipeline/load.ts";
import { allPrograms } from "../../programs/library.ts";
import { declareAll } from "../arguments.ts";
import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import type { Shell } from "./shells.ts";
import { completed } from "./words.ts";
import { zsh } from "./zsh.ts";

const scripts = { bash, zsh, fish };

/** `osbuild completion`: prints the script with which a shell completes the command line. */
export async function completionCommand({ shell }: { readonly shell: Shell }): Promise<void> {
  const programs = (await allPrograms(libraryOf([]))).map(({ name }) => name);
  process.stdout.write(scripts[shell](completed(declareAll(), [...new Set(programs)])));
}
