import type { FileKind } from "./file-kind.js";
import type { ts } from "./syntax.js";

/** Anything that survives JSON: marks are cached on disk by content. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** One file as a marker sees it. */
export interface MarkerInput {
  readonly path: string;
  readonly text: string;
  readonly kind: FileKind;
  /**
   * The syntax tree, parsed on first use and shared by all markers of this file; dropped afterwards.
   *
   * @returns undefined for a file that holds no JavaScript or TypeScript; of a component's file, the scripts alone.
   * @throws NotAnalysed when the parser gives up, which the project records as a gap.
   */
  readonly syntax: () => ts.SourceFile | undefined;
  /**
   * A keyed fingerprint of a secret value, so that two different ones can be told apart.
   *
   * @returns hex, or the empty string where no key is configured.
   */
  readonly fingerprint: (secret: string) => string;
}

/** What a check notes of one file while its text and tree are at hand. Pure; the notes are cached by content. */
export interface Marker {
  /** Slug of the check. */
  readonly name: string;
  /** Raised whenever the same file may give other marks than before. */
  readonly version: number;
  /** A cheap look at path and text that says whether `mark` can find anything. */
  readonly wants: (
    file: Pick<MarkerInput, "path" | "text" | "kind">,
  ) => boolean;
  readonly mark: (file: MarkerInput) => readonly Json[];
}
