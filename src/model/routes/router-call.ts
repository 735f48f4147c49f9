import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "../constants.js";
import type { FunctionRef } from "../function-ref.js";
import type { Project } from "../project.js";
import type { ChainLink } from "../route.js";
import { type CallValue, stringOf } from "../value-walk.js";
import type { RouterObject } from "./router-objects.js";

/** What happens on a router, in order. */
export type RouterEvent =
  | {
      readonly kind: "use";
      readonly prefix: string;
      readonly links: readonly ChainLink[];
    }
  | {
      readonly kind: "mount";
      readonly prefix: string;
      readonly links: readonly ChainLink[];
      readonly target: RouterObject;
      /** The target is the same object under another name. */
      readonly isSame: boolean;
    }
  | {
      readonly kind: "route";
      readonly methods: readonly string[];
      readonly paths: readonly string[];
      readonly chain: readonly ChainLink[];
      readonly handler: FunctionRef;
      readonly file: string;
      readonly line: number;
    };

/** A call on a router, with what it needs to be understood. */
export interface RouterCall {
  readonly project: Project;
  readonly path: string;
  readonly within: FunctionFacts;
  readonly router: RouterObject;
  readonly method: string;
  readonly call: CallValue;
  /** Path that `route("/x")` before it in the chain gives. */
  readonly base: string | undefined;
}

/** The paths that a first argument names; empty where it names none. */
export function pathsOf(
  project: Project,
  path: string,
  value: Value | undefined,
): readonly string[] {
  if (value === undefined) return [];
  if (value.kind === "list")
    return value.items.flatMap((one) => pathsOf(project, path, one));
  const text = stringOf(value) ?? templatePath(project, path, value);
  if (text !== undefined) return [text];
  if (value.kind === "pattern") return ["/*"];
  if (value.kind !== "name") return [];
  const constant = resolveConstant(project, path, value.name);
  return constant && constant.value.kind !== "name"
    ? pathsOf(project, constant.path, constant.value)
    : [];
}

/** `${API_PREFIX}/users`: holes whose value is written are filled, others stand for one segment. */
function templatePath(
  project: Project,
  path: string,
  value: Value,
): string | undefined {
  if (value.kind !== "template") return undefined;
  const texts = value.parts.map((part) => {
    const own = stringOf(part);
    if (own !== undefined) return own;
    const constant =
      part.kind === "name"
        ? resolveConstant(project, path, part.name)
        : undefined;
    return stringOf(constant?.value) ?? ":value";
  });
  return texts.join("");
}
