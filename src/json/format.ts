import type { Plugin } from "prettier";
import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import * as yaml from "prettier/plugins/yaml";
import { format } from "prettier/standalone";
import { asWritten } from "./canonical.ts";
import { type Document, parseText } from "./document.ts";

/** Formats a document. Comments and the author's choice between one line and several are kept. */
export async function formatDocument(document: Document): Promise<string> {
  const { file, text, language } = document;
  const parser = language === "YAML" ? "yaml" : file.endsWith(".jsonc") ? "jsonc" : "json";
  const formatted = await format(text, { parser, plugins, printWidth: 120, trailingComma: "none" });
  const after = await parseText(file, formatted);
  // Whoever formats a pipeline must not build another one.
  if (asWritten(after, after.root) !== asWritten(document, document.root))
    throw new Error(`formatting ${file} would change what it means`);
  return formatted;
}

/** Prettier spells numbers its own way, such as 1.5e3 for 1.50E+3. A step's program may care. */
const numbersAsWritten: Plugin = {
  printers: {
    estree: {
      ...estree.printers.estree,
      print(path, options, print) {
        const { type, start, end } = path.node;
        return type === "NumericLiteral"
          ? options.originalText.slice(start, end)
          : estree.printers.estree.print(path, options, print);
      },
    },
  },
};

const plugins = [babel, estree, yaml, numbersAsWritten];
