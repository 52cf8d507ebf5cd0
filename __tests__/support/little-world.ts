import { writeFileSync } from "node:fs";

/** The servers of a machine or of the world around it, as `kind` says; it says so when they listen. */
const servers = `
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
const [kind, ready] = process.argv.slice(2);
const say = (name) => createServer((socket) => socket.on("error", () => undefined).end("HTTP/1.0 200 OK\\r\\n\\r\\n" + name + "\\n"));
const listening = (server, ...at) => new Promise((resolve) => server.listen(...at, resolve));
if (kind === "world") {
  await listening(say("world"), 80, "203.0.113.9");
  await listening(say("world6"), 80, "2001:db8::9");
  await listening(say("metadata"), 80, "169.254.169.254");
} else {
  for (const port of [8001, 8002]) await listening(say("host"), port, "::");
  await listening(say("abstract"), "\\0osbuild-test");
  const names = createSocket("udp4");
  // To any question for an address: 203.0.113.9. To any for another, nothing.
  names.on("message", (asked, { port, address }) => {
    const end = asked.indexOf(0, 12) + 5;
    const isAddress = asked.readUInt16BE(end - 4) === 1;
    const header = Buffer.from([...asked.subarray(0, 2), 0x81, 0x80, 0, 1, 0, isAddress ? 1 : 0, 0, 0, 0, 0]);
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 203, 0, 113, 9]);
    names.send(Buffer.concat([header, asked.subarray(12, end), ...(isAddress ? [answer] : [])]), port, address);
  });
  await new Promise((resolve) => names.bind(53, "127.0.0.53", resolve));
}
await import("node:fs").then(({ writeFileSync }) => writeFileSync(ready, ""));
`;

const setUp = `
node=$1 directory=$2; shift 2
ip link set lo up
mkfifo "$directory/wait"
unshare --net sh -c 'read -r _ < "$1/wait"; exec "$0" "$1/servers.mjs" world "$1/world"' "$node" "$directory" &
until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
ip link add name eth0 type veth peer name eth0 netns $!
world="nsenter --net=/proc/$!/ns/net"
ip address add 203.0.113.1/24 dev eth0
ip address add 2001:db8::1/64 dev eth0 nodad
$world ip address add 203.0.113.9/24 dev eth0
$world ip address add 2001:db8::9/64 dev eth0 nodad
$world ip address add 169.254.169.254/32 dev eth0
$world ip link set eth0 up
ip link set eth0 up
ip route add default via 203.0.113.9
ip -6 route add default via 2001:db8::9
echo > "$directory/wait"
"$node" "$directory/servers.mjs" host "$directory/host" &
echo nameserver 127.0.0.53 > "$directory/resolv.conf"
mount --bind "$directory/resolv.conf" /etc/resolv.conf
until [ -e "$directory/world" ] && [ -e "$directory/host" ]; do sleep 0.01; done
"$@"
`;

/**
 * A prefix for commands that run on a machine with a world of its own around it: a server at 203.0.113.9 and
 * 2001:db8::9, and a cloud's metadata at 169.254.169.254. The machine itself is 203.0.113.1 and 2001:db8::1, and
 * listens everywhere at the ports 8001 and 8002, at the abstract socket osbuild-test, and for names at 127.0.0.53.
 */
export function littleWorld(directory: string): readonly string[] {
  writeFileSync(`${directory}/servers.mjs`, servers);
  const unshare = ["unshare", "--net", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child"];
  return [...unshare, "--mount-proc", "sh", "-ec", setUp, "sh", process.execPath, directory];
}
