import { createHash } from "node:crypto";

/**
 * A UUID that the image needs and the pipeline doesn't give. It follows from the step's id and from the role of the
 * thing that it names, so a rebuild has the same one, and two things in one image have different ones. Its version is
 * 8, "custom" (RFC 9562, section 5.8).
 */
export function derivedUuid(id: string, role: string): string {
  const bytes = createHash("sha256").update(`${id} ${role}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A UUID's 32 hex digits without its dashes. */
export const hexDigits = (uuid: string) => uuid.replaceAll("-", "");

/** A number of 32 bits that is derived in the same way. */
export const derivedNumber = (id: string, role: string) => Number.parseInt(derivedUuid(id, role).slice(0, 8), 16);
