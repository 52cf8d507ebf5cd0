import { writeFileSync } from "node:fs";
import { type SecretsInput, secretLine } from "../secrets.ts";
import { fail } from "../step.ts";

/** A login to an archive: a line of apt_auth.conf(5), with a secret's name as its password. */
export interface AptLogin {
  readonly machine: string;
  readonly login: string;
  readonly password: string;
}

/** The file with the passwords. /run is in memory. */
const file = "/run/osbuild-auth.conf";

/**
 * Writes the file with the passwords below a directory, and returns apt's setting with its name. Undefined without any.
 */
export function writeLogins(input: SecretsInput, logins: readonly AptLogin[] = [], root = ""): string | undefined {
  if (logins.length === 0) return undefined;
  const lines = logins.map(({ machine, login, password }) => {
    const value = secretLine(input, password);
    if (/\s/.test(value)) fail(`the secret ${password} has a space, which apt's auth.conf can't have in a password`);
    return `machine ${machine} login ${login} password ${value}\n`;
  });
  writeFileSync(root + file, lines.join(""), { mode: 0o600 });
  return `Dir::Etc::netrc=${file}`;
}
