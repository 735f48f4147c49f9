import type { Finding } from "#gate/finding.js";
import { marksOf, type Project } from "#model/project.js";
import type { MarkerInput } from "#parse/marker.js";
import { jsonValue } from "#parse/json-value.js";
import type { ObjectEntry, Value } from "#parse/module-facts.js";
import { lineOf, ts, visitNodes } from "#parse/syntax.js";
import { readValue } from "#parse/value.js";
import { checkName, type Mark } from "./marks.js";
import { isInbox, isPersonTable } from "./words.js";

/** Whether a file may define collections of PocketBase. */
export function isPocketBase(path: string, text: string): boolean {
  return (
    /(?:^|\/)(?:pb_migrations\/[^/]+\.[jt]s|pb_schema[\w.-]*\.json)$/.test(
      path,
    ) && /(?:list|create|update|delete)Rule/.test(text)
  );
}

/** The rules of each collection that a file sets; later files may change them. */
export function pocketBaseMarks(file: MarkerInput): Mark[] {
  if (file.path.endsWith(".json")) {
    const root = jsonValue(file.text);
    return root ? collectionsIn(root) : [];
  }
  const source = file.syntax();
  if (source === undefined) return [];
  const marks: Mark[] = [];
  const targets = new Map<ts.Node, string | undefined>();
  visitNodes(source, (node) => {
    if (!ts.isObjectLiteralExpression(node) || isUndo(node, source)) return;
    const value = readValue(node, source);
    if (
      value.kind === "object" &&
      value.entries.some(({ key }) => ruleName.test(key))
    )
      marks.push(
        collectionOf(
          value.entries,
          lineOf(source, node.getStart(source)),
          targetOf(node, targets),
        ),
      );
  });
  return marks;
}

const ruleName = /^(?:list|view|create|update|delete)Rule$/;

/** The second function of a migration takes it back. */
function isUndo(node: ts.Node, source: ts.SourceFile): boolean {
  for (let at: ts.Node = node; at !== source; at = at.parent)
    if (
      ts.isCallExpression(at.parent) &&
      at.parent.expression.getText(source) === "migrate"
    )
      return at.parent.arguments.indexOf(at as ts.Expression) > 0;
  return false;
}

/** `unmarshal({…}, collection)` after `findCollectionByNameOrId("x")` in the same function, which is read once. */
function targetOf(
  node: ts.Node,
  known: Map<ts.Node, string | undefined>,
): string | undefined {
  let at: ts.Node | undefined = node.parent;
  while (at && !ts.isFunctionLike(at)) at = at.parent as ts.Node | undefined;
  if (at === undefined) return undefined;
  if (!known.has(at))
    known.set(
      at,
      /findCollectionByNameOrId\(\s{0,20}["'](\w{1,60})["']/.exec(
        at.getText(),
      )?.[1],
    );
  return known.get(at);
}

function collectionsIn(root: Value): Mark[] {
  const list = root.kind === "list" ? root.items : [root];
  return list.flatMap((item): Mark[] =>
    item.kind === "object" ? [collectionOf(item.entries, item.line)] : [],
  );
}

function collectionOf(
  entries: readonly ObjectEntry[],
  line: number,
  target?: string,
): Mark {
  const textOf = (key: string): string | undefined => {
    const value = entries.find((entry) => entry.key === key)?.value;
    return value?.kind === "literal" && typeof value.value === "string"
      ? value.value
      : undefined;
  };
  return {
    kind: "collection",
    name: textOf("name") ?? "",
    id: textOf("id") ?? target ?? "",
    line,
    rules: entries.flatMap(({ key, value }) =>
      ruleName.test(key)
        ? [
            {
              name: key,
              line: value.line,
              isOpen: value.kind === "literal" && value.value === "",
            },
          ]
        : [],
    ),
  };
}

/** Collections that anyone may write in the end, or whose people anyone may list. */
export function openCollections(project: Project): Finding[] {
  const names = new Map<string, string>();
  const rules = new Map<
    string,
    {
      open: boolean;
      collection: string;
      rule: string;
      path: string;
      line: number;
    }
  >();
  const files = [...project.files.values()].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
  for (const facts of files)
    for (const mark of marksOf<Mark>(facts, checkName)) {
      if (mark.kind !== "collection") continue;
      if (mark.name !== "" && mark.id !== "") names.set(mark.id, mark.name);
      const collection = mark.name || names.get(mark.id) || mark.id;
      for (const { name, line, isOpen } of mark.rules)
        rules.set(`${collection} ${name}`, {
          open: isOpen,
          collection,
          rule: name,
          path: facts.path,
          line,
        });
    }
  return [...rules.values()].flatMap(
    ({ open, collection, rule, path, line }) =>
      open ? findingFor(collection, rule.replace("Rule", ""), path, line) : [],
  );
}

function findingFor(
  collection: string,
  act: string,
  path: string,
  line: number,
): Finding[] {
  const reads = act === "list" || act === "view";
  if (reads && !isPersonTable(collection)) return [];
  if (act === "create" && (isInbox(collection) || isPersonTable(collection)))
    return [];
  return [
    {
      rule: "open-rules",
      path,
      lines: { start: line, end: line },
      message: `In the end, this empty rule lets anyone ${act} records of "${collection}", without signing in.`,
      fix: 'State who may, for example "@request.auth.id = owner"; null lets only administrators.',
      confidence: act === "create" ? "possible" : reads ? "likely" : "certain",
      identity: `pocketbase ${collection} ${act}`,
      ...(reads && { atMost: "advise" as const }),
    },
  ];
}
