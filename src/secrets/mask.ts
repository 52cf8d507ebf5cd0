import { maskedForms, type Secret } from "./secret.ts";

/** Makes the function that hides secrets in a line of text. */
export function maskOf(secrets: Iterable<Secret>): (line: string) => string {
  // A form that contains another one comes first.
  const forms = [...secrets].flatMap(maskedForms).sort((a, b) => b.length - a.length);
  return (line) => forms.reduce((text, form) => text.replaceAll(form, "***"), line);
}
