import { unknownSteps } from "../build/freshness.ts";
import { BuildError, failure } from "../errors.ts";
import { impossiblePath } from "../host/paths.ts";
import { didYouMean } from "../json/suggest.ts";
import { list } from "../json/wording.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { type Setting, settingOf } from "../pipeline/resolution/setting.ts";
import { parsePinned, parseTagged, type TaggedReference, taggedForm } from "../registry/reference.ts";
import { type Place, parsePlace, placeForms } from "../remote/place.ts";
import { type Age, ageForms, parseAge } from "../report/age.ts";
import { parseSize, sizeForms } from "../report/size.ts";
import { isSbomFormat, type SbomFormat, sbomFormats } from "../sbom/formats.ts";
import { type Template, templates } from "./templates.ts";

/** Makes the failure for a wrong command line. */
export const wrong = (message: string, hint = "`osbuild --help` shows the usage") => failure("INVALID", message, hint);

/** Reads an option's or an argument's path. */
export const pathOf =
  (name: string) =>
  (path: string): string => {
    const why = impossiblePath(path);
    if (why !== undefined) throw wrong(`${name} ${why}`);
    return path;
  };

/** Reads an option that may be given several times. */
export const pathsOf =
  (name: string) =>
  (path: string, before: readonly string[] = []): readonly string[] => [...before, pathOf(name)(path)];

/** Reads the value of a variable. Each may be given once. */
export function settingsOf(text: string, before: readonly Setting[] = []): readonly Setting[] {
  const setting = settingOf(text);
  if (setting === undefined) throw wrong(`--set takes NAME=VALUE, not ${text}`);
  if (before.some(({ name }) => name === setting.name)) throw wrong(`--set ${setting.name} is there twice`);
  return [...before, setting];
}

/** Reads a word of an option that may be given several times. */
export const wordsOf = (word: string, before: readonly string[] = []): readonly string[] => [...before, word];

const isId = (text: string) => /^[0-9a-f]{64}$/.test(text);

/** Reads an option's id, of a tree or of an output. */
export const idOf =
  (option: string, of: string) =>
  (text: string): string => {
    if (!isId(text)) throw wrong(`${option} takes the id of ${of}: 64 hex digits`);
    return text;
  };

/** Reads the base of `--base`. */
export function baseOf(text: string): string {
  if (parsePinned(text) === undefined && !isId(text))
    throw wrong(
      "--base takes the id of a tree, 64 hex digits, or an image such as registry.example/owner/image@sha256:…",
    );
  return text;
}

/** Reads the format of an SBOM, which may be given several times. */
export function sbomOf(text: string, before: readonly SbomFormat[] = []): readonly SbomFormat[] {
  const known = Object.keys(sbomFormats);
  if (!isSbomFormat(text)) throw wrong(`--sbom takes ${known.join(" or ")}, not ${text}`, didYouMean(text, known));
  return [...before, text];
}

/** Reads an option's size, such as 10G. */
export const sizeOf =
  (option: string) =>
  (text: string): number => {
    const size = parseSize(text);
    if (size === undefined) throw wrong(`${option} takes ${sizeForms}, not ${text}`);
    return size;
  };

/** Reads the place of a remote. */
export function placeOf(text: string): Place {
  const place = parsePlace(text);
  if (place === undefined) throw wrong(`--remote takes ${placeForms}, not ${text}`);
  return place;
}

/** Reads the reference of an image in a registry. */
export function referenceOf(text: string): TaggedReference {
  const reference = parseTagged(text);
  if (reference === undefined) throw wrong(`REFERENCE isn't an image's name with a tag: ${text}`, taggedForm);
  return reference;
}

/** Reads the name of a template. */
export function templateOf(text: string): Template {
  const known = Object.keys(templates);
  if (!Object.hasOwn(templates, text))
    throw wrong(`--template takes ${list(known, "or")}, not ${text}`, didYouMean(text, known));
  return text as Template;
}

/** Reads a number of days. */
export function daysOf(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw wrong(`--older-than takes a number of days, not ${text}`);
  return Number(text);
}

/** Reads an age, such as 7d. */
export function ageOf(text: string): Age {
  const age = parseAge(text);
  if (age === undefined) throw wrong(`--max-age takes ${ageForms}, not ${text}`);
  return age;
}

/** Throws if the pipeline lacks a step to run again. */
export function requireSteps(pipeline: Pipeline, names: readonly string[]): void {
  const problems = unknownSteps([pipeline], names);
  if (problems.length > 0) throw new BuildError("INVALID", problems);
}
