/** The shells that have a completion script. */
export const shells = ["bash", "zsh", "fish"] as const;

/** The name of a shell. */
export type Shell = (typeof shells)[number];
