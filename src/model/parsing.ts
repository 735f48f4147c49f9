import { globMatcher } from "#gate/glob.js";
import type { Settings } from "#gate/settings.js";
import type { FileFacts } from "#parse/facts.js";
import type { Marker } from "#parse/marker.js";
import {
  failedFacts,
  type FileText,
  parseFile,
  type ParseOptions,
} from "#parse/parse-file.js";
import type { AppCheck } from "./define-check.js";

/** What the facts of a file depend on besides the file. */
export interface ParsingOptions {
  readonly checks: readonly AppCheck[];
  readonly fingerprint?: (secret: string) => string;
  /** What the repository says of itself; the policy has it. */
  readonly settings?: Pick<Settings, "generatedPaths">;
}

/** How a project's files are parsed: the same in every thread, and for the same options. */
export interface Parsing {
  /** Which version of a path's facts these are: of the markers, and of what is said of the path. */
  readonly versionFor: (path: string) => string;
  readonly parse: (file: FileText) => FileFacts;
  /** What stands for the facts of a file that ends whoever parses it. */
  readonly failed: (file: FileText) => FileFacts;
}

/** The way in which the files of a project are parsed. */
export function parsingOf(options: ParsingOptions): Parsing {
  const markers = options.checks.flatMap(({ name, marker }): Marker[] =>
    marker ? [{ name, ...marker }] : [],
  );
  const isGenerated = globMatcher(options.settings?.generatedPaths ?? []);
  const parsing: ParseOptions = {
    markers,
    fingerprint: options.fingerprint ?? (() => ""),
    isGenerated,
  };
  const version = markers.map((m) => `${m.name}@${String(m.version)}`).join();
  return {
    versionFor: (path) =>
      isGenerated(path) ? `${version} generated` : version,
    parse: (file) => parseFile(file, parsing),
    failed: (file) => failedFacts(file, parsing),
  };
}
