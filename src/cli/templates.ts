/** A sample that a repository can start from. */
interface Start {
  /** The sample's name. */
  readonly sample: string;
  /** The runner of its workflow. */
  readonly runner: string;
}

const selfHosted = "[self-hosted, linux]";

/** The starts, by the name of the template. */
export const templates = {
  debian: { sample: "debian-12", runner: selfHosted },
  fedora: { sample: "fedora", runner: selfHosted },
  container: { sample: "container", runner: selfHosted },
  // A machine of the Pi's own architecture needs no emulation, which takes ten times as long.
  "raspberry-pi": { sample: "raspberry-pi", runner: "ubuntu-24.04-arm" },
} as const satisfies Readonly<Record<string, Start>>;

/** The name of a template. */
export type Template = keyof typeof templates;
