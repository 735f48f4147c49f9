import { resolveConstant } from "../constants.js";
import { convexFunction } from "../convex-functions.js";
import { functionAt } from "../functions.js";
import type { Project } from "../project.js";
import type { Route } from "../route.js";
import { allSteps, lastName, stringOf, valuesOf } from "../value-walk.js";

const folder = /(?:^|\/)convex\/(.+)\.[cm]?[jt]sx?$/;

/** Functions of Convex that any client may call, and the actions that its HTTP router names. */
export function convexRoutes(project: Project): readonly Route[] {
  return [...project.files.keys()].flatMap((path) => {
    const name = folder.exec(path)?.[1];
    return name === undefined
      ? []
      : [...exported(project, path, name), ...routed(project, path)];
  });
}

function exported(project: Project, path: string, module: string): Route[] {
  return (project.files.get(path)?.module?.exports ?? []).flatMap(
    ({ local, name, line }): Route[] => {
      const constant = resolveConstant(project, path, local);
      const made =
        constant && convexFunction(project, constant.path, constant.value);
      if (!made || !/^(?:query|mutation|action)$/.test(made.maker)) return [];
      return [
        {
          framework: "convex",
          methods: ["PROCEDURE"],
          path: `${module.replaceAll("/", ".")}.${name}`,
          file: path,
          line,
          handler: made.handler,
          chain: [],
        },
      ];
    },
  );
}

/** `http.route({ path: "/hook", method: "POST", handler: httpAction(…) })`. */
function routed(project: Project, path: string): Route[] {
  const top = functionAt(project, { path, at: -1 });
  return allSteps(top?.steps ?? []).flatMap((step) =>
    valuesOf(step).flatMap((value): Route[] => {
      if (value.kind !== "call" || lastName(value.callee) !== "route")
        return [];
      const [given] = value.arguments;
      if (given?.kind !== "object") return [];
      const entry = (key: string) =>
        given.entries.find((one) => one.key === key)?.value;
      const handler = entry("handler");
      const at =
        handler?.kind === "name"
          ? resolveConstant(project, path, handler.name)
          : handler && { path, value: handler };
      const made = at && convexFunction(project, at.path, at.value);
      if (made?.maker !== "httpAction") return [];
      return [
        {
          framework: "convex-http",
          methods: [stringOf(entry("method")) ?? "*"],
          path: stringOf(entry("path") ?? entry("pathPrefix")) ?? "/*",
          file: path,
          line: value.line,
          handler: made.handler,
          chain: [],
        },
      ];
    }),
  );
}
