/** The samples that a repository can start from, by the name of the template. */
export const templates = {
  debian: "debian-12",
  fedora: "fedora",
  container: "container",
} as const;

/** The name of a template. */
export type Template = keyof typeof templates;
