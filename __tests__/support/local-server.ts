import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Content = Buffer | string | undefined;

export interface LocalServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What has been asked for so far: paths with their queries. */
  readonly requests: string[];
}

/** Serves on this machine only what there is for a path; the rest is not found. */
export async function serve(contentOf: (path: string) => Content | Promise<Content>): Promise<LocalServer> {
  const requests: string[] = [];
  const server = createServer(async ({ url: path = "" }, response) => {
    requests.push(path);
    const content = await contentOf(path);
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
