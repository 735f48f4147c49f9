import type { Project } from "#model/project.js";
import { runtimeOf } from "#model/runtimes.js";
import { allSteps } from "#model/value-walk.js";
import type { FunctionFacts, Step } from "#parse/code-facts.js";

/** A test in code that servers run, or may run. */
export interface ServerTest {
  readonly path: string;
  readonly facts: FunctionFacts;
  readonly step: Extract<Step, { kind: "if" }>;
}

/** Every `if` of the code that servers run, by file. */
export function serverTests(project: Project): ServerTest[] {
  return [...project.files].flatMap(([path, { code }]) =>
    code !== undefined &&
    ["server", "edge", "shared"].includes(runtimeOf(project, path))
      ? code.functions.flatMap((facts) =>
          allSteps(facts.steps).flatMap((step): ServerTest[] =>
            step.kind === "if" ? [{ path, facts, step }] : [],
          ),
        )
      : [],
  );
}
