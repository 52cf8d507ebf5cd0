/** A secret's value. It is behind a function, so that nothing that prints or stores an object shows it. */
export interface Secret {
  readonly reveal: () => string;
}

/** The secrets that a user gives, by name. */
export type Secrets = ReadonlyMap<string, Secret>;

/** The fewest characters of a secret. A shorter one can't be told from ordinary text in a log or a file. */
const shortest = 8;

/** The most bytes of a secret. GitHub's own limit is 48 KB. */
export const mostBytes = 64 * 1024;

/** Makes a secret of its value. */
export const secretOf = (value: string): Secret => ({ reveal: () => value });

/** Whether a text can be a secret's name, which is also the name of its file. */
export const isSecretName = (text: string) => /^\w[\w.-]{0,99}$/.test(text);

/** Why a text can't be a secret's value; undefined if it can. */
export function unfitness(value: string): string | undefined {
  const { length } = value.trim();
  if (length === 0) return "is empty";
  if (length < shortest) return `has ${length} characters, and a secret has at least ${shortest}`;
  if (Buffer.byteLength(value) > mostBytes) return `has more than ${mostBytes / 1024} KiB`;
  return /[\0\ufffd]/.test(value) ? "isn't text" : undefined;
}

/** The texts that are searched for in files: the value, and its forms in URLs and in base64. */
export const formsOf = ({ reveal }: Secret): readonly string[] => encodings(reveal().trim());

/**
 * The texts that are hidden in logs: the same, and those of each line. A short line, such as a brace, is ordinary text.
 */
export function maskedForms({ reveal }: Secret): readonly string[] {
  const value = reveal().trim();
  const lines = value.split("\n").map((line) => line.trim());
  return [...new Set([value, ...lines].filter((text) => text.length >= shortest).flatMap(encodings))];
}

const encodings = (text: string): readonly string[] => [
  ...new Set([text, encodeURIComponent(text), Buffer.from(text).toString("base64").replace(/=+$/, "")]),
];
