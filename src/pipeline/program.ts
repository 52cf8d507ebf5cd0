export type Kind = "stage" | "assembler";

/** A stage's or an assembler's program and what its meta.json says of it. */
export interface Program {
  readonly kind: Kind;
  readonly name: string;
  readonly path: string;
  /** The folder above `stages` and `assemblers`. */
  readonly libdir: string;
  readonly contract: Contract;
  readonly meta: Meta;
  /** Things that the program can't do without and that only osbuild's own engine gives it, such as `inputs`. */
  readonly demands: readonly string[];
  /** sha256 of the program, of the modules that it imports, and of its meta.json: a change of any reruns the step. */
  readonly digest: string;
}

/** NAME.meta.json; docs/writing-stages.md describes the keys. */
export interface Meta {
  readonly summary?: string;
  readonly description?: string;
  readonly options?: object;
  readonly warnings?: object;
  readonly example?: object;
  readonly requires?: readonly Requirement[];
  readonly network?: boolean;
  readonly capabilities?: readonly string[];
  readonly state?: boolean;
  readonly inputs?: readonly (string | { readonly at: string; readonly unless: string })[];
}

/** A program that is always needed, or several that are needed where the options match a JSON Schema. */
export type Requirement = string | { readonly programs: readonly string[]; readonly when: object };

/**
 * How a program gets its arguments: `own` as docs/writing-stages.md says, the others as osbuild's own stages do, so that
 * an osbuild checkout can be a libdir.
 */
export type Contract =
  | "own"
  /** To release 4, of 2019: on standard input; started through the libdir's `osbuild-run`. */
  | "osbuild-run"
  /** From release 5: on standard input. */
  | "standard input"
  /** From release 21: the module `osbuild.api` of the libdir asks the engine for them. */
  | "arguments socket"
  /** From release 30: in a file. */
  | "arguments file";
