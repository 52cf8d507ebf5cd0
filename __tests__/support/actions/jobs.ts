import { createHmac } from "node:crypto";
import { twirpError } from "./twirp.ts";

/** What a workflow's job is to the service and to the runner. */
export interface Job {
  /** `refs/heads/main`, or a pull request's `refs/pull/7/merge`. */
  readonly ref: string;
  /** The branch that a pull request is made against. */
  readonly base?: string;
  /** Artifacts belong to a run's attempt. */
  readonly run?: number;
  readonly attempt?: number;
  /** The attempt whose artifacts the service counts its own among; the attempt itself where nothing is said. */
  readonly artifactsOf?: number;
  readonly name?: string;
  /** What its token may do with caches: a trigger that isn't trusted gets `read`, a policy can leave `none`. */
  readonly cache?: "write" | "read" | "none";
}

export const defaultBranch = "refs/heads/main";

/** What a token says about its bearer. */
export interface Access {
  readonly run: string;
  readonly job: string;
  /** The scopes whose caches it may read, its own first. */
  readonly reads: readonly string[];
  readonly writes: string | undefined;
}

function accessOf({ ref, base, run = 1, attempt = 1, name = "build", cache = "write", artifactsOf }: Job): Access {
  const scopes = [ref, ...(base === undefined ? [] : [base]), defaultBranch];
  return {
    run: `run-${run}-${artifactsOf ?? attempt}`,
    job: name,
    reads: cache === "none" ? [] : [...new Set(scopes)],
    writes: cache === "write" ? ref : undefined,
  };
}

/** ACTIONS_RUNTIME_TOKEN: the claims `scp` and `ac` are the real one's. */
export function issueToken(job: Job, secret: string): string {
  const { run, job: name, reads, writes } = accessOf(job);
  const scopes = reads.map((Scope) => ({ Scope, Permission: Scope === writes ? 3 : 1 }));
  const claims = { scp: `Actions.ExampleScope Actions.Results:${run}:${name}`, ac: JSON.stringify(scopes) };
  const signed = [{ alg: "HS256", typ: "JWT" }, claims].map((part) => encode(JSON.stringify(part))).join(".");
  return `${signed}.${sign(signed, secret)}`;
}

export function readToken(authorization: string | undefined, secret: string): Access {
  const [header = "", payload = "", signature] = authorization?.replace(/^Bearer /, "").split(".") ?? [];
  if (signature !== sign(`${header}.${payload}`, secret)) throw twirpError("unauthenticated", "token is not valid");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { scp: string; ac: string };
  const [, run = "", job = ""] = /Actions\.Results:([^:]+):(\S+)/.exec(claims.scp) ?? [];
  const scopes = JSON.parse(claims.ac) as { Scope: string; Permission: number }[];
  return {
    run,
    job,
    reads: scopes.map(({ Scope }) => Scope),
    writes: scopes.find(({ Permission }) => Permission === 3)?.Scope,
  };
}

const encode = (text: string) => Buffer.from(text).toString("base64url");
const sign = (text: string, secret: string) => createHmac("sha256", secret).update(text).digest("base64url");

/** The runner's variables that say which job it runs. */
export function jobEnvironment({ ref, base, run = 1, attempt = 1, name = "build" }: Job): Record<string, string> {
  const isPullRequest = ref.startsWith("refs/pull/");
  return {
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ""),
    GITHUB_REF_TYPE: ref.startsWith("refs/tags/") ? "tag" : "branch",
    GITHUB_HEAD_REF: isPullRequest ? "topic" : "",
    GITHUB_BASE_REF: base?.replace("refs/heads/", "") ?? "",
    GITHUB_EVENT_NAME: isPullRequest ? "pull_request" : "push",
    GITHUB_RUN_ID: `${run}`,
    GITHUB_RUN_NUMBER: `${run}`,
    GITHUB_RUN_ATTEMPT: `${attempt}`,
    GITHUB_JOB: name,
  };
}
