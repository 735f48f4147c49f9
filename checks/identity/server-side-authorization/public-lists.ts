import type { Finding } from "#gate/finding.js";
import { functionAt } from "#model/functions.js";
import { summaryOf } from "#model/guard-scan.js";
import { localsOf } from "#model/local-values.js";
import { routeTests } from "#model/path-conditions.js";
import type { Project } from "#model/project.js";
import { type ChainLink, type Route, routesOf } from "#model/routes.js";
import { stringOf } from "#model/value-walk.js";
import type { Value } from "#parse/module-facts.js";

/** Hooks whose list of public paths holds "/", compared as a prefix, so that they never ask anybody. */
export function publicLists(project: Project): Finding[] {
  const seen = new Set<string>();
  return routesOf(project).flatMap((route) =>
    route.chain.flatMap((link): Finding[] => {
      const key = `${link.file}:${String(link.line)}`;
      if (!link.isGlobal || link.ref === undefined || seen.has(key)) return [];
      seen.add(key);
      return neverAsks(project, route, link) ? findingFor(project, link) : [];
    }),
  );
}

/** Whether the hook guards in general, and yet lets a path pass that no list can name. */
function neverAsks(project: Project, route: Route, link: ChainLink): boolean {
  if (link.ref === undefined) return false;
  if (summaryOf(link.ref, { project }).guards.length === 0) return false;
  const probe: Route = { ...route, path: "/vibegate-probe/inner" };
  const known = routeTests(project, probe);
  return summaryOf(link.ref, { project, known }).guards.length === 0;
}

function findingFor(project: Project, link: ChainLink): Finding[] {
  const list = listWithRoot(project, link);
  if (list === undefined) return [];
  return [
    {
      rule: "public-list-matches-all",
      path: link.file,
      lines: { start: list.line, end: list.line },
      message:
        'This list of public paths holds "/" and is compared by prefix, so every path counts as public.',
      fix: 'Compare "/" exactly, and only the other entries as prefixes that end at a slash.',
      confidence: "likely",
      identity: "public-list",
    },
  ];
}

function listWithRoot(
  project: Project,
  { file, ref }: ChainLink,
): Value | undefined {
  const facts = ref && functionAt(project, ref);
  const values = [
    ...Object.values(project.files.get(file)?.module?.constants ?? {}),
    ...(facts ? [...localsOf(facts).values()].map(({ value }) => value) : []),
  ];
  return values
    .map((value) =>
      value.kind === "call" && value.callee === "Set"
        ? (value.arguments[0] ?? value)
        : value,
    )
    .find(
      (value) =>
        value.kind === "list" &&
        value.items.some((one) => stringOf(one) === "/"),
    );
}
