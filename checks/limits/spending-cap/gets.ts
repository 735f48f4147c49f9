import type { Finding } from "#gate/finding.js";
import { guardsOf } from "#model/guards.js";
import type { Project } from "#model/project.js";
import { type Route, routesOf } from "#model/routes.js";
import { isReachable } from "#model/runtimes.js";
import { fileSide } from "#model/file-side.js";
import { isSpared } from "./spared.js";
import { dearReach, spendersOf } from "./spenders.js";
import { sentenceStart } from "./output-cap.js";

/** Endpoints that pay for a call when they are merely read. */
export function getFindings(project: Project): readonly Finding[] {
  if (spendersOf(project).length === 0) return [];
  return routesOf(project).flatMap((route) => getFinding(project, route) ?? []);
}

/** Paths that machines call on purpose. */
const machines =
  /(?:^|[/_-])(?:cron|jobs?|webhooks?|callback|health\w*|internal|tasks?|inngest|trigger)(?:[/_-]|$)/i;

function getFinding(project: Project, route: Route): Finding | undefined {
  const { methods, path, file, line, handler } = route;
  if (!methods.includes("GET") || methods.length > 2 || machines.test(path))
    return undefined;
  if (fileSide(project, file) === "aside") return undefined;
  const reached = dearReach(project, handler).find(
    (one) => !isSpared(project, one.via, one.costly.call),
  );
  if (!reached) return undefined;
  if (
    guardsOf(project, route).some(({ kind }) =>
      /^(?:secret|signature|capability)$/.test(kind),
    )
  )
    return undefined;
  const { provider } = reached.costly;
  return {
    rule: "costly-call-on-get",
    path: file,
    lines: { start: line, end: line },
    identity: path,
    message: `${sentenceStart(provider)} is paid each time ${path} is read: a link, a preview, a reload or a prefetch is enough.`,
    fix: "Take a POST that a person sends off, or keep the answer with a key and an age so that reading it again costs nothing.",
    confidence: "likely",
    evidence: [
      {
        path: reached.costly.path,
        line: reached.costly.line,
        note: `The call that ${provider} is paid for.`,
      },
    ],
    ...(!isReachable(project, file) && { atMost: "notice" as const }),
  };
}
