import { resolveConstant, resolveName } from "#model/constants.js";
import { marksOf, type Project } from "#model/project.js";
import type { Value } from "#parse/module-facts.js";
import type { CorsMark, Opening, PolicyMark, ValueMark } from "./marks.js";

/** What a policy lets in, at the place that opens. */
export interface PlacedOpening {
  readonly path: string;
  readonly opening: Exclude<Opening, { kind: "reference" }>;
}

/** A policy with its names resolved. */
export interface Policy {
  readonly path: string;
  readonly mark: PolicyMark;
  /** The worst that it lets in. */
  readonly opens: PlacedOpening;
  readonly credentials: boolean;
}

/** Slug of the check, under which its marks are kept. */
export const checkName = "explicit-cors";

/** All policies of the project that let strangers in. */
export function openPolicies(project: Project): Policy[] {
  return [...project.files.values()].flatMap((facts) =>
    marksOf<never>(facts, checkName).flatMap((json) => {
      const mark = json as CorsMark;
      if (mark.type !== "policy") return [];
      const opens = worst(
        mark.openings.flatMap((one) =>
          placedOpenings(project, facts.path, one),
        ),
      );
      if (opens === undefined) return [];
      const credentials = hasCredentials(project, facts.path, mark);
      return [{ path: facts.path, mark, opens, credentials }];
    }),
  );
}

const severity = ["loose", "unset", "default", "any", "reflected"];

function worst(openings: readonly PlacedOpening[]): PlacedOpening | undefined {
  return openings.toSorted(
    (a, b) =>
      severity.indexOf(b.opening.kind) - severity.indexOf(a.opening.kind),
  )[0];
}

function placedOpenings(
  project: Project,
  path: string,
  opening: Opening,
): PlacedOpening[] {
  if (opening.kind !== "reference") return [{ path, opening }];
  const found = resolveConstant(project, path, opening.name);
  if (found === undefined) return unresolved(project, path, opening);
  return valueOpenings(project, found.path, found.value);
}

function valueOpenings(
  project: Project,
  path: string,
  value: Value,
): PlacedOpening[] {
  if (value.kind === "literal" && value.value === "*")
    return [{ path, opening: { kind: "any", line: value.line } }];
  const mark = valueMarks(project, path).find(
    ({ line }) => line === value.line,
  );
  return mark ? placedAll(path, mark) : [];
}

function placedAll(path: string, mark: ValueMark): PlacedOpening[] {
  return mark.openings.flatMap((opening) =>
    opening.kind === "reference" ? [] : [{ path, opening }],
  );
}

function valueMarks(project: Project, path: string): ValueMark[] {
  const facts = project.files.get(path);
  return facts === undefined
    ? []
    : marksOf<never>(facts, checkName).flatMap((json) => {
        const mark = json as CorsMark;
        return mark.type === "value" ? [mark] : [];
      });
}

/**
 * A member that its object does not state: the library's default holds. A member of an object that is computed, such as
 * a parsed environment: what the file that computes it says of a value of that name.
 */
function unresolved(
  project: Project,
  path: string,
  reference: Extract<Opening, { kind: "reference" }>,
): PlacedOpening[] {
  const parts = reference.name.split(".");
  const last = parts.at(-1) ?? "";
  if (parts.length < 2) return [];
  const parent = resolveConstant(project, path, parts.slice(0, -1).join("."));
  if (parent?.value.kind === "object") {
    const isComplete = parent.value.entries.every(({ key }) => key !== "...");
    return reference.otherwise === "default" && isComplete
      ? [{ path, opening: { kind: "default", line: reference.line } }]
      : [];
  }
  const holder =
    parent?.path ?? resolveName(project, path, parts[0] ?? "")?.path;
  if (holder === undefined) return [];
  const mark = valueMarks(project, holder).find(({ name }) => name === last);
  return mark ? placedAll(holder, mark) : [];
}

function hasCredentials(
  project: Project,
  path: string,
  mark: PolicyMark,
): boolean {
  const { credentials } = mark;
  if (typeof credentials === "boolean") return credentials;
  const found = resolveConstant(project, path, credentials.name);
  return (
    found?.value.kind === "literal" && String(found.value.value) === "true"
  );
}
