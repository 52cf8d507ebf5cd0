import { lookup } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { BlockList, isIPv4, isIPv6 } from "node:net";
import { failure } from "../errors.ts";
import type { Namespace } from "../host/namespace.ts";

/** The network of the programs that ask for one: a way out to the world, and none to the host. */
export interface Network {
  /** Its namespace, as a path in the build's. */
  readonly path: string;
  /** The programs' /etc/resolv.conf. */
  readonly resolver: string;
}

/** The same on every machine, and in a range that documentation has for itself: no mirror lies there. */
const range = "198.51.100.0/24";

/** slirp4netns's own: where it answers for the host's name server, and its side of IPv6. */
const slirp = { name4: "198.51.100.3", name6: "fd00::3", address6: "fd00::100/64", router6: "fe80::2" } as const;

/**
 * Addresses at which clouds tell a machine its secrets: link-local, Azure's and Alibaba's; Amazon's, Google's,
 * Oracle's.
 */
const metadata = {
  ipv4: ["169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32"],
  ipv6: ["fd00:ec2::254/128", "fd20:ce::254/128", "fd00:c1::a9fe:a9fe/128"],
} as const;

/**
 * Makes a network namespace in which programs reach the world through a process of the host that opens their
 * connections for them. The addresses that the host takes for its own lead nowhere, but for the ports that `named`,
 * any JSON, has addresses of: what the user said to download from. It ends with the build's namespace.
 */
export async function openNetwork(namespace: Namespace, directory: string, named: unknown): Promise<Network> {
  const path = `${directory}/network`;
  const host = await readHost(namespace);
  const ports = await portsOf(host, JSON.stringify(named ?? null));
  await startSlirp(namespace, path, host);
  const batch = routes(host).join("\n");
  await namespace.run(["nsenter", `--net=${path}`, "ip", "-batch", "-"], { input: `${batch}\n` });
  for (const port of ports) await namespace.run(["sh", "-c", forward, "sh", path, port.at, port.to]);
  return { path, resolver: resolverOf(host, await readFile("/etc/resolv.conf", "utf8")) };
}

/** The host's network. */
interface Host {
  /** The ranges that the host takes for its own. */
  readonly own: readonly string[];
  readonly isOwn: (address: string) => boolean;
  readonly hasIpv6: boolean;
}

async function readHost(namespace: Namespace): Promise<Host> {
  const ip = async (family: "-4" | "-6", ...query: readonly string[]) =>
    JSON.parse((await namespace.run(["ip", family, "-json", "route", "show", ...query])) || "[]") as { dst: string }[];
  const local = ["table", "local", "type", "local"];
  const own = [...(await ip("-4", ...local)), ...(await ip("-6", ...local))].map(({ dst }) => dst);
  const isOwn = matcher(own);
  return { own, isOwn, hasIpv6: (await ip("-6", "default")).length > 0 };
}

function matcher(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", length] = range.split("/");
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    list.addSubnet(address, length === undefined ? (family === "ipv4" ? 32 : 128) : Number(length), family);
  }
  return (address) => (isIPv4(address) || isIPv6(address)) && list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/**
 * A namespace that a file keeps, and the process that carries its packets. That says on descriptor 3 when it is ready;
 * if it never is, its log is printed.
 */
const start = `
net=$1; shift
touch "$net" && unshare --net="$net" true && mkfifo "$net.ready" || exit
slirp4netns "$@" --ready-fd=3 "$net" tap0 3>"$net.ready" >"$net.log" 2>&1 </dev/null &
[ "$(head -c 1 "$net.ready")" = 1 ] || { wait $!; echo "slirp4netns ended with exit code $?"; cat "$net.log"; }
`;

async function startSlirp(namespace: Namespace, path: string, { hasIpv6 }: Host): Promise<void> {
  const options = [
    ...["--netns-type=path", "--configure", `--cidr=${range}`, "--mtu=65520"],
    ...["--disable-host-loopback", "--enable-sandbox", "--enable-seccomp"],
    ...(hasIpv6 ? ["--enable-ipv6"] : []),
  ];
  const said = await namespace.run(["sh", "-c", start, "sh", path, ...options]);
  if (said === "") return;
  const lines = said.split("\n").filter((line) => line !== "" && !line.startsWith("WARNING: "));
  const message = `a step that downloads needs a network of its own, and none can be made: ${lines.join("; ")}`;
  const hint = "`osbuild doctor` tells what is missing";
  throw failure("HOST", message, hint);
}

/** The host's own addresses are the namespace's own, so that only forwarded ports answer there. */
function routes({ own, hasIpv6 }: Host): readonly string[] {
  const closed = [...metadata.ipv4, ...(hasIpv6 ? metadata.ipv6 : [])];
  return [
    ...closed.map((range) => `route add unreachable ${range}`),
    ...own
      .filter((range) => !isLoopback(range) && !range.startsWith("fe80:") && (hasIpv6 || !range.includes(":")))
      .map((range) => `route add local ${range} dev lo`),
    ...(hasIpv6
      ? [`address add ${slirp.address6} dev tap0 nodad`, `route add default via ${slirp.router6} dev tap0`]
      : []),
  ];
}

const isLoopback = (range: string) => range.startsWith("127.") || range === "::1";

interface Port {
  /** The address at which the namespace listens. */
  readonly at: string;
  /** The address on the host that it leads to. */
  readonly to: string;
}

const defaultPorts: Readonly<Record<string, string>> = { "http:": "80", "https:": "443", "ftp:": "21" };

/** The ports of the host itself among the addresses in a text. */
async function portsOf(host: Host, text: string): Promise<readonly Port[]> {
  const ports = new Map<string, Port>();
  for (const [address] of text.matchAll(/\w+:\/\/[^\s"\\]+/g)) {
    if (!URL.canParse(address)) continue;
    const { protocol, hostname, port } = new URL(address);
    const number = port || defaultPorts[protocol];
    const name = hostname.replace(/^\[|\]$/g, "");
    const found = number === undefined ? undefined : await lookup(name, { order: "ipv4first" }).catch(() => undefined);
    if (found === undefined || !host.isOwn(found.address)) continue;
    const at = `${isIPv6(found.address) ? `[${found.address}]` : found.address}:${number}`;
    ports.set(at, { at, to: `${name}:${number}` });
  }
  return [...ports.values()];
}

/** systemd's own pair: one listens in the namespace, and becomes the other back on the host's network. */
const forward = `
log=$1.$2.log
nsenter --net="$1" systemd-socket-activate --listen="$2" \
  nsenter --net=/proc/1/ns/net /usr/lib/systemd/systemd-socket-proxyd "$3" >"$log" 2>&1 </dev/null &
until grep -q '^Listening on ' "$log"; do kill -0 $! || { cat "$log" >&2; exit 1; }; sleep 0.01; done
`;

/** The host's name servers; slirp4netns answers for those that are on the host itself or where metadata is. */
function resolverOf(host: Host, text: string): string {
  const isMetadata = matcher([...metadata.ipv4, ...metadata.ipv6, "fe80::/10"]);
  const lines = text.split("\n").map((line) => {
    const [, server] = /^\s*nameserver\s+(\S+)/.exec(line) ?? [];
    if (server === undefined) return line;
    const address = server.replace(/%.*/, "");
    if (isIPv6(address) && !host.hasIpv6) return "";
    const closed = host.isOwn(address) || isMetadata(address);
    return `nameserver ${closed ? (isIPv6(address) ? slirp.name6 : slirp.name4) : server}`;
  });
  const kept = [...new Set(lines.filter((line) => line !== ""))];
  const servers = kept.some((line) => line.startsWith("nameserver ")) ? [] : [`nameserver ${slirp.name4}`];
  return `${[...kept, ...servers].join("\n")}\n`;
}
