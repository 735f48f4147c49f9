import type { Finding } from "#gate/finding.js";
import { reachableFrom } from "#model/module-edges.js";
import { type FunctionRef, functionAt } from "#model/functions.js";
import type { Project } from "#model/project.js";
import { isNextProject } from "#model/runtime-seeds.js";
import { runtimeOf } from "#model/runtimes.js";
import type { ReachedCall } from "#model/costly-calls.js";
import { sentenceStart } from "./output-cap.js";
import { isSpared } from "./spared.js";
import { dearReach, spendersOf } from "./spenders.js";

interface Render {
  readonly ref: FunctionRef;
  /** What runs it, as the middle of a sentence. */
  readonly when: string;
  readonly isEveryRequest?: true;
}

/** Pages, loaders and middleware of the server that pay for a call each time they run. */
export function renderFindings(project: Project): readonly Finding[] {
  if (spendersOf(project).length === 0) return [];
  return [...project.files.keys()].flatMap((path) =>
    rendersOf(project, path).flatMap((render) => {
      const reached = dearReach(project, render.ref).find(
        (one) =>
          !isAction(project, one) &&
          !isSpared(project, one.via, one.costly.call),
      );
      return reached ? [renderFinding(render, reached)] : [];
    }),
  );
}

function renderFinding(
  { ref, when, isEveryRequest }: Render,
  { costly, via }: ReachedCall,
): Finding {
  const { provider, path, line } = costly;
  return {
    rule: "costly-call-on-page-load",
    path: ref.path === path ? path : ref.path,
    lines:
      ref.path === path ? { start: line, end: line } : { start: 1, end: 1 },
    identity: `${String(via.length)} ${provider} ${when}`,
    message: `${sentenceStart(provider)} is paid ${when}: visitors, crawlers and prefetching browsers all count.`,
    fix: isEveryRequest
      ? "Take the call out of the middleware; decide there by what costs nothing."
      : "Keep the answer with a key and an age (a cache, a table, revalidate), or ask only when the user does something.",
    confidence: "likely",
    evidence: [{ path, line, note: `The call that ${provider} is paid for.` }],
  };
}

/** A form's action that stands in a page runs when somebody sends the form. */
function isAction(project: Project, { via }: ReachedCall): boolean {
  return via.some((ref) => {
    const facts = functionAt(project, ref);
    return (
      facts?.directives.includes("use server") === true ||
      /^(?:handle|on)[A-Z]/.test(facts?.name ?? "")
    );
  });
}

function rendersOf(project: Project, path: string): readonly Render[] {
  const code = project.files.get(path)?.code;
  if (!code || code.directives.includes("use client")) return [];
  const named = (names: RegExp, when: string): Render[] =>
    code.functions
      .filter(
        ({ parent, name, at }) =>
          at !== -1 && parent === -1 && names.test(name),
      )
      .map(({ at }) => ({ ref: { path, at }, when }));
  if (
    /(?:^|\/)(?:middleware|proxy)\.[cm]?[jt]s$/.test(path) &&
    isNextProject(project, path)
  )
    return named(
      /^(?:middleware|proxy|default)$/,
      "on every request that the middleware sees",
    ).map((one) => ({ ...one, isEveryRequest: true }));
  if (/\+(?:page|layout)(?:\.server)?\.[jt]s$/.test(path))
    return named(/^load$/, "each time this page is loaded");
  if (/(?:^|\/)app\/(?:routes\/.+|root)\.[jt]sx?$/.test(path) && code.hasMarkup)
    return named(/^loader$/, "each time this page is loaded");
  if (/(?:^|\/)pages\/(?!api\/).+\.[jt]sx?$/.test(path))
    return named(
      /^(?:getServerSideProps|.*\.?getInitialProps)$/,
      "each time this page is loaded",
    );
  return isNextProject(project, path) ? components(project, path) : [];
}

const pageFile =
  /(?:^|\/)app\/(?:.*\/)?(?:page|layout|template|default)\.[jt]sx?$/;

/** Components that the server draws: a page's own, and those of the files that pages load. */
function components(project: Project, path: string): readonly Render[] {
  const code = project.files.get(path)?.code;
  if (!code?.hasMarkup || !serverDrawn(project).has(path)) return [];
  if (code.directives.includes("use server")) return [];
  const isPage = pageFile.test(path);
  return code.functions
    .filter(
      ({ parent, name, at, isAsync }) =>
        at !== -1 &&
        parent === -1 &&
        (/^[A-Z]/.test(name) ||
          (isPage && /^(?:default|generateMetadata)?$/.test(name))) &&
        (isAsync || isPage),
    )
    .map(({ at }) => ({
      ref: { path, at },
      when: "each time this page is drawn",
    }));
}

const drawn = new WeakMap<Project, ReadonlySet<string>>();

function serverDrawn(project: Project): ReadonlySet<string> {
  const before = drawn.get(project);
  if (before) return before;
  const found = new Set<string>();
  for (const path of project.files.keys())
    if (pageFile.test(path) && runtimeOf(project, path) === "server")
      for (const one of reachableFrom(project, path, 3))
        if (runtimeOf(project, one) === "server" || one === path)
          found.add(one);
  drawn.set(project, found);
  return found;
}
