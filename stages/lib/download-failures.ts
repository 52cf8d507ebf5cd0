import { isPassingStatus } from "./retries.ts";

/** A form in which a tool reports a download that failed; what an expression doesn't find is undefined. */
interface Form {
  readonly pattern: RegExp;
  /** The reason, where another try may do better. */
  readonly passing: (groups: Groups) => string | undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

/**
 * The first failure, of those that the output of a tool reports, that may be over at another try: the address, which is
 * `from` where the tool doesn't say, and the reason.
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

/** curl's numbers: resolving, connecting, and connections that break off or say nothing. */
const curlErrors = [5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92];

const byCurl = ({ number, reason }: Groups) => (curlErrors.includes(Number(number)) ? reason : undefined);

/** The words of apt, of gpg and of the kernel for the same. */
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
  // gpg. Of a key that the server doesn't have it says "No data".
  { pattern: /^gpg: keyserver receive failed: (?<reason>.*)/, passing: byWords },
  // ostree.
  { pattern: /^error: .*Server returned HTTP (?<status>\d+)/, passing: byStatus },
  { pattern: /^error: .*While fetching (?<address>\S+): \[(?<number>\d+)\] (?<reason>.*)/, passing: byCurl },
];
