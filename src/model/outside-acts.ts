import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { functionAt, resolveFunction } from "./functions.js";
import { httpTarget } from "./http-calls.js";
import { localsOf } from "./local-values.js";
import { optionOf } from "./option-of.js";
import type { Project } from "./project.js";
import { secretWithin } from "./secret-tests.js";
import {
  allSteps,
  type CallValue,
  hasPart,
  lastName,
  rootName,
  stringOf,
  valuesOf,
  valuesWithin,
} from "./value-walk.js";

/** Something that a call changes, spends or publishes at another service, in the name of whoever runs the app. */
interface OutsideAct {
  /** For a sentence: `moves money at Stripe with the app's own key`. */
  readonly what: string;
  /** Whether it is one whatever it is given. */
  readonly isAlways: boolean;
}

/** What libraries do with the key of the app, by the end of the call's name. */
const libraryActs: readonly (readonly [RegExp, string])[] = [
  [
    /stripe\w*\.(?:subscriptions\.(?:update|cancel|del)|subscriptionItems\.(?:create|update|del)|subscriptionSchedules\.(?:create|update|release|cancel))$/i,
    "cancels or changes a subscription at Stripe",
  ],
  [
    /stripe\w*\.(?:refunds|transfers|payouts|topups)\.create$/i,
    "moves money at Stripe",
  ],
  [
    /stripe\w*\.(?:products|prices|coupons|promotionCodes)\.(?:create|update|del)$/i,
    "changes what is sold at Stripe",
  ],
  [
    /\.v[12]\.(?:tweet|tweetThread|reply|quote|retweet|deleteTweet)$/,
    "publishes at X (Twitter)",
  ],
];

/** Last words of addresses under which something is undone, spent or taken away. */
const finalPath =
  /[/_-](?:cancel(?:lations?)?|refunds?|delete|remove|revoke|terminate|void|payouts?|transfers?|withdraw(?:als?)?|tweets|ugcPosts|media_publish)\/?(?:$|[?#])/i;

/**
 * What a call does at another service with the key of the app, for a sentence: what it always does, and what it does with
 * something that the request says.
 */
export function actOf(
  project: Project,
  path: string,
  call: CallValue,
  within: FunctionFacts,
  isInput: (part: Value) => boolean,
): string | undefined {
  const act = outsideAct(project, path, call, within);
  if (act && (act.isAlways || valuesWithin(call).some(isInput)))
    return act.what;
  return sendsKeyTo(project, path, call, within, isInput)
    ? "sends the app's own key to the address that the request names"
    : undefined;
}

function outsideAct(
  project: Project,
  path: string,
  call: CallValue,
  within: FunctionFacts,
): OutsideAct | undefined {
  const known = libraryActs.find(([callee]) => callee.test(call.callee));
  if (known)
    return { what: `${known[1]} with the app's own key`, isAlways: true };
  return sentAct(project, path, call, within);
}

function sentAct(
  project: Project,
  path: string,
  call: CallValue,
  within: FunctionFacts,
): OutsideAct | undefined {
  const name = lastName(call.callee);
  if (
    call.arguments.length === 0 ||
    !/fetch|axios|got|ky|delete|put|patch|post|request/i.test(call.callee)
  )
    return undefined;
  const options = call.arguments.slice(1).map((one) => held(one, within));
  const stated = options
    .map((one) => stringOf(optionOf(one, "method")))
    .find((one) => one !== undefined);
  const method = (stated ?? name).toUpperCase();
  if (!/^(?:DELETE|PUT|PATCH|POST)$/.test(method)) return undefined;
  const target = httpTarget(project, { path, value: call, within });
  if (target?.kind !== "absolute") return undefined;
  if (method !== "DELETE" && !finalPath.test(target.path)) return undefined;
  if (!options.some((one) => bearsKey(project, path, one, within)))
    return undefined;
  return {
    what: `sends ${method} to ${target.host} with the app's own key`,
    isAlways: false,
  };
}

/** Whether a call sends a secret of the server to an address that a value of the request is. */
function sendsKeyTo(
  project: Project,
  path: string,
  call: CallValue,
  within: FunctionFacts,
  isInput: (part: Value) => boolean,
): boolean {
  const [url, ...options] = call.arguments;
  if (url === undefined || !/^(?:fetch|axios(?:\.\w+)?)$/.test(call.callee))
    return false;
  const start = url.kind === "template" && url.head === "" ? url.parts[0] : url;
  if (start?.kind !== "name" || !isInput(start)) return false;
  if (!isWhole(start.name, within) || isTested(start.name, within))
    return false;
  if (httpTarget(project, { path, value: call, within })?.kind !== "unknown")
    return false;
  return options.some((one) =>
    bearsKey(project, path, held(one, within), within),
  );
}

/** Whether options of a request hold headers with a secret of the server, made on the spot or by a function of the app. */
function bearsKey(
  project: Project,
  path: string,
  options: Value,
  within: FunctionFacts,
): boolean {
  const headers = optionOf(options, "headers");
  if (headers === undefined) return false;
  if (secretWithin(project, path, headers, within)) return true;
  const made = held(headers, within);
  if (made.kind !== "call" || made.arguments.length > 0) return false;
  const callee: Value = { kind: "name", name: made.callee, line: made.line };
  const ref = resolveFunction(project, path, callee, within);
  const facts = ref && functionAt(project, ref);
  return (
    facts !== undefined &&
    allSteps(facts.steps)
      .flatMap((step) => valuesOf(step))
      .some((value) =>
        hasPart(
          value,
          (part) =>
            part.kind === "environment" && /KEY|TOKEN|SECRET/i.test(part.name),
        ),
      )
  );
}

/** Whether a name stands for what was sent itself, and not for an address that was made with it. */
function isWhole(name: string, within: FunctionFacts): boolean {
  const local = localsOf(within).get(rootName(name));
  if (local === undefined || local.member !== "") return true;
  return /^(?:name|member|call)$/.test(local.value.kind);
}

/** Whether anything is asked of a name but that it is there: of the host of an address, of a list. */
function isTested(name: string, within: FunctionFacts): boolean {
  return allSteps(within.steps).some(
    (step) =>
      step.kind === "if" &&
      valuesWithin(step.test).some(
        (part) =>
          (part.kind === "call" || part.kind === "compare") &&
          hasPart(
            part,
            (one) =>
              (one.kind === "name" && rootName(one.name) === rootName(name)) ||
              (one.kind === "call" && rootName(one.callee) === rootName(name)),
          ),
      ),
  );
}

function held(value: Value, within: FunctionFacts): Value {
  return value.kind === "name"
    ? (localsOf(within).get(value.name)?.value ?? value)
    : value;
}
