import type { InlineSuppression } from "#gate/inline-suppression.js";
import type { CodeFacts } from "./code-facts.js";
import type { FileKind } from "./file-kind.js";
import type { Json } from "./marker.js";
import type { ModuleFacts } from "./module-facts.js";
import type { SchemaFacts } from "./schema-facts.js";
import type { SqlFacts } from "./sql-facts.js";

/** The meaning of one file: plain, serialisable, without its text. */
export interface FileFacts {
  readonly path: string;
  readonly blobId: string;
  readonly kind: FileKind;
  /** Imports, exports and constants, for JavaScript and TypeScript. */
  readonly module?: ModuleFacts;
  /** What its functions do, for code that is neither generated nor a test. */
  readonly code?: CodeFacts;
  /** What its SQL does to tables and access, for SQL files and for migrations written in code. */
  readonly sql?: SqlFacts;
  /** The tables that it declares for an object mapper. */
  readonly schema?: SchemaFacts;
  /** Notes of the checks, by check slug. */
  readonly marks: Readonly<Record<string, readonly Json[]>>;
  /** Comments that ask to leave a finding alone. */
  readonly suppressions?: readonly InlineSuppression[];
  /** Why this file could not be analysed, where it could not. */
  readonly problem?: string;
}
