import type { Finding } from "#gate/finding.js";
import { type PersonalSink, personalFlows } from "#model/personal-sinks.js";
import type { Project } from "#model/project.js";
import { isReachable, runtimeOf } from "#model/runtimes.js";
import { grouped, listed } from "./grouped.js";

/** Personal data in the logs of what runs on a server: one finding for the repository, one for what a change adds. */
export function logFindings(project: Project): Finding[] {
  const places = personalFlows(project)
    .sinks.filter((sink) => sink.kind === "log" && isKept(project, sink))
    .map((sink) => ({
      ...{ path: sink.in.path, line: sink.line, subject: wordsOf(sink) },
      isSure: sink.values.some(
        (one) => one.class !== "device" && one.class !== "prompt",
      ),
      note: `Writes ${wordsOf(sink)}.`,
    }));
  return grouped(project, places, (shown) => ({
    rule: "personal-data-in-logs",
    message:
      shown.length === 1
        ? `The server's log gets ${shown[0].subject}, and no deletion reaches a log.`
        : `The server's logs get personal data in ${String(shown.length)} places: ${listed(shown.map(({ subject }) => subject))}.`,
    fix: "Log the id instead, or mask the value before it is written; let a logger redact these fields everywhere.",
    confidence: shown.some(({ isSure }) => isSure) ? "likely" : "possible",
  }));
}

/** Files that people run by hand, and copies of what once ran. */
const notRun =
  /(?:^|\/)(?:_?archived?|deprecated|backups?|old)\/|^(?:delete|check|seed|test|debug|create|add|migrate|reset|fix|process|setup|import|export|sync|inspect|update|list|get|verify|run)[-_][\w.-]+$/i;

/** Logs of a browser or a telephone stay with the person. An address of the network is what logs are for. */
function isKept(
  project: Project,
  { in: { path }, values }: PersonalSink,
): boolean {
  const runtime = runtimeOf(project, path);
  const isServer =
    runtime === "edge" || (runtime === "server" && !isOfApp(project, path));
  const isShared = runtime === "shared" && !isOfBrowser(project, path);
  if (!(isServer || isShared) || !isReachable(project, path)) return false;
  return !notRun.test(path) && values.some((one) => one.class !== "device");
}

function isOfBrowser(project: Project, path: string): boolean {
  return (
    project.files.get(path)?.code?.hasMarkup === true ||
    imports(project, path, /^(?:react|react-dom|vue|svelte)(?:[-/]|$)/) ||
    isOfApp(project, path)
  );
}

function isOfApp(project: Project, path: string): boolean {
  return imports(
    project,
    path,
    /^(?:react-native|expo|@react-native\S*)(?:[-/]|$)/,
  );
}

function imports(project: Project, path: string, name: RegExp): boolean {
  return (project.files.get(path)?.module?.imports ?? []).some(({ from }) =>
    name.test(from),
  );
}

function wordsOf({ values }: PersonalSink): string {
  return listed(
    values
      .filter((one) => one.class !== "device")
      .map(({ name, class: kind }) =>
        kind === "record" ? `all of ${name}` : name,
      ),
  );
}
