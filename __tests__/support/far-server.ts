import { type ChildProcess, spawn } from "node:child_process";
import { readlinkSync } from "node:fs";
import { get } from "node:http";
import { setTimeout } from "node:timers/promises";
import { run } from "./run.ts";

export interface FarServer extends AsyncDisposable {
  /** Its URL, without a slash at the end. */
  readonly url: string;
}

/**
 * Serves a directory at an address that isn't this machine's, because a step that downloads can't reach the machine
 * itself. The address is one that documentation has for itself, at the other end of a cable to a network namespace.
 * `login`, as USER:PASSWORD, is demanded of every request.
 */
export async function farServer(directory: string, login?: string): Promise<FarServer> {
  // It waits for its end of the cable, which goes when it does.
  const script = 'read -r _; exec busybox httpd -f -p 80 -h "$1" -c /dev/fd/3 3<<END\n$2\nEND';
  const configuration = login === undefined ? "" : `/:${login}`;
  const child = spawn("unshare", ["--net", "sh", "-c", script, "sh", directory, configuration], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const pid = child.pid as number;
  const network = (of: number | "self") => readlinkSync(`/proc/${of}/ns/net`);
  while (network(pid) === network("self")) await setTimeout(10);
  const first = 4 * (pid % 64);
  const [here, there] = [`203.0.113.${first + 1}`, `203.0.113.${first + 2}`];
  const cable = `far${pid}`;
  run(["ip", "link", "add", "name", cable, "type", "veth", "peer", "name", "eth0", "netns", `${pid}`]);
  run(["ip", "address", "add", `${here}/30`, "dev", cable]);
  run(["ip", "link", "set", cable, "up"]);
  const away = ["nsenter", `--net=/proc/${pid}/ns/net`, "ip"];
  run([...away, "address", "add", `${there}/30`, "dev", "eth0"]);
  run([...away, "link", "set", "eth0", "up"]);
  child.stdin.end("\n");
  while (!(await answers(`http://${there}/`))) await setTimeout(50);
  return { url: `http://${there}`, [Symbol.asyncDispose]: () => end(child) };
}

const answers = (url: string) =>
  new Promise<boolean>((resolve) => {
    get(url, (response) => {
      response.resume();
      resolve(true);
    }).on("error", () => resolve(false));
  });

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
