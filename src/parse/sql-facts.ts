/** Name of a table, view or function; the schema is `public` where none is written. */
export interface SqlName {
  readonly schema: string;
  readonly name: string;
}

/** A column as declared. */
export interface SqlColumn {
  readonly name: string;
  /** Last part of the type's name: `uuid`, `text`, `int4`. */
  readonly type: string;
  /** Line on which it is declared. */
  readonly line: number;
  /** Comments beside it and right above it. */
  readonly notes?: readonly string[];
  /** What the database does to it by itself when the row that it points to goes. */
  readonly references?: SqlReference;
}

/** What happens to a row when the row that it points to is deleted; `no action` is the database's default. */
export type OnDelete =
  "cascade" | "set null" | "set default" | "restrict" | "no action";

/** A foreign key, seen from the table that holds it. */
export interface SqlReference {
  readonly table: SqlName;
  readonly onDelete: OnDelete;
}

/** What a condition says when a given caller asks: always, never, or it depends on the row. */
export type Truth = "always" | "never" | "depends";

/** A condition of a policy or view, as far as access depends on it. */
export interface SqlCondition {
  /** Without a session. */
  readonly anonymous: Truth;
  /** With any session. */
  readonly signedIn: Truth;
  /** Own columns that are compared with the caller's id. */
  readonly owner: readonly string[];
  /** Functions that are called, with their schema where written, in lower case. */
  readonly calls: readonly string[];
  /** Columns that are named, without their table. */
  readonly columns: readonly string[];
  /** Tables that are asked in sub-queries. */
  readonly asks: readonly string[];
  /** Text literals. */
  readonly strings: readonly string[];
}

/** Command of a policy. */
export type PolicyCommand = "all" | "select" | "insert" | "update" | "delete";

/** What one statement does to the tables and to who may reach them. */
export type SqlAct =
  | {
      readonly kind: "create-table";
      readonly table: SqlName;
      readonly columns: readonly SqlColumn[];
      readonly ifMissing: boolean;
      readonly parent?: SqlName;
    }
  | {
      readonly kind: "add-column";
      readonly table: SqlName;
      readonly column: SqlColumn;
    }
  | {
      /** A foreign key that is declared apart from its columns. */
      readonly kind: "reference";
      readonly table: SqlName;
      readonly columns: readonly string[];
      readonly to: SqlReference;
    }
  | {
      readonly kind: "drop-column";
      readonly table: SqlName;
      readonly name: string;
    }
  | {
      readonly kind: "rename-column";
      readonly table: SqlName;
      readonly name: string;
      readonly to: string;
    }
  | {
      /** `*` as name: every table of the schema that is there by then. */
      readonly kind: "row-security";
      readonly table: SqlName;
      readonly enabled: boolean;
    }
  | { readonly kind: "move"; readonly from: SqlName; readonly to: SqlName }
  | {
      readonly kind: "drop";
      readonly what: "table" | "view" | "function" | "schema";
      readonly name: SqlName;
    }
  | {
      readonly kind: "policy";
      readonly name: string;
      readonly table: SqlName;
      readonly command: PolicyCommand;
      readonly restrictive: boolean;
      /** Lower case; `public` is everybody. */
      readonly roles: readonly string[];
      readonly using?: SqlCondition;
      readonly check?: SqlCondition;
    }
  | {
      readonly kind: "alter-policy";
      readonly name: string;
      readonly table: SqlName;
      readonly roles?: readonly string[];
      readonly using?: SqlCondition;
      readonly check?: SqlCondition;
      readonly rename?: string;
    }
  | {
      readonly kind: "drop-policy";
      readonly name: string;
      readonly table: SqlName;
    }
  | {
      readonly kind: "grant";
      readonly revokes: boolean;
      readonly on: "table" | "function" | "schema";
      /** `*` as name: all of that schema. */
      readonly objects: readonly SqlName[];
      /** `all` where every privilege is meant. */
      readonly privileges: readonly string[];
      readonly columns: readonly string[];
      readonly roles: readonly string[];
      /** For objects that come later. */
      readonly byDefault: boolean;
    }
  | {
      readonly kind: "view";
      readonly view: SqlName;
      readonly materialized: boolean;
      readonly asCaller: boolean;
      readonly reads: readonly SqlName[];
      readonly condition: SqlCondition;
    }
  | {
      readonly kind: "view-caller";
      readonly view: SqlName;
      readonly asCaller: boolean;
    }
  | {
      readonly kind: "function";
      readonly function: SqlName;
      /** Runs with the rights of its owner. */
      readonly definer: boolean;
      readonly parameters: readonly SqlColumn[];
      /** Last part of the result's type; `trigger` for trigger functions. */
      readonly returns: string;
      readonly returnsRows: boolean;
      readonly body: string;
    }
  | {
      readonly kind: "function-rights";
      readonly function: SqlName;
      readonly definer: boolean;
    }
  | {
      readonly kind: "trigger";
      readonly name: string;
      readonly table: SqlName;
      readonly before: boolean;
      readonly onUpdate: boolean;
      readonly runs: SqlName;
    }
  | {
      readonly kind: "drop-trigger";
      readonly name: string;
      readonly table: SqlName;
    }
  | {
      readonly kind: "bucket";
      readonly id: string;
      readonly isPublic?: boolean;
    }
  | {
      readonly kind: "comment";
      readonly table: SqlName;
      readonly column?: string;
      readonly text: string;
    };

/** An act with the place of its statement. */
export interface SqlStatement {
  readonly act: SqlAct;
  /** From 1. */
  readonly line: number;
  /** Stands in a `DO` block, or another place that may not run. */
  readonly conditional?: true;
}

/** A statement that says something about tables or access and that no rule of the grammar fits. */
export interface SqlGap {
  readonly line: number;
  /** Its first words. */
  readonly about: string;
  /** Changes the type or default of columns, which says nothing about access. */
  readonly aboutColumns?: true;
}

/** What the SQL of one file does, in order. */
export interface SqlFacts {
  readonly statements: readonly SqlStatement[];
  readonly gaps: readonly SqlGap[];
  /** Written for another database: `mysql`, `sqlite`; absent for Postgres. */
  readonly dialect?: "mysql" | "sqlite";
}
