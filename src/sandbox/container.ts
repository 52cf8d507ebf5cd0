export interface Bind {
  /** A path of the host, or within the build's namespace. */
  readonly from: string;
  /** Where the program finds it. */
  readonly to: string;
  readonly writable?: boolean;
}

/** A program's container: what it sees and what it may do. */
export interface Container {
  /** A directory that holds the build root; it is read-only inside. */
  readonly root: string;
  readonly binds: readonly Bind[];
  /** Where there is something empty and writable in place of what the build root has. */
  readonly empty?: readonly string[];
  readonly network: boolean;
  /** Beyond the default set. */
  readonly capabilities: readonly string[];
  readonly program: readonly string[];
}

/** What an unprivileged package installation needs; a program's meta.json may ask for more. */
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

/** What systemd-nspawn itself keeps, read off systemd.nspawn(5): whatever isn't wanted of it is dropped. */
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

/** Like the host name a constant: nothing of the machine may reach an image. */
export const machineId = "6f7362756964000000000000616374ff";

/** The command line of a container, whose console is a pipe for a program, or the terminal for a person. */
export function nspawnArgv(container: Container, console: "pipe" | "interactive" = "pipe"): readonly string[] {
  const kept = [...defaultCapabilities, ...container.capabilities];
  const dropped = nspawnCapabilities.filter((capability) => !kept.includes(capability));
  return [
    "systemd-nspawn",
    "--quiet",
    // No systemd need run here: neither machined nor a scope of its own is asked for.
    "--register=no",
    "--keep-unit",
    "--as-pid2",
    "--link-journal=no",
    "--resolv-conf=off",
    "--timezone=off",
    // Off a terminal nspawn's own choice is read-only.
    `--console=${console}`,
    "--read-only",
    // Nothing of a tree is worth keeping before it is packed.
    "--suppress-sync=yes",
    "--machine=osbuild",
    "--hostname=osbuild",
    `--uuid=${machineId}`,
    `--directory=${container.root}`,
    ...(container.network ? [] : ["--private-network"]),
    ...(container.capabilities.length > 0 ? [`--capability=${container.capabilities.join(",")}`] : []),
    `--drop-capability=${dropped.join(",")}`,
    ...(container.empty ?? []).map((path) => `--tmpfs=${path}:mode=755`),
    ...container.binds.map(
      ({ from, to, writable }) => `--bind${writable ? "" : "-ro"}=${escapeColon(from)}:${escapeColon(to)}`,
    ),
    "--",
    ...container.program,
  ];
}

/** nspawn splits a bind at its colons. */
const escapeColon = (path: string) => path.replace(/[\\:]/g, "\\$&");
