import { mkdtemp } from "node:fs/promises";
import { BuildError, failure, type Problem } from "../errors.ts";
import { removeTree } from "../host/remove.ts";
import { type BlobDescriptor, type RegistryClient, registryClient } from "./client.ts";
import { credentialOf, type Environment } from "./credentials.ts";
import { apiOf, isLoopback, type PinnedReference, pinnedName } from "./reference.ts";

/** A call for a part of an image, from the process that builds to the one that has the user's credentials. */
export type PullCall =
  /** Reads the manifest with the image's digest. */
  | { readonly type: "pull manifest"; readonly image: PinnedReference }
  /** Downloads a blob of the image's repository. */
  | { readonly type: "pull blob"; readonly image: PinnedReference; readonly blob: BlobDescriptor };

/** The answer to such a call. */
export type PullAnswer =
  | { readonly type: "manifest"; readonly text: string }
  /** The blob is a file in this directory, which is the caller's to remove. */
  | { readonly type: "blob"; readonly directory: string }
  | { readonly type: "failed"; readonly problems: readonly Problem[] };

/** Calls the process that has the user's credentials. */
export type Pull = (call: PullCall) => Promise<PullAnswer>;

/** The name of a blob's file in its directory. */
export const blobName = "blob";

/** The user, and what interrupts the build. */
interface User {
  /** The environment by which the user's credentials are found. */
  readonly env: Environment;
  /** The user's directory for what is on its way. */
  readonly transfer: string;
  readonly signal: AbortSignal;
  /**
   * Whether registries on this machine are only for those who have logged in to them. A pull request may write any
   * address into a pipeline, and what else listens here doesn't expect that.
   */
  readonly isGuarded?: boolean;
}

/** Answers calls, in the process that has the user's credentials. */
export function openPuller({ env, transfer, signal, isGuarded = false }: User): Pull {
  /** A client for each image's repository, because it keeps the token that it got. */
  const clients = new Map<string, RegistryClient>();

  return async (call) => {
    try {
      if (isGuarded) await requireLogin(call.image);
      return await answer(call, clientOf(call.image));
    } catch (error) {
      if (error instanceof BuildError) return { type: "failed", problems: error.problems };
      if (signal.aborted) return { type: "failed", problems: [{ message: "interrupted" }] };
      throw error;
    }
  };

  async function requireLogin(image: PinnedReference): Promise<void> {
    if (!isLoopback(apiOf(image)) || (await credentialOf(image.registry, env)) !== undefined) return;
    const message = `${image.registry} is on the runner itself, and a pipeline alone can't name such a registry`;
    throw failure("INVALID", message, "log in to it with `docker login` before the build");
  }

  function clientOf({ registry, repository }: PinnedReference): RegistryClient {
    const name = `${registry}/${repository}`;
    const credential = () => credentialOf(registry, env);
    const client = clients.get(name) ?? registryClient({ reference: { registry, repository }, credential, signal });
    clients.set(name, client);
    return client;
  }

  async function answer(call: PullCall, client: RegistryClient): Promise<PullAnswer> {
    switch (call.type) {
      case "pull manifest": {
        const found = await client.manifest(call.image.digest);
        const message = `there is no image ${pinnedName(call.image)}`;
        return found === undefined
          ? { type: "failed", problems: [{ message }] }
          : { type: "manifest", text: found.text };
      }
      case "pull blob": {
        const directory = await mkdtemp(`${transfer}/blob-`);
        await client.pullBlob(call.blob, `${directory}/${blobName}`).catch(async (error) => {
          await removeTree(directory);
          throw error;
        });
        return { type: "blob", directory };
      }
      default:
        return call satisfies never;
    }
  }
}
