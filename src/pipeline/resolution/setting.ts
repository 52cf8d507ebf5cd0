/** The value of a variable, as the command line or a workflow gives it. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** Reads `name=value`; undefined if the text has another form. */
export function settingOf(text: string): Setting | undefined {
  const [, name, value] = /^([A-Za-z_][\w-]*)=([\s\S]*)$/.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}
