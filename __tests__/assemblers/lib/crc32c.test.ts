import { expect, test } from "@jest/globals";
import { crc32c } from "../../../assemblers/lib/crc32c.ts";

// The examples of RFC 3720, appendix B.4, which lists bytes in the order in which they are sent.
test.each([
  ["32 zeros", new Uint8Array(32), "aa36918a"],
  ["32 ones", new Uint8Array(32).fill(0xff), "43aba862"],
  ["32 bytes that increase", Uint8Array.from({ length: 32 }, (_, index) => index), "4e79dd46"],
])("the checksum of %s matches the RFC", (_, bytes, expected) => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32c(bytes));
  expect(sum.toString("hex")).toBe(expected);
});
