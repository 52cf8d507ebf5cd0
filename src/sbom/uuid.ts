import { hash } from "node:crypto";

/** A UUID that follows from a text: version 8 with SHA-256, as in RFC 9562, appendix B.2. */
export function uuidOf(text: string): string {
  const digits = hash("sha256", text).slice(0, 32).split("");
  digits[12] = "8";
  digits[16] = ((Number.parseInt(digits[16] as string, 16) & 0x3) | 0x8).toString(16);
  return digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
