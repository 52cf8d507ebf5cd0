import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";

const module = resolve(import.meta.dirname, "../../src/action/root-process.ts");

/** Runs a shell command as root for a user, on a machine whose host name nobody can resolve. Returns how that ended. */
function runFor(
  uid: number,
  directory: string,
  command: string,
): { refusal?: object; lines: string[]; errors: string } {
  const script = `const { startAsRoot } = await import(${JSON.stringify(module)});
    const [lines, errors] = [[], []];
    const options = { directory: process.argv[1], path: "/usr/bin:/bin" };
    const on = { onLine: (line) => lines.push(line), onError: (line) => errors.push(line) };
    const { ended } = await startAsRoot(["sh", "-c", process.argv[2]], { ...options, ...on });
    const { refusal } = await ended;
    console.log(JSON.stringify({ refusal, lines, errors: errors.join() }));
    process.exit();`;
  const own = ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];
  const node = [process.execPath, "--input-type=module", "--eval", script, directory, command];
  const argv = ["--uts", "sh", "-c", 'hostname nowhere.invalid; exec "$@"', "sh", ...own, ...node];
  return JSON.parse(execFileSync("unshare", argv, { cwd: "/", encoding: "utf8" }));
}

test("a user whom sudo refuses can't become root; one whom it only warns can, whatever comes of it", async () => {
  await using user = await unprivilegedUser();
  const built = runFor(user.uid, user.home, "id -u; exit 1");
  expect(built).toEqual({ lines: ["0"], errors: expect.stringContaining("unable to resolve host") });
  const { refusal } = runFor(65534, "/nonexistent", "id -u");
  expect(refusal).toMatchObject({ code: "HOST" });
});
