import type { Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";

/** A call or `new` as it is written. */
export type CallValue = Extract<Value, { kind: "call" }>;

/** The values that a value is made of, in source order. */
export function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "template":
      return value.parts;
    case "list":
      return value.items;
    case "object":
    case "class":
      return value.entries.map((entry) => entry.value);
    case "either":
      return value.test ? [value.test, ...value.options] : value.options;
    case "compare":
      return [value.left, value.right];
    case "call":
      return value.on ? [value.on, ...value.arguments] : value.arguments;
    case "spread":
    case "not":
    case "member":
      return [value.of];
    default:
      return [];
  }
}

/** The value and everything within it, outer ones first; functions that stand in it are not entered. */
export function valuesWithin(value: Value): Value[] {
  const found: Value[] = [];
  const pending: Value[] = [value];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    found.push(at);
    pushParts(at, pending);
  }
  return found;
}

/** Whether the value or a part of it meets the test. */
export function hasPart(
  value: Value,
  isWanted: (part: Value) => boolean,
): boolean {
  const pending: Value[] = [value];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (isWanted(at)) return true;
    pushParts(at, pending);
  }
  return false;
}

/** Puts the parts of a value on a stack, the first one on top. Every value of a project comes by here many times, so no list is made. */
function pushParts(value: Value, pending: Value[]): void {
  switch (value.kind) {
    case "template":
      pushReversed(value.parts, pending);
      return;
    case "list":
      pushReversed(value.items, pending);
      return;
    case "object":
    case "class":
      for (let at = value.entries.length - 1; at >= 0; at -= 1)
        pending.push((value.entries[at] as { value: Value }).value);
      return;
    case "either":
      pushReversed(value.options, pending);
      if (value.test) pending.push(value.test);
      return;
    case "compare":
      pending.push(value.right, value.left);
      return;
    case "call":
      pushReversed(value.arguments, pending);
      if (value.on) pending.push(value.on);
      return;
    case "spread":
    case "not":
    case "member":
      pending.push(value.of);
      return;
    default:
  }
}

function pushReversed<One>(list: readonly One[], pending: One[]): void {
  for (let at = list.length - 1; at >= 0; at -= 1)
    pending.push(list[at] as One);
}

/** The values that a step itself holds, without those of the steps in it. */
export function valuesOf(step: Step): readonly Value[] {
  switch (step.kind) {
    case "let":
    case "set":
    case "do":
    case "throw":
      return [step.value];
    case "return":
      return step.value ? [step.value] : [];
    case "if":
      return [step.test];
    case "loop":
      return [step.test, step.over].filter((one) => one !== undefined);
    case "try":
      return [];
  }
}

/** The steps that a step holds. */
export function stepsIn(step: Step): readonly Step[] {
  switch (step.kind) {
    case "if":
      return step.else.length === 0 ? step.then : [...step.then, ...step.else];
    case "loop":
      return step.body;
    case "try":
      return [...step.body, ...(step.handler ?? []), ...step.finally];
    default:
      return [];
  }
}

/** All steps, nested ones included, in source order. */
export function allSteps(steps: readonly Step[]): Step[] {
  const found: Step[] = [];
  const pending: Step[] = [];
  pushReversed(steps, pending);
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    found.push(at);
    pushReversed(stepsIn(at), pending);
  }
  return found;
}

/** The string that a value is: a literal, or a template without holes. */
export function stringOf(value: Value | undefined): string | undefined {
  if (value?.kind === "literal")
    return typeof value.value === "string" ? value.value : undefined;
  return value?.kind === "template" && value.parts.length === 1
    ? stringOf(value.parts[0])
    : undefined;
}

/** The last part of a dotted name. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The first part of a dotted name. */
export function rootName(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? name : name.slice(0, dot);
}
