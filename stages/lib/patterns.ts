/** Whether a name is a glob pattern of names. */
export const isPattern = (name: string) => /[*?[\]{}]/.test(name);

/**
 * Tests paths of files in a directory that is copied. A pattern without a slash is for names anywhere, one with a slash
 * for paths from the directory on. `matches` is path.matchesGlob: both the engine and stages have it.
 */
export const exclusionOf =
  (patterns: readonly string[], matches: (path: string, pattern: string) => boolean) =>
  (path: string): boolean =>
    patterns.some((pattern) => matches(pattern.includes("/") ? path : path.slice(path.lastIndexOf("/") + 1), pattern));
