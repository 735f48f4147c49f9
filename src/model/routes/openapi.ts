import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "../constants.js";
import { stringOf } from "../value-walk.js";
import { linksOf, wrappedHandler } from "./handlers.js";
import { pathsOf, type RouterCall, type RouterEvent } from "./router-call.js";

/** `app.openapi(createRoute({ method, path, middleware }), handler)` of `@hono/zod-openapi`. */
export function openApiRoute(call: RouterCall): readonly RouterEvent[] {
  const { project, path, within } = call;
  const [definition, handler] = call.call.arguments;
  const described = describedBy(call, definition);
  const options =
    described?.value.kind === "call" ? described.value.arguments[0] : undefined;
  if (options?.kind !== "object" || handler === undefined) return [];
  const entry = (key: string) =>
    options.entries.find((one) => one.key === key)?.value;
  const wrapped = wrappedHandler(project, path, handler, within);
  const paths = pathsOf(project, described?.path ?? path, entry("path"));
  if (wrapped === undefined || paths.length === 0) return [];
  const middleware = entry("middleware");
  const links = middleware
    ? linksOf(project, described?.path ?? path, middleware)
    : [];
  return [
    {
      kind: "route",
      methods: [(stringOf(entry("method")) ?? "*").toUpperCase()],
      paths: paths.map((one) => one.replace(/\{(\w+)\}/g, ":$1")),
      chain: [...links, ...wrapped.chain],
      handler: wrapped.handler,
      file: path,
      line: call.call.line,
    },
  ];
}

/** The description, where it is written. */
function describedBy(
  { project, path }: RouterCall,
  definition: Value | undefined,
) {
  if (definition?.kind === "name")
    return resolveConstant(project, path, definition.name);
  return definition && { path, value: definition };
}
