import { boolean, either, listOf, object, oneOf, optional, shaped, string } from "../json/shape.ts";

/** A step's kind. */
export type StepKind = "stage" | "assembler";

/** The program behind a stage or an assembler, with its meta.json. */
export interface Program {
  readonly kind: StepKind;
  readonly name: string;
  readonly path: string;
  /** The folder above `stages` and `assemblers`. */
  readonly libdir: string;
  readonly contract: Contract;
  readonly meta: Meta;
  /** Services that the program needs and that only osbuild's own engine provides, such as `inputs`. */
  readonly demands: readonly string[];
  /** The SHA-256 of the program, the modules that it imports and its meta.json. If any changes, the step reruns. */
  readonly digest: string;
  /** The SHA-256 of each of these files, by its path in the libdir. */
  readonly files: ReadonlyMap<string, string>;
  /**
   * The TypeScript of the program and of the modules that it imports, by path below the libdir. Other programs have
   * none.
   */
  readonly modules: ReadonlyMap<string, string>;
}

/** The content of NAME.meta.json; docs/writing-stages.md describes the keys. */
export interface Meta {
  readonly summary?: string;
  readonly description?: string;
  readonly options?: object;
  readonly warnings?: object;
  readonly example?: object;
  readonly requires?: readonly Requirement[];
  readonly network?: boolean;
  readonly pinned?: boolean;
  readonly capabilities?: readonly string[];
  readonly mounts?: "on request" | "none";
  readonly state?: boolean;
  /** Whether the program can say which packages it would install, and install a lock's packages. */
  readonly lock?: boolean;
  /** Whether the program gets the step's id: unless this is false. */
  readonly id?: boolean;
  readonly inputs?: readonly (string | InputSelection)[];
  /** Whether an assembler gets the tree's layers one by one, too: always, or if its options match a JSON Schema. */
  readonly layers?: true | object;
  /** The options that name secrets, as JSON Pointers. */
  readonly secrets?: readonly string[];
  /** The libraries of Node.js whose versions change the result, by their names in `process.versions`. */
  readonly runtime?: readonly string[];
}

/** Options that name files only in some cases. */
export interface InputSelection {
  readonly at: string;
  /** An option that gives the names another meaning. */
  readonly unless?: string | undefined;
  /** A pattern of those texts that name files. */
  readonly matching?: string | undefined;
  /** Whether the names may be glob patterns. */
  readonly globs?: boolean | undefined;
  /** The options with patterns of files that aren't read. */
  readonly exclude?: string | undefined;
}

/** A system program that is always needed, or several that are needed if the options match a JSON Schema. */
export type Requirement = string | { readonly programs: readonly string[]; readonly when: object };

const requirement = either(string, shaped<Exclude<Requirement, string>>({ programs: listOf(string), when: object }));
const input = either(
  string,
  shaped<InputSelection>({
    at: string,
    unless: optional(string),
    matching: optional(string),
    globs: optional(boolean),
    exclude: optional(string),
  }),
);

/** The shape of our own programs' meta.json. */
export const ownMeta = shaped<Meta>({
  summary: optional(string),
  description: optional(string),
  options: optional(object),
  warnings: optional(object),
  example: optional(object),
  requires: optional(listOf(requirement)),
  network: optional(boolean),
  pinned: optional(boolean),
  mounts: optional(oneOf("on request", "none")),
  capabilities: optional(listOf(string)),
  state: optional(boolean),
  lock: optional(boolean),
  id: optional(boolean),
  inputs: optional(listOf(input)),
  layers: optional(either(oneOf(true), object)),
  secrets: optional(listOf(string)),
  runtime: optional(listOf(string)),
});

/**
 * The way in which a program gets its arguments. `own` is the one that docs/writing-stages.md describes. The others are
 * the ways of osbuild's own stages, so that an osbuild checkout can be a libdir.
 */
export type Contract =
  | "own"
  /** Up to release 4, of 2019: on standard input, and started through the libdir's `osbuild-run`. */
  | "osbuild-run"
  /** From release 5: on standard input. */
  | "standard input"
  /** From release 21: the libdir's module `osbuild.api` asks the engine for them. */
  | "arguments socket"
  /** From release 30: in a file. */
  | "arguments file";
