import { expect, test } from "@jest/globals";
import type { Fetched } from "../../src/build/context.ts";
import { inTurn } from "../../src/cache/in-turn.ts";
import type { OpenRemote, PipelineRemote } from "../../src/cache/remote.ts";
import type { CacheName } from "../../src/events.ts";
import type { Source } from "../../src/sources/sources.ts";
import type { StoredResult } from "../../src/store/refs.ts";

const report = () => undefined;
const wanted = ["image", "second", "first"].map((id) => ({ id, name: id, fingerprint: id }));
const source = (name: string) => ({ name }) as Source;

/** One of two, which has some results, and others that are too old. */
function keeper(cache: CacheName, has: readonly string[], old: readonly string[] = []) {
  const asked: string[][] = [];
  const built: string[] = [];
  const remote: PipelineRemote = {
    async fetch(those): Promise<Fetched> {
      asked.push(those.map(({ id }) => id));
      const id = those.map((each) => each.id).find((each) => has.includes(each));
      return { found: id === undefined ? undefined : { id, cache }, tooOld: old };
    },
    fetchSame: async ({ contentKey }) => (has.includes(contentKey) ? ({ name: cache } as StoredResult) : undefined),
    fetchSources: async (_, missing) => missing.filter(({ name }) => !has.includes(name)),
    keepSources: ({ step }) => void built.push(step),
    known: report,
    built: ({ name }) => void built.push(name),
    ended: report,
  };
  const open: OpenRemote = {
    reporting: () => remote,
    entriesOf: () => has,
    has: async (keys) => keys.every((key) => has.includes(key)),
    done: async () => undefined,
  };
  return { open, asked, built };
}

test("the second is asked only for what leaves less to build", async () => {
  const [near, far] = [keeper("remote", ["second"]), keeper("cache", ["image", "first"])];
  const both = inTurn(near.open, far.open).reporting(report, []);
  expect((await both.fetch(wanted)).found).toEqual({ id: "image", cache: "cache" });
  expect(far.asked).toEqual([["image"]]);
});

test("the second isn't asked for what the first has", async () => {
  const [near, far] = [keeper("remote", ["image", "a"]), keeper("cache", ["image", "a", "b"])];
  const both = inTurn(near.open, far.open).reporting(report, []);
  expect((await both.fetch(wanted)).found).toEqual({ id: "image", cache: "remote" });
  expect(far.asked).toEqual([]);
  const same = async (contentKey: string) => (await both.fetchSame({ contentKey, name: "step" }))?.name;
  expect([await same("a"), await same("b"), await same("c")]).toEqual(["remote", "cache", undefined]);
  const locked = { step: "apt", sources: [] };
  expect(await both.fetchSources(locked, ["a", "b", "c"].map(source))).toEqual([source("c")]);
});

test("a result is too old only if neither has a newer one", async () => {
  const [near, far] = [keeper("remote", [], ["image", "second"]), keeper("cache", ["image"])];
  const both = inTurn(near.open, far.open).reporting(report, []);
  expect(await both.fetch(wanted)).toEqual({ found: { id: "image", cache: "cache" }, tooOld: ["second"] });
});

test("the keys are those of the second, which has what the branch's earlier jobs saved", async () => {
  const both = inTurn(keeper("remote", ["near"]).open, keeper("cache", ["far"]).open);
  expect(both.entriesOf([])).toEqual(["far"]);
  expect([await both.has(["far"]), await both.has(["near"])]).toEqual([true, false]);
});

test("a new result is saved to both", () => {
  const [near, far] = [keeper("remote", []), keeper("cache", [])];
  const both = inTurn(near.open, far.open).reporting(report, []);
  both.built({ name: "second" } as StoredResult, { replaces: false });
  both.keepSources({ step: "apt", sources: [] });
  expect([near.built, far.built]).toEqual([
    ["second", "apt"],
    ["second", "apt"],
  ]);
});
