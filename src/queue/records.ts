/** One thing to remember, as plain JSON. */
export interface RecordWrite {
  /** Which drawer it belongs to, for example `reviews`. */
  readonly collection: string;
  readonly key: string;
  readonly value: unknown;
  /** Keep what is there already: the first writer wins. */
  readonly onlyIfAbsent?: boolean;
}

/** What was remembered. */
export interface StoredRecord {
  readonly key: string;
  readonly value: unknown;
  /** Grows by one with every write, from 1. */
  readonly version: number;
  /** Highest fence that wrote it; 0 when it was written without one. */
  readonly fence: number;
}

/** Conditions under which a write counts. */
export interface WriteConditions {
  /** Write only over this version; 0 means that nothing may be there yet. */
  readonly ifVersion?: number;
  /** A job's fence: refused when a newer job has already written this record. */
  readonly fence?: number;
}

/** Which part of a collection to list. */
export interface ListOptions {
  /** Only keys that begin with this. */
  readonly prefix?: string;
  /** Only keys after this one, in the order of their bytes. */
  readonly after?: string;
  /** At most this many; 1 000 when not given. */
  readonly limit?: number;
}

/** Durable memory for what GitHub does not keep: what an approval approved, the audit trail, ids of our check runs. */
export interface Records {
  readonly get: (
    collection: string,
    key: string,
  ) => Promise<StoredRecord | undefined>;
  /** @returns false when a condition was not met; nothing was written then. */
  readonly put: (
    collection: string,
    key: string,
    value: unknown,
    conditions?: WriteConditions,
  ) => Promise<boolean>;
  /** Records in the order of their keys' bytes. */
  readonly list: (
    collection: string,
    options?: ListOptions,
  ) => Promise<readonly StoredRecord[]>;
  readonly remove: (collection: string, key: string) => Promise<void>;
  /** Removes, in every collection, the records whose key begins with this. @param prefix - Not empty. */
  readonly forget: (prefix: string) => Promise<void>;
}
