import { createHash } from "node:crypto";

/**
 * The UUID of something that an image must give one to and the pipeline doesn't: it follows from the step's id and
 * from what it is for, so that a rebuild has the same and two things of one image don't. Version 8 is "custom".
 */
export function derivedUuid(id: string, role: string): string {
  const bytes = createHash("sha256").update(`${id} ${role}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A number of 32 bits, likewise. */
export const derivedNumber = (id: string, role: string) => Number.parseInt(derivedUuid(id, role).slice(0, 8), 16);
