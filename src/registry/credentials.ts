import { readFile } from "node:fs/promises";
import { BuildError, failure, hasCode } from "../errors.ts";
import { run } from "../host/command.ts";
import { fromJson, object, optional, shaped, string } from "../json/shape.ts";

/** The credential that a user logs in with. */
export type Credential =
  | { readonly type: "password"; readonly username: string; readonly password: string }
  /** A token that a registry's token server exchanges for others. */
  | { readonly type: "identity token"; readonly token: string };

/** The environment of the user whose credentials are meant. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface DockerConfig {
  readonly auths?: object | undefined;
  readonly credHelpers?: object | undefined;
  readonly credsStore?: string | undefined;
}

interface Auth {
  readonly auth?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly identitytoken?: string | undefined;
}

const configShape = shaped<DockerConfig>({
  auths: optional(object),
  credHelpers: optional(object),
  credsStore: optional(string),
});
const authShape = shaped<Auth>({
  auth: optional(string),
  username: optional(string),
  password: optional(string),
  identitytoken: optional(string),
});
const helpedShape = shaped<{ readonly Username: string; readonly Secret: string }>({
  Username: string,
  Secret: string,
});

/**
 * Finds a registry's credential where `docker login` puts it: in the configuration of Docker, or in the credential
 * helper that this names. Undefined if the user hasn't logged in.
 */
export async function credentialOf(registry: string, env: Environment): Promise<Credential | undefined> {
  const directory = env.DOCKER_CONFIG || (env.HOME === undefined ? undefined : `${env.HOME}/.docker`);
  if (directory === undefined) return undefined;
  const file = `${directory}/config.json`;
  const text = await readFile(file, "utf8").catch((error) => {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return undefined;
    throw failure("HOST", `${file} can't be read: ${error.message}`);
  });
  if (text === undefined) return undefined;
  const config = fromJson(configShape, text);
  if (config === undefined) throw failure("INVALID", `${file} isn't a configuration of Docker`);
  const helper = entryOf(config.credHelpers, registry) ?? config.credsStore;
  if (typeof helper === "string" && helper !== "") return fromHelper(helper, registry, env);
  const auth = entryOf(config.auths, registry);
  return authShape.misfit(auth) === undefined ? fromAuth(auth as Auth) : undefined;
}

/** The member for a registry. Docker has written such names with a scheme and with a version of the API, too. */
function entryOf(members: object | undefined, registry: string): unknown {
  const bare = (key: string) => key.replace(/^https?:\/\//, "").replace(/(?:\/v[12])?\/?$/, "");
  return Object.entries(members ?? {}).find(([key]) => bare(key) === registry)?.[1];
}

function fromAuth({ auth = "", username, password, identitytoken }: Auth): Credential | undefined {
  if (identitytoken) return { type: "identity token", token: identitytoken };
  if (username !== undefined && password !== undefined) return { type: "password", username, password };
  const [, name, secret] = /^([^:]+):(.*)$/s.exec(Buffer.from(auth, "base64").toString()) ?? [];
  return name === undefined || secret === undefined
    ? undefined
    : { type: "password", username: name, password: secret };
}

/** Asks a credential helper, a program of the user's. */
async function fromHelper(helper: string, registry: string, env: Environment): Promise<Credential | undefined> {
  if (!/^[\w.-]+$/.test(helper)) throw failure("INVALID", "the configuration of Docker names an impossible helper");
  const program = `docker-credential-${helper}`;
  // A job's own tokens are of no use to it.
  const given = Object.entries(env).filter(([name]) => !/^(?:ACTIONS|INPUT)_/.test(name));
  const answer = await run([program, "get"], { input: registry, env: definedIn(given) }).catch((error) => {
    // A helper fails if it doesn't know the registry. What it printed may be a secret.
    if (error instanceof BuildError) return undefined;
    throw error;
  });
  const found = answer === undefined ? undefined : fromJson(helpedShape, answer);
  if (found === undefined) return undefined;
  return found.Username === "<token>"
    ? { type: "identity token", token: found.Secret }
    : { type: "password", username: found.Username, password: found.Secret };
}

const definedIn = (entries: readonly (readonly [string, string | undefined])[]): Readonly<Record<string, string>> =>
  Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
