import type { IncomingMessage } from "node:http";

/** The part of a small service that answers the requests of a host or of a path. */
export type Answer = (request: IncomingMessage, body: string) => Answered | Promise<Answered>;

export interface Answered {
  readonly status: number;
  readonly body: string | Uint8Array;
  /** The media type, by default that of JSON. */
  readonly type?: string | undefined;
}

export const answered = (value: unknown, status = 200): Answered => ({ status, body: JSON.stringify(value) });

export const notFound = answered({ message: "Not Found" }, 404);
