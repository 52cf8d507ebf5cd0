import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { expect, test } from "@jest/globals";
import { watchForCrawling } from "../../src/image/crawling.ts";
import { scratch } from "../support/store.ts";

/**
 * A monitor that answers as QEMU's does, for a machine of which so many instructions are emulated in a second. No machine
 * can be made to have that.
 */
async function monitorOf(socket: string, perSecond: number) {
  const started = performance.now();
  const server = createServer((connection) => {
    createInterface(connection).on("line", (line) => {
      const { execute, id } = JSON.parse(line);
      const value = Math.round(((performance.now() - started) / 1000) * perSecond);
      const counters = [{ provider: "kvm", stats: [{ name: "insn_emulation", value }] }];
      connection.write(`${JSON.stringify({ id, return: execute === "query-stats" ? counters : {} })}\n`);
    });
  }).listen(socket);
  await once(server, "listening");
  return server;
}

test("a machine whose instructions KVM emulates is given up, and one that only reaches for devices isn't", async () => {
  await using directory = await scratch();
  const over = new AbortController();
  const watch = async (name: string, perSecond: number) => {
    const server = await monitorOf(`${directory.path}/${name}`, perSecond);
    return { server, crawling: watchForCrawling(`${directory.path}/${name}`, over.signal) };
  };
  const [slow, usual] = [await watch("slow", 400_000), await watch("usual", 20_000)];
  await once(slow.crawling, "abort");
  expect(slow.crawling.reason).toBe("KVM emulates its instructions here, which takes too long");
  expect(usual.crawling.aborted).toBe(false);
  over.abort();
  for (const { server } of [slow, usual]) server.close();
}, 30_000);
