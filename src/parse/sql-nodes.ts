import type { SqlName } from "./sql-facts.js";

/** A node of the grammar's tree, as JSON. */
export type SqlNode = Readonly<Record<string, unknown>>;

/** A child that is an object, or an empty one. */
export function child(node: SqlNode, key: string): SqlNode {
  const value = node[key];
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as SqlNode)
    : {};
}

/** A list of children; empty where there is none. */
export function children(node: SqlNode, key: string): readonly SqlNode[] {
  const value = node[key];
  return Array.isArray(value) ? (value as SqlNode[]) : [];
}

/** A text field; empty where there is none. */
export function textOf(node: SqlNode, key: string): string {
  const value = node[key];
  return typeof value === "string" ? value : "";
}

/** The texts of a list of `String` nodes: a qualified name, or column names. */
export function wordsOf(nodes: readonly SqlNode[]): string[] {
  return nodes.map((node) => textOf(child(node, "String"), "sval"));
}

/** A qualified name from its words. */
export function nameOf(words: readonly string[]): SqlName {
  const name = words.at(-1) ?? "";
  const schema = words.at(-2) ?? "";
  return { schema: schema === "" ? "public" : schema, name };
}

/** The name that a `RangeVar` holds. */
export function relationOf(relation: SqlNode): SqlName {
  return nameOf([textOf(relation, "schemaname"), textOf(relation, "relname")]);
}

/** A named option of a statement. */
export function optionOf(
  options: readonly SqlNode[],
  name: string,
): SqlNode | undefined {
  return options
    .map((option) => child(option, "DefElem"))
    .find((option) => textOf(option, "defname") === name);
}

/** Whether an option is set to yes; a bare one is. */
export function isOn(option: SqlNode | undefined): boolean {
  if (option === undefined) return false;
  const value = child(option, "arg");
  if ("Boolean" in value) return child(value, "Boolean")["boolval"] === true;
  if ("Integer" in value) return child(value, "Integer")["ival"] === 1;
  const text = textOf(child(value, "String"), "sval").toLowerCase();
  return text === "" || ["true", "on", "yes", "1"].includes(text);
}

/** Visits all nodes below one, without recursion; `visit` gets a node's kind and content. */
export function visitSql(
  root: unknown,
  visit: (kind: string, node: SqlNode) => void,
): void {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (Array.isArray(value)) pending.push(...[...value].reverse());
    else if (typeof value === "object" && value !== null)
      for (const [kind, inner] of Object.entries(value).reverse()) {
        if (typeof inner !== "object" || inner === null) continue;
        if (!Array.isArray(inner)) visit(kind, inner as SqlNode);
        pending.push(inner);
      }
  }
}
