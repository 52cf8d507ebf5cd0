import type { ErrorObject, FuncKeywordDefinition } from "ajv/dist/2020.js";
import { type DiskOptions, type WrittenPartition, withNumbers } from "../../../assemblers/lib/disks/layout.ts";
import { layoutProblems } from "../../../assemblers/lib/disks/layout-problems.ts";

interface Options {
  readonly pttype?: unknown;
  readonly size?: unknown;
  readonly partitions?: unknown;
}

const validate: ReturnType<NonNullable<FuncKeywordDefinition["compile"]>> = (options: Options) => {
  const disk = diskOf(options);
  if (disk === undefined) return true;
  validate.errors = layoutProblems(disk).map(
    ({ path, message, hint }): Partial<ErrorObject> => ({
      keyword: diskLayout.keyword,
      instancePath: placeIn(options, path),
      schemaPath: `#/${diskLayout.keyword}`,
      params: { hint },
      message,
    }),
  );
  return validate.errors.length === 0;
};

/**
 * A schema keyword for options that describe a disk with `size`, `pttype` and `partitions`. JSON Schema itself can't
 * check numbers against each other.
 */
export const diskLayout = {
  keyword: "diskLayout",
  type: "object",
  schema: false,
  errors: "full",
  validate,
} satisfies FuncKeywordDefinition;

/** Undefined if there are no partitions, or if the values are wrong by the schema itself, which reports them. */
function diskOf({ pttype, size, partitions }: Options): DiskOptions | undefined {
  if (!Array.isArray(partitions) || partitions.length === 0 || !partitions.every(isObject)) return undefined;
  const numbered = (partitions as readonly WrittenPartition[]).map(withNumbers);
  const numbers = [Number(size), ...numbered.flatMap((partition) => [partition.start ?? 0, partition.size ?? 0])];
  const texts = numbered.flatMap(({ type, uuid, name, filesystem }) => [
    type,
    uuid,
    name,
    filesystem?.uuid,
    filesystem?.mountpoint,
  ]);
  if (!numbers.every(Number.isSafeInteger) || !texts.every((text) => text === undefined || typeof text === "string"))
    return undefined;
  return { table: pttype === "gpt" ? "gpt" : "dos", size: Number(size), partitions: numbered };
}

const isObject = (value: unknown) => typeof value === "object" && value !== null;

/** The pointer to an option, or to the object that lacks it. */
function placeIn(options: object, path: readonly (string | number)[]): string {
  let value: unknown = options;
  let pointer = "";
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value as object, key)) return pointer;
    value = (value as { readonly [key: string | number]: unknown })[key];
    pointer += `/${key}`;
  }
  return pointer;
}
