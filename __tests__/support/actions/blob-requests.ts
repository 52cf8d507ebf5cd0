import { createReadStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Blob, type Blobs, putBlob, putBlock, putBlockList } from "./blobs.ts";
import { type Call, counted, type Exchange } from "./exchange.ts";
import { lengthAfter, type Route, spoil } from "./faults.ts";
import { Refusal } from "./refusal.ts";
import { blobOf, type SignedUrls } from "./signed-urls.ts";

/** Parses a request in the part of Azure's protocol that the clients use. */
export function blobExchange(request: IncomingMessage, url: URL, blobs: Blobs, urls: SignedUrls): Exchange {
  const route = routeOf(request.method, url.searchParams.get("comp"));
  const blob = blobs.get(blobOf(url));
  return { route, name: blob?.name ?? blobOf(url), serve };

  async function serve(call: Call): Promise<void> {
    const reads = route === "GetBlob" || route === "HeadBlob";
    if (call.request.headers.authorization !== undefined) throw new Refusal(400, "InvalidAuthenticationInfo");
    urls.check(url, reads ? "r" : "cw");
    if (blob === undefined || (reads && blob.size === undefined)) throw new Refusal(404, "BlobNotFound");
    if (reads) return send(blob, url.searchParams.get("rscd"), call);
    if (blob.sealed) throw new Refusal(409, "BlobImmutableDueToPolicy");
    await receive(blob, route, url.searchParams.get("blockid") ?? "", call);
    call.response.writeHead(201, { ...versionOf(blob), "Content-Length": 0 }).end();
  }
}

async function receive(blob: Blob, route: Route, block: string, { request, fault, traffic }: Call): Promise<void> {
  const body = spoil(fault)(counted(traffic, "received")(request));
  if (route === "PutBlock") return putBlock(blob, block, body);
  blob.contentType = `${request.headers["x-ms-blob-content-type"] ?? "application/octet-stream"}`;
  if (route === "PutBlob") return putBlob(blob, body);
  const list = await readText(request);
  await putBlockList(
    blob,
    [...list.matchAll(/<(?:Latest|Uncommitted)>([^<]*)</g)].map(([, id = ""]) => id),
  );
}

async function send(
  blob: Blob,
  disposition: string | null,
  { request, response, fault, traffic }: Call,
): Promise<void> {
  const size = blob.size ?? 0;
  const [range, from = "0", to] =
    /^bytes=(\d+)-(\d*)$/.exec(`${request.headers["x-ms-range"] ?? request.headers.range}`) ?? [];
  const start = Number(from);
  const end = Math.min(to ? Number(to) : size, size - 1);
  if (range !== undefined && start >= size) throw new Refusal(416, "InvalidRange");
  const length = lengthAfter(fault, end - start + 1);
  response.writeHead(range === undefined ? 200 : 206, {
    ...versionOf(blob),
    "Accept-Ranges": "bytes",
    "Content-Length": length,
    "Content-Type": blob.contentType,
    "x-ms-blob-type": "BlockBlob",
    ...(range === undefined ? {} : { "Content-Range": `bytes ${start}-${end}/${size}` }),
    ...(disposition === null ? {} : { "Content-Disposition": disposition }),
  });
  if (request.method === "HEAD" || length === 0) response.end();
  else
    await pipeline(
      createReadStream(blob.path, { start, end: start + length - 1 }),
      spoil(fault),
      counted(traffic, "sent"),
      response,
    );
}

function routeOf(method: string | undefined, comp: string | null): Route {
  if (method === "GET") return "GetBlob";
  if (method === "HEAD") return "HeadBlob";
  if (method !== "PUT") throw new Refusal(405, "UnsupportedHttpVerb");
  if (comp === "block") return "PutBlock";
  return comp === "blocklist" ? "PutBlockList" : "PutBlob";
}

/** The ETag. A blob's content never changes once it can be read. */
const versionOf = ({ id }: Blob) => ({ ETag: `"${id}"`, "Last-Modified": new Date(0).toUTCString() });
