import { expect, test } from "@jest/globals";
import { fatNameProblem } from "../../../../assemblers/lib/filesystems/fat-names.ts";

test.each([
  [["README", "readme"], /^FAT can't tell "README" from "readme"/],
  [["CAF\u00c9", "caf\u00e9"], /^FAT can't tell/],
  [["a:b"], /name "a:b": it has ":"/],
  [["back\\slash"], /it has/],
  [["line\nbreak"], /it has "\\n"/],
  [["end."], /at its end is dropped/],
  [["end "], /at its end is dropped/],
  [["con"], /a device's/],
  [["AUX"], /a device's/],
  [["\u{1f600}"], /beyond Unicode/],
])("FAT can't hold %j", (names, problem) => {
  expect(fatNameProblem(names.map((name) => Buffer.from(name).toString("latin1")))).toMatch(problem);
});

test("FAT can't hold a name that isn't UTF-8", () => {
  expect(fatNameProblem(["caf\xe9"])).toMatch(/isn't UTF-8/);
});

test("FAT holds most names side by side", () => {
  const names = [
    "Config File.cfg",
    "config-file.cfg",
    "+,;=[].t",
    "..x",
    "console",
    "aux.txt",
    "x".repeat(255),
    "\u00fc",
    "stra\u00dfe",
    "strasse",
  ];
  expect(fatNameProblem(names.map((name) => Buffer.from(name).toString("latin1")))).toBeUndefined();
});
