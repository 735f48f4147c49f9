import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { dataShape } from "./data-operations.js";
import type { FunctionRef } from "./function-ref.js";
import { resolveFunction } from "./functions.js";
import { summaryOf } from "./guard-scan.js";
import { isContextIdentity, lookupOf } from "./identity-lookups.js";
import type { Origin, TracedEntry } from "./operation.js";
import type { Project } from "./project.js";
import { isOwnerColumn } from "./table-subject.js";
import { isInputCall, isRequestName } from "./request-names.js";
import {
  type CallValue,
  rootName,
  stringOf,
  valuesWithin,
} from "./value-walk.js";

/** A function that is walked, with what its names are known to stand for. */
export interface Place {
  readonly ref: FunctionRef;
  readonly facts: FunctionFacts;
  readonly names: Map<string, Origin>;
  /** Names whose columns are known, because whoever calls wrote them one by one or a schema names them. */
  readonly fields: ReadonlyMap<string, readonly TracedEntry[]>;
  /** Parameters that stand for a client of the database with all rights, because whoever calls made it so. */
  readonly privileged: ReadonlySet<string>;
  readonly depth: number;
}

/** Tells where values come from. */
export class Origins {
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  /** A value that is put together from both counts as the caller's: `${user.id}/${name}`. */
  entryOrigin(place: Place, value: Value): Origin {
    if (isChosenFromList(value)) return "other";
    const parts = valuesWithin(value);
    if (parts.some((part) => this.isIdentity(place, part))) return "identity";
    const carried = carriedBy(value);
    return carried.some((part) => this.isInput(place, part))
      ? "input"
      : "other";
  }

  argumentOrigin(place: Place, argument: Value, path: string): Origin {
    if (
      path === "" &&
      argument.kind === "object" &&
      argument.entries.some(
        (one) => this.entryOrigin(place, one.value) === "identity",
      )
    )
      return "identity";
    const entry =
      argument.kind === "object" && path !== ""
        ? argument.entries.find(({ key }) => key === rootName(path))?.value
        : argument;
    return entry ? this.entryOrigin(place, entry) : "other";
  }

  originOf(place: Place, value: Value, path: string): Origin {
    if (isChosenFromList(value)) return "other";
    if (/(?:^|\.)(?:user|session)$/.test(path)) return "identity";
    if (value.kind === "name" && isMadeForCaller(`${value.name}.${path}`))
      return "identity";
    const parts = valuesWithin(value);
    const asks = (part: Value) =>
      part.kind === "call" &&
      (lookupOf(this.#project, place.ref.path, part) !== undefined ||
        this.#tellsCaller(place, part));
    if (parts.some(asks)) return "identity";
    if (value.kind === "call" && isInputCall(value)) return "input";
    if (value.kind === "call" && dataShape(value))
      return this.#isRowOfCaller(place, value) ? "identity" : "other";
    const direct = parts.some((part) => this.isIdentity(place, part));
    if (direct && /^(?:name|member|either)$/.test(value.kind))
      return "identity";
    const isFromInput = parts.some((part) => this.isInput(place, part));
    return isFromInput ? handedOn(value) : direct ? "identity" : "other";
  }

  /** `Shop.findOne({ owner: req.user.id })`: what is found stands for the caller. */
  #isRowOfCaller(place: Place, call: CallValue): boolean {
    const shape = dataShape(call);
    return (
      shape?.kind === "read" &&
      /(?:findOne|findFirst|findUnique|findBy\w+|maybeSingle|single|first)\w*$/.test(
        call.callee,
      ) &&
      shape.predicates.some(
        (one) =>
          isOwnerColumn(one.key) &&
          this.entryOrigin(place, one.value) === "identity",
      )
    );
  }

  /** `const user = await User.findById(req.params.id)`: whoever the request names, whatever the name says. */
  isSomebodysRow(place: Place, value: Value): boolean {
    const shape = value.kind === "call" ? dataShape(value) : undefined;
    return (
      shape?.kind === "read" &&
      shape.predicates.length > 0 &&
      shape.predicates.every(
        (one) => this.entryOrigin(place, one.value) === "input",
      )
    );
  }

  /** `getProfile()`, which looks the session up and gives back what belongs to it. */
  #tellsCaller({ ref, facts }: Place, call: CallValue): boolean {
    if (call.on !== undefined || dataShape(call)) return false;
    const callee: Value = { kind: "name", name: call.callee, line: call.line };
    const own = resolveFunction(this.#project, ref.path, callee, facts);
    if (own === undefined) return false;
    const { identity } = summaryOf(own, { project: this.#project });
    return identity?.kind === "session" && !identity.isAmbiguous;
  }

  isIdentity(place: Place, part: Value): boolean {
    const name =
      part.kind === "name"
        ? part.name
        : part.kind === "call"
          ? part.callee
          : undefined;
    if (name === undefined) return false;
    const known = place.names.get(rootName(name)) ?? place.names.get(name);
    if (known === "identity") return true;
    if (
      isContextIdentity(name) ||
      (part.kind === "name" && isMadeForCaller(name)) ||
      (part.kind === "call" &&
        (lookupOf(this.#project, place.ref.path, part) !== undefined ||
          this.#tellsCaller(place, part)))
    )
      return true;
    return (
      known === undefined &&
      /^(?:current|auth|session|logged|my|me|viewer|tenant|org|team|workspace|owner|caller|requester|user)\w*$/i.test(
        rootName(name),
      ) &&
      part.kind === "name"
    );
  }

  isInput(place: Place, part: Value): boolean {
    if (part.kind === "call") return isInputCall(part);
    if (part.kind !== "name") return false;
    if (isContextIdentity(part.name)) return false;
    return (
      isRequestName(part.name) ||
      place.names.get(rootName(part.name)) === "input" ||
      place.names.get(part.name) === "input"
    );
  }
}

const tools =
  /^(?:db|database|prisma|drizzle|tx|supabase\w*|headers|req|request|res|response|params|query|body|input|redis|kv|env|logger|log|json|text|html|redirect|get|set|state|status|path|url|method|cookies|host|ip|dataSources|models|services|loaders|pubsub|cache|i18n|locale|t|var|event|waitUntil|executionCtx|rawInput|type|next|error|render|throw|assert|is|app|cf|storage|config|switchToHttp|getHandler|getClass|getArgs|site|slug|searchParams|signal|\w*[dD]b|\w*[cC]lient|\w*[sS]ervices?)$/;

/** What middleware put into the context of a procedure, tools left out: `ctx.workspace`. */
export function isMadeForCaller(name: string): boolean {
  const member = /^(?:opts\.)?(?:ctx|context)\.(\w+)/.exec(name)?.[1];
  return member !== undefined && !tools.test(member);
}

/** What is made of the input is input still, where a call hands it on. */
function handedOn(value: Value): Origin {
  if (value.kind !== "call") return "input";
  return /(?:^|\.)(?:parse|safeParse|parseAsync|safeParseAsync|Number|parseInt|String|validate|toString|trim|toLowerCase|json|get)$/.test(
    value.callee,
  )
    ? "input"
    : "other";
}

/** Calls that hand their arguments on; what any other one gives back was made or looked up by the server. */
const handsOn =
  /(?:^|\.)(?:parse|safeParse|parseAsync|safeParseAsync|Number|BigInt|parseInt|parseFloat|String|validate|toString|toFixed|trim|toLowerCase|round|floor|ceil|abs|max|min)$/;

/** The parts of a value that can be what it stands for: a key by which something is looked up cannot. */
function carriedBy(value: Value): Value[] {
  const found: Value[] = [];
  const pending: Value[] = [value];
  for (let part = pending.pop(); part; part = pending.pop()) {
    found.push(part);
    if (part.kind === "call") {
      if (part.on) pending.push(part.on);
      if (handsOn.test(part.callee) || part.callee === "")
        pending.push(...part.arguments);
    } else pending.push(...partsOf(part));
  }
  return found;
}

function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "template":
      return value.parts;
    case "list":
      return value.items;
    case "object":
      return value.entries.map((entry) => entry.value);
    case "either":
      return value.options;
    case "spread":
    case "not":
    case "member":
      return [value.of];
    default:
      return [];
  }
}

/** `["buyer", "seller"].includes(role) ? role : "buyer"`: the list says what may be asked for, and nothing of rights. */
function isChosenFromList(value: Value): boolean {
  if (value.kind !== "either" || value.operator !== "?:") return false;
  const { test } = value;
  if (test?.kind !== "call" || !/(?:^|\.)includes$/.test(test.callee))
    return false;
  const { on } = test;
  return (
    on?.kind === "list" &&
    on.items.length > 0 &&
    on.items.every((one) => {
      const text = stringOf(one) ?? (one.kind === "name" ? one.name : "admin");
      return !privileged.test(text.slice(text.lastIndexOf(".") + 1));
    })
  );
}

const privileged = /admin|owner|staff|super|moderator|manager|root|editor/i;
