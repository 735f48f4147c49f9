import { findPlace, type Place } from "./find-repository.js";
import { type ObjectStore, withObjectStore } from "./object-store.js";

/** A folder to judge, with the objects of its repository lent for as long as it is open. */
export interface Opened {
  readonly place: Place;
  /** Absent for a plain folder. */
  readonly store?: ObjectStore;
}

/** What to open, or what was opened already. */
export interface Openable {
  /** A folder; without one, the whole repository around the current folder. */
  readonly path?: string;
  /** What several readings of one judgement share; without it, a reading opens the folder for itself. */
  readonly opened?: Opened;
}

/**
 * Finds the folder and lends its repository's objects while `use` runs.
 *
 * @throws ReadingError when the path is no folder.
 */
export async function withOpened<T>(
  { path, opened }: Openable,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  if (opened) return use(opened);
  const place = await findPlace(path);
  const { repository } = place;
  if (!repository) return use({ place });
  return withObjectStore(repository, (store) => use({ place, store }));
}
