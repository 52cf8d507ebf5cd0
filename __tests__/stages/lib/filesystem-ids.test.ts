import { expect, test } from "@jest/globals";
import { fileSystemId } from "../../../stages/lib/filesystem-ids.ts";

test.each([
  ["2A9B6A43-6C3C-4F2A-9AD3-2B0C6F0C1F7E", "ext4", "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e"],
  ["2A9B6A43-6C3C-4F2A-9AD3-2B0C6F0C1F7E", undefined, "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e"],
  ["7b77-95e7", "vfat", "7B77-95E7"],
  ["7b77-95e7", undefined, "7B77-95E7"],
  ["7b7795e7", "vfat", "7B77-95E7"],
  ["7b7795e7", "ext4", "7b7795e7"],
  ["76a22bf4", undefined, "76a22bf4"],
  ["00000000-0000-0000-0000-000000000000", "xfs", undefined],
  ["", undefined, undefined],
  [undefined, undefined, undefined],
])("the UUID %s of a file system of type %s is %s to the running system", (text, type, id) => {
  expect(fileSystemId(text, type)).toBe(id);
});
