import { libraryOf, requireLibdirs } from "../pipeline/load.ts";
import { editorSchema } from "../programs/editor-schema.ts";
import { allPrograms } from "../programs/library.ts";

/** `osbuild schema`: prints the JSON Schema of pipelines for editors, with the options of all stages and assemblers. */
export async function schemaCommand({ libdirs }: { readonly libdirs: readonly string[] }): Promise<void> {
  await requireLibdirs(libdirs);
  process.stdout.write(`${JSON.stringify(editorSchema(await allPrograms(libraryOf(libdirs))), null, 2)}\n`);
}
