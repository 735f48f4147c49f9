import type {
  SqlColumn,
  SqlGap,
  SqlName,
  SqlStatement,
} from "#parse/sql-facts.js";
import type { FoldingRights, Rights } from "./sql-rights.js";
import type { SqlPolicy } from "./sql-policy.js";

/** Where a statement stands. */
export interface SqlPlace {
  readonly path: string;
  readonly line: number;
}

/** A table in the end. */
export interface DatabaseTable {
  readonly name: SqlName;
  /** Statement that creates it. */
  readonly place: SqlPlace;
  readonly columns: ReadonlyMap<string, SqlColumn & SqlPlace>;
  readonly rowSecurity: boolean;
  /** The statement that decided row security; absent where none ever spoke of it. */
  readonly rowSecurityPlace?: SqlPlace;
  readonly policies: ReadonlyMap<string, SqlPolicy>;
  readonly comments: ReadonlyMap<string, string>;
  /** Whether a file creates it; policies can be put on tables that none does, such as `storage.objects`. */
  readonly created: boolean;
  readonly parent?: SqlName;
}

/** A view in the end. */
export interface DatabaseView {
  readonly act: Extract<SqlStatement["act"], { kind: "view" }>;
  readonly asCaller: boolean;
  readonly place: SqlPlace;
}

/** A function in the end. */
export interface DatabaseFunction {
  readonly act: Extract<SqlStatement["act"], { kind: "function" }>;
  readonly definer: boolean;
  readonly place: SqlPlace;
}

/** A trigger, by the function that it runs. */
export interface DatabaseTrigger {
  readonly act: Extract<SqlStatement["act"], { kind: "trigger" }>;
  readonly place: SqlPlace;
}

/** A storage bucket in the end. */
export interface DatabaseBucket {
  readonly id: string;
  readonly isPublic: boolean;
  readonly place: SqlPlace;
}

/** The database that the repository's SQL leads to, when every file runs in its order. Keys are `schema.name`. */
export interface Database {
  readonly tables: ReadonlyMap<string, DatabaseTable>;
  readonly views: ReadonlyMap<string, DatabaseView>;
  readonly functions: ReadonlyMap<string, DatabaseFunction>;
  readonly triggers: readonly DatabaseTrigger[];
  /** What statements granted and revoked, by object; what they never spoke of is left to the platform. */
  readonly rights: ReadonlyMap<string, Rights>;
  readonly buckets: ReadonlyMap<string, DatabaseBucket>;
  /** Statements about access that could not be read. */
  readonly gaps: readonly (SqlPlace & SqlGap)[];
  /** How many files were folded. */
  readonly files: number;
}

/** The same while it is being folded. */
export interface FoldingDatabase {
  readonly tables: Map<string, FoldingTable>;
  readonly views: Map<string, DatabaseView>;
  readonly functions: Map<string, DatabaseFunction>;
  readonly triggers: DatabaseTrigger[];
  readonly rights: FoldingRights;
  readonly buckets: Map<string, DatabaseBucket>;
}

/** A table while it is being folded. */
export interface FoldingTable {
  name: SqlName;
  place: SqlPlace;
  columns: Map<string, SqlColumn & SqlPlace>;
  rowSecurity: boolean;
  rowSecurityPlace?: SqlPlace;
  policies: Map<string, SqlPolicy>;
  comments: Map<string, string>;
  created: boolean;
  parent?: SqlName;
}

/** Key of a table, view or function. */
export function keyOf({ schema, name }: SqlName): string {
  return `${schema}.${name}`;
}
