import { fromJson, optional, shaped, string } from "../json/shape.ts";
import type { Credential } from "./credentials.ts";
import { isLoopback } from "./reference.ts";
import { RegistryError, refused, unreachable } from "./registry-error.ts";

/** The access to a repository that a request needs. */
export type Access = "pull" | "pull,push";

/** A registry's demand, in the header WWW-Authenticate of a response with the status 401. */
interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The repository to be used, and the credential to use it with. */
export interface Login {
  readonly repository: string;
  readonly credential: Credential | undefined;
  readonly signal: AbortSignal | undefined;
}

const tokenShape = shaped<{ readonly token?: string | undefined; readonly access_token?: string | undefined }>({
  token: optional(string),
  access_token: optional(string),
});

/** The seconds within which a token server must answer. */
const patience = 30;

/**
 * Answers a challenge with the value of a request's header Authorization. Undefined if there is no credential for it. A
 * registry without a user may want a token, too.
 */
export async function authorizationFor(
  challenge: string | null,
  access: Access,
  login: Login,
): Promise<string | undefined> {
  const { scheme, parameters } = parse(challenge ?? "");
  const { credential } = login;
  if (scheme === "basic") return credential?.type === "password" ? basic(credential) : undefined;
  if (scheme !== "bearer") return undefined;
  return `Bearer ${await tokenOf(parameters, access, login)}`;
}

function parse(challenge: string): Challenge {
  const [, scheme = "", rest = ""] = /^\s*(\w+)\s*(.*)$/s.exec(challenge) ?? [];
  const parameters = [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value] as const);
  return { scheme: scheme.toLowerCase(), parameters: new Map(parameters) };
}

const basic = ({ username, password }: Extract<Credential, { readonly type: "password" }>) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

async function tokenOf(
  parameters: Challenge["parameters"],
  access: Access,
  { repository, credential, signal }: Login,
): Promise<string> {
  const server = tokenServer(parameters.get("realm") ?? "");
  const asked = `a token of ${server.host} can't be had`;
  const words = {
    service: parameters.get("service") ?? "",
    scope: parameters.get("scope") ?? `repository:${repository}:${access}`,
  };
  const until = AbortSignal.any([AbortSignal.timeout(patience * 1000), ...(signal === undefined ? [] : [signal])]);
  const response = await fetch(...requestOf(server, words, credential, until)).catch((error) => {
    throw signal?.aborted ? error : unreachable(error, asked);
  });
  if (!response.ok) throw await refused(response, asked);
  const { token, access_token = token } = fromJson(tokenShape, await response.text()) ?? {};
  if (access_token === undefined)
    throw new RegistryError(`${asked}: there is none in the answer`, { isPassing: false });
  return access_token;
}

/** The URL of a token server. It gets the password, so what isn't encrypted must stay on this machine. */
function tokenServer(realm: string): URL {
  const url = URL.parse(realm);
  if (url !== null && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url)))) return url;
  throw new RegistryError("the registry names no token server that can be trusted with a password", {
    isPassing: false,
  });
}

/** A request as the token specification has it, or as OAuth 2 has it for an identity token. */
function requestOf(
  server: URL,
  words: { readonly service: string; readonly scope: string },
  credential: Credential | undefined,
  signal: AbortSignal,
): Parameters<typeof fetch> {
  const redirect = "error";
  if (credential?.type === "identity token") {
    const form = { ...words, grant_type: "refresh_token", client_id: "osbuild", refresh_token: credential.token };
    return [server, { method: "POST", body: new URLSearchParams(form), redirect, signal }];
  }
  const url = new URL(server);
  for (const [key, value] of Object.entries(words)) if (value !== "") url.searchParams.set(key, value);
  const headers = credential === undefined ? {} : { authorization: basic(credential) };
  return [url, { headers, redirect, signal }];
}
