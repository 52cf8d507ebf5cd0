import { styleText } from "node:util";
import type { Paint } from "../report/format.ts";

/** Colours text for a terminal, unless NO_COLOR is set. */
export const painter =
  (stream: NodeJS.WriteStream): Paint =>
  (color, text) =>
    styleText(color, text, { stream });
