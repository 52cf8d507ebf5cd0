import type { Problem } from "../errors.ts";
import { registryClient } from "../registry/client.ts";
import { type Credential, credentialOf, type Environment } from "../registry/credentials.ts";
import type { CacheClient } from "./calls.ts";
import { remoteClient } from "./client.ts";
import { directoryStorage } from "./directory.ts";
import type { Use } from "./failures.ts";
import { type Place, placeName } from "./place.ts";
import type { EntryStorage } from "./storage.ts";

/** The user who uses a place, and what may interrupt that. */
export interface PlaceOptions {
  /** The environment by which the user's credentials are found. */
  readonly env: Environment;
  /** The user's directory for entries in transit. */
  readonly transfer: string;
  readonly signals: Readonly<Record<Use, AbortSignal | undefined>>;
  readonly warn: (problem: Problem) => void;
  readonly debug: (text: string) => void;
}

/** Opens the client of a place, in the process that has the user's credentials. */
export function openPlace(place: Place, { env, signals, ...options }: PlaceOptions): CacheClient {
  const open = storageOf(place, env);
  const storage = { restore: open(signals.restore), save: open(signals.save) };
  return remoteClient({ name: placeName(place), storage, ...options });
}

function storageOf(place: Place, env: Environment): (signal: AbortSignal | undefined) => EntryStorage {
  if (place.type === "directory") return () => directoryStorage(place.path);
  const { reference } = place;
  let found: Promise<Credential | undefined> | undefined;
  const credential = () => {
    found ??= credentialOf(reference.registry, env);
    return found;
  };
  return (signal) => registryClient({ reference, credential, signal });
}
