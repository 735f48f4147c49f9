import type { Evidence, Finding } from "#gate/finding.js";
import type { Project } from "#model/project.js";
import { flowOf, type Operation } from "#model/request-flow.js";
import { type Route, routesOf } from "#model/routes.js";
import { isSaidRoute } from "#model/said-routes.js";
import { isOwnRow } from "./own-rows.js";
import { isHandedOut } from "#model/handed-out.js";
import { isReachable } from "#model/runtimes.js";
import { isOffered } from "#model/offered.js";
import { asksForPeople } from "#model/shown-fields.js";
import { missedBy } from "./middleware-reach.js";
import {
  isAccount,
  isPersonal,
  type Protection,
  protectionOf,
} from "./protection.js";
import { pageGuardFor } from "./page-guards.js";
import { isNamedEntrance, isPublicOnPurpose } from "./public-purpose.js";

/** The option that names endpoints for everyone. */
export const publicRoutes = {
  check: "server-side-authorization",
  name: "public-routes",
} as const;

/** Endpoints that change data or hand out personal data without knowing who calls. */
export function openRoutes(project: Project): Finding[] {
  return routesOf(project).flatMap((route): Finding[] => {
    if (route.path.includes("test") && !isReachable(project, route.file))
      return [];
    if (isSaidRoute(project, publicRoutes, route)) return [];
    const protection = protectionOf(project, route);
    if (protection === "known" || protection === "unknown") return [];
    const worst = worstOf(project, route);
    if (worst === undefined) return [];
    const finding = findingFor(project, route, worst, protection);
    if (isSaidRoute(project, publicRoutes, route, finding.rule)) return [];
    return [finding];
  });
}

/** The operation that matters most, if one matters for everyone's eyes. */
function worstOf(project: Project, route: Route): Operation | undefined {
  const { operations } = flowOf(project, route);
  const own = operations.filter(
    (one) =>
      one.rights !== "policies" &&
      one.library !== "accounts" &&
      !isPublicOnPurpose(route, one) &&
      !(isAccount(one.table) && isNamedEntrance(project, route)),
  );
  const shown = () => shownRows(project, route, own);
  // What is read for everyone weighs more than what is brought up to date on the way.
  const changes = own.filter(
    (one) => !isCounter(one) && !(isRefresh(route, one) && shown()),
  );
  const change =
    changes.find(({ kind }) => kind === "delete") ??
    changes.find(({ kind }) => kind === "update") ??
    operations.find(
      (one) =>
        one.library === "accounts" &&
        one.kind !== "create" &&
        !isPublicOnPurpose(route, one),
    );
  if (change) return change;
  const create = own.find(({ kind }) => kind === "create");
  if (create && !isVisitorForm(create.table) && !isSignUp(route, create))
    return create;
  return shown();
}

/** The read that hands out rows about people. */
function shownRows(
  project: Project,
  route: Route,
  own: readonly Operation[],
): Operation | undefined {
  if (route.methods.includes("PROCEDURE") || isPageLoad(route))
    return undefined;
  const flow = flowOf(project, route);
  return own.find(
    (one) =>
      one.kind === "read" &&
      one.library !== "storage" &&
      (isPersonal(one.table) || asksForPeople(one.call)) &&
      !isByProof(one) &&
      !isOwnRow(project, route, one) &&
      isHandedOut(project, flow, one),
  );
}

/** A row that is picked by something that only who was given it knows. */
function isByProof({ predicates }: Operation): boolean {
  return predicates.some(({ key }) =>
    /^(?:\w*(?:token|secret|otp|code|hash)\w*|api_?key|share_?id|invite_?id|invitation_?id|session_?id|visitor_?id|device_?id|cart_?id)$/i.test(
      key,
    ),
  );
}

/** An account that somebody makes for themselves. */
function isSignUp({ file }: Route, { table, values }: Operation): boolean {
  return (
    isAccount(table) &&
    (/auth|sign-?up|regist/i.test(file) ||
      values.some(({ key }) => /password|hash/i.test(key)))
  );
}

const counted =
  /(?:^|_)(?:views?|likes?|clicks?|visits?|counts?|counter|hits?)(?:_|$)|(?:View|Like|Click|Visit|Count|Hit)(?:s|er|ed)?(?=[A-Z]|$)/;

/** Views, likes and logs are counted for everyone. */
function isCounter({ values, table }: Operation): boolean {
  return (
    /^(?:\w*(?:views?|likes?|clicks?|logs?|analytics|events?|visits?|cache\w*|rate_?limits?\w*|sessions?|tokens?))$/i.test(
      table,
    ) ||
    (values.length > 0 && values.every(({ key }) => counted.test(key)))
  );
}

function isVisitorForm(table: string): boolean {
  return /contact|newsletter|subscri|waitlist|lead|feedback|inquir|enquir|message|log|event|analytic|view|click|visit|audit|rsvp|guest|vote|report|cache|session|token|error/i.test(
    table,
  );
}

/** What a page shows: loaders of pages rarely hand out more than the page does. */
function isPageLoad({ framework, methods, file }: Route): boolean {
  if (!methods.includes("GET")) return false;
  return (
    framework === "remix" ||
    (framework === "sveltekit" && !/\+server\.\w+$/.test(file))
  );
}

function findingFor(
  project: Project,
  route: Route,
  operation: Operation,
  protection: Protection,
): Finding {
  const page = pageGuardFor(project, route);
  const missed = missedBy(project, route);
  const rule = page ? "guard-only-in-ui" : ruleFor(operation, protection);
  const isWeak =
    !isOffered(project, route) ||
    isDoubtful(project, route, operation, protection);
  return {
    rule,
    path: route.file,
    lines: { start: route.line, end: route.line },
    message: `${nameOf(route)} ${actOf(operation)} ${because(protection, page !== undefined)}.`,
    fix: missed
      ? `Let the matcher in ${missed.path} cover this path, or look up the session in the handler and answer 401 without one.`
      : "Look up the session in the handler or in middleware before it, answer 401 without one, and test that the caller may touch this row.",
    confidence: isWeak ? "possible" : "likely",
    identity: `${route.methods.join()} ${route.path}`,
    evidence: [
      {
        path: operation.file,
        line: operation.line,
        note: `${verbs[operation.kind]} ${operation.table || "data"} here`,
      },
      ...(page ? [page] : []),
      ...(missed ? [missed] : []),
    ] satisfies Evidence[],
    ...(isWeak && { atMost: "advise" as const }),
  };
}

function ruleFor(
  { kind, predicates }: Operation,
  protection: Protection,
): string {
  if (protection === "presence") return "presence-only";
  const namesPrincipal = predicates.some(
    ({ key, origin }) =>
      origin === "input" &&
      /^(?:user_?id|owner_?id|customer_?id|email|uid|user)$/i.test(key),
  );
  if (namesPrincipal) return "identity-from-request";
  return kind === "read" ? "open-read" : "open-mutation";
}

/** Middleware that looks up who calls, and says by its name that nobody has to be known: `optionalAuth`. */
const letsGuestsIn = /optional|maybe|allow\w*(?:guest|anonymous)/i;

/** Shapes that are meant for everyone often enough, and code that nothing loads. */
function isDoubtful(
  project: Project,
  route: Route,
  operation: Operation,
  protection: Protection,
): boolean {
  const { kind, predicates } = operation;
  if (protection === "platform" || kind === "create") return true;
  if (isRefresh(route, operation)) return true;
  if (/^(?:trpc|convex)$/.test(route.framework) && protection === "none")
    return true;
  if (!isReachable(project, route.file)) return true;
  if (route.chain.some(({ name }) => letsGuestsIn.test(name))) return true;
  return (
    kind === "read" &&
    predicates.some(({ key }) =>
      /slug|handle|username|domain|published|status|public/i.test(key),
    )
  );
}

/** What somebody may do or has: no reading brings that up to date. */
const standing =
  /^(?:roles?|(?:is_?)?(?:super_?)?admin|permissions?|is_?(?:staff|premium|pro|paid)|plan|tier|credits|balance|password(?:_?hash)?)$/i;

/** What a page or list brings up to date while it is read: nothing of the request has a part in it. */
function isRefresh(
  { methods, path }: Route,
  { kind, predicates, values }: Operation,
): boolean {
  return (
    kind === "update" &&
    methods.every((method) => method === "GET") &&
    !/cron|jobs?\b|admin|sync|seed|run|trigger|debug|reset|migrat/i.test(
      path,
    ) &&
    !values.some(({ key }) => standing.test(key)) &&
    [...predicates, ...values].every(({ origin }) => origin !== "input")
  );
}

/** The name of a route for a sentence. */
export function nameOf({ methods, path, framework }: Route): string {
  if (framework === "next-action")
    return path.endsWith("#")
      ? `A server action of ${path.slice(0, -1)}`
      : `The server action ${path.slice(path.indexOf("#") + 1)}`;
  if (methods.includes("PROCEDURE")) return `The procedure ${path}`;
  return `${methods[0] === "*" ? "The endpoint" : methods.join("/")} ${path}`;
}

const verbs: Readonly<Record<Operation["kind"], string>> = {
  read: "reads",
  create: "adds to",
  update: "changes",
  delete: "deletes from",
};

function actOf({ kind, table, rights }: Operation): string {
  const what = table === "" ? "stored data" : `"${table}"`;
  const past = rights === "privileged" ? " past the row policies" : "";
  return `${verbs[kind]} ${what}${past}`;
}

function because(protection: Protection, isOnPage: boolean): string {
  if (isOnPage) return "and leaves it to the page to ask who the user is";
  if (protection === "presence")
    return "after looking only whether a header or cookie is there";
  if (protection === "platform")
    return "for anyone who holds the app's public key";
  return "without asking who calls";
}
