import { Refusal } from "./refusal.ts";

/** A Twirp message in its JSON form: fields that hold their default value are left out. */
export type Message = Readonly<Record<string, unknown>>;

const statuses = {
  invalid_argument: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  already_exists: 409,
  resource_exhausted: 429,
  internal: 500,
} as const;

export const twirpError = (code: keyof typeof statuses, message: string) => new Refusal(statuses[code], code, message);

/** A required field. */
export function text(message: Message, field: string): string {
  const value = message[field];
  if (typeof value === "string" && value !== "") return value;
  throw twirpError("invalid_argument", `${field} is required`);
}

export const texts = (message: Message, field: string): readonly string[] =>
  Array.isArray(message[field]) ? message[field].map(String) : [];

/** An int64, which is a string in JSON. */
export const number = (message: Message, field: string): number => Number(message[field] ?? 0);
