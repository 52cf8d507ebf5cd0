import { rmSync } from "node:fs";
import { entryInTree, readText } from "../tree.ts";

/** A user or a group. */
export interface Account {
  readonly id: number;
  /** The colon-separated fields of its line in /etc/passwd or /etc/group. */
  readonly fields: readonly string[];
}

/** The users or groups of the tree, by name. */
export function readAccounts(tree: string, database: "passwd" | "group"): ReadonlyMap<string, Account> {
  const lines = (readText(tree, `/etc/${database}`) ?? "").split("\n");
  const fields = lines.map((line) => line.split(":")).filter(([name, , id]) => name && id);
  return new Map(fields.map((of) => [of[0] ?? "", { id: Number(of[2]), fields: of }]));
}

/**
 * Accounts in the order in which to create them. Those with a given id come first, so that no automatic id is one of
 * them. Otherwise the pipeline's order counts: the first user without an id gets 1000.
 */
export function inOrder<T>(
  accounts: Readonly<Record<string, T>>,
  givenId: (account: T) => number | string | undefined,
) {
  const rank = ([, account]: [string, T]) => (givenId(account) === undefined ? 1 : 0);
  return Object.entries(accounts).sort((a, b) => rank(a) - rank(b));
}

/** Removes what shadow's tools leave behind: backups of the previous state, and the lock file. */
export function removeLeftovers(tree: string): void {
  for (const name of ["passwd-", "group-", "shadow-", "gshadow-", "subuid-", "subgid-", ".pwd.lock"])
    rmSync(entryInTree(tree, `/etc/${name}`), { force: true });
}
