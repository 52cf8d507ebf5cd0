/** A repository as it was when a lock was made. */
export interface LockedRepository {
  readonly url: string;
  /** The suite, or what the pipeline calls the repository. */
  readonly suite: string;
  /** The SHA-256 of its index. */
  readonly release: string;
  /** The time of its index. */
  readonly date: string;
  /** Other addresses of it, in the order in which they are tried. */
  readonly mirrors?: readonly string[] | undefined;
  /** The address that serves its past: `{time}` stands for a time. */
  readonly snapshot?: string | undefined;
}

/** A package of a lock. A program may note more about it than this. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly size: number;
  readonly sha256: string;
  readonly url: string;
  /** The source package, with its version if that differs. */
  readonly source: string;
}
