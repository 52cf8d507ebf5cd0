import { createHmac } from "node:crypto";
import { type Message, twirpError } from "./twirp.ts";

/** A workflow's job, as far as the service and the runner need to know. */
export interface Job {
  /** The ref: `refs/heads/main`, or `refs/pull/7/merge` for a pull request. */
  readonly ref: string;
  /** The base branch of a pull request. */
  readonly base?: string;
  /** Artifacts belong to a run's attempt. */
  readonly run?: number;
  readonly attempt?: number;
  /** The attempt that the service assigns its artifacts to, by default the attempt itself. */
  readonly artifactsOf?: number;
  readonly name?: string;
  /** The branch of a fork from which a pull request is. */
  readonly fork?: string;
  /** Its token's access to caches. An untrusted trigger gets `read`; a policy can allow `none`. */
  readonly cache?: "write" | "read" | "none";
}

export const defaultBranch = "refs/heads/main";

/** The claims of a token. */
export interface Access {
  readonly run: string;
  readonly job: string;
  /** The scopes whose caches it may read, its own first. */
  readonly reads: readonly string[];
  readonly writes: string | undefined;
  /** The branch that the job's commit is on. */
  readonly head: Head;
}

/** A branch of the repository or of a fork. */
export interface Head {
  readonly branch: string;
  readonly isForks: boolean;
}

/** A method of the service, called by a job with this access. */
export type Method = (request: Message, access: Access) => Message | Promise<Message>;

function accessOf(job: Job): Access {
  const { ref, base, run = 1, attempt = 1, name = "build", cache = "write", artifactsOf, fork } = job;
  const scopes = [ref, ...(base === undefined ? [] : [base]), defaultBranch];
  return {
    run: `run-${run}-${artifactsOf ?? attempt}`,
    job: name,
    reads: cache === "none" ? [] : [...new Set(scopes)],
    writes: cache === "write" ? ref : undefined,
    head: { branch: fork ?? headOf(ref), isForks: fork !== undefined },
  };
}

/** The branch of a pull request is always called the same here. */
const headOf = (ref: string) => (ref.startsWith("refs/pull/") ? "topic" : nameOf(ref));
const nameOf = (ref: string) => ref.replace(/^refs\/(heads|tags|pull)\//, "");

/** Makes an ACTIONS_RUNTIME_TOKEN, whose claims `scp` and `ac` are like those of the real one. */
export function issueToken(job: Job, secret: string): string {
  const { run, job: name, reads, writes, head } = accessOf(job);
  const scopes = reads.map((Scope) => ({ Scope, Permission: Scope === writes ? 3 : 1 }));
  const claims = { scp: `Actions.ExampleScope Actions.Results:${run}:${name}`, ac: JSON.stringify(scopes), head };
  const signed = [{ alg: "HS256", typ: "JWT" }, claims].map((part) => encode(JSON.stringify(part))).join(".");
  return `${signed}.${sign(signed, secret)}`;
}

export function readToken(authorization: string | undefined, secret: string): Access {
  const [header = "", payload = "", signature] = authorization?.replace(/^Bearer /, "").split(".") ?? [];
  if (signature !== sign(`${header}.${payload}`, secret)) throw twirpError("unauthenticated", "token is not valid");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { scp: string; ac: string; head: Head };
  const [, run = "", job = ""] = /Actions\.Results:([^:]+):(\S+)/.exec(claims.scp) ?? [];
  const scopes = JSON.parse(claims.ac) as { Scope: string; Permission: number }[];
  return {
    run,
    job,
    reads: scopes.map(({ Scope }) => Scope),
    writes: scopes.find(({ Permission }) => Permission === 3)?.Scope,
    head: claims.head,
  };
}

const encode = (text: string) => Buffer.from(text).toString("base64url");
const sign = (text: string, secret: string) => createHmac("sha256", secret).update(text).digest("base64url");

/** The runner's variables that say which job it runs. */
export function jobEnvironment({ ref, base, run = 1, attempt = 1, name = "build", fork }: Job): Record<string, string> {
  const isPullRequest = ref.startsWith("refs/pull/");
  return {
    GITHUB_REF: ref,
    GITHUB_REF_NAME: nameOf(ref),
    GITHUB_REF_TYPE: ref.startsWith("refs/tags/") ? "tag" : "branch",
    GITHUB_HEAD_REF: isPullRequest ? (fork ?? headOf(ref)) : "",
    GITHUB_BASE_REF: base?.replace("refs/heads/", "") ?? "",
    GITHUB_EVENT_NAME: isPullRequest ? "pull_request" : "push",
    GITHUB_RUN_ID: `${run}`,
    GITHUB_RUN_NUMBER: `${run}`,
    GITHUB_RUN_ATTEMPT: `${attempt}`,
    GITHUB_JOB: name,
  };
}
