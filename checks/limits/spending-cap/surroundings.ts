import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { stepsIn, valuesOf, valuesWithin } from "#model/value-walk.js";

/** A step that may end a function, with those before it: a list that many steps share. */
export interface Exit {
  readonly step: Extract<Step, { kind: "if" }>;
  readonly before: Exit | undefined;
}

/** A step with what has to be so before it runs. */
export interface Surrounded {
  readonly step: Step;
  /** Conditions of the blocks that it stands in; `isElse` where they have to fail. */
  readonly conditions: readonly {
    readonly test: Value;
    readonly isElse: boolean;
  }[];
  /** The nearest step before it that may have ended the function. */
  readonly exit: Exit | undefined;
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
    { conditions: [], exit: undefined, loops: [], isHandler: false },
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
  let { exit } = around;
  for (const step of steps) {
    const here = { ...around, exit };
    found.push({ step, ...here });
    enter(step, here, found);
    if (step.kind === "if" && endsWithExit(step.then))
      exit = { step, before: exit };
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

/** Whether one of some values stands in a step itself, not in the steps that it holds. */
export function holdsOne(step: Step, wanted: ReadonlySet<Value>): boolean {
  return valuesOf(step).some((value) =>
    valuesWithin(value).some((part) => wanted.has(part)),
  );
}
