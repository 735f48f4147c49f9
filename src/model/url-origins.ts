import type { Value } from "#parse/module-facts.js";
import { functionAt, resolveFunction } from "./functions.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { aSearch, deeper, isExhausted, type Search } from "./search.js";
import { valueOfName } from "./value-of-name.js";
import { allSteps, lastName } from "./value-walk.js";

/** What can be told of a URL without running the code. */
export interface UrlText {
  /** Its text up to the first part that cannot be told. */
  readonly head: string;
  /** Whether the head is the whole. */
  readonly isWhole: boolean;
  /** Names of the settings that it is made of, in order: `VITE_API_URL`. */
  readonly settings: readonly string[];
}

/** Where a URL leads. */
export type UrlTarget =
  | {
      /** A host that is written in the project. */
      readonly kind: "absolute";
      /** Lower case, without port: `api.openai.com`. */
      readonly host: string;
      /** Path and query as far as they can be told. */
      readonly path: string;
      /** Whether a setting comes first, and this host stands in for it. */
      readonly isFallback: boolean;
    }
  | { readonly kind: "relative"; readonly path: string }
  | {
      /** Its start is a setting. */
      readonly kind: "setting";
      readonly setting: string;
      readonly path: string;
    }
  | { readonly kind: "unknown"; readonly path: string };

/** Names, members and makers are followed this many steps. */
const maxSteps = 16;

/**
 * Where a URL leads: constants of other files, fields of classes, objects of settings, the heads of templates, `new URL`
 * and functions that build one are followed.
 */
export function urlTarget(project: Project, placed: Placed): UrlTarget {
  const texts = urlTexts(project, placed, aSearch(maxSteps));
  const targets = texts.map(targetOf);
  const absolute = targets.find((one) => one.kind === "absolute");
  if (absolute?.kind === "absolute") {
    const isFallback = targets.some((one) => one.kind === "setting");
    return { ...absolute, isFallback };
  }
  return (
    targets.find((one) => one.kind !== "unknown") ??
    targets[0] ?? { kind: "unknown", path: "" }
  );
}

function targetOf({ head, settings }: UrlText): UrlTarget {
  const absolute =
    /^(?:https?|wss?):\/\/(?:[^/?#@\s]*@)?([^/?#:\s]+)(?::\d+)?(.*)$/is.exec(
      head,
    );
  if (absolute) {
    const host = (absolute[1] ?? "").toLowerCase();
    return {
      kind: "absolute",
      host,
      path: absolute[2] ?? "",
      isFallback: false,
    };
  }
  const [setting] = settings;
  const opened = /^(?:(?:https?|wss?):)?\/\//i.test(head);
  if (setting !== undefined && (head === "" || opened || head.startsWith(hole)))
    return { kind: "setting", setting, path: head.replace(hole, "") };
  if (/^\.{0,2}\/(?!\/)/.test(head)) return { kind: "relative", path: head };
  return { kind: "unknown", path: head };
}

/** Stands in a head for a setting at its start, so that the path behind it is kept. */
const hole = "\0";

/** The texts that a value may be: one for each alternative. */
function urlTexts(
  project: Project,
  placed: Placed,
  search: Search,
): readonly UrlText[] {
  const { value } = placed;
  if (isExhausted(search)) return [unknown];
  const again = (next: Value) =>
    urlTexts(project, { ...placed, value: next }, deeper(search));
  switch (value.kind) {
    case "literal":
      return [{ head: String(value.value ?? ""), isWhole: true, settings: [] }];
    case "environment":
      return [{ head: hole, isWhole: false, settings: [value.name] }];
    case "template":
      return joined(value.parts, again);
    case "either":
      return (value.operator === "&&" ? value.options.slice(-1) : value.options)
        .flatMap(again)
        .slice(0, 6);
    case "name":
      return ofName(project, placed, value.name, search);
    case "call":
      return ofCall(project, { ...placed, value }, search);
    case "member":
      return /^(?:href|url|URL)$/.test(value.name)
        ? again(value.of)
        : [unknown];
    default:
      return [unknown];
  }
}

const unknown: UrlText = { head: "", isWhole: false, settings: [] };

/** Parts one after the other; the first alternative of each counts, but for the first part all of them. */
function joined(
  parts: readonly Value[],
  texts: (part: Value) => readonly UrlText[],
): readonly UrlText[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [{ head: "", isWhole: true, settings: [] }];
  let tail: UrlText | undefined;
  const restText = () => (tail ??= restOf(rest, texts));
  return texts(first).map((start) => {
    if (!start.isWhole && start.head !== hole) return start;
    const { head, isWhole, settings } = restText();
    return {
      head: start.head + head,
      isWhole: start.isWhole && isWhole,
      settings: [...start.settings, ...settings],
    };
  });
}

function restOf(
  parts: readonly Value[],
  texts: (part: Value) => readonly UrlText[],
): UrlText {
  let head = "";
  const settings: string[] = [];
  for (const part of parts) {
    const [text = unknown] = texts(part);
    settings.push(...text.settings);
    if (text.head.startsWith(hole)) return { head, isWhole: false, settings };
    head += text.head;
    if (!text.isWhole) return { head, isWhole: false, settings };
  }
  return { head, isWhole: true, settings };
}

function ofName(
  project: Project,
  placed: Placed,
  name: string,
  search: Search,
): readonly UrlText[] {
  if (
    /^(?:window\.|globalThis\.|self\.)?location\.(?:origin|host|href)$/.test(
      name,
    )
  )
    return [{ head: "/", isWhole: false, settings: [] }];
  const setting =
    /(?:^|\.)env\.([A-Z][\w]*)$/.exec(name)?.[1] ??
    /^(?:config|runtimeConfig|Constants\.expoConfig|\$?env)\..*?(\w+)$/i.exec(
      name,
    )?.[1];
  const found = valueOfName(project, placed, name);
  if (found && !(found.value.kind === "name" && found.value.name === name))
    return urlTexts(project, found, deeper(search));
  return setting === undefined
    ? [unknown]
    : [{ head: hole, isWhole: false, settings: [setting] }];
}

/** Calls that give back the text they are called on, as far as its head goes. */
const keepers =
  /^(?:toString|trim|trimEnd|replace|replaceAll|concat|toLowerCase|href)$/;

function ofCall(
  project: Project,
  placed: Placed,
  search: Search,
): readonly UrlText[] {
  const { value, path, within } = placed;
  if (value.kind !== "call") return [unknown];
  const again = (next: Value) =>
    urlTexts(project, { ...placed, value: next }, deeper(search));
  const [first, second] = value.arguments;
  if (/^(?:URL|Request|String|encodeURI)$/.test(value.callee) && first)
    return second && value.callee === "URL"
      ? joined([second, first], again)
      : again(first);
  if (keepers.test(lastName(value.callee))) {
    const dot = value.callee.lastIndexOf(".");
    if (value.on) return again(value.on);
    if (dot > 0)
      return again({
        kind: "name",
        name: value.callee.slice(0, dot),
        line: value.line,
      });
  }
  if (value.on !== undefined || value.callee === "") return [unknown];
  const name: Value = { kind: "name", name: value.callee, line: value.line };
  const maker = resolveFunction(project, path, name, within);
  const facts = maker && functionAt(project, maker);
  if (!facts) return [unknown];
  return allSteps(facts.steps)
    .flatMap((step) =>
      step.kind === "return" && step.value
        ? urlTexts(
            project,
            { path: maker.path, value: step.value, within: facts },
            deeper(search, 3),
          )
        : [],
    )
    .slice(0, 4);
}
