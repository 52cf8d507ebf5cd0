import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import { run } from "../run.ts";
import { jobToken } from "./action-yml.ts";
import { type Answer, answered, notFound } from "./answer.ts";
import { idTokens } from "./id-tokens.ts";
import { type Sigstore, startSigstore } from "./sigstore.ts";

/**
 * The services that attestations need, for the real clients: ID tokens, Sigstore, and GitHub's store of attestations.
 */
export interface AttestationServices extends AsyncDisposable {
  /** The variables by which the Actions of a job with all permissions find the services. */
  readonly environment: (visibility: "public" | "private") => Record<string, string>;
  /** The statuses with which the next requests to a host or a path fail, in this order. */
  readonly faults: Map<string, number[]>;
  /** The hosts and paths of the requests. */
  readonly requests: string[];
  /** The bundles that were stored. The id of each is its place, counted from 1. */
  readonly stored: readonly object[];
  readonly verified: Sigstore["verified"];
}

/** The path of the store for attestations. */
export const storePath = "/api/repos/octocat/images/attestations";

const requestToken = "the-token-to-request-id-tokens";

export async function startAttestationServices(): Promise<AttestationServices> {
  const directory = mkdtempSync(`${tmpdir()}/attestations-`);
  const [tokens, sigstore] = [idTokens(requestToken), await startSigstore()];
  const stored: object[] = [];
  const requests: string[] = [];
  const faults = new Map<string, number[]>();
  const hosts = new Map([...sigstore.hosts, [new URL(tokens.issuer).host, tokens.keys]]);
  const paths = new Map([
    ["/token", tokens.issue],
    [storePath, storing(stored)],
  ]);
  const secure = createSecureServer(certificateFor([...hosts.keys()], directory), (request, response) => {
    const { host = "" } = request.headers;
    return answer(request, response, host, hosts.get(host));
  });
  const plain = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    return answer(request, response, pathname, paths.get(pathname));
  });
  // The services have the names that they have on the Internet, and this proxy is the clients' only way to them.
  plain.on("connect", (request, socket) => {
    if (!hosts.has((request.url ?? "").replace(/:443$/, ""))) return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    return secure.emit("connection", socket);
  });
  await new Promise<void>((listening) => plain.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;

  return { environment, faults, requests, stored, verified: sigstore.verified, [Symbol.asyncDispose]: close };

  function environment(visibility: "public" | "private"): Record<string, string> {
    const event = `${directory}/${visibility}.json`;
    writeFileSync(event, JSON.stringify({ repository: { default_branch: "main", visibility } }));
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      GITHUB_API_URL: `${url}/api`,
      GITHUB_EVENT_PATH: event,
      NODE_EXTRA_CA_CERTS: `${directory}/certificate.pem`,
      ...{ https_proxy: url, no_proxy: "127.0.0.1" },
    };
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    service: Answer = () => notFound,
  ) {
    const content = await text(request);
    requests.push(name);
    const fault = faults.get(name)?.shift();
    const given = fault === undefined ? await service(request, content) : answered({ message: "a fault" }, fault);
    const { status, body, type = "application/json" } = given;
    response.writeHead(status, { "Content-Type": type }).end(body);
  }

  async function close(): Promise<void> {
    plain.close();
    plain.closeAllConnections();
    secure.closeAllConnections();
    rmSync(directory, { recursive: true });
  }
}

/** Stores bundles, as GitHub does with the token of a job that may. */
const storing =
  (stored: object[]): Answer =>
  ({ headers }, body) => {
    if (!headers.authorization?.endsWith(` ${jobToken}`)) return answered({ message: "Bad credentials" }, 401);
    const { bundle } = JSON.parse(body) as { readonly bundle?: object };
    if (bundle === undefined) return answered({ message: "Invalid request" }, 422);
    return answered({ id: stored.push(bundle) }, 201);
  };

/** A certificate for these names that is its own authority, and its key. */
function certificateFor(names: readonly string[], directory: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [`${directory}/certificate.pem`, `${directory}/key.pem`];
  const alternatives = names.map((name) => `DNS:${name}`).join(",");
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "2"];
  const subject = ["-subj", "/CN=test", "-addext", `subjectAltName=${alternatives}`];
  run(["openssl", "req", ...kind, ...subject, "-keyout", key, "-out", cert]);
  return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
}
