import type { PushedImage } from "../registry/push-image.ts";
import { formatBytes } from "./format.ts";

/** Says what was pushed, and how much of it was new to the registry. */
export const pushedText = ({ reference, sent, kept }: PushedImage) =>
  `pushed ${reference}: ${formatBytes(sent)} sent, ${formatBytes(kept)} were there`;
