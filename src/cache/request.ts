/** The stages to save: those that take longer to build than to fetch (auto), all, or those with these names. */
export type Checkpoints = "auto" | "all" | readonly string[];

/** The images to save: those that are worth their room (auto), all (true) or none (false). */
export type CacheImages = "auto" | "true" | "false";

/** The use of a cache. */
export interface CacheRequest {
  readonly prefix: string;
  readonly checkpoints: Checkpoints;
  readonly images: CacheImages;
  readonly writable: boolean;
}
