import { spawn } from "node:child_process";
import { createPrivateKey, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { scratch, sh } from "./store.ts";

/** A registry server on this machine. It ends when it is disposed of, and when this process ends. */
export interface TestRegistry extends AsyncDisposable {
  /** Its host and port. */
  readonly host: string;
  /** The directory with all that it keeps. */
  readonly storage: string;
}

/** The user of a registry that has users. */
export const user = { name: "alice", password: "opensesame" };
/** The line that htpasswd(1) makes of them. */
const htpasswd = "alice:$2b$04$4e22Xxg3q2.xjFTmCKbZPuxBoE8Nz8wWlMzO.TCMnCi.BXiEgOpfm\n";
export const basic = Buffer.from(`${user.name}:${user.password}`).toString("base64");

/** Starts the real server. `auth` is how its users log in: with a password, or with the tokens of this server. */
export async function startRegistry(auth?: "password" | TokenServer): Promise<TestRegistry> {
  const directory = await scratch();
  const storage = `${directory.path}/storage`;
  mkdirSync(storage);
  writeFileSync(`${directory.path}/htpasswd`, htpasswd);
  const config = {
    version: 0.1,
    log: { accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: storage } },
    http: { addr: "127.0.0.1:0" },
    ...authOf(auth, directory.path),
  };
  writeFileSync(`${directory.path}/config.yml`, JSON.stringify(config));
  const argv = ["--pdeathsig", "KILL", "--", "docker-registry", "serve", `${directory.path}/config.yml`];
  const server = spawn("setpriv", argv, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(server, "exit");
  const said: string[] = [];
  for await (const line of createInterface(server.stderr)) {
    said.push(line);
    const host = /listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (host === undefined) continue;
    server.stderr.resume();
    const dispose = async () => {
      server.kill("SIGKILL");
      await ended;
      await directory[Symbol.asyncDispose]();
    };
    return { host, storage, [Symbol.asyncDispose]: dispose };
  }
  throw new Error(`docker-registry didn't start: ${said.join("\n")}`);
}

function authOf(auth: "password" | TokenServer | undefined, directory: string): object {
  if (auth === undefined) return {};
  if (auth === "password") return { auth: { htpasswd: { realm: "test", path: `${directory}/htpasswd` } } };
  const { url: realm, certificate: rootcertbundle } = auth;
  return { auth: { token: { realm, service: "registry", issuer: "test", rootcertbundle } } };
}

/** A server that exchanges the user's password for tokens. */
export interface TokenServer extends AsyncDisposable {
  readonly url: string;
  readonly certificate: string;
  /** The scopes that it was asked for. */
  readonly scopes: readonly string[];
}

/** Starts a token server. Without a password, it gives tokens to read with. */
export async function startTokenServer(): Promise<TokenServer> {
  const directory = await scratch();
  const [key, certificate] = [`${directory.path}/key.pem`, `${directory.path}/cert.pem`];
  const options = "-newkey rsa:2048 -nodes -days 2 -subj /CN=test";
  sh(`openssl req -x509 ${options} -keyout "$1" -out "$2" 2>/dev/null`, key, certificate);
  const scopes: string[] = [];
  const server = await listen((request, response) => {
    const scope = new URL(request.url ?? "", "http://server").searchParams.get("scope") ?? "";
    scopes.push(scope);
    const { authorization } = request.headers;
    if (authorization !== undefined && authorization !== `Basic ${basic}`) return response.writeHead(401).end();
    const [type, name, wanted = ""] = scope.split(":");
    const actions = wanted.split(",").filter((action) => authorization !== undefined || action === "pull");
    return response.end(JSON.stringify({ token: tokenFor([{ type, name, actions }], key, certificate) }));
  });
  const dispose = async () => {
    await server[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  };
  return { url: `http://${server.host}/token`, certificate, scopes, [Symbol.asyncDispose]: dispose };
}

function tokenFor(access: readonly object[], key: string, certificate: string): string {
  const now = Math.floor(Date.now() / 1000);
  const der = readFileSync(certificate, "utf8").replaceAll(/-----[^-]+-----|\s/g, "");
  const claims = { iss: "test", aud: "registry", sub: user.name, iat: now, nbf: now - 10, exp: now + 300 };
  const parts = [
    { typ: "JWT", alg: "RS256", x5c: [der] },
    { ...claims, jti: randomUUID(), access },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const signature = sign("sha256", Buffer.from(text), createPrivateKey(readFileSync(key)));
  return `${text}.${signature.toString("base64url")}`;
}

/** Answers a request in the registry's place. Undefined lets the request pass. */
export type Answer = (request: IncomingMessage) => number | "cut" | undefined;

/** A server in front of a registry that answers some requests itself, with a status or by breaking off. */
export async function inFrontOf(registry: Pick<TestRegistry, "host">, answer: Answer) {
  const requests: string[] = [];
  const front = await listen(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const instead = answer(request);
    const body = Buffer.concat(await request.toArray());
    if (typeof instead === "number") return response.writeHead(instead).end();
    const { method = "GET", url = "", headers } = request;
    const reply = await fetch(`http://${registry.host}${url}`, {
      method,
      // The registry makes addresses of the host's name.
      headers: Object.entries({ ...headers, "x-forwarded-host": headers.host ?? "" })
        .filter(([name]) => !["host", "connection", "content-length", "transfer-encoding", "expect"].includes(name))
        .map(([name, value]) => [name, String(value)] as [string, string]),
      ...(method === "GET" || method === "HEAD" ? {} : { body }),
    });
    response.writeHead(reply.status, Object.fromEntries(reply.headers));
    const whole = Buffer.from(await reply.arrayBuffer());
    if (instead !== "cut") return response.end(whole);
    return response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
  });
  return { ...front, requests };
}

async function listen(respond: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => void respond(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Logs in as `docker login` does. Returns the environment of the user. */
export function logIn(home: string, host: string) {
  mkdirSync(`${home}/.docker`, { recursive: true });
  writeFileSync(`${home}/.docker/config.json`, JSON.stringify({ auths: { [host]: { auth: basic } } }));
  return { HOME: home };
}

/** Changes a blob behind the registry's back. */
export function damageBlob({ storage }: Pick<TestRegistry, "storage">, digest: string): void {
  const hex = digest.replace("sha256:", "");
  const file = `${storage}/docker/registry/v2/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`;
  const bytes = readFileSync(file);
  bytes[0] = 255 - (bytes[0] ?? 0);
  writeFileSync(file, bytes);
}
