import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { serverTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

const change = (tree: string, options: object) =>
  runStep({ kind: "stage", name: "org.osbuild.firewall", tree, options });

test("firewall opens ports, and enables and disables services", async () => {
  await using tree = await serverTree();
  const options = { ports: ["8080:tcp", "5000-5010:udp"], enabled_services: ["https"], disabled_services: ["ssh"] };
  expect((await change(tree.path, options)).exitCode).toBe(0);
  const list = (what: string) =>
    execFileSync("chroot", [tree.path, "firewall-offline-cmd", `--list-${what}`], { encoding: "utf8" }).trim();
  expect(list("ports").split(" ").sort()).toEqual(["5000-5010/udp", "8080/tcp"]);
  expect(list("services").split(" ").sort()).toEqual(["dhcpv6-client", "https"]);
});

test("firewall fails for a service that it doesn't know", async () => {
  await using tree = await serverTree();
  const end = await change(tree.path, { enabled_services: ["nonesuch"] });
  expect(end.exitCode).toBe(1);
  expect(end.log).toContain("INVALID_SERVICE");
});
