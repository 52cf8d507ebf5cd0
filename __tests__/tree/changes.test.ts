import { expect, test } from "@jest/globals";
import { changeCounts, formatChange } from "../../src/report/changes.ts";
import { changesBetween } from "../../src/tree/changes.ts";
import { contentsOf } from "../support/reports.ts";

test("equal contents have no changes", () => {
  const contents = contentsOf({ "/a": 1, "/b": { kind: "symbolic link" } }, [["bash", "5.2"]]);
  expect(changesBetween(contents, contents)).toEqual({ packages: [], files: [], bytes: 0 });
  expect(changeCounts(changesBetween(contents, contents))).toBe("no files changed");
});

test("files are listed with their change, the largest changes in size first", () => {
  const before = contentsOf({ "/big": 5000, "/gone": 10, "/mode": { mode: 0o600 }, "/owner": { owner: "1:1" } });
  const after = contentsOf({ "/big": 1000, "/mode": {}, "/new": 20, "/owner": { digest: "other" } });
  expect(changesBetween(before, after)).toEqual({
    packages: [],
    files: [
      { change: "changed", path: "/big", bytes: -4000, aspects: ["content"] },
      { change: "added", path: "/new", bytes: 20, aspects: [] },
      { change: "removed", path: "/gone", bytes: -10, aspects: [] },
      { change: "changed", path: "/mode", bytes: 0, aspects: ["mode"] },
      { change: "changed", path: "/owner", bytes: 0, aspects: ["content", "owner"] },
    ],
    bytes: -3990,
  });
  expect(changeCounts(changesBetween(before, after))).toBe("3 files changed, 1 added, 1 removed");
});

test("a file that became a link is a change, but the order in which its names are found isn't", () => {
  const before = contentsOf({ "/a": { kind: "file" }, "/b": { kind: "hard link" }, "/c": {} });
  const after = contentsOf({ "/a": { kind: "hard link" }, "/b": { kind: "file" }, "/c": { kind: "symbolic link" } });
  expect(changesBetween(before, after).files).toEqual([{ change: "changed", path: "/c", bytes: 0, aspects: ["kind"] }]);
});

test("a new directory is listed through its contents, or by itself if it is empty", () => {
  const directory = { kind: "directory", size: 0 } as const;
  const after = contentsOf({ "/empty": directory, "/full": directory, "/full/a": 1 });
  expect(changesBetween(contentsOf({}), after).files.map(({ path }) => path)).toEqual(["/full/a", "/empty"]);
});

test("packages are listed with their versions", () => {
  const before = contentsOf({}, [
    ["bash", "5.1", 1000],
    ["dash", "1", 500],
    ["zsh", "5", 100],
  ]);
  const after = contentsOf({}, [
    ["bash", "5.2", 1200],
    ["fish", "3", 300],
    ["zsh", "5", 100],
  ]);
  expect(changesBetween(before, after).packages).toMatchObject([
    { change: "upgraded", name: "bash", from: "5.1", to: "5.2", bytes: 200 },
    { change: "removed", name: "dash", from: "1", to: null, bytes: -500 },
    { change: "added", name: "fish", from: null, to: "3", bytes: 300 },
  ]);
});

test("only the changed versions of a package with several versions are listed", () => {
  const before = contentsOf({}, [
    ["kernel", "1"],
    ["kernel", "2"],
  ]);
  const after = contentsOf({}, [
    ["kernel", "2"],
    ["kernel", "3"],
  ]);
  expect(changesBetween(before, after).packages).toMatchObject([{ change: "upgraded", from: "1", to: "3" }]);
});

test("the files of a changed package are counted by the package", () => {
  const before = contentsOf(
    { "/bin/bash": { digest: "old", package: 1 }, "/bin/bashbug": { package: 1 }, "/bin/ls": { package: 0 } },
    [
      ["coreutils", "9"],
      ["bash", "5.1"],
    ],
  );
  const after = contentsOf(
    { "/bin/bash": { digest: "new", package: 0 }, "/bin/ls": { digest: "meddled with", package: 1 } },
    [
      ["bash", "5.2"],
      ["coreutils", "9"],
    ],
  );
  const changes = changesBetween(before, after);
  expect(changes.packages).toMatchObject([{ name: "bash", files: 2 }]);
  expect(changes.files.map(({ path }) => path)).toEqual(["/bin/ls"]);
  expect(changeCounts(changes)).toBe("1 package upgraded; 1 other file changed");
});

test("a change of size has its sign", () => {
  expect([0, 1536, -2048].map(formatChange)).toEqual(["±0", "+1.5 KiB", "−2.0 KiB"]);
});
