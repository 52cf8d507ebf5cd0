import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What is at a path. A URL is where it is instead. */
type Content = Buffer | string | URL | undefined;

export interface LocalServer extends AsyncDisposable {
  /** The URL `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The requests so far: paths with their queries. */
  readonly requests: string[];
  /** Their headers. */
  readonly headers: readonly IncomingHttpHeaders[];
  /** The requested ranges. */
  readonly ranges: readonly string[];
  /** Failures of a path before it succeeds, in this order. */
  readonly faults: Map<string, Fault[]>;
}

/** A status instead of the response, or a response that is cut in the middle. */
export type Fault = number | "cut";

/**
 * Serves the content for known paths on this machine. The rest isn't found. `login`, as USER:PASSWORD, is demanded of
 * every request.
 */
export async function serve(
  contentOf: (path: string, headers: IncomingHttpHeaders) => Content | Promise<Content>,
  login?: string,
): Promise<LocalServer> {
  const authorization = login === undefined ? undefined : `Basic ${Buffer.from(login).toString("base64")}`;
  const requests: string[] = [];
  const all: IncomingHttpHeaders[] = [];
  const faults = new Map<string, Fault[]>();
  const ranges: string[] = [];
  const server = createServer(async ({ url: path = "", headers }, response) => {
    const { range } = headers;
    requests.push(path);
    all.push(headers);
    if (authorization !== undefined && headers.authorization !== authorization)
      return response.writeHead(401, { "www-authenticate": 'Basic realm="test"' }).end();
    if (range !== undefined) ranges.push(range);
    const content = await contentOf(path, headers);
    if (content instanceof URL) return response.writeHead(302, { location: content.href }).end();
    const fault = faults.get(path)?.shift();
    if (fault === "cut") return cut(response, content ?? "");
    if (fault !== undefined) return response.writeHead(fault).end("a fault\n");
    if (content !== undefined && range !== undefined) return part(response, Buffer.from(content), range);
    return response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers: all,
    ranges,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function part(response: ServerResponse, whole: Buffer, range: string): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
  if (!(from < whole.length)) return void response.writeHead(416).end();
  const headers = { "content-range": `bytes ${from}-${whole.length - 1}/${whole.length}` };
  response.writeHead(206, headers).end(whole.subarray(from));
}

function cut(response: ServerResponse, content: Buffer | string): void {
  const whole = Buffer.from(content);
  response.writeHead(200, { "content-length": whole.length });
  response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
}
