/** A Debian tree, as the options of org.osbuild.debootstrap describe it. */
export interface DebianTree {
  readonly suite: string;
  readonly variant: string;
  readonly architecture: string;
  readonly packages: readonly string[];
}

/** mmdebstrap's two installations, as arguments of `apt-get install`: the essential packages, and then the rest, if there is any. */
export interface Installations {
  readonly essential: readonly string[];
  readonly others: readonly string[];
}

/** The priorities that a variant installs. */
const prioritiesOf: Readonly<Record<string, readonly string[]>> = {
  required: ["required"],
  minbase: ["required"],
  important: ["required", "important"],
  debootstrap: ["required", "important"],
  standard: ["required", "important", "standard"],
};

/** Tells what a version of mmdebstrap installs. Its changelog has the differences. */
export function installationsOf(version: string, tree: DebianTree): Installations {
  const { variant, packages } = tree;
  // Before 1.5.1, it counts on apt to take itself for essential.
  const asksForApt = !isBefore(version, [1, 5, 1]);
  const essential = variant === "apt" && !asksForApt ? "?or(?essential,?exact-name(apt))" : "?essential";
  const more = variant === "buildd" && isBefore(version, [1, 4]) ? ["required"] : [];
  const priorities = (prioritiesOf[variant] ?? more).map((priority) => `?priority(${priority})`).join(",");
  return {
    essential: [ofSuite(tree, essential)],
    others: [
      ...packages,
      ...(asksForApt && variant !== "essential" ? ["apt"] : []),
      ...(variant === "buildd" ? ["build-essential"] : []),
      ...(priorities === "" ? [] : [ofSuite(tree, `?and(?or(${priorities}),?not(?essential))`)]),
    ],
  };
}

/** An apt pattern for packages of the suite that are also of this pattern. */
const ofSuite = ({ suite, architecture }: DebianTree, pattern: string) =>
  `?narrow(?or(?archive(^${suite}$),?codename(^${suite}$)),?architecture(${architecture}),${pattern})`;

function isBefore(version: string, other: readonly number[]): boolean {
  const numbers = (/\d+(\.\d+)*/.exec(version)?.[0] ?? "").split(".").map(Number);
  const index = other.findIndex((number, place) => (numbers[place] ?? 0) !== number);
  return index !== -1 && (numbers[index] ?? 0) < (other[index] ?? 0);
}
