import { type Access, authorizationFor } from "./authorization.ts";
import type { Credential } from "./credentials.ts";
import { apiOf, type Reference } from "./reference.ts";
import { RegistryError, refused, unreachable } from "./registry-error.ts";

/** A request about a repository. */
export interface RegistryRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT";
  /** The path below the repository's own, or the address that the registry gave. */
  readonly to: string | URL;
  readonly access: Access;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Blob;
  /** Whether the answer, or the body, may take as long as its bytes need. */
  readonly isLong?: true;
}

/** The connection to a repository. */
export interface Connection {
  /** Sends a request and returns the answer. Undefined for 404; throws a RegistryError unless it succeeds. */
  readonly send: (request: RegistryRequest) => Promise<Response | undefined>;
  /** Names the repository in messages. */
  readonly name: string;
}

/** A connection's repository, and how its user logs in. */
export interface ConnectionOptions {
  readonly reference: Pick<Reference, "registry" | "repository">;
  readonly credential: () => Promise<Credential | undefined>;
  readonly signal: AbortSignal | undefined;
}

/** The seconds within which a registry must answer a request without a large body. */
const patience = 30;

/** Opens a connection to a repository. It logs in when the registry demands it. */
export function connect({ reference, credential, signal }: ConnectionOptions): Connection {
  const { registry, repository } = reference;
  const name = `${registry}/${repository}`;
  const base = new URL(`${repository}/`, apiOf(reference));
  const authorizations = new Map<Access, string>();

  async function send(request: RegistryRequest): Promise<Response | undefined> {
    const url = new URL(request.to, base);
    const asked = `${name} refused ${request.method} ${pathOf(url)}`;
    // The storage that a registry sends its users to has nothing to do with the user's credentials.
    const isOwn = url.origin === base.origin;
    const known = isOwn ? authorizations.get(request.access) : undefined;
    let response = await once(request, url, known);
    if (response.status === 401 && isOwn) {
      const authorization = await logIn(response, request.access);
      if (authorization !== undefined && authorization !== known) {
        await response.body?.cancel();
        response = await once(request, url, authorization);
      }
    }
    if (response.ok) return response;
    if (response.status !== 404) throw await refused(response, asked);
    await response.body?.cancel();
    return undefined;
  }

  /** Answers a challenge, for this request and those that follow. */
  async function logIn(response: Response, access: Access): Promise<string | undefined> {
    const challenge = response.headers.get("www-authenticate");
    const login = { repository, credential: await credential(), signal };
    const authorization = await authorizationFor(challenge, access, login);
    if (authorization !== undefined) authorizations.set(access, authorization);
    return authorization;
  }

  async function once(
    { method, headers, body, isLong }: RegistryRequest,
    url: URL,
    authorization: string | undefined,
  ): Promise<Response> {
    const signals = [signal ?? [], isLong ? [] : AbortSignal.timeout(patience * 1000)].flat();
    try {
      return await fetch(url, {
        method,
        headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
        body: body ?? null,
        signal: AbortSignal.any(signals),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw unreachable(error, `${name} can't be reached`);
    }
  }

  return { send, name };
}

/** The path of a URL. Its query may have a signature. */
const pathOf = ({ pathname }: URL) => pathname;

/** Throws unless there is a response to a request for something that must exist. */
export function requireFound(response: Response | undefined, what: string): Response {
  if (response !== undefined) return response;
  throw new RegistryError(`${what} isn't there`, { status: 404, isPassing: false });
}
