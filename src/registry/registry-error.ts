import { BuildError } from "../errors.ts";

/** The failure of a request to a registry. */
interface Refusal {
  /** The HTTP status. Undefined if there was no answer. */
  readonly status?: number;
  /** The seconds after which the registry wants to be asked again. */
  readonly retryAfter?: number;
  /** Whether the same request may succeed later. */
  readonly isPassing: boolean;
}

/** The failure of a request to a registry. Its message has no credential and no signed address. */
export class RegistryError extends BuildError {
  readonly refusal: Refusal;

  constructor(message: string, refusal: Refusal, hint?: string) {
    super("HOST", [{ message, hint }]);
    this.refusal = refusal;
  }

  /** Whether the registry doesn't allow the request, or not to this user. */
  get isDenied(): boolean {
    return [401, 403, 405].includes(this.refusal.status ?? 0);
  }
}

/** Makes the failure that a response stands for. Reads its body. */
export async function refused(response: Response, asked: string): Promise<RegistryError> {
  const { status, headers } = response;
  const said = reasonIn(await response.text().catch(() => ""));
  const hint = status === 401 ? "log in to the registry with `docker login`" : undefined;
  const retryAfter = Number(headers.get("retry-after") ?? Number.NaN);
  const isPassing = status === 429 || status >= 500;
  const refusal = { status, isPassing, ...(Number.isFinite(retryAfter) ? { retryAfter } : {}) };
  return new RegistryError(`${asked}: HTTP status ${status}${said}`, refusal, hint);
}

/** Makes the failure of a connection. An interruption stays what it is. */
export function unreachable(error: unknown, asked: string): Error {
  const { name, message, cause } = error as Error;
  if (name === "AbortError") return error as Error;
  if (name === "TimeoutError") return new RegistryError(`${asked}: no answer in time`, { isPassing: false });
  const { code, message: why = message } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return new RegistryError(`${asked}: ${code ?? why}`, { isPassing: true });
}

const longestReason = 200;

/** The first reason of an error's JSON, as the distribution specification describes it. Anybody may have written it. */
function reasonIn(body: string): string {
  try {
    const { errors } = JSON.parse(body) as { readonly errors?: readonly { readonly message?: unknown }[] };
    const reason = errors?.[0]?.message;
    return typeof reason === "string" ? ` (${reason.slice(0, longestReason)})` : "";
  } catch {
    return "";
  }
}
