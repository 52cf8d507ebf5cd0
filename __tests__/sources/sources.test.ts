import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { BuildError } from "../../src/errors.ts";
import { provideSources, type Source } from "../../src/sources/sources.ts";
import { createStore } from "../../src/store/layout.ts";
import { pruneStore } from "../../src/store/maintenance.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { fetchFiles, type Progress } from "../../stages/lib/downloads/fetch-files.ts";
import { serve } from "../support/local-server.ts";
import { scratch } from "../support/store.ts";

const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");
const content = "0123456789".repeat(400_000);

/** A store, and a server that has the content at /good and something else at other paths. */
async function place() {
  const directory = await scratch();
  const others: Readonly<Record<string, string>> = {
    "/good": content,
    "/page": "<html>Welcome to the hotel's network</html>",
    "/same-size": content.replaceAll("1", "2"),
    "/longer": `${content}!`,
  };
  const server = await serve((path) => others[path]);
  const layout = await createStore(`${directory.path}/store`);
  let runs = 0;
  return {
    layout,
    server,
    source: (...paths: readonly string[]): Source => ({
      name: "tool 1.0",
      sha256: sha256(content),
      size: content.length,
      addresses: paths.map((path) => (path.includes("://") ? path : server.url + path)),
    }),
    /** Returns the last progress. */
    async provide(...sources: readonly Source[]) {
      const [directory, fetched] = ["files", "fetched"].map((name) => `${layout.temporary}/${runs}-${name}`);
      runs += 1;
      for (const path of [directory, fetched]) mkdirSync(`${path}`);
      let progress: Progress | undefined;
      const fetch = async (missing: readonly Source[]) => {
        const refusals = await fetchFiles(missing, `${fetched}`, (now) => {
          progress = now;
        });
        return { directory: `${fetched}`, refusals };
      };
      await provideSources(layout, sources, { directory: `${directory}`, recall: async () => undefined, fetch });
      for (const one of sources) expect(readFileSync(`${directory}/${one.sha256}`, "utf8")).toBe(content);
      expect(readdirSync(`${fetched}`)).toEqual([]);
      return progress;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

const problemsOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(BuildError);
  return (error as BuildError).problems.map(({ message }) => message);
};

test("a file is fetched once, and then comes from the store as long as it is unharmed", async () => {
  await using here = await place();
  const source = here.source("/good");
  expect(await here.provide(source, source)).toEqual({
    files: 1,
    ofFiles: 1,
    bytes: content.length,
    ofBytes: content.length,
  });
  expect(await here.provide(source)).toBeUndefined();
  expect(here.server.requests).toEqual(["/good"]);
  const path = here.layout.source(source.sha256);
  writeFileSync(path, content.replace("0", "1"));
  expect((await verifyStore(here.layout)).findings.map(({ message }) => message)).toEqual([`${path} is damaged`]);
  await here.provide(source);
  expect(here.server.requests).toEqual(["/good", "/good"]);
});

test("a download that breaks off is continued, and an overloaded server is asked again", async () => {
  await using here = await place();
  here.server.faults.set("/good", ["cut", 503]);
  expect(await here.provide(here.source("/good"))).toMatchObject({ files: 1, bytes: content.length });
  const { ranges, requests } = here.server;
  expect(requests).toEqual(["/good", "/good", "/good"]);
  expect(ranges).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-$/), ranges[0]]);
}, 20_000);

test.each(["/gone", "/page", "/same-size", "/longer"])(
  "where %s is not the file, the next address is tried",
  async (first) => {
    await using here = await place();
    expect(await here.provide(here.source(first, "/good"))).toMatchObject({ files: 1 });
  },
);

/** The address of a server that has just ended. */
async function nowhere(): Promise<string> {
  await using server = await serve(() => undefined);
  return server.url;
}

test("a file that no address has is named, with what each of them said", async () => {
  await using here = await place();
  const { url } = here.server;
  const other = { ...here.source("/gone"), name: "other 2.0", sha256: sha256("other") };
  expect((await problemsOf(here.provide(here.source("/gone", "/page", "/longer"), other))).sort()).toEqual([
    `other 2.0 can't be fetched:\n  ${url}/gone: 404 Not Found`,
    `tool 1.0 can't be fetched:\n  ${url}/gone: 404 Not Found\n  ${url}/page: what is there has 43 bytes instead of 4000000\n  ${url}/longer: what is there is longer`,
  ]);
  expect(readdirSync(here.layout.folder("sources"))).toEqual([]);
});

test("a server that can't be reached is told of once, not for each of its files", async () => {
  await using here = await place();
  const gone = `${await nowhere()}/`;
  const sources = Array.from({ length: 40 }, (_, index) => ({
    ...here.source(gone),
    sha256: sha256(String(index)),
  }));
  expect((await problemsOf(here.provide(...sources))).length).toBe(6);
}, 20_000);

test("pruning deletes files that were not used for a month, or that there is no room for", async () => {
  await using here = await place();
  const source = here.source("/good");
  const path = here.layout.source(source.sha256);
  await here.provide(source);
  expect(await pruneStore(here.layout, {})).toMatchObject({ sources: 0 });
  const longAgo = new Date(Date.now() - 31 * 24 * 3600 * 1000);
  utimesSync(path, longAgo, longAgo);
  await here.provide(source);
  expect(statSync(path).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  utimesSync(path, longAgo, longAgo);
  expect(await pruneStore(here.layout, {})).toMatchObject({ sources: 1 });
  await here.provide(source);
  expect(await pruneStore(here.layout, { maxBytes: 1_000_000 })).toMatchObject({ sources: 1 });
});
