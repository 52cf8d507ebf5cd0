import type { Namespace } from "../host/namespace.ts";
import { type Finished, pack } from "../store/layers.ts";
import type { Layout } from "../store/layout.ts";
import type { Layer } from "../store/trees.ts";

/** Packs a build's layers in the background, while later steps run on their directories. */
export interface Packing {
  /**
   * Packs a layer once `content` is known, then calls `store`. Layers are packed one at a time, because packing uses
   * all processors.
   */
  readonly add: (
    layer: Finished,
    content: Promise<unknown>,
    epoch: number,
    store: (packed: Packed) => Promise<void>,
  ) => void;
  /** Calls `store` when everything that was added before is packed and stored. */
  readonly afterwards: (store: () => Promise<void>) => void;
  /** Waits until a layer is packed, and returns its object's digest. */
  readonly objectOf: (layer: Layer) => Promise<string>;
  /** Waits until everything is packed and stored; throws the first failure. */
  readonly done: () => Promise<void>;
}

/** An object in the store. */
interface Packed {
  readonly digest: string;
  readonly size: number;
}

export function openPacking(namespace: Namespace, layout: Layout, directory: string): Packing {
  /** The digests of the layers, packed or still to be packed, by directory. */
  const digests = new Map<string, PromiseWithResolvers<string>>();
  let packing: Promise<void> = Promise.resolve();
  return {
    add(layer, content, epoch, store) {
      const digest = Promise.withResolvers<string>();
      digests.set(layer.upper, digest);
      // done() reports the failure.
      digest.promise.catch(() => undefined);
      packing = packing.then(async () => {
        // Reading a file changes its time of access, and mksquashfs takes two names for one file only while that stays.
        await content;
        const packed = pack(namespace, layout, layer, directory, epoch);
        digest.resolve(packed.then((object) => object.digest));
        await store(await packed);
      });
      packing.catch(digest.reject);
    },
    afterwards(store) {
      packing = packing.then(store);
      // done() reports the failure.
      packing.catch(() => undefined);
    },
    async objectOf(layer) {
      return "object" in layer ? layer.object : (digests.get(layer.directory) as PromiseWithResolvers<string>).promise;
    },
    done: () => packing,
  };
}
