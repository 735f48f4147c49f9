import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { localsOf } from "./local-values.js";
import { singular, wordsOf } from "./name-words.js";
import type { PersonalClass } from "./personal-class.js";
import { personalField } from "./personal-data.js";
import { allSteps, lastName, valuesOf, valuesWithin } from "./value-walk.js";

/** A value in the code that is about a person, by its name. */
export interface PersonalValue {
  /** As written: `user.email`. */
  readonly name: string;
  /**
   * `content` for what people write or say; `prompt` for a text that was put together for a model and may repeat it;
   * `record` for everything that is kept of a person.
   */
  readonly class: PersonalClass | "content" | "prompt" | "record";
}

/** Names are followed through this many variables. */
const maxHops = 3;

/**
 * The personal data that values carry to where they are given: names, members, templates, lists and objects are looked
 * through; what is compared, tested, counted, masked or hashed is not carried.
 *
 * @param follow - Whether variables are followed to what they start with.
 */
export function personalValuesIn(
  values: readonly Value[],
  within: FunctionFacts,
  follow: boolean,
): readonly PersonalValue[] {
  const found = new Map<string, PersonalValue>();
  const pending = values.map((value) => ({ value, hops: 0, inText: false }));
  const seen = new Set<Value>();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { value, hops, inText } = at;
    if (seen.has(value)) continue;
    seen.add(value);
    const own = ofName(value, within, inText);
    if (own) found.set(own.name, own);
    const text = inText || value.kind === "template";
    for (const next of carriedBy(value))
      pending.push({ value: next, hops, inText: text });
    if (follow && !own && value.kind === "name" && hops < maxHops) {
      const local = localsOf(within).get(value.name);
      if (local?.member === "")
        pending.push({ value: local.value, hops: hops + 1, inText });
    }
  }
  return [...found.values()].reverse();
}

/** Calls that hand on what they are given, by their last names. */
const handsOn =
  /^(?:stringify|String|toString|trim|toLowerCase|toUpperCase|substring|substr|slice|join|concat|assign|inspect|toJSON|toObject|encodeURIComponent|map|parse)$/;

function carriedBy(value: Value): readonly Value[] {
  switch (value.kind) {
    case "template":
      return value.parts;
    case "list":
      return value.items;
    case "object":
      return value.entries.map((entry) => entry.value);
    case "either":
      // What stands before `&&` is asked, not given.
      return value.operator === "&&" ? value.options.slice(-1) : value.options;
    case "spread":
      return [value.of];
    case "call":
      if (!handsOn.test(lastName(value.callee))) return [];
      return [
        ...(value.on ? [value.on] : receiverOf(value.callee, value.line)),
        ...value.arguments,
      ];
    default:
      return [];
  }
}

/** `user.email` of `user.email.toLowerCase()`. */
function receiverOf(callee: string, line: number): readonly Value[] {
  const dot = callee.lastIndexOf(".");
  const name = dot < 0 ? "" : callee.slice(0, dot);
  return name === "" || /^(?:JSON|Object|util|String)$/.test(name)
    ? []
    : [{ kind: "name", name, line }];
}

function ofName(
  value: Value,
  within: FunctionFacts,
  inText: boolean,
): PersonalValue | undefined {
  const name =
    value.kind === "name"
      ? value.name
      : value.kind === "member"
        ? value.name
        : "";
  if (name === "" || /^[A-Z0-9_]+$/.test(name)) return undefined;
  const last = lastName(name);
  const before = name.slice(0, Math.max(0, name.length - last.length - 1));
  if (isSetting(before)) return undefined;
  const kind =
    plural.test(last) || /^admin|_or_|Or[A-Z]/.test(last)
      ? undefined
      : personalField(last, before);
  if (kind) return { name, class: kind };
  if (contents.test(last)) return { name, class: "content" };
  if (prompts.test(last)) return { name, class: "prompt" };
  if (inText) return undefined;
  return isRecord(name) || isPersonalBody(name, within)
    ? { name, class: "record" }
    : undefined;
}

/** Lists of mails are as often messages as addresses. */
const plural = /(?:e?mails|names|addresses|phones|locations)$/i;

const contents =
  /^(?:transcript|transcription|transcript(?:ion)?Text|transcribedText|userMessage|user_message|conversationHistory|chatHistory|conversation_history|chat_history|messageBody|emailBody|resumeText|cvText)$/;

const prompts =
  /^(?:prompt|userPrompt|user_prompt|fullPrompt|finalPrompt|promptText)$/;

/** Words of the configuration and of templates: `config.email`, `process.env.email`. */
function isSetting(before: string): boolean {
  return /(?:^|\.)(?:config|configuration|settings|env|options|theme|styles?|errors?|t|i18n|messages|labels|constants|schema|fields?|columns?|table)$/i.test(
    before,
  );
}

const records =
  /^(?:user|customer|patient|profile|student|employee|applicant|candidate|usuario|cliente|paciente|aluno|alumno|kunde|benutzer|utilisateur|kullanici|musteri|utente|paziente)$/;
const idleRecordWords =
  /^(?:current|new|existing|updated|created|found|db|logged|in|auth|the|my|data|info|record|details|profile|this|full|raw)$/;

/** A whole record of a person: `user`, `currentUser`, `session.user`, `userData`. */
function isRecord(name: string): boolean {
  const last = lastName(name);
  if (/(?:id|type|role|count|s)$/i.test(last)) return false;
  // Of a payment provider's objects it is the customer's id.
  if (
    /(?:session|subscription|invoice|checkout\w*|payment\w*|charge|intent|event|object|stripe\w*|data)\.customer$/i.test(
      name,
    )
  )
    return false;
  const words = wordsOf(last).map(singular);
  return (
    words.some((word) => records.test(word)) &&
    words.every((word) => records.test(word) || idleRecordWords.test(word))
  );
}

/** The body of a request from which the same function takes personal fields. */
function isPersonalBody(name: string, within: FunctionFacts): boolean {
  if (!/(?:^|\.)(?:body|formData|payload|requestBody)$/.test(name))
    return false;
  return fieldsTakenFrom(name, within).some(
    (field) =>
      /^(?:password|senha|contrasena|passwort)$/i.test(field) ||
      personalField(field, "") !== undefined,
  );
}

function fieldsTakenFrom(name: string, within: FunctionFacts): string[] {
  return allSteps(within.steps).flatMap((step) => {
    const own =
      step.kind === "let" &&
      valuesWithin(step.value).some(
        (one) => one.kind === "name" && one.name === name,
      )
        ? step.bindings.map(({ path, local }) => lastName(path || local))
        : [];
    const read = valuesOf(step).flatMap((value) =>
      valuesWithin(value).flatMap((part) =>
        part.kind === "name" && part.name.startsWith(`${name}.`)
          ? [part.name.slice(name.length + 1)]
          : [],
      ),
    );
    return [...own, ...read];
  });
}
