import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { heartbeat } from "../../src/report/heartbeat.ts";

test("a step that nothing is seen of is said to run, with its last line, until it ends", async () => {
  const told: string[] = [];
  const alive = heartbeat((text) => told.push(text.replace(/\d\.\d\d s/, "0.00 s")), 0.05);
  alive.start();
  await sleep(80);
  alive.note(["unpacking", "\x1b[1msetting up\x1b[0m libc6  ", ""]);
  await sleep(50);
  alive.stop();
  await sleep(80);
  expect(told).toEqual(["still running after 0.00 s", "still running after 0.00 s; its last line: setting up libc6"]);
});

test("a step that people see something of isn't said to run", async () => {
  const told: string[] = [];
  const alive = heartbeat((text) => told.push(text), 0.2);
  alive.start();
  for (let times = 0; times < 6; times++) {
    await sleep(60);
    alive.rest();
  }
  alive.stop();
  expect(told).toEqual([]);
});
