import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Content = Buffer | string | undefined;

export interface LocalServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What has been asked for so far: paths with their queries. */
  readonly requests: string[];
  /** What goes wrong at a path before it goes well, in this order. */
  readonly faults: Map<string, Fault[]>;
}

/** A status in the place of an answer, or an answer that breaks off in the middle. */
export type Fault = number | "cut";

/** Serves on this machine only what there is for a path; the rest is not found. */
export async function serve(contentOf: (path: string) => Content | Promise<Content>): Promise<LocalServer> {
  const requests: string[] = [];
  const faults = new Map<string, Fault[]>();
  const server = createServer(async ({ url: path = "" }, response) => {
    requests.push(path);
    const content = await contentOf(path);
    const fault = faults.get(path)?.shift();
    if (fault === "cut") return cut(response, content ?? "");
    if (fault !== undefined) return response.writeHead(fault).end("a fault\n");
    return response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function cut(response: ServerResponse, content: Buffer | string): void {
  const whole = Buffer.from(content);
  response.writeHead(200, { "content-length": whole.length });
  response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
}
