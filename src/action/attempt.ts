import * as core from "@actions/core";

/** Does some work, and makes its failure a warning. */
export async function attempt<Value>(
  otherwise: string,
  work: () => Promise<Value> | undefined,
): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    core.warning(`${otherwise}: ${(error as Error).message}`);
    return undefined;
  }
}

/** Groups the artifact client's output, which has a line for each block. */
export const grouped = <Value>(title: string, work: () => Promise<Value>) => core.group(title, work);
