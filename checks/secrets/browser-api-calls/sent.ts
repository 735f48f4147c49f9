import type { Finding } from "#gate/finding.js";
import { callsIn } from "#model/functions.js";
import { httpTarget } from "#model/http-calls.js";
import type { KeyOrigin } from "#model/key-origin.js";
import type { Project } from "#model/project.js";
import { credentialsIn } from "#model/sent-credentials.js";
import type { UrlTarget } from "#model/url-origins.js";
import { type CallValue, lastName } from "#model/value-walk.js";
import {
  type BrowserFunction,
  evidenceOf,
  isExposed,
  isMadePublic,
  originOf,
  wayOfKey,
  weightOf,
} from "./browser-function.js";
import { publicHosts, secretHosts, webhookAt } from "./hosts.js";

/** Credentials that browsers send to others, and webhooks that they post to. */
export function sentFindings(
  project: Project,
  functions: readonly BrowserFunction[],
): readonly Finding[] {
  const found = functions.flatMap((one) =>
    callsIn(one.facts).flatMap(({ call }) => {
      if (call.arguments.length === 0 || !maySend(call)) return [];
      const placed = { path: one.ref.path, value: call, within: one.facts };
      const target = httpTarget(project, placed);
      return target === undefined
        ? []
        : (webhookFinding(one, call, target) ??
            credentialFinding(project, one, call, target) ??
            []);
    }),
  );
  return oncePerLookup(found);
}

/** A look-up's key that many places send is one matter: the places are its evidence. */
function oncePerLookup(findings: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(findings, ({ rule, identity, path, atMost }) =>
    rule === "credential-sent-by-browser" && atMost === "advise"
      ? identity
      : `${path} ${identity}`,
  );
  return [...groups.values()].flatMap(([first, ...others]): Finding[] => {
    if (first === undefined) return [];
    const more = others.map(({ path, lines }) => ({
      path,
      line: lines.start,
      note: "The same call here.",
    }));
    const evidence = [...(first.evidence ?? []), ...more.slice(0, 8)];
    return [{ ...first, evidence }];
  });
}

/** Last names of functions that send something. */
function maySend({ callee }: CallValue): boolean {
  return /^(?:\$?o?fetch|axios|ky|get|post|put|patch|delete|request|open|WebSocket|EventSource|sendBeacon|\w*(?:fetch|Fetch|request|Request|send|post|http|api|call)\w*)$/.test(
    lastName(callee),
  );
}

function webhookFinding(
  one: BrowserFunction,
  call: CallValue,
  target: UrlTarget,
): Finding[] | undefined {
  const hook = webhookAt(target);
  if (hook === undefined) return undefined;
  return [
    {
      rule: "secret-webhook-in-browser",
      path: one.ref.path,
      lines: { start: call.line, end: call.line },
      identity: hook.who,
      message: `The browser posts to a webhook of ${hook.who}, whose address is all that protects it: everybody who opens the app can write there.`,
      fix: "Take the form in at an endpoint of your own that checks and limits what comes in, and post to the webhook from there. Replace the webhook's address.",
      confidence: "likely",
      ...weightOf(one, !hook.isSecret),
    },
  ];
}

function credentialFinding(
  project: Project,
  one: BrowserFunction,
  call: CallValue,
  target: UrlTarget,
): Finding[] | undefined {
  const host = hostOf(target);
  if (host === undefined && target.kind === "relative") return undefined;
  const placed = { path: one.ref.path, value: call, within: one.facts };
  const origin = originOf(project, credentialsIn(project, placed));
  if (!isExposed(origin, one) || isMadePublic(origin)) return undefined;
  // Where the address cannot be told, the name of the key tells whose it is.
  const isModels = modelKey.test(origin.setting ?? "");
  if (host === undefined && !isModels) return undefined;
  // Look-ups of weather, films and the like hand out keys that only count; they can still be used up.
  const isLookup =
    !isModels && !secretHosts.test(host ?? "") && !isSecretName(origin);
  return [
    {
      rule: "credential-sent-by-browser",
      path: one.ref.path,
      lines: { start: call.line, end: call.line },
      identity: host ?? origin.setting ?? "",
      message: `The browser calls ${host ?? "a model's API"} itself, with ${wayOfKey(origin)}: everybody who opens the app can use it in your name.`,
      fix: "Call it from an endpoint of your own that holds the credential, and let the browser call that. Replace the credential.",
      confidence: "likely",
      evidence: evidenceOf(origin),
      ...weightOf(one, isLookup),
    },
  ];
}

/** Keys that a model is paid by. */
const modelKey =
  /OPENAI|ANTHROPIC|CLAUDE|GEMINI|GROQ|MISTRAL|DEEPSEEK|COHERE|OPENROUTER|PERPLEXITY|ELEVENLABS|REPLICATE|HUGGING_?FACE|STABILITY|DEEPGRAM|ASSEMBLYAI/i;

/** The host of another company; undefined where it is the app's own or cannot be told. */
function hostOf(target: UrlTarget): string | undefined {
  if (target.kind !== "absolute" || target.isFallback) return undefined;
  return publicHosts.test(target.host) ? undefined : target.host;
}

function isSecretName({ setting }: KeyOrigin): boolean {
  return /SECRET|PRIVATE|SERVICE_?ROLE|PASSWORD|(?:^|_)PAT$|ACCESS_TOKEN|ADMIN/i.test(
    setting ?? "",
  );
}
