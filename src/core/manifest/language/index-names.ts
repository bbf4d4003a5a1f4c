/** What an editor wants to know of an index. The page makes it from the snapshot's directory and its shards. */
export interface IndexNames {
  /** Normalised names of all known projects, the most depended on first. */
  names(): readonly string[];
  /** Releases of a project, in any order; null when the index does not know the project. May load a shard. */
  releases(name: string): Promise<readonly KnownRelease[] | null>;
  /** Whether other projects may exist besides, on a live index: then an unknown name is no complaint. */
  readonly isPartial?: boolean;
}

/** One release, as far as choosing it needs to know. */
export interface KnownRelease {
  readonly version: string;
  /** RFC 3339; null when the index does not say. */
  readonly uploadTime: string | null;
  readonly yanked: boolean | string;
  readonly requiresPython: string | null;
  readonly extras: readonly string[];
}
