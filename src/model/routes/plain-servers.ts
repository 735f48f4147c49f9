import { callsIn, functionAt } from "../functions.js";
import type { Project } from "../project.js";
import type { Route } from "../route.js";
import { allSteps, lastName, valuesOf, valuesWithin } from "../value-walk.js";
import { wrappedHandler } from "./handlers.js";
import { methodsTested } from "./next.js";

const httpModules = /^(?:node:)?https?$/;

/** The listener of a plain `node:http` server, and `fetch` of `Bun.serve`. */
export function plainServers(project: Project): readonly Route[] {
  return [...project.files].flatMap(([path, { code, module }]) => {
    const usesHttp = module?.imports.some(({ from }) => httpModules.test(from));
    return (code?.functions ?? []).flatMap((facts) =>
      callsIn(facts).flatMap(({ call, callee }): Route[] => {
        const isHttp = usesHttp && lastName(callee) === "createServer";
        if (!isHttp && callee !== "Bun.serve") return [];
        const [first] = call.arguments;
        const given =
          callee === "Bun.serve" && first?.kind === "object"
            ? first.entries.find(({ key }) => key === "fetch")?.value
            : call.arguments.at(-1);
        const wrapped = given && wrappedHandler(project, path, given, facts);
        if (wrapped === undefined) return [];
        const handler = functionAt(project, wrapped.handler);
        return [
          {
            framework: callee === "Bun.serve" ? "bun" : "node-http",
            methods: handler ? methodsTested(handler) : ["*"],
            path: "/*",
            file: path,
            line: call.line,
            handler: wrapped.handler,
            chain: wrapped.chain,
          },
        ];
      }),
    );
  });
}

/** Resolvers of a GraphQL schema: objects with `Query`, `Mutation` or `Subscription`. */
export function graphqlRoutes(project: Project): readonly Route[] {
  return [...project.files].flatMap(([path, { code }]): Route[] => {
    const top = functionAt(project, { path, at: -1 });
    if (code === undefined || top === undefined) return [];
    return allSteps(top.steps)
      .flatMap((step) => valuesOf(step).flatMap((value) => valuesWithin(value)))
      .flatMap((part) =>
        part.kind === "object"
          ? part.entries
              .filter(({ key }) =>
                /^(?:Query|Mutation|Subscription)$/.test(key),
              )
              .flatMap(({ key, value }) => fieldsOf(project, path, key, value))
          : [],
      );
  });
}

function fieldsOf(
  project: Project,
  path: string,
  type: string,
  value: Parameters<typeof wrappedHandler>[2],
): Route[] {
  if (value.kind !== "object") return [];
  return value.entries.flatMap(({ key, value: field }): Route[] => {
    const wrapped = wrappedHandler(project, path, field);
    const facts = wrapped && functionAt(project, wrapped.handler);
    if (wrapped === undefined || (facts?.parameters.length ?? 0) > 4) return [];
    return [
      {
        framework: "graphql",
        methods: ["PROCEDURE"],
        path: `${type}.${key}`,
        file: path,
        line: wrapped.line,
        handler: wrapped.handler,
        chain: wrapped.chain,
      },
    ];
  });
}
