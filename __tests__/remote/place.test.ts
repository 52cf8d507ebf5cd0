import { expect, test } from "@jest/globals";
import { parsePlace } from "../../src/remote/place.ts";

const repository = (registry: string, name: string) => ({
  type: "repository",
  reference: { registry, repository: name, tag: undefined },
});

test.each([
  ["/mnt/cache", { type: "directory", path: "/mnt/cache" }],
  ["registry.example/team/images", repository("registry.example", "team/images")],
  ["localhost:5000/images", repository("localhost:5000", "images")],
  ["127.0.0.1:5000/a_b/c--d.e", repository("127.0.0.1:5000", "a_b/c--d.e")],
])("%s is a place", (text, place) => expect(parsePlace(text)).toEqual(place));

test.each([
  "",
  "cache",
  "./cache",
  "team/images",
  "https://registry.example/team/images",
  "registry.example/Team/images",
  "registry.example/team/images:latest",
  "registry.example/../images",
  "alice:secret@registry.example/images",
  "registry.example/images?x",
])("%j is no place", (text) => expect(parsePlace(text)).toBeUndefined());
