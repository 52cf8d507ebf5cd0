/** A bind mount in a container. */
export interface Bind {
  /** The path on the host or in the build's namespace. */
  readonly from: string;
  /** The path in the container. */
  readonly to: string;
  readonly writable?: boolean;
}

/** A program's container: what it can see and do. */
export interface Container {
  /** The directory of the build root, which is read-only inside. */
  readonly root: string;
  readonly binds: readonly Bind[];
  /** The paths at which an empty, writable directory replaces that of the build root. */
  readonly empty?: readonly string[];
  /** The network namespace that it shares. Without one it gets its own, without any network. */
  readonly network?: string | undefined;
  /** The capabilities beyond the default set. */
  readonly capabilities: readonly string[];
  /** Whether it may make mounts, if its capabilities let it. */
  readonly mounts: boolean;
  readonly program: readonly string[];
}

/** The capabilities that installing packages needs. A program's meta.json may ask for more. */
const defaultCapabilities = [
  "CAP_AUDIT_WRITE",
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_DAC_READ_SEARCH",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_IPC_OWNER",
  "CAP_KILL",
  "CAP_LEASE",
  "CAP_MKNOD",
  "CAP_NET_BIND_SERVICE",
  "CAP_SETFCAP",
  "CAP_SETGID",
  "CAP_SETPCAP",
  "CAP_SETUID",
  "CAP_SYS_CHROOT",
];

/** systemd-nspawn's own default, from systemd.nspawn(5). The capabilities in it that aren't wanted are dropped. */
const nspawnCapabilities = [
  ...defaultCapabilities,
  "CAP_AUDIT_CONTROL",
  "CAP_LINUX_IMMUTABLE",
  "CAP_NET_ADMIN",
  "CAP_NET_BROADCAST",
  "CAP_NET_RAW",
  "CAP_SYS_ADMIN",
  "CAP_SYS_BOOT",
  "CAP_SYS_NICE",
  "CAP_SYS_PTRACE",
  "CAP_SYS_RESOURCE",
  "CAP_SYS_TTY_CONFIG",
];

/** A constant, like the host name, because nothing that identifies the machine may reach an image. */
export const machineId = "6f7362756964000000000000616374ff";

/** The command line of a container. Its console is a pipe for a program, or the terminal for a person. */
export function nspawnArgv(container: Container, console: "pipe" | "interactive" = "pipe"): readonly string[] {
  const kept = [...defaultCapabilities, ...container.capabilities];
  const dropped = nspawnCapabilities.filter((capability) => !kept.includes(capability));
  return [
    "systemd-nspawn",
    "--quiet",
    // The container needs neither machined nor a scope of its own, so systemd needn't be running.
    "--register=no",
    "--keep-unit",
    "--as-pid2",
    "--link-journal=no",
    "--resolv-conf=off",
    "--timezone=off",
    // Without a terminal nspawn's default is read-only.
    `--console=${console}`,
    "--read-only",
    // Nothing in a tree needs to reach the disk before it is packed.
    "--suppress-sync=yes",
    "--machine=osbuild",
    "--hostname=osbuild",
    `--uuid=${machineId}`,
    `--directory=${container.root}`,
    container.network === undefined ? "--private-network" : `--network-namespace-path=${container.network}`,
    ...(container.capabilities.length > 0 ? [`--capability=${container.capabilities.join(",")}`] : []),
    `--drop-capability=${dropped.join(",")}`,
    ...(container.mounts ? [] : ["--system-call-filter=~@mount"]),
    ...(container.empty ?? []).map((path) => `--tmpfs=${path}:mode=755`),
    ...container.binds.map(
      ({ from, to, writable }) => `--bind${writable ? "" : "-ro"}=${escapeColon(from)}:${escapeColon(to)}`,
    ),
    "--",
    ...container.program,
  ];
}

/** Escapes colons, at which nspawn splits a bind. */
const escapeColon = (path: string) => path.replace(/[\\:]/g, "\\$&");
