import type { Finding } from "#gate/finding.js";
import { fileSide, isPageOfBothSides } from "#model/file-side.js";
import { isReachable } from "#model/runtimes.js";
import { marksOf, type Project } from "#model/project.js";
import type { ErrorMark } from "./marks.js";
import { type Equipment, equipmentOf, isLoadedByCommand } from "./reporters.js";

/** The check's slug, under which its marks are kept. */
export const checkName = "error-visibility";

/** Where errors get lost, and whether anybody is told of the others; undefined where no app is here. */
export function errorFindings(project: Project): Finding[] | undefined {
  const equipment = equipmentOf(project);
  const lost = [...project.files.keys()].flatMap((path) =>
    lostIn(project, path),
  );
  if (
    equipment.app === undefined &&
    lost.length === 0 &&
    !hasFunctions(project)
  )
    return undefined;
  return [...lost, ...reporterFindings(project, equipment)];
}

function hasFunctions({ snapshot }: Project): boolean {
  return snapshot.paths.some((path) =>
    /(?:^|\/)supabase\/functions\/[^/]+\/index\.ts$/.test(path),
  );
}

function lostIn(project: Project, path: string): Finding[] {
  const facts = project.files.get(path);
  const marks = facts ? marksOf<ErrorMark>(facts, checkName) : [];
  const side = marks.length === 0 ? "aside" : fileSide(project, path);
  if (side === "aside") return [];
  const isLive = isReachable(project, path);
  return marks.flatMap((mark) => {
    const said = sentenceOf(mark);
    const isServers =
      side === "server" || (mark.isServerFunction && isPageOfBothSides(path));
    if (said === undefined || !isServers) return [];
    return [
      {
        rule: said.rule,
        path,
        lines: { start: mark.line, end: mark.line },
        message: said.message,
        fix: said.fix,
        confidence: isLive && !mark.isLogged ? "likely" : "possible",
        identity: mark.name === "" ? said.rule : mark.name,
      } satisfies Finding,
    ];
  });
}

function sentenceOf({ kind, name, isLogged }: ErrorMark) {
  if (kind === "swallowed")
    return {
      rule: "swallowed-error",
      message: `When ${name} fails on the server, nobody hears of it: the error is dropped.`,
      fix: "Report or log it with what was being done, let it go up, or write down why it may be dropped.",
    };
  if (kind === "answered")
    return {
      rule: "failure-answered-as-success",
      message: isLogged
        ? "After a failure the sender is told that all went well, so it never tries again and only a log line is left."
        : "After a failure the sender is told that all went well: it never tries again, and nobody hears of it.",
      fix: "Report the error and answer with a 5xx status, or keep the event for another try before answering.",
    };
  if (kind === "silenced")
    return {
      rule: "silenced-process",
      message:
        "Every error that nothing else catches ends in this empty handler.",
      fix: "Report the error here and end the process, so that it starts again in a known state.",
    };
  return undefined;
}

function reporterFindings(project: Project, equipment: Equipment): Finding[] {
  const { reporters, used, hasAgent } = equipment;
  const signs = [...project.files].flatMap(([path, facts]) =>
    marksOf<ErrorMark>(facts, checkName).map(({ kind }) =>
      kind === "captured" && fileSide(project, path) === "server"
        ? "alerted"
        : kind,
    ),
  );
  const isAlerted = hasAgent || signs.includes("alerted");
  const working = reporters.filter(
    ({ name }) => used.has(name) || isLoadedByCommand(project, name),
  );
  if (reporters.length === 0 && used.size === 0)
    return isAlerted ? [] : noReporter(project, equipment);
  if (working.length === 0 && used.size === 0)
    return isAlerted ? [] : [unused(reporters)];
  const areAllSentry = [...used].every((name) => name.startsWith("@sentry/"));
  const isStarted =
    !areAllSentry || used.size === 0 || signs.includes("started");
  return isStarted || isAlerted ? [] : [notStarted(project, used)];
}

function noReporter(project: Project, { app }: Equipment): Finding[] {
  const path =
    app ??
    project.snapshot.paths.find((one) =>
      /supabase\/functions\/[^/]+\/index\.ts$/.test(one),
    );
  if (path === undefined) return [];
  return [
    {
      rule: "no-reporter",
      path,
      lines: { start: 1, end: 1 },
      message:
        "Nothing in this app carries errors to a person: no error service, no log service, no alert is wired in.",
      fix: "Wire in an error reporter (Sentry, Datadog, Axiom, OpenTelemetry …) with an alert, or attest your platform's log alerts in .vibegate.yml.",
      confidence: "likely",
      identity: "no-reporter",
    },
  ];
}

function unused(reporters: Equipment["reporters"]): Finding {
  const [{ name, path, line }] = reporters as [Equipment["reporters"][0]];
  return {
    rule: "reporter-not-used",
    path,
    lines: { start: line, end: line },
    message: `${name} is listed here and nothing imports it, so no error reaches it.`,
    fix: "Import and start it where the server and the browser app begin, or remove it and wire in another reporter.",
    confidence: "likely",
    identity: name,
  };
}

function notStarted(project: Project, used: ReadonlySet<string>): Finding {
  const importer = [...project.files.values()].find(
    ({ kind, module }) =>
      kind !== "test" &&
      module?.imports.some(({ from }) =>
        [...used].some((name) => from.startsWith(name)),
      ),
  );
  const imported = importer?.module?.imports.find(({ from }) =>
    [...used].some((name) => from.startsWith(name)),
  );
  const line = imported?.line ?? 1;
  return {
    rule: "reporter-not-started",
    path: importer?.path ?? "package.json",
    lines: { start: line, end: line },
    message: `${imported?.from ?? "The reporter"} is imported, and nothing calls its init, so it sends nothing.`,
    fix: "Call init with the project's DSN where the server and the browser app begin.",
    confidence: "likely",
    identity: "reporter-not-started",
  };
}
