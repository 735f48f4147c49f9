import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "./function-ref.js";
import { resolveFunction } from "./functions.js";
import type { Guard, Summary, Taint } from "./guard.js";
import { byStrength, strength } from "./guard-strength.js";
import { type Polarity, polarityOf } from "./guard-tests.js";
import { isContextIdentity, lookupOf } from "./identity-lookups.js";
import type { Project } from "./project.js";
import { comparedSecret, isComparison, tokenLookup } from "./secret-tests.js";
import {
  isAddressTest,
  isLookup,
  isPresence,
  isSentProof,
} from "./sent-proofs.js";
import { type CallValue, valuesWithin } from "./value-walk.js";

/** What is needed to tell what values know. */
export interface KnowledgeOptions {
  readonly project: Project;
  /** What the names of the enclosing functions stand for. */
  readonly outer: ReadonlyMap<string, Taint> | undefined;
  /**
   * What another function of the project does, also when it is known what its arguments stand for; undefined where
   * helpers are not followed any further.
   */
  readonly summarise: (
    ref: FunctionRef,
    callers?: readonly (Taint | undefined)[],
  ) => Summary | undefined;
}

/** What the names and values of one function tell of the caller, as far as its steps were walked. */
export class CallerKnowledge {
  readonly taints: Map<string, Taint>;
  readonly #ref: FunctionRef;
  readonly #facts: FunctionFacts;
  readonly #options: KnowledgeOptions;

  constructor(
    ref: FunctionRef,
    facts: FunctionFacts,
    options: KnowledgeOptions,
  ) {
    this.#ref = ref;
    this.#facts = facts;
    this.#options = options;
    this.taints = new Map(options.outer);
  }

  /** Notes that a name tells of the caller from here on. */
  set(name: string, taint: Taint): void {
    this.taints.set(name, taint);
  }

  /** What the project's own function behind a call does. */
  helper(call: CallValue): Summary | undefined {
    const ref = this.#ownFunction(call);
    return ref && this.#options.summarise(ref);
  }

  #ownFunction(call: CallValue): FunctionRef | undefined {
    const callee: Value =
      call.on?.kind === "call" && call.callee === ""
        ? { kind: "name", name: call.on.callee, line: call.line }
        : { kind: "name", name: call.callee, line: call.line };
    if (call.on !== undefined && call.callee !== "") return undefined;
    const ref = resolveFunction(
      this.#options.project,
      this.#ref.path,
      callee,
      this.#facts,
    );
    const isItself = ref?.at === this.#ref.at && ref.path === this.#ref.path;
    return isItself ? undefined : ref;
  }

  /** What a value tells of the caller. */
  taintOf(value: Value): Taint | undefined {
    let best: Taint | undefined;
    for (const part of valuesWithin(value)) {
      const taint = this.#taintOfPart(part);
      if (taint && (!best || strength(taint.kind) < strength(best.kind)))
        best = taint;
    }
    return best;
  }

  #taintOfPart(part: Value): Taint | undefined {
    if (part.kind === "name") {
      const known = this.#taintOfName(part.name);
      if (known) return known;
      if (isContextIdentity(part.name))
        return sessionTaint(part.name, part.line);
      return isSentProof(part.name)
        ? taintFrom("presence", part.name, part.line)
        : undefined;
    }
    if (part.kind === "member") return this.#taintOfEntry(part);
    return part.kind === "call" ? this.#taintOfCall(part) : undefined;
  }

  /** `sessions[token]`: what was sent as a proof, looked up in a table of the app's own. */
  #taintOfEntry({
    of,
    key,
    line,
  }: Extract<Value, { kind: "member" }>): Taint | undefined {
    if (key === undefined || !this.#sentProof(key)) return undefined;
    if (of.kind !== "name" || this.#sentProof(of)) return undefined;
    return sessionTaint(of.name, line);
  }

  #taintOfCall(part: CallValue): Taint | undefined {
    const dot = part.callee.lastIndexOf(".");
    const owner =
      dot < 0 ? undefined : this.#taintOfName(part.callee.slice(0, dot));
    if (owner && owner.kind !== "presence") return owner;
    if (dot > 0 && isContextIdentity(part.callee.slice(0, dot)))
      return sessionTaint(part.callee, part.line);
    // A client that was made with what the caller sent may ask whose it is: `client.auth.getUser()`.
    return this.#taintOfResult(part) ?? owner;
  }

  #taintOfResult(part: CallValue): Taint | undefined {
    const lookup = lookupOf(this.#options.project, this.#ref.path, part);
    if (lookup) return taintFrom(lookup.kind, lookup.how, part.line);
    const token = tokenLookup(part);
    if (token) return taintFrom("capability", token, part.line);
    const secret = isComparison(part) && this.#secretIn(part);
    if (secret) return taintFrom(secret.kind, secret.how, part.line);
    if (isPresence(part)) return taintFrom("presence", part.callee, part.line);
    if (isAddressTest(part))
      return taintFrom("network", part.callee, part.line);
    const vouched = this.#vouched(part);
    if (vouched) return vouched;
    return this.#toldByHelper(part);
  }

  /** What the answer of the app's own function tells: what it refuses for, or what it was given for. */
  #toldByHelper(part: CallValue): Taint | undefined {
    const { guards = [], identity } = this.helper(part) ?? {};
    const guard = strongest(guards);
    const isMoreTold = identity !== undefined && identity.kind !== "presence";
    if (guard && !(guard.kind === "presence" && isMoreTold))
      return {
        ...taintFrom(guard.kind, part.callee, part.line),
        isAmbiguous: true,
      };
    return identity && { ...identity, how: part.callee };
  }

  /** What was sent as a proof, looked up in a store of the app's own or shown to a service that knows. */
  #vouched(call: CallValue): Taint | undefined {
    const given = call.arguments.map((one) => this.#sentProof(one));
    if (!given.some((one) => one !== undefined)) return undefined;
    if (isLookup(call)) return sessionTaint(call.callee, call.line);
    const ref = this.#ownFunction(call);
    const identity = ref && this.#options.summarise(ref, given)?.identity;
    return identity && identity.kind !== "presence"
      ? { ...identity, how: call.callee }
      : undefined;
  }

  #sentProof(value: Value): Taint | undefined {
    const found = valuesWithin(value).find((part) => {
      if (part.kind === "name")
        return (
          isSentProof(part.name) ||
          this.#taintOfName(part.name)?.kind === "presence"
        );
      return part.kind === "call" && isPresence(part);
    });
    return found && taintFrom("presence", "", found.line);
  }

  #taintOfName(name: string): Taint | undefined {
    for (let at = name; ; at = at.slice(0, at.lastIndexOf("."))) {
      const taint = this.taints.get(at);
      if (taint) return taint;
      if (!at.includes(".")) return undefined;
    }
  }

  /** What a variable tells of the caller that is given this value: `const isStranger = !user`. */
  answerOf(value: Value): Taint | undefined {
    const isAnswer =
      value.kind === "not" ||
      value.kind === "compare" ||
      (value.kind === "either" && /^(?:&&|\|\|)$/.test(value.operator));
    if (!isAnswer) return this.taintOf(value);
    const taint = this.testedTaint(value);
    if (taint === undefined) return undefined;
    return this.polarity(value) === -1 ? { ...taint, isError: true } : taint;
  }

  /** What the parts of a test tell, secrets that it compares with among them. */
  testedTaint(test: Value): Taint | undefined {
    const secret = this.#secretIn(test);
    return secret
      ? taintFrom(secret.kind, secret.how, test.line)
      : this.taintOf(test);
  }

  #secretIn(test: Value): ReturnType<typeof comparedSecret> {
    const { project } = this.#options;
    return comparedSecret(project, this.#ref.path, test, this.#facts);
  }

  polarity(test: Value): Polarity {
    return polarityOf(test, (part): Polarity | undefined => {
      const secret = part.kind === "compare" ? this.#secretIn(part) : undefined;
      if (secret && part.kind === "compare")
        return part.operator.startsWith("!") ? -1 : 1;
      if (part.kind !== "name" && part.kind !== "call") return undefined;
      const taint = this.#taintOfPart(part);
      if (taint === undefined) return undefined;
      return taint.isError ? -1 : 1;
    });
  }
}

function strongest(guards: readonly Guard[]): Guard | undefined {
  for (const kind of byStrength) {
    const found = guards.find((one) => one.kind === kind);
    if (found) return found;
  }
  return undefined;
}

/** What a look-up tells. */
export function taintFrom(
  kind: Taint["kind"],
  how: string,
  line: number,
): Taint {
  return { kind, how, line, isError: false, isAmbiguous: false };
}

/** A session that somebody looked up. */
export function sessionTaint(how: string, line: number): Taint {
  return taintFrom("session", how, line);
}

/** An error that comes with a look-up stands for an unknown caller. */
export function memberTaint(taint: Taint, local: string, path: string): Taint {
  const isError =
    /(?:^|\.)(?:\w*[eE]rr(?:or)?|response)$/.test(path) ||
    /^(?:e|err|error|\w+Error)$/.test(local);
  return isError ? { ...taint, isError } : taint;
}
