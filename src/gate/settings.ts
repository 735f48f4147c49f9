/** A value that an option of a check may have. */
export type OptionValue = string | number | boolean | readonly string[];

/** Options of one check or rule, by name. */
export type Options = Readonly<Record<string, OptionValue>>;

/** One app of a monorepo. */
export interface ProjectSettings {
  readonly name: string;
  /** Globs of its files; one that matches is enough. */
  readonly paths: readonly string[];
  /** Where it differs from the rest of the repository. */
  readonly tenancy?: "single" | "multi";
}

/** What a repository says of itself that no file shows: for checks and the model, never a level. */
export interface Settings {
  /** `single`: everybody who may sign in may see everything, so that nobody owns a row. */
  readonly tenancy: "single" | "multi";
  /** Globs of files that run in the browser, whatever they look like. */
  readonly clientPaths: readonly string[];
  /** Globs of files that run on a server, whatever they look like. */
  readonly serverPaths: readonly string[];
  /** Globs of files that a program wrote. */
  readonly generatedPaths: readonly string[];
  /** Class of personal data by `column` or `table.column`; `none` where a name misleads. */
  readonly dataClasses: Readonly<Record<string, string>>;
  /** The apps of a monorepo; a file belongs to the first that names it. */
  readonly projects: readonly ProjectSettings[];
  /** Options by check slug or `check/rule`. */
  readonly options: Readonly<Record<string, Options>>;
}

/** What holds where nobody says anything. */
export const defaultSettings: Settings = {
  tenancy: "multi",
  clientPaths: [],
  serverPaths: [],
  generatedPaths: [],
  dataClasses: {},
  projects: [],
  options: {},
};
