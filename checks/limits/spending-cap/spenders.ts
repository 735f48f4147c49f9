import {
  type CostlyCall,
  costlyCallsIn,
  costlyReach,
  type ReachedCall,
} from "#model/costly-calls.js";
import { fileSide } from "#model/file-side.js";
import type { FunctionRef } from "#model/functions.js";
import type { Project } from "#model/project.js";

const known = new WeakMap<Project, readonly CostlyCall[]>();

/** Every call of the app that is paid by use, in the order of the files. */
export function spendersOf(project: Project): readonly CostlyCall[] {
  const before = known.get(project);
  if (before) return before;
  const found = [...project.files].flatMap(([path, { code }]) =>
    code === undefined || fileSide(project, path) === "aside"
      ? []
      : code.functions.flatMap(({ at }) =>
          costlyCallsIn(project, { path, at }),
        ),
  );
  known.set(project, found);
  return found;
}

/** Calls that cost so much each that a loop of them is felt. */
const dear = /^(?:model|media|speech|message)$/;

/** Whether a call costs so much that a loop of it is felt. Tokens for a session of the browser cost nothing by themselves. */
export function isDear({ kind, sdk, host, call }: CostlyCall): boolean {
  return (
    dear.test(kind) &&
    !/\.(?:sessions|clientSecrets)\.create$/.test(sdk?.way ?? "") &&
    !(host !== undefined && isTokenRequest(call.arguments[0]))
  );
}

function isTokenRequest(
  url: CostlyCall["call"]["arguments"][number] | undefined,
) {
  const text =
    url?.kind === "literal"
      ? String(url.value)
      : url?.kind === "template"
        ? url.head
        : "";
  return /realtime\/(?:sessions|client_secrets)|get[-_]signed[-_]url|\/token\b|\/usage\b|\/voices\b/.test(
    text,
  );
}

/** The dear calls that running a function leads to. */
export function dearReach(
  project: Project,
  ref: FunctionRef,
): readonly ReachedCall[] {
  return costlyReach(project, ref).filter(({ costly }) => isDear(costly));
}
