import { isPassingStatus } from "./passing.ts";

/** A form in which a tool reports a failed download. */
interface Form {
  readonly pattern: RegExp;
  /** The reason, if another try may succeed. A group that the pattern doesn't find is undefined. */
  readonly passing: (groups: Groups) => string | undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

/**
 * The first failure in a tool's output that may be over at another try: an address and the reason. The address is
 * `from` if the tool doesn't report one.
 */
export function passingFailure(output: string, from = "the server"): string | undefined {
  for (const line of output.split("\n")) {
    for (const { pattern, passing } of forms) {
      const groups = pattern.exec(line)?.groups;
      const reason = groups === undefined ? undefined : passing(groups);
      if (reason !== undefined) return `${groups?.address ?? from}: ${reason}`;
    }
  }
  return undefined;
}

const byStatus = ({ status, reason }: Groups) =>
  isPassingStatus(Number(status)) ? `status ${status}${reason === undefined ? "" : ` ${reason}`}` : undefined;

/** The codes in libcurl-errors(3) of names that don't resolve and of connections that fail, break off or time out. */
const curlErrors = [5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92];

const byCurl = ({ number, reason }: Groups) => (curlErrors.includes(Number(number)) ? reason : undefined);

/** The words of apt, gpg and the kernel for the same failures. */
const words =
  /temporary failure resolving|could not connect|connection (failed|refused|reset|timed out|closed)|timed? ?out|unreachable|error reading from server|no keyserver available|server indicated a failure|try again later|remote end closed|undetermined error/i;

const byWords = ({ reason = "" }: Groups) => (words.test(reason) ? reason : undefined);

const forms: readonly Form[] = [
  // apt, which mmdebstrap runs too.
  {
    pattern: /^[EW]: Failed to fetch (?<address>\S+) +(?<status>[45]\d\d) +(?<reason>.*?)( \[IP: .*\])?$/,
    passing: byStatus,
  },
  { pattern: /^[EW]: Failed to fetch (?<address>\S+) +(?![45]\d\d )(?<reason>.*?)( \[IP: .*\])?$/, passing: byWords },
  // dnf's library.
  { pattern: /\bStatus code: (?<status>\d+) for (?<address>\S+)/, passing: byStatus },
  { pattern: /\bCurl error \((?<number>\d+)\): (?<reason>.*?) for (?<address>\w+:\/\/\S+)/, passing: byCurl },
  // gpg. It reports "No data" for a key that the server doesn't have, which no other try changes.
  { pattern: /^gpg: keyserver receive failed: (?<reason>.*)/, passing: byWords },
  // ostree.
  { pattern: /^error: .*Server returned HTTP (?<status>\d+)/, passing: byStatus },
  { pattern: /^error: .*While fetching (?<address>\S+): \[(?<number>\d+)\] (?<reason>.*)/, passing: byCurl },
];
