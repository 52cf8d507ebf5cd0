import { recordedContents } from "../store/integrity.ts";
import type { Layout } from "../store/layout.ts";

/** Whether the store knows what an output contains. */
export async function isDescribed(layout: Layout, outputId: string): Promise<boolean> {
  const contents = await recordedContents(layout, outputId);
  return contents !== undefined && contents.database !== "rpm, unread";
}
