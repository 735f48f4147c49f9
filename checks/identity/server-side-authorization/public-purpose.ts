import { functionAt } from "#model/functions.js";
import type { Project } from "#model/project.js";
import type { Operation } from "#model/request-flow.js";
import type { Route } from "#model/routes.js";
import { lastName } from "#model/value-walk.js";
import { isAccount } from "./protection.js";

/** Entrances and what crawlers, monitors and browsers ask for: open to everyone, whatever they do. */
const entrance =
  /(?:^|[/_.#:?-])(?:health\w*|ping|login\w*|log-in|sign-?in\w*|sign-?up\w*|register\w*|registration|log-?out|sign-?out|callback|oauth\w*|sso|saml|otp|verify-?(?:email|otp|code|token)?|confirm-?(?:email)?|activate\w*|forgot\w*|reset-?(?:password|pass|pwd|pw)?|recover\w*|refresh(?:-?token)?|csrf|captcha|magic\w*|sitemap|robots|og|opengraph\w*|manifest|rss|feed|unsubscribe|vitals|openapi|swagger|graphiql|beacon|telemetry|report-uri)(?:$|[/_.:?-])/i;
/** The door to what is for administrators; signing up there is nobody's to do. */
const adminEntrance =
  /\/(?:login|log-in|sign-?in|log-?out|sign-?out|refresh(?:-?token)?|forgot-?password|callback|csrf)\/?$/i;
/** What monitors ask for, as a part of the path of its own: `fetch-metrics` and `go-live` do something. */
const monitor = /\/(?:ready|live|readyz|livez|metrics)(?:$|[/.:?])/i;
/** Their names in an app that signs people in itself. */
const entranceName =
  /^(?:handle|on)?(?:login|signIn|signUp|signup|register|logout|signOut|forgotPassword|resetPassword|requestPasswordReset|verify|unsubscribe|setLocale|setTheme|setLanguage|signInWith|sendMagicLink|authenticate|changeLocale|exchangeCode|callback|checkEmail|checkAccountExists|(?:create|send)\w*(?:Otp|Verification|EmailToken))/i;
/** What visitors send without an account, and may only add to. */
const visitorForm =
  /(?:^|[/_.#:?-])(?:contact\w*|newsletter|subscribe|wait-?list|feedback|leads?|enquir\w*|inquir\w*|rsvp|analytics|track\w*|events?|collect|page-?views?|views?|likes?|clicks?|impressions?|consent|cookie\w*|cart\w*|checkout\w*|guest\w*|quotes?|invit\w*|demo|auth|session|token|install\w*|setup)(?:$|[/_.:?-])/i;
const visitorName =
  /^(?:handle|on)?(?:contact|subscribe|newsletter|submitContact|joinWaitlist|track|sendFeedback|acceptInvit)/i;
/** What everybody may look at. */
const shownToAll =
  /(?:^|[/_.#:?-])(?:public|share\w*|search|status|version|theme|locale|docs|invit\w*|cart\w*|checkout\w*|guest\w*|verify\w*|views?|likes?)(?:$|[/_.:?-])/i;
/** What everybody may look at as far as it is about themselves. */
const shownOfOneself = /(?:^|[/_.#:?-])(?:auth|session|token)(?:$|[/_.:?-])/i;

/** Whether what a route does is meant for everyone: entrances, forms for visitors, what is shown in public. */
export function isPublicOnPurpose(
  route: Route,
  operation: Pick<Operation, "kind" | "table" | "predicates">,
): boolean {
  const { kind } = operation;
  const name = route.path.slice(route.path.search(/[#.][^#.]*$/) + 1);
  if (/admin/i.test(route.path)) return adminEntrance.test(route.path);
  if (/webhook/i.test(route.path)) return false;
  const path = route.methods.includes("ACTION") ? name : route.path;
  const is = (words: RegExp) => words.test(path) || words.test(`/${name}`);
  if (entranceName.test(name)) return true;
  if (is(entrance) || monitor.test(path)) return true;
  if (kind === "create") return is(visitorForm) || visitorName.test(name);
  if (kind === "read")
    return is(shownToAll) || (!isOfEverybody(operation) && is(shownOfOneself));
  const isOthers = !/auth|session/i.test(path) && isSomebodysAccount(operation);
  return !isOthers && isOwnEntry(route, path);
}

/** `GET /auth/users`, which picks no account. */
function isOfEverybody({
  table,
  predicates,
}: Pick<Operation, "table" | "predicates">): boolean {
  return isAccount(table) && predicates.length === 0;
}

/** A cart is whose it is; an account that the request names may be anybody's. */
function isSomebodysAccount({
  table,
  predicates,
}: Pick<Operation, "table" | "predicates">): boolean {
  return (
    isAccount(table) &&
    predicates.some(
      ({ key, origin }) =>
        origin === "input" && /^(?:_?id|user_?id|email)$/i.test(key),
    )
  );
}

/** `PUT /cart/:id` and `POST /auth/…`: changed by whoever was given the id. */
function isOwnEntry(route: Route, path: string): boolean {
  return (
    !route.methods.includes("DELETE") &&
    /(?:^|\/)(?:auth|session|carts?|checkout\w*|guest\w*|invit\w*|track\w*|views?|likes?|clicks?|analytics|collect)(?:$|[/_.:?-])/i.test(
      path,
    )
  );
}

/** Functions that sign somebody in or up, whatever their path is: `signupUser`, `registerCustomer`. */
const entranceFunction =
  /^(?:handle|post|create)?(?:sign-?up|sign-?in|log-?in|log-?out|register)(?:user|customer|account|member|client|patient|local|anonymous\w*|with\w+|handler|controller|route)?$/i;

/** Whether the function that answers a route says that it signs somebody in or up. */
export function isNamedEntrance(project: Project, route: Route): boolean {
  const name = functionAt(project, route.handler)?.name ?? "";
  return (
    !/webhook|admin/i.test(route.path) && entranceFunction.test(lastName(name))
  );
}
