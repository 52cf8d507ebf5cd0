import { scryptSync } from "node:crypto";
import type { Secret } from "./secret.ts";

/**
 * A tag by which a changed secret is noticed: 4 hex digits. Fingerprints are public to everyone who can read the cache,
 * and a fresh runner has no lasting key of its own, so a tag must not let anyone confirm a guess. It is too short for
 * that: of all guesses, one in 65536 has the same tag. It is slow to compute, too (scrypt, RFC 7914). It depends on the
 * value alone, lest several tags of one value add up.
 */
export const tagOf = ({ reveal }: Secret): string =>
  scryptSync(reveal(), "osbuild secret", 2, { cost: 2 ** 15, blockSize: 8, maxmem: 64 * 1024 ** 2 }).toString("hex");
