import type { LineRange } from "#gate/finding.js";
import type { SensitiveCategory } from "#gate/review-policy.js";
import { moduleFacts } from "#parse/module.js";
import type { ModuleFacts } from "#parse/module-facts.js";
import { lineOf, parseScript, ts, visitNodes } from "#parse/syntax.js";
import { silentLines } from "./code-lines.js";
import { isGuardName } from "./guard-names.js";
import { hitOn, type Hit, type Side } from "./hit.js";
import { isValueUse, sensitiveNames, type CategoryOf } from "./script-names.js";
import { reachOf, type Body, type Reach } from "./script-reach.js";
import { signalOf } from "./script-signals.js";
import type { Signal } from "./signal.js";
import type { Wrappers } from "./wrappers.js";

/** One side of a changed script with its syntax and what its names are about. */
interface ScriptSide {
  readonly side: Side;
  readonly source: ts.SourceFile;
  readonly module: ModuleFacts;
  readonly categoryOf: CategoryOf;
  readonly isTouched: (line: number) => boolean;
}

/** Characters above which a script is not taken apart. */
const maxCharacters = 2_000_000;

/**
 * What the touched lines of a script are about: they meet a signal, its statement, or the function that it stands in, or
 * they add or remove the import of something sensitive.
 */
export function scriptHits(
  before: Side | undefined,
  after: Side | undefined,
  wrappers: Wrappers,
): readonly Hit[] {
  const sides = [before, after].flatMap((side) => side ?? []);
  const unreadable = sides.find(({ text }) => text.length > maxCharacters);
  if (unreadable) return [notAnalysed(unreadable)];
  if (!sides.some(({ hasTouched }) => hasTouched)) return [];
  const scripts: ScriptSide[] = [];
  for (const side of sides) {
    try {
      scripts.push(scriptSide(side, wrappers));
    } catch {
      return [notAnalysed(side)];
    }
  }
  const [one, other] = scripts;
  return [
    ...scripts.flatMap(signalHits),
    ...(one ? importHits(one, other) : []),
    ...(other ? importHits(other, one) : []),
  ];
}

function notAnalysed(side: Side): Hit {
  return hitOn(side, "control", 1, "code that could not be analysed");
}

function scriptSide(side: Side, wrappers: Wrappers): ScriptSide {
  const source = parseScript(side.path, side.text);
  const isSilent = silentLines(source);
  return {
    side,
    source,
    module: moduleFacts(side.text, () => source),
    categoryOf: (specifier, name) =>
      wrappers.categoryOf(side.path, specifier, name),
    isTouched: (line) => side.isTouched(line) && !isSilent(line),
  };
}

function signalHits({
  side,
  source,
  module,
  categoryOf,
  isTouched,
}: ScriptSide): readonly Hit[] {
  if (!side.hasTouched) return [];
  const names = sensitiveNames(source, module.imports, categoryOf);
  const reach = reachOf(source);
  const touched = touchedLines(source, isTouched);
  const hits: Hit[] = [];
  visitNodes(source, (node) => {
    const signal = signalOf(node, names);
    if (signal === undefined) return;
    const line = touched(reach(signal));
    if (line !== undefined) hits.push(hitOf(side, signal, line));
  });
  return hits;
}

function hitOf(side: Side, { category, signal }: Signal, line: number): Hit {
  return hitOn(side, category, line, signal);
}

/** Answers with the first touched line that a signal speaks for. */
function touchedLines(
  source: ts.SourceFile,
  isTouched: (line: number) => boolean,
): (reach: Reach) => number | undefined {
  const count = source.getLineStarts().length;
  // For each line the next touched one, itself included; asked for thousands of signals.
  const next = new Uint32Array(count + 2);
  for (let line = count; line > 0; line -= 1)
    next[line] = isTouched(line) ? line : (next[line + 1] ?? 0);
  const within = ({ start, end }: LineRange): number | undefined => {
    const line = next[start] ?? 0;
    return line > 0 && line <= end ? line : undefined;
  };
  const known = new Map<Body, number | undefined>();
  const inBody = (body: Body): number | undefined => {
    if (known.has(body)) return known.get(body);
    const { lines, markup } = body;
    let line = within(lines);
    while (line !== undefined && markup.has(line))
      line = within({ start: line + 1, end: lines.end });
    known.set(body, line);
    return line;
  };
  return ({ expression, body }) => within(expression) ?? (body && inBody(body));
}

/** Imports, and names that are passed on, which one side has and the other has not. */
function importHits(
  script: ScriptSide,
  other: ScriptSide | undefined,
): readonly Hit[] {
  const elsewhere = new Set(other ? linksOf(other).map(({ key }) => key) : []);
  return linksOf(script).flatMap(({ key, line, category, from }) =>
    category === undefined || elsewhere.has(key) || !script.isTouched(line)
      ? []
      : [hitOn(script.side, category, line, `the import of ${from}`)],
  );
}

interface Link {
  readonly key: string;
  readonly line: number;
  readonly from: string;
  readonly category: SensitiveCategory | undefined;
}

function linksOf(script: ScriptSide): readonly Link[] {
  const { module, categoryOf, source } = script;
  const used = usedNames(source);
  const imported = module.imports
    .filter(
      ({ typeOnly, local }) => !typeOnly && (local === "" || used.has(local)),
    )
    .map(({ from, name, local, line }) => ({
      ...{ from, line },
      key: JSON.stringify(["import", from, name, local]),
      category: categoryOf(from, name) ?? guard(name),
    }));
  const passedOn = module.exports.flatMap((each) =>
    each.from === undefined || each.typeOnly
      ? []
      : [
          {
            from: each.from,
            line: each.line,
            key: JSON.stringify(["export", each.from, each.local, each.name]),
            category: categoryOf(each.from, each.local) ?? guard(each.local),
          },
        ],
  );
  const ends = statementEnds(source);
  return [...imported, ...passedOn].map((link) => ({
    ...link,
    line: touchedLineFrom(script, link.line, ends.get(link.line)),
  }));
}

function guard(name: string): SensitiveCategory | undefined {
  return isGuardName(name) ? "auth" : undefined;
}

/** The last line of each top-level statement, by its first. */
function statementEnds(source: ts.SourceFile): ReadonlyMap<number, number> {
  return new Map(
    source.statements.map((statement) => [
      lineOf(source, statement.getStart(source)),
      lineOf(source, statement.getEnd()),
    ]),
  );
}

/** An import may take many lines: the first touched one of them, else where it begins. */
function touchedLineFrom(
  { isTouched }: ScriptSide,
  line: number,
  end = line,
): number {
  for (let at = line; at <= end; at += 1) if (isTouched(at)) return at;
  return line;
}

/** An import whose name is used as a type only is erased and does nothing. */
function usedNames(source: ts.SourceFile): ReadonlySet<string> {
  const used = new Set<string>();
  visitNodes(source, (node) => {
    if (!ts.isIdentifier(node) || used.has(node.text)) return;
    const isPassedOn =
      ts.isExportSpecifier(node.parent) || ts.isExportAssignment(node.parent);
    if (isPassedOn || isValueUse(node)) used.add(node.text);
  });
  return used;
}
