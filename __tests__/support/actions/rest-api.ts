import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { jobToken } from "./action-yml.ts";
import { type Artifact, downloadUrl } from "./artifact-rules.ts";
import { type Blob, type Blobs, putBlob } from "./blobs.ts";
import type { Clock } from "./clock.ts";
import type { Exchange } from "./exchange.ts";
import { Refusal } from "./refusal.ts";
import type { SignedUrls } from "./signed-urls.ts";

/** The answer to a request: JSON, or the URL of a file. */
type Answer = { readonly json: object } | { readonly file: string } | undefined;

interface Asset {
  readonly id: number;
  readonly name: string;
  readonly blob: Blob;
}

/** GitHub's REST API for the artifacts and releases of octocat/images. */
export function openRestApi(artifacts: () => readonly Artifact[], blobs: Blobs, urls: SignedUrls, clock: Clock) {
  const releases = new Map<string, readonly Asset[]>();
  const assets: Asset[] = [];
  return { release, exchange };

  async function release(tag: string, files: Readonly<Record<string, string>>): Promise<void> {
    const own: Asset[] = [];
    for (const [name, text] of Object.entries(files)) {
      const blob = blobs.create(name);
      await putBlob(blob, Readable.from([Buffer.from(text)]));
      own.push({ id: assets.length + own.length + 1, name, blob });
    }
    assets.push(...own);
    releases.set(tag, own);
  }

  function exchange(request: IncomingMessage, target: URL): Exchange {
    const [, path = ""] = /^\/api\/repos\/octocat\/images\/(.*)$/.exec(target.pathname) ?? [];
    return {
      route: "REST",
      name: path,
      async serve({ response }) {
        if (request.headers.authorization !== `Bearer ${jobToken}`) throw new Refusal(401, "", "Bad credentials");
        const answer = answerTo(path, target.searchParams);
        if (answer === undefined) throw new Refusal(404, "", "Not Found");
        if ("file" in answer) response.writeHead(302, { Location: answer.file }).end();
        else response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer.json));
      },
    };
  }

  function answerTo(path: string, query: URLSearchParams): Answer {
    const [, run] = /^actions\/runs\/(\d+)\/artifacts$/.exec(path) ?? [];
    if (run !== undefined || path === "actions/artifacts") {
      const all = artifacts().filter((one) => run === undefined || runOf(one) === Number(run));
      if (run !== undefined && all.length === 0) return undefined;
      const named = all.filter(({ name }) => name === (query.get("name") ?? name)).toReversed();
      const page = named.slice((Number(query.get("page")) - 1) * perPage).slice(0, perPage);
      return { json: { total_count: named.length, artifacts: page.map((one) => described(one, clock.now())) } };
    }
    const [, artifact] = /^actions\/artifacts\/(\d+)\/zip$/.exec(path) ?? [];
    const [, asset] = /^releases\/assets\/(\d+)$/.exec(path) ?? [];
    const file =
      artifact === undefined
        ? assets.find(({ id }) => id === Number(asset))
        : artifacts().find(({ id }) => id === Number(artifact));
    if (file !== undefined) return { file: downloadUrl(urls, file.blob, file.name) };
    const [, tag] = /^releases\/tags\/(.*)$/.exec(path) ?? [];
    const name = path === "releases/latest" ? [...releases.keys()].at(-1) : tag;
    const found = releases.get(name ?? "");
    if (found === undefined) return undefined;
    return { json: { tag_name: name, assets: found.map(({ id, name: file }) => ({ id, name: file })) } };
  }
}

/** GitHub gives a hundred at a time, if it is asked to. */
const perPage = 2;

const runOf = ({ run }: Artifact) => Number(run.split("-")[1]);

const described = (artifact: Artifact, now: number) => ({
  id: artifact.id,
  name: artifact.name,
  size_in_bytes: artifact.size,
  expired: Date.parse(artifact.expiresAt ?? "9999-01-01") < now,
  workflow_run: {
    id: runOf(artifact),
    head_branch: artifact.head.branch,
    head_sha: "5f1d1b8e2c0e4f4b8a5d6c7e8f90a1b2c3d4e5f6",
    repository_id: 1296269,
    head_repository_id: artifact.head.isForks ? 7 : 1296269,
  },
});
