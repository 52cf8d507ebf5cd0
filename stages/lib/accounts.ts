import { readText } from "./tree.ts";

export interface Account {
  readonly id: number;
  /** The colon-separated fields of its line in /etc/passwd or /etc/group. */
  readonly fields: readonly string[];
}

/** The accounts of the tree by name, as its own /etc/passwd or /etc/group has them. */
export function readAccounts(tree: string, database: "passwd" | "group"): ReadonlyMap<string, Account> {
  const lines = (readText(tree, `/etc/${database}`) ?? "").split("\n");
  const fields = lines.map((line) => line.split(":")).filter(([name, , id]) => name && id);
  return new Map(fields.map((of) => [of[0] ?? "", { id: Number(of[2]), fields: of }]));
}

/**
 * The entries of an object of accounts in the order to create them: as they are written, since the first user without an
 * id gets 1000, but those with a given id first, lest an automatic one takes it.
 */
export function inOrder<T>(
  accounts: Readonly<Record<string, T>>,
  givenId: (account: T) => number | string | undefined,
) {
  const rank = ([, account]: [string, T]) => (givenId(account) === undefined ? 1 : 0);
  return Object.entries(accounts).sort((a, b) => rank(a) - rank(b));
}

/** What the account tools of shadow leave behind: backups of the previous state, and the lock file. */
export const accountLeftovers = ["passwd-", "group-", "shadow-", "gshadow-", "subuid-", "subgid-", ".pwd.lock"];
