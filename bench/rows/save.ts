import { rm } from "node:fs/promises";
import { startService } from "../../__tests__/support/actions/service.ts";
import { emptyStore } from "../debian-store.ts";
import { libdir } from "../tree.ts";
import type { Measured } from "../verdict.ts";
import { sample, type Workbench } from "../workbench.ts";

/**
 * The Debian sample with an empty store, in a job that saves every layer and the image to the Actions cache, beside one
 * that saves nothing. The service is one of our own, on this machine.
 */
export async function save(bench: Workbench): Promise<readonly Measured[]> {
  const { cache, scratch, run } = bench;
  const store = `${cache}/debian-store`;
  await using service = await startService();
  const job = async (env: Readonly<Record<string, string>>) => {
    await emptyStore(store);
    await service.evict(/./);
    await rm(`${scratch}/save`, { recursive: true, force: true });
    const argv = [process.execPath, `${import.meta.dirname}/../job.ts`, `${scratch}/save`, store, libdir, sample];
    return { argv, env: { RUNNER_TEMP: scratch, ...env } };
  };
  console.error("  a first build, which isn't timed: it downloads the packages");
  await run(await job({}));
  const runs = await bench.inTurns({
    "saving everything": () => job(service.environment({ ref: "refs/heads/main" })),
    "saving nothing": () => job({}),
  });
  if (service.requests().every(({ route }) => route !== "FinalizeCacheEntryUpload"))
    throw new Error("nothing was saved");
  await emptyStore(store);
  const beside = { name: "the same job without the cache", runs: runs["saving nothing"] };
  const what = "cold Debian 12 sample, saved to the cache";
  return [{ what, unit: "s", runs: runs["saving everything"], beside, goal: 1.05 }];
}
