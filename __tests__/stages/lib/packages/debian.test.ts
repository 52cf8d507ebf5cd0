import { expect, test } from "@jest/globals";
import { atSnapshot } from "../../../../stages/lib/packages/debian.ts";

const snapshot = "http://snapshots.example/{archive}/20260101T000000Z/";

test.each([
  [
    "deb http://archive.example/debian bookworm main",
    "deb [check-valid-until=no] http://snapshots.example/debian/20260101T000000Z/ bookworm main",
  ],
  [
    "deb-src [ arch=amd64 signed-by=/k.gpg ] https://security.example/debian-security/ bookworm-security main contrib",
    "deb-src [check-valid-until=no arch=amd64 signed-by=/k.gpg] http://snapshots.example/debian-security/20260101T000000Z/ bookworm-security main contrib",
  ],
  [
    "URIs: http://archive.example/debian",
    "URIs: http://snapshots.example/debian/20260101T000000Z/\nCheck-Valid-Until: no",
  ],
  ["# deb http://archive.example/debian bookworm main", undefined],
  ["deb https://packages.example/linux/debian bookworm stable", undefined],
])("%s at a time", (line, expected = line) => {
  expect(atSnapshot(`Types: deb\n${line}\n`, snapshot)).toBe(`Types: deb\n${expected}\n`);
});
