import { formatAgo } from "../report/age.ts";
import type { StoredResult } from "../store/refs.ts";

/** The age of a stored result in words. Earlier releases didn't record it. */
export const builtText = ({ ran }: StoredResult) => (ran === undefined ? "" : `built ${formatAgo(ran)}`);

/** The start of a stored result's program, as in JSON. */
export const dateOf = ({ ran }: StoredResult) => (ran === undefined ? undefined : new Date(ran).toISOString());
