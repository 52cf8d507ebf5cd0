import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault, Route } from "./faults.ts";

/** The bytes of a request's body and of its response's. */
export interface Traffic {
  received: number;
  sent: number;
}

/** A parsed request, and the function that serves it. */
export interface Exchange {
  readonly route: Route;
  /** The cache's key or the artifact's name. */
  readonly name: string;
  readonly serve: (call: Call) => Promise<void>;
}

export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: Fault | undefined;
  readonly traffic: Traffic;
}

/** A step for a stream's pipeline. */
export const counted = (traffic: Traffic, direction: keyof Traffic) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      traffic[direction] += chunk.length;
      yield chunk;
    }
  };
