import type { Confidence, Level } from "#gate/finding.js";
import { parentFolder } from "#model/paths.js";
import type { Context, Exposure } from "./contexts.js";
import type { Policy } from "./resolve.js";

/** Slugs of the check's rules. */
export type RuleName =
  | "any-origin-with-credentials"
  | "reflected-origin"
  | "open-when-unset"
  | "wildcard-on-session-api"
  | "wildcard-on-costly-api"
  | "wildcard-on-token-api"
  | "wildcard-origin"
  | "framework-default"
  | "loose-origin-match";

/** What a policy comes to. */
export interface Weight {
  readonly rule: RuleName;
  readonly atMost?: Level;
  readonly confidence: Confidence;
}

const publicPath =
  /(^|[/.(|])(?:health\w*|livez|readyz|ping|status|version|robots|sitemap\w*|manifest\w*|opengraph[\w-]*|og(?:-image)?|oembed|embeds?|widgets?|badges?|fonts?|assets?|static|_next|images?|img|icons?|favicon|media|\.?well-known|openapi|swagger|rss|feeds?|atom|schemas?|jwks)(?:[/.$*(:?|)]|$)/i;
const publicFile =
  /\.?\(?\b(?:woff2?|ttf|otf|eot|svg|png|jpe?g|gif|webp|avif|ico|css|js|mjs|wasm|map|mp4|webm|mp3|pdf|json|xml|webmanifest|txt)\b/;

/** Whether a policy is limited to what everyone may fetch: assets, health, discovery, things made to be embedded. */
export function isForEveryone(
  { path, mark }: Policy,
  paths: readonly string[],
): boolean {
  if (mark.route !== undefined) {
    if (isPublicFolder(mark.route, path, paths)) return true;
    const isFiles = publicFile.test(mark.route) && !/api/i.test(mark.route);
    return isFiles || publicPath.test(mark.route);
  }
  return publicPath.test(
    path.replace(/^.*(?:app|pages|routes|functions|api)\//, "/"),
  );
}

/** `/video/(.*)` where `public/video/` holds files. */
function isPublicFolder(
  route: string,
  path: string,
  paths: readonly string[],
): boolean {
  const segment = /^\/([\w-]+)\/(?:\(\.\*\)|:path\*|\*+)$/.exec(route)?.[1];
  if (segment === undefined) return false;
  const folder = parentFolder(path);
  const prefix = folder === "" ? "" : `${folder}/`;
  return paths.some(
    (one) =>
      one.startsWith(`${prefix}public/${segment}/`) ||
      one.startsWith(`${prefix}static/${segment}/`),
  );
}

/** What an open policy weighs in its worst context; undefined when it is fine there. */
export function weigh(policy: Policy, exposure: Exposure): Weight | undefined {
  const { opens, credentials, mark } = policy;
  const { kind } = opens.opening;
  if (kind === "loose")
    return { rule: "loose-origin-match", confidence: "likely" };
  if (kind === "unset") return weighUnset(credentials, exposure);
  if (credentials)
    return { rule: "any-origin-with-credentials", confidence: "certain" };
  if (mark.scope === "bucket") return weighBucket(policy);
  if (kind === "reflected")
    return {
      rule: "reflected-origin",
      confidence: "likely",
      ...(exposure === "readOnly" && { atMost: "notice" as const }),
    };
  return weighWildcard(policy, exposure);
}

function weighUnset(credentials: boolean, exposure: Exposure): Weight {
  const isGrave =
    credentials || exposure === "session" || exposure === "costly";
  const atMost: Level = exposure === "readOnly" ? "notice" : "advise";
  return {
    rule: "open-when-unset",
    confidence: "likely",
    ...(!isGrave && { atMost }),
  };
}

/** A bucket that everyone may read is a content store; one that everyone may write to is not. */
function weighBucket({ mark }: Policy): Weight | undefined {
  const isWritable = mark.methods?.some(
    (method) => !/^(?:GET|HEAD|OPTIONS)$/.test(method),
  );
  return isWritable === true
    ? { rule: "wildcard-origin", confidence: "likely" }
    : undefined;
}

function weighWildcard(policy: Policy, exposure: Exposure): Weight | undefined {
  const { opening } = policy.opens;
  const isReading =
    policy.mark.methods?.every((method) => /^(?:GET|HEAD)$/.test(method)) ??
    false;
  switch (isReading && exposure !== "session" ? "readOnly" : exposure) {
    case "session":
      return { rule: "wildcard-on-session-api", confidence: "likely" };
    case "costly":
      return { rule: "wildcard-on-costly-api", confidence: "likely" };
    case "token":
      return tokenWeight(policy);
    case "plain":
      return {
        rule:
          opening.kind === "default" ? "framework-default" : "wildcard-origin",
        confidence: "certain",
      };
    case "readOnly":
      return opening.kind === "default"
        ? { rule: "framework-default", confidence: "certain", atMost: "notice" }
        : undefined;
  }
}

function tokenWeight(policy: Policy): Weight {
  if (policy.opens.opening.kind === "default")
    return { rule: "framework-default", confidence: "certain" };
  return { rule: "wildcard-origin", confidence: "certain" };
}

/** Exposures from grave to harmless; the gravest context of a policy decides. */
const gravity: readonly Exposure[] = [
  "session",
  "costly",
  "plain",
  "token",
  "readOnly",
];

/** The contexts of the gravest exposure. */
export function gravest(contexts: readonly Context[]): readonly Context[] {
  const worst = gravity.find((exposure) =>
    contexts.some((context) => context.exposure === exposure),
  );
  return contexts.filter(({ exposure }) => exposure === worst);
}

/** A policy with what it comes to and where. */
export interface Judged {
  readonly policy: Policy;
  readonly weight: Weight;
  readonly contexts: readonly Context[];
}
