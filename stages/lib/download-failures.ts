import { isPassingStatus } from "./retries.ts";

/** A form in which a tool reports a download that failed. */
interface Form {
  readonly pattern: RegExp;
  readonly failure: (groups: Readonly<Record<string, string>>) => string | undefined;
}

/** The first failure, of those that the output of a tool reports, that may be over at another try: where, and which. */
export function passingFailure(output: string): string | undefined {
  for (const line of output.split("\n")) {
    for (const { pattern, failure } of forms) {
      const groups = pattern.exec(line)?.groups;
      const found = groups === undefined ? undefined : failure(groups);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** How the tools name, in the words of their libraries and of the kernel, that a connection failed. */
const network =
  /temporary failure resolving|could not connect|couldn't connect|connection (failed|refused|reset|timed out|closed)|timed out|timeout|unreachable|error reading from server|remote end closed|unexpected(ly)? (closed|terminated)|undetermined error/i;

/** curl's numbers: resolving, connecting, and connections that break off. */
const curlErrors = [5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92];

const forms: readonly Form[] = [
  // apt, which mmdebstrap runs too.
  {
    pattern: /^[EW]: Failed to fetch (?<address>\S+) +(?:(?<status>[1-5]\d\d) {2})?(?<reason>.*?)(?: \[IP: .*\])?$/,
    failure: ({ address, status, reason = "" }) => {
      if (status !== undefined) return isPassingStatus(Number(status)) ? `${address}: ${status} ${reason}` : undefined;
      return network.test(reason) ? `${address}: ${reason}` : undefined;
    },
  },
  // dnf and its library.
  {
    pattern: /\bStatus code: (?<status>\d+) for (?<address>\S+)/,
    failure: ({ address, status }) => (isPassingStatus(Number(status)) ? `${address}: status ${status}` : undefined),
  },
  {
    pattern: /\bCurl error \((?<number>\d+)\): (?<reason>.*?) for (?<address>\w+:\/\/\S+)/,
    failure: ({ address, number, reason }) =>
      curlErrors.includes(Number(number)) ? `${address}: ${reason}` : undefined,
  },
];
