import type { CacheAnswer, Refusal } from "./worker.ts";

/** The two uses of the cache. A failure of one says nothing about the other. */
export type Use = "restore" | "save";

/** The reason why a call to the Actions cache failed. */
export type Failure =
  /** An entry was evicted between its look-up and its download, or can't be unpacked. */
  | { readonly kind: "gone" | "damaged"; readonly key: string; readonly reason: string }
  /** The job's token doesn't allow such calls. */
  | { readonly kind: "forbidden"; readonly reason: string }
  /** The service asks for a pause that is too long for a job. */
  | { readonly kind: "busy"; readonly reason: string }
  | { readonly kind: "full"; readonly reason: string }
  /** This runner has no cache. */
  | { readonly kind: "unavailable"; readonly reason: string }
  /** The service, or the connection to it, doesn't work. */
  | { readonly kind: "broken"; readonly reason: string };

/** The end of a call's process. */
export interface CallEnd {
  readonly answer: CacheAnswer | undefined;
  /** Everything that the toolkit printed. */
  readonly printed: string;
  /** The seconds that it was given, if it exceeded them. */
  readonly timeout: number | undefined;
  /** The process's exit code or signal, in words. */
  readonly ended: string;
}

/**
 * Classifies a call's end. Undefined for success and for a plain miss. The toolkit returns the same for a failure as
 * for a miss, or for another job that is saving the same key. Only its output and the service's HTTP status differ.
 */
export function failureOf({ answer, printed, timeout, ended }: CallEnd): Failure | undefined {
  if (timeout !== undefined) return broken(`it didn't answer within ${timeout} s`);
  if (answer === undefined)
    return broken(warningIn(printed) ?? lastError(printed) ?? `its client ended without an answer: ${ended}`);
  switch (answer.type) {
    case "saved":
    case "exists":
      return undefined;
    case "failed":
      return broken(answer.reason);
    case "unavailable":
      return { kind: "unavailable", reason: "this runner has none" };
    case "restored":
      return answer.key === undefined ? restoreFailure(printed, answer.refusal) : undefined;
    case "not saved":
      return saveFailure(printed, answer.refusal);
    default:
      return answer satisfies never;
  }
}

function restoreFailure(printed: string, refusal: Refusal | undefined): Failure | undefined {
  const warning = warningIn(printed);
  if (warning === undefined && refusal === undefined) return undefined;
  const reason = warning || `HTTP status ${refusal?.status}`;
  const key = /^Cache hit for(?: restore-key)?: (.*)$/m.exec(printed)?.[1];
  if (key !== undefined && refusal?.of === "entry" && (refusal.status === 404 || refusal.status === 410))
    return { kind: "gone", key, reason: `HTTP status ${refusal.status}` };
  if (key !== undefined && refusal === undefined && /tar"? failed with error/.test(reason))
    return { kind: "damaged", key, reason };
  return refused(reason, refusal);
}

function saveFailure(printed: string, refusal: Refusal | undefined): Failure | undefined {
  const reservation = /^::debug::Failed to reserve cache: (.*)$/m.exec(printed)?.[1];
  const warning = warningIn(printed);
  // Another job is saving the same entry.
  if (warning === undefined && reservation?.includes("(409)")) return undefined;
  const skipped = /^Cache save skipped: .*$/m.exec(printed)?.[0];
  if (skipped !== undefined) return { kind: "forbidden", reason: skipped };
  const reason = warning ?? (reservation === undefined ? undefined : plain(reservation));
  return refused(reason || "the entry could not be saved", refusal);
}

function refused(reason: string, refusal: Refusal | undefined): Failure {
  if (refusal?.status === 429 || /rate limit/i.test(reason)) return { kind: "busy", reason };
  if (/quota/i.test(reason)) return { kind: "full", reason };
  if (refusal?.status === 401 || refusal?.status === 403 || /denied:/.test(reason))
    return { kind: "forbidden", reason };
  return broken(reason);
}

const broken = (reason: string): Failure => ({ kind: "broken", reason });

/** Says what failed, and what that means for the rest of the job. */
export function failureMessage(failure: Failure, action: Use): string {
  const { kind, reason } = failure;
  const use = action === "restore" ? "read from" : "saved to";
  switch (kind) {
    case "gone":
      return `an entry of the Actions cache is gone (${reason}), so its steps are built again: ${failure.key}`;
    case "damaged":
      return `an entry of the Actions cache is damaged (${reason}), so its steps are built again: ${failure.key}`;
    case "forbidden":
      return `this job may not ${action === "restore" ? "read from" : "save to"} the Actions cache: ${reason}`;
    case "busy":
      return `the Actions cache is too busy, so this job goes on without it: ${reason}`;
    case "full":
      return `the Actions cache is full, so nothing more is saved to it in this job: ${reason}`;
    case "unavailable":
      return `the Actions cache is not used: ${reason}`;
    case "broken":
      return `the Actions cache failed, so nothing more is ${use} it in this job: ${reason}`;
    default:
      return failure satisfies never;
  }
}

/** The toolkit's first warning or error, which may be empty. */
function warningIn(printed: string): string | undefined {
  const message = /^::(?:warning|error)(?: [^:]*)?::(.*)$/m.exec(printed)?.[1];
  return message === undefined ? undefined : plain(message).replace(/^(?:Failed to (?:restore|save)|error): /, "");
}

/** Unescapes the first line of a workflow command's message. */
const plain = (message: string) => message.replace(/%0A.*/s, "").replaceAll("%0D", "").replaceAll("%25", "%").trim();

/**
 * The error that ended a Node.js process, from its output. Node.js prints the source line before it, and a stack trace
 * and its own version after it, none of which says what happened.
 */
export function lastError(printed: string): string | undefined {
  const lines = printed.split("\n").map((line) => line.trim());
  const named = lines.findLast((line) => /^(?:Uncaught )?\[?\w*error\b.*:/i.test(line));
  return named ?? lines.findLast((line) => line !== "" && !/^Node\.js v\d/.test(line));
}
