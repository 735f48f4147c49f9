import type { ObjectEntry, Value } from "#parse/module-facts.js";
import { resolveConstant } from "../constants.js";
import { resolveFunction } from "../functions.js";
import { localValue } from "../local-values.js";
import type { ChainLink } from "../route.js";
import { stringOf } from "../value-walk.js";
import { linkOf, linksOf, wrappedHandler } from "./handlers.js";
import { pathsOf, type RouterCall, type RouterEvent } from "./router-call.js";

/** The hooks of a request's life in which a caller can be refused. */
export const hookNames = [
  "onRequest",
  "preParsing",
  "preValidation",
  "preHandler",
];

/** `fastify.route({ method, url, preHandler, handler })`, and `fastify.get(url, { preHandler }, handler)`. */
export function fastifyRoute(
  call: RouterCall,
  verb?: string,
): readonly RouterEvent[] {
  const { project, path, within } = call;
  const [first, second, third] = call.call.arguments;
  const given = verb === undefined ? first : second;
  const { options, place } = optionsOf(call, given);
  const entry = (key: string) => options.find((one) => one.key === key)?.value;
  const handler =
    verb === undefined ? entry("handler") : (third ?? entry("handler"));
  const paths = pathsOf(
    project,
    path,
    verb === undefined ? entry("url") : first,
  );
  const wrapped = handler && wrappedHandler(project, place, handler, within);
  if (wrapped === undefined || paths.length === 0) return [];
  const hooks = hookNames.flatMap((name): readonly ChainLink[] => {
    const value = entry(name);
    return value ? linksOf(project, place, value, within) : [];
  });
  return [
    {
      kind: "route",
      methods: verb === undefined ? methodsOf(entry("method")) : [verb],
      paths,
      chain: [...hooks, ...wrapped.chain],
      handler: wrapped.handler,
      file: path,
      line: call.call.line,
    },
  ];
}

function optionsOf(
  { project, path, within }: RouterCall,
  value: Value | undefined,
) {
  const found =
    value?.kind === "name"
      ? resolveConstant(project, path, value.name)
      : undefined;
  const at = found?.value ?? local(value) ?? value;
  const entries = at?.kind === "object" ? at.entries : [];
  return {
    options: entries.flatMap((one): readonly ObjectEntry[] => {
      const spread = one.key === "..." ? local(one.value) : undefined;
      return spread?.kind === "object" ? spread.entries : [one];
    }),
    place: found?.path ?? path,
  };

  function local(named: Value | undefined): Value | undefined {
    if (named?.kind !== "name") return undefined;
    const code = project.files.get(path)?.code;
    return (
      (code && localValue(code, named.name, within)?.value) ??
      resolveConstant(project, path, named.name)?.value
    );
  }
}

function methodsOf(value: Value | undefined): readonly string[] {
  if (value?.kind === "list") return value.items.flatMap(methodsOf);
  const method = stringOf(value)?.toUpperCase();
  return method === undefined || method === "ALL" ? ["*"] : [method];
}

/** `fastify.addHook("preHandler", authenticate)`: for every route of the scope, wherever it stands in it. */
export function fastifyHooks({
  project,
  path,
  within,
  call,
}: RouterCall): readonly RouterEvent[] {
  const [name, hook] = call.arguments;
  if (hook === undefined || !hookNames.includes(stringOf(name) ?? ""))
    return [];
  const link: ChainLink = {
    ...linkOf(project, path, hook, within),
    isGlobal: true,
  };
  return [{ kind: "use", prefix: "", links: [link] }];
}

/** The plugin behind `register(plugin, { prefix })`, and whether its hooks reach beyond it. */
export function fastifyPlugin(
  { project, path, within, call }: RouterCall,
  value: Value,
) {
  const constant =
    value.kind === "name"
      ? resolveConstant(project, path, value.name)?.value
      : value;
  const isSame =
    constant?.kind === "call" &&
    /^(?:fp|fastifyPlugin|plugin)$/.test(constant.callee);
  const ref = resolveFunction(project, path, value, within);
  const options = call.arguments[1];
  const prefix =
    options?.kind === "object"
      ? stringOf(options.entries.find(({ key }) => key === "prefix")?.value)
      : undefined;
  return { ref, isSame, prefix: prefix ?? "" };
}
