import type { Finding } from "#gate/finding.js";
import { fileSide } from "#model/file-side.js";
import { callsIn, resolveFunction } from "#model/functions.js";
import type { Project } from "#model/project.js";
import { isReachable } from "#model/runtimes.js";
import { type CallValue, lastName } from "#model/value-walk.js";
import type { FunctionFacts } from "#parse/code-facts.js";
import { isLedSpared, ledTo } from "./endpoints.js";
import { sentenceStart } from "./output-cap.js";
import { spendersOf } from "./spenders.js";

/** Effects of components that pay for a call when the page is opened, or each time it is drawn. */
export function effectFindings(project: Project): readonly Finding[] {
  if (spendersOf(project).length === 0) return [];
  return [...project.files].flatMap(([path, { code }]) =>
    code === undefined || fileSide(project, path) !== "client"
      ? []
      : code.functions.flatMap((facts) =>
          callsIn(facts).flatMap(
            ({ call }) => effectFinding(project, path, facts, call) ?? [],
          ),
        ),
  );
}

/** How often an effect runs. */
type Often = "always" | "once" | "per person";

function effectFinding(
  project: Project,
  path: string,
  facts: FunctionFacts,
  call: CallValue,
): Finding | undefined {
  const often = oftenOf(call);
  const [effect] = call.arguments;
  if (often === undefined || effect === undefined) return undefined;
  const ref = resolveFunction(project, path, effect, facts);
  const led =
    ref && ledTo(project, ref).find((one) => !isLedSpared(project, one));
  if (!led) return undefined;
  const { costly, route } = led;
  const way = route ? `${route.methods.join()} ${route.path}` : undefined;
  return {
    rule: "costly-call-on-page-load",
    path,
    lines: { start: call.line, end: call.line },
    identity: `${facts.name} ${way ?? costly.provider}`,
    message:
      often === "always"
        ? `${sentenceStart(costly.provider)} is paid each time ${facts.name || "this"} is drawn${way ? `, by way of ${way}` : ""}: the effect names no dependencies.`
        : `${sentenceStart(costly.provider)} is paid each time somebody opens ${facts.name || "this"}${way ? `, by way of ${way}` : ""}.`,
    fix: "Ask when the user does something, and keep the answer: on the server with a key and an age, so that opening the page again costs nothing.",
    confidence: often === "per person" ? "possible" : "likely",
    evidence: [
      ...(route
        ? [
            {
              path: route.file,
              line: route.line,
              note: "The endpoint that it asks.",
            },
          ]
        : []),
      {
        path: costly.path,
        line: costly.line,
        note: `The call that ${costly.provider} is paid for.`,
      },
    ],
    ...(!isReachable(project, path) && { atMost: "notice" as const }),
  };
}

function oftenOf({ callee, arguments: given }: CallValue): Often | undefined {
  const name = lastName(callee);
  if (
    /^(?:onMounted|onMount|onBeforeMount|componentDidMount|ionViewWillEnter|useMount|useEffectOnce|useFocusEffect)$/.test(
      name,
    )
  )
    return "once";
  if (!/^use(?:Layout)?Effect$/.test(name)) return undefined;
  const [, dependencies] = given;
  if (dependencies === undefined) return "always";
  if (dependencies.kind !== "list") return undefined;
  if (dependencies.items.length === 0) return "once";
  return dependencies.items.every(
    (one) =>
      one.kind === "name" &&
      /^(?:user|session|profile|auth|router|params|token|isLoaded|isReady|mounted|\w*Id|id|fetch\w*|load\w*|get\w*|generate\w*)(?:\.\w+)*$/.test(
        one.name,
      ),
  )
    ? "per person"
    : undefined;
}
