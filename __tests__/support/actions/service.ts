import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Artifact, openArtifacts } from "./artifact-rules.ts";
import { blobExchange } from "./blob-requests.ts";
import { openBlobs } from "./blobs.ts";
import { type CacheEntry, type CacheLimits, openCaches } from "./cache-rules.ts";
import { newClock } from "./clock.ts";
import { type Call, counted, type Exchange } from "./exchange.ts";
import {
  CutConnection,
  type Fault,
  type Injection,
  lengthAfter,
  openFaults,
  type Route,
  spoil,
  strike,
} from "./faults.ts";
import { issueToken, type Job, readToken } from "./jobs.ts";
import { Refusal } from "./refusal.ts";
import { openRestApi } from "./rest-api.ts";
import { signedUrls } from "./signed-urls.ts";
import { type Message, twirpError } from "./twirp.ts";

export interface ServiceOptions extends CacheLimits {
  /** The milliseconds for which a signed URL is valid. */
  readonly urlLifetime?: number;
  /**
   * Whether blobs have Azure's host name, to which the service is the proxy. Then caches are downloaded in ranges, as
   * from GitHub, and not in one piece.
   */
  readonly azure?: boolean;
}

export interface LoggedRequest {
  readonly route: Route;
  /** The cache's key or the artifact's name. */
  readonly name: string;
  /** The status. Undefined if the connection was cut. */
  readonly status: number | undefined;
  /** The bytes of the bodies. */
  readonly received: number;
  readonly sent: number;
  readonly fault: Fault["type"] | undefined;
}

/** GitHub's cache and artifact service, for the real clients, and its REST API for what they upload. */
export interface Service extends AsyncDisposable {
  readonly url: string;
  /** The variables by which a job's Actions find the service. */
  readonly environment: (job: Job) => Record<string, string>;
  readonly inject: (injection: Injection) => void;
  /** Advances the clock, for URLs, reservations, limits and unused caches. */
  readonly advance: (milliseconds: number) => void;
  readonly requests: () => readonly LoggedRequest[];
  readonly forgetRequests: () => void;
  /** The caches, the least recently used first. */
  readonly caches: () => readonly CacheEntry[];
  /** Removes the caches whose key matches, as an eviction does. */
  readonly evict: (key: RegExp) => Promise<void>;
  readonly artifacts: () => readonly Artifact[];
  /** Makes a release, which has these texts as files. */
  readonly release: (tag: string, files: Readonly<Record<string, string>>) => Promise<void>;
}

export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const directory = await mkdtemp(`${tmpdir()}/actions-service-`);
  const server = createServer((request, response) => void answer(request, response));
  // A client's next request could use a connection that is just being closed, so none is closed while the service runs.
  server.keepAliveTimeout = 0;
  server.on("connect", (_request, socket) => {
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    server.emit("connection", socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const secret = randomUUID();
  const clock = newClock();
  const faults = openFaults();
  const blobs = openBlobs(directory);
  const blobBase = options.azure ? "http://actions.blob.core.windows.net" : `${url}/actions`;
  const urls = signedUrls(blobBase, clock, secret, options.urlLifetime ?? 60 * 60 * 1000);
  const caches = openCaches(blobs, urls, clock, options);
  const artifacts = openArtifacts(blobs, urls, clock);
  const rest = openRestApi(artifacts.complete, blobs, urls, clock);
  const services = new Map([
    ["CacheService", caches.methods],
    ["ArtifactService", artifacts.methods],
  ]);
  let log: LoggedRequest[] = [];

  return {
    url,
    environment: (job) => ({
      ACTIONS_RESULTS_URL: `${url}/`,
      ACTIONS_RUNTIME_URL: `${url}/`,
      ACTIONS_CACHE_URL: `${url}/`,
      ACTIONS_CACHE_SERVICE_V2: "True",
      ACTIONS_RUNTIME_TOKEN: issueToken(job, secret),
      GITHUB_API_URL: `${url}/api`,
      ...(options.azure ? { HTTP_PROXY: url, http_proxy: url, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" } : {}),
    }),
    inject: faults.inject,
    advance: clock.advance,
    requests: () => log,
    forgetRequests: () => {
      log = [];
    },
    caches: caches.entries,
    evict: caches.remove,
    artifacts: artifacts.complete,
    release: rest.release,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await rm(directory, { recursive: true });
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const traffic = { received: 0, sent: 0 };
    let exchange: Exchange | undefined;
    let fault: Fault | undefined;
    let status: number | undefined;
    try {
      exchange = await exchangeOf(request);
      fault = faults.take(exchange.route, exchange.name);
      await strike(fault);
      await exchange.serve({ request, response, fault, traffic });
      status = response.statusCode;
    } catch (error) {
      // A client that has everything may close the connection before the end is noticed here.
      status = response.writableEnded ? response.statusCode : refuse(request, socket, response, error);
    }
    if (exchange !== undefined) {
      const { route, name } = exchange;
      log.push({ route, name, status, ...traffic, fault: fault?.type });
    }
  }

  async function exchangeOf(request: IncomingMessage): Promise<Exchange> {
    const target = new URL(request.url ?? "/", url);
    if (target.pathname.startsWith("/api/")) return rest.exchange(request, target);
    const [, service, name = ""] = twirpPath.exec(target.pathname) ?? [];
    if (service === undefined) return blobExchange(request, target, blobs, urls);
    const method = services.get(service)?.[name];
    if (method === undefined) throw twirpError("not_found", `${service} has no ${name}`);
    const message = (await json(request)) as Message;
    return { route: name as Route, name: `${message.key ?? message.name ?? message.name_filter ?? ""}`, serve };

    async function serve({ response, fault, traffic }: Call): Promise<void> {
      const access = readToken(request.headers.authorization, secret);
      const body = Buffer.from(JSON.stringify(await method?.(message, access)));
      response.writeHead(200, {
        "Content-Type": "application/json",
        "Content-Length": lengthAfter(fault, body.length),
      });
      await pipeline(Readable.from([body]), spoil(fault), counted(traffic, "sent"), response);
    }
  }
}

const twirpPath = /^\/twirp\/github\.actions\.results\.api\.v1\.(\w+)\/(\w+)$/;

/** Responds with an error in the form that the client of this URL reads, and returns its status. */
function refuse(
  request: IncomingMessage,
  socket: Socket,
  response: ServerResponse,
  error: unknown,
): number | undefined {
  // The client or a fault has closed the connection, so nobody is left to respond to.
  if (error instanceof CutConnection || response.headersSent || socket.destroyed) {
    socket.destroy();
    return undefined;
  }
  const { status, code, message } = error instanceof Refusal ? error : twirpError("internal", String(error));
  // The rest of an upload has to be read, or else its sender sees a broken connection instead of the response.
  request.resume();
  if (request.url?.startsWith("/twirp/")) {
    const headers = { "Content-Type": "application/json", ...(status === 429 ? { "Retry-After": "60" } : {}) };
    response.writeHead(status, headers).end(JSON.stringify({ code, msg: message }));
  } else if (request.url?.startsWith("/api/")) {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ message }));
  } else {
    response.writeHead(status, { "Content-Type": "application/xml", "x-ms-error-code": code });
    response.end(
      `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    );
  }
  return status;
}
