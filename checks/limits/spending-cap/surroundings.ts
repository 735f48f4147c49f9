import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { stepsIn, valuesOf, valuesWithin } from "#model/value-walk.js";

/** A step with what has to be so before it runs. */
export interface Surrounded {
  readonly step: Step;
  /** Conditions of the blocks that it stands in; `isElse` where they have to fail. */
  readonly conditions: readonly {
    readonly test: Value;
    readonly isElse: boolean;
  }[];
  /** Steps before it that may have ended the function. */
  readonly exits: readonly Extract<Step, { kind: "if" }>[];
  /** Loops that it stands in, outermost first. */
  readonly loops: readonly Extract<Step, { kind: "loop" }>[];
  /** Whether it handles an error. */
  readonly isHandler: boolean;
}

const known = new WeakMap<FunctionFacts, readonly Surrounded[]>();

/** Every step of a function with its surroundings. */
export function surroundingsOf(facts: FunctionFacts): readonly Surrounded[] {
  const before = known.get(facts);
  if (before) return before;
  const found: Surrounded[] = [];
  walk(
    facts.steps,
    { conditions: [], exits: [], loops: [], isHandler: false },
    found,
  );
  known.set(facts, found);
  return found;
}

type Around = Omit<Surrounded, "step">;

/** Steps nest no deeper than the parser follows them. */
function walk(
  steps: readonly Step[],
  around: Around,
  found: Surrounded[],
): void {
  let { exits } = around;
  for (const step of steps) {
    const here = { ...around, exits };
    found.push({ step, ...here });
    enter(step, here, found);
    if (step.kind === "if" && endsWithExit(step.then)) exits = [...exits, step];
  }
}

function enter(step: Step, here: Around, found: Surrounded[]): void {
  if (step.kind === "if") {
    const inside = (isElse: boolean): Around => ({
      ...here,
      conditions: [...here.conditions, { test: step.test, isElse }],
    });
    walk(step.then, inside(false), found);
    walk(step.else, inside(true), found);
  } else if (step.kind === "loop")
    walk(step.body, { ...here, loops: [...here.loops, step] }, found);
  else if (step.kind === "try") {
    walk(step.body, here, found);
    walk(step.handler ?? [], { ...here, isHandler: true }, found);
    walk(step.finally, here, found);
  } else walk(stepsIn(step), here, found);
}

function endsWithExit(steps: readonly Step[]): boolean {
  return steps.some(({ kind }) => kind === "return" || kind === "throw");
}

/** Whether a value stands in a step itself, not in the steps that it holds. */
export function holds(step: Step, wanted: Value): boolean {
  return valuesOf(step).some((value) => valuesWithin(value).includes(wanted));
}
