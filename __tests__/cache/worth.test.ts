import { expect, test } from "@jest/globals";
import { isWorthLookUp, worthOfImage, worthOfStage } from "../../src/cache/worth.ts";
import type { StoredResult } from "../../src/store/refs.ts";

const mebibyte = 1024 * 1024;
const result = (name: string, mebibytes: number, seconds: number) =>
  ({ name, size: mebibytes * mebibyte, seconds }) as StoredResult;

test.each([
  [140, 36, "save"],
  [140, 34, "leave"],
  // A small image always has room.
  [1, 0, "save"],
])("an image of %d MiB that was made in %d s: %s", (mebibytes, seconds, expected) => {
  const image = result("org.osbuild.qemu", mebibytes, seconds);
  expect(worthOfImage(image, "auto", "cache").type).toBe(expected);
  expect(worthOfImage(image, "true", "cache").type).toBe("save");
  expect(worthOfImage(image, "false", "cache")).toEqual({ type: "leave", why: "the input cache-images is false" });
});

test("a remote has room for every image that takes longer to make than to fetch", () => {
  const image = (seconds: number) => worthOfImage(result("org.osbuild.qemu", 140, seconds), "auto", "remote").type;
  expect([image(3.6), image(3.4)]).toEqual(["save", "leave"]);
});

test.each([
  [80, 2.1, "save"],
  [80, 1.9, "leave"],
  [4, 10.1, "save"],
  [4, 9.9, "wait"],
])("layers of %d MiB that were built in %d s: %s", (mebibytes, seconds, expected) => {
  const stage = result("org.osbuild.apt", mebibytes, seconds);
  const cost = { bytes: stage.size, seconds };
  expect(worthOfStage(stage, cost, "auto").type).toBe(expected);
  expect(worthOfStage(stage, cost, "all").type).toBe("save");
  expect(worthOfStage(stage, cost, ["org.osbuild.apt"]).type).toBe("save");
  expect(worthOfStage(stage, cost, ["org.osbuild.dnf"]).type).toBe("leave");
});

test("a step that takes less time than a look-up isn't found by its content, unless everything is kept", () => {
  const [short, long] = [result("a", 0, 1.9), result("b", 0, 2.1)];
  expect([short, long].map((record) => isWorthLookUp(record, "auto"))).toEqual([false, true]);
  expect(isWorthLookUp(short, "all")).toBe(true);
});
