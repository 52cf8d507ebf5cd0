import { createHmac } from "node:crypto";
import type { Clock } from "./clock.ts";
import { Refusal } from "./refusal.ts";

export type Permission = "cw" | "r";

/** URLs that give access to one blob for a limited time. */
export interface SignedUrls {
  /** The milliseconds for which a URL is valid. */
  readonly lifetime: number;
  readonly sign: (blob: string, permission: Permission, disposition?: string) => string;
  readonly check: (url: URL, permission: Permission) => void;
}

export const blobOf = (url: URL): string => url.pathname.split("/").at(-1) ?? "";

export function signedUrls(base: string, clock: Clock, secret: string, lifetime: number): SignedUrls {
  return { lifetime, sign, check };

  function sign(blob: string, permission: Permission, disposition?: string): string {
    const url = new URL(`${base}/caches/${blob}`);
    url.searchParams.set("sp", permission);
    url.searchParams.set("se", new Date(clock.now() + lifetime).toISOString());
    if (disposition !== undefined) url.searchParams.set("rscd", disposition);
    url.searchParams.set("sig", signatureOf(url));
    return url.href;
  }

  function check(url: URL, permission: Permission): void {
    const given = url.searchParams;
    if (given.get("sig") !== signatureOf(url)) throw new Refusal(403, "AuthenticationFailed");
    if (Date.parse(given.get("se") ?? "") < clock.now())
      throw new Refusal(403, "AuthenticationFailed", "URL has expired");
    if (given.get("sp") !== permission) throw new Refusal(403, "AuthorizationPermissionMismatch");
  }

  function signatureOf(url: URL): string {
    const signed = ["sp", "se", "rscd"].map((name) => url.searchParams.get(name) ?? "");
    return createHmac("sha256", secret)
      .update([blobOf(url), ...signed].join("\n"))
      .digest("base64");
  }
}
