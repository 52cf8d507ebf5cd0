/** The languages in which a pipeline can be written. */
export type Language = "JSON" | "YAML";

const json = /\.jsonc?$/;
const yaml = /\.ya?ml$/;

/**
 * The language of a text. A file's name says it. Standard input has no such name, so the text's beginning decides: JSON
 * begins with a bracket or a comment.
 */
export function languageOf(file: string, text: string): Language {
  if (yaml.test(file)) return "YAML";
  return json.test(file) || /^\s*([[{/]|$)/.test(text) ? "JSON" : "YAML";
}

/** Whether a file's name is one that pipelines have. */
export const isPipelineName = (file: string) => json.test(file) || yaml.test(file);

/** A pipeline's file name without what says its language. */
export const withoutEnding = (file: string) => file.replace(json, "").replace(yaml, "");
