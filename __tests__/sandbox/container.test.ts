import { expect, test } from "@jest/globals";
import { type Container, nspawnArgv } from "../../src/sandbox/container.ts";

const container: Container = {
  root: "/root",
  binds: [],
  capabilities: [],
  mounts: true,
  program: ["/bin/true", "--flag"],
};

const argv = (more: Partial<Container> = {}) => nspawnArgv({ ...container, ...more });

test("a program gets a read-only root, no network and no capability beyond the default set", () => {
  const line = argv();
  expect(line).toEqual(expect.arrayContaining(["--read-only", "--private-network", "--directory=/root"]));
  expect(line.some((word) => word.startsWith("--capability="))).toBe(false);
  const dropped = line.find((word) => word.startsWith("--drop-capability="))?.split(/[=,]/);
  expect(dropped).toEqual(expect.arrayContaining(["CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_SYS_PTRACE"]));
  expect(dropped).not.toContain("CAP_CHOWN");
});

test("a requested capability is granted and not dropped", () => {
  const line = argv({ capabilities: ["CAP_SYS_ADMIN"] });
  expect(line).toContain("--capability=CAP_SYS_ADMIN");
  expect(line.find((word) => word.startsWith("--drop-capability="))).not.toMatch(/SYS_ADMIN/);
});

test("a path with a colon or a backslash is one path", () => {
  const line = argv({
    binds: [
      { from: "/a:b\\c d", to: "/x" },
      { from: "/y", to: "/z", writable: true },
    ],
  });
  expect(line).toContain("--bind-ro=/a\\:b\\\\c d:/x");
  expect(line).toContain("--bind=/y:/z");
});

test("the program's words come after --, whatever they are", () => {
  expect(argv({ program: ["--help", "x"] }).slice(-3)).toEqual(["--", "--help", "x"]);
});

test("if mounts aren't allowed, their system calls are refused", () => {
  expect(argv().some((word) => word.startsWith("--system-call-filter"))).toBe(false);
  expect(argv({ mounts: false })).toContain("--system-call-filter=~@mount");
});
