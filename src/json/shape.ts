/**
 * A test of a value's type. Every build reads files, and loading ajv and compiling schemas would take too long, so this
 * is a small replacement.
 */
export interface Shape<Type> {
  readonly misfit: (value: unknown) => Misfit | undefined;
  /** Never set; it only carries the type. */
  readonly type?: Type;
}

/** The first part of a value that has the wrong type. */
export interface Misfit {
  readonly path: readonly (string | number)[];
  /** The type that it must have, such as `a string`. */
  readonly expected: string;
}

/** Parses a JSON text. Undefined if the text isn't JSON or its value doesn't have the shape. */
export function fromJson<Type>(shape: Shape<Type>, text: string): Type | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return shape.misfit(value) === undefined ? (value as Type) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The shape of values that pass a test. */
export function plain<Type>(expected: string, isFit: (value: unknown) => boolean): Shape<Type> {
  const misfit = { path: [], expected };
  return { misfit: (value) => (isFit(value) ? undefined : misfit) };
}

export const string = plain<string>("a string", (value) => typeof value === "string");
export const boolean = plain<boolean>("true or false", (value) => typeof value === "boolean");
/** A number of things, such as bytes. */
export const count = plain<number>("a whole number", (value) => Number.isSafeInteger(value) && (value as number) >= 0);
/** A number that isn't negative. */
export const amount = plain<number>("a number", (value) => Number.isFinite(value) && (value as number) >= 0);
/** An object with any content. */
export const object = plain<object>("an object", isObject);

/** A string that matches a pattern. */
export const matching = (pattern: RegExp, expected: string) =>
  plain<string>(expected, (value) => typeof value === "string" && pattern.test(value));

/** A SHA-256, in hex. */
export const digest = matching(/^[0-9a-f]{64}$/, "a digest");

/** One of several values. */
export const oneOf = <const Value>(...values: readonly Value[]) =>
  plain<Value>(values.map((value) => JSON.stringify(value)).join(" or "), (value) => values.includes(value as Value));

/** The shape of a member that may be missing. */
export const optional = <Type>(shape: Shape<Type>): Shape<Type | undefined> => ({
  misfit: (value) => (value === undefined ? undefined : shape.misfit(value)),
});

/** A value that has at least one of two shapes. */
export const either = <One, Other>(one: Shape<One>, other: Shape<Other>): Shape<One | Other> => ({
  misfit(value) {
    const [first, second] = [one.misfit(value), other.misfit(value)];
    if (first === undefined || second === undefined) return undefined;
    if (first.path.length > 0) return first;
    return second.path.length > 0 ? second : { path: [], expected: `${first.expected} or ${second.expected}` };
  },
});

/** An array whose items all have the same shape. */
export const listOf = <Type>(item: Shape<Type>): Shape<readonly Type[]> => ({
  misfit: (value) => (Array.isArray(value) ? firstMisfit(value.keys(), (index) => item.misfit(value[index])) : noArray),
});

/** An array with these items. Optional items at its end may be missing. */
export const tuple = <Types extends readonly unknown[]>(
  ...items: { readonly [Index in keyof Types]: Shape<Types[Index]> }
): Shape<Types> => ({
  misfit: (value) =>
    Array.isArray(value) && value.length <= items.length
      ? firstMisfit(items.keys(), (index) => items[index]?.misfit(value[index]))
      : noArray,
});

/** An object with these members, and possibly others. */
export function shaped<Type extends object>(
  members: {
    readonly [Key in keyof Type]-?: Shape<Type[Key]>;
  },
): Shape<Type> {
  const known = Object.entries<Shape<unknown>>(members as { readonly [key: string]: Shape<unknown> });
  const keys = known.map(([key]) => key);
  const shapes = new Map(known);
  return {
    misfit(value) {
      if (!isObject(value)) return object.misfit(value);
      // An inherited member isn't part of the JSON text.
      const own = (key: string) => (Object.hasOwn(value, key) ? value[key] : undefined);
      return firstMisfit(keys, (key) => shapes.get(key)?.misfit(own(key)));
    },
  };
}

const noArray: Misfit = { path: [], expected: "an array" };

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function firstMisfit<Key extends string | number>(
  keys: Iterable<Key>,
  misfitAt: (key: Key) => Misfit | undefined,
): Misfit | undefined {
  for (const key of keys) {
    const misfit = misfitAt(key);
    if (misfit !== undefined) return { path: [key, ...misfit.path], expected: misfit.expected };
  }
  return undefined;
}
