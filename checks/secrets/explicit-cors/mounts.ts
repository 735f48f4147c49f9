import { ts } from "#parse/syntax.js";
import type { PolicyMark } from "./marks.js";

type Mount = Pick<PolicyMark, "scope" | "route" | "methods">;

/**
 * Where a policy applies: to all that `app.use(…)` serves, to one path of it, to one route, or to what the function
 * around it answers.
 */
export function mountOf(node: ts.Node): Mount {
  let at = node;
  for (let step = 0; step < 6 && !ts.isSourceFile(at.parent); step++) {
    const { parent } = at;
    if (ts.isCallExpression(parent) && parent.expression !== at) {
      const mount = mountedBy(parent);
      if (mount) return mount;
    }
    if (ts.isFunctionLike(parent)) break;
    at = parent;
  }
  return { scope: "route", ...sourceBeside(node) };
}

function mountedBy(call: ts.CallExpression): Mount | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
  const method = call.expression.name.text;
  const [first] = call.arguments;
  const route =
    first && ts.isStringLiteralLike(first) && /^[/*]/.test(first.text)
      ? first.text
      : undefined;
  if (method === "use" || method === "all" || method === "register")
    return { scope: "app", ...(route !== undefined && { route }) };
  if (
    route === undefined ||
    !/^(?:get|post|put|patch|delete|head|options)$/.test(method)
  )
    return undefined;
  return {
    scope: route === "*" ? "app" : "route",
    route,
    methods: [method.toUpperCase()],
  };
}

/** `{ source: "/fonts/(.*)", headers: [{ key, value }] }`: the path of the rule that a header stands in. */
function sourceBeside(node: ts.Node): { route?: string } {
  let at = node;
  for (let step = 0; step < 8 && !ts.isSourceFile(at.parent); step++) {
    at = at.parent;
    if (!ts.isObjectLiteralExpression(at)) continue;
    for (const property of at.properties)
      if (
        ts.isPropertyAssignment(property) &&
        /^(?:source|for|route|path|pattern)$/.test(property.name.getText()) &&
        ts.isStringLiteralLike(property.initializer)
      )
        return { route: property.initializer.text };
  }
  // `"/api/**": { cors: true }` in the route rules of Nitro.
  const rule = ts.findAncestor(
    node,
    (one): one is ts.PropertyAssignment =>
      ts.isPropertyAssignment(one) &&
      ts.isStringLiteralLike(one.name) &&
      one.name.text.startsWith("/"),
  );
  return rule && ts.isStringLiteralLike(rule.name)
    ? { route: rule.name.text }
    : {};
}
