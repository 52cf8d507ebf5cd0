import { generateKeyPairSync, sign } from "node:crypto";
import { type Answer, answered, notFound } from "./answer.ts";

/** The ID tokens of GitHub's jobs. */
export interface IdTokens {
  readonly issuer: string;
  /** Answers with the keys by which everybody can check a token. */
  readonly keys: Answer;
  /** Answers a job that asks for a token. */
  readonly issue: Answer;
}

/** The claims of all tokens. */
export const claims = {
  ref: "refs/heads/main",
  sha: "5f1d1b8e2c0e4f4b8a5d6c7e8f90a1b2c3d4e5f6",
  repository: "octocat/images",
  repository_id: "1296269",
  repository_owner_id: "583231",
  event_name: "push",
  workflow_ref: "octocat/images/.github/workflows/image.yml@refs/heads/main",
  job_workflow_ref: "octocat/images/.github/workflows/image.yml@refs/heads/main",
  runner_environment: "self-hosted",
  run_id: "1001",
  run_attempt: "1",
  sub: "repo:octocat/images:ref:refs/heads/main",
} as const;

/** Issues tokens to jobs that have a token to request them. */
export function idTokens(requestToken: string): IdTokens {
  const issuer = "https://token.actions.githubusercontent.com";
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "ES256", use: "sig" }] };
  return {
    issuer,
    keys({ url }) {
      if (url === "/.well-known/openid-configuration") return answered({ jwks_uri: `${issuer}/jwks` });
      return url === "/jwks" ? answered(jwks) : notFound;
    },
    issue({ url = "", headers }) {
      if (headers.authorization !== `Bearer ${requestToken}`) return answered({ message: "Unauthorized" }, 401);
      const audience = new URL(url, issuer).searchParams.get("audience");
      return answered({ value: token({ ...claims, iss: issuer, aud: audience }) });
    },
  };

  function token(content: object): string {
    const now = Math.floor(Date.now() / 1000);
    const parts = [
      { alg: "ES256", typ: "JWT", kid: "1" },
      { ...content, iat: now, nbf: now - 60, exp: now + 300 },
    ];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  }
}
