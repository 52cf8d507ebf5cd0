import { HttpClient, type HttpClientResponse } from "@actions/http-client";
import { BuildError, failure } from "../errors.ts";
import { fromJson, type Shape, shaped, string } from "../json/shape.ts";
import type { Runner } from "./job.ts";

/** GitHub's REST API, as far as it is about the job's repository. Everything is read, nothing written. */
export interface GithubApi {
  /** Reads what is at a path below the repository's. Undefined if there is nothing. */
  readonly json: <Type>(shape: Shape<Type>, path: string) => Promise<Type | undefined>;
  /** Downloads a text from there. */
  readonly text: (path: string) => Promise<string | undefined>;
}

/** The most bytes of an answer. An SBOM of five thousand packages has 5 MiB. */
const mostBytes = 64 * 1024 ** 2;

/** Opens the API with the user's token. */
export function githubApi({ env }: Pick<Runner, "env">, token: string): GithubApi {
  const base = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}/`;
  // The client would send the token to the storage that GitHub redirects to.
  const options = { allowRedirects: false, allowRetries: true, maxRetries: 3, socketTimeout: 30_000 };
  const client = new HttpClient("osbuild-action", [], options);

  async function get(path: string, accept: string): Promise<string | undefined> {
    try {
      const first = await client.get(`${base}${path}`, { accept, authorization: `Bearer ${token}` });
      const location = isRedirect(first) ? first.message.headers.location : undefined;
      if (location === undefined) return await contentOf(first, path);
      first.message.resume();
      return await contentOf(await client.get(new URL(location, base).href), path);
    } catch (error) {
      if (error instanceof BuildError) throw error;
      throw failure("HOST", `GitHub can't be reached: ${(error as Error).message}`, undefined, { cause: error });
    }
  }

  return {
    async json(shape, path) {
      const text = await get(path, "application/vnd.github+json");
      if (text === undefined) return undefined;
      const found = fromJson(shape, text);
      if (found === undefined) throw failure("HOST", `GitHub's answer for ${path} isn't what it should be`);
      return found;
    },
    text: (path) => get(path, "application/octet-stream"),
  };
}

const isRedirect = ({ message }: HttpClientResponse) => [301, 302, 307, 308].includes(message.statusCode ?? 0);

async function contentOf({ message }: HttpClientResponse, path: string): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw failure("HOST", `${path} has more than ${mostBytes / 1024 ** 2} MiB`);
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString();
  const { statusCode } = message;
  if (statusCode === 200) return text;
  if (statusCode === 404) return undefined;
  const why = fromJson(refusal, text)?.message;
  const isForbidden = statusCode === 401 || statusCode === 403;
  throw failure(
    "HOST",
    `GitHub answered ${statusCode} for ${path.replace(/\?.*/, "")}${why === undefined ? "" : `: ${why}`}`,
    isForbidden && !/rate limit/i.test(why ?? "") ? permit : undefined,
  );
}

const refusal = shaped<{ readonly message: string }>({ message: string });

const permit = "give the job `permissions: { contents: read, actions: read }`";
