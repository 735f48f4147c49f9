import type { Finding } from "#gate/finding.js";
import { isSingleTenant } from "#model/tenancy.js";
import { guardsOf } from "#model/guards.js";
import type { TracedEntry } from "#model/operation.js";
import type { Project } from "#model/project.js";
import {
  flowOf,
  type Operation,
  type RequestFlow,
} from "#model/request-flow.js";
import { type Route, routesOf } from "#model/routes.js";
import { isReachable } from "#model/runtimes.js";
import { isOffered } from "#model/offered.js";
import { nameOf } from "./open-routes.js";
import {
  hasRoleGuard,
  isDevelopmentOnly,
  isAccount,
  isPersonal,
  protectionOf,
} from "./protection.js";

/** What routes take from the request that only the server may decide. */
export function trustedInputs(project: Project): Finding[] {
  return routesOf(project).flatMap((route) => {
    const flow = flowOf(project, route);
    if (flow.operations.length === 0 && flow.charges.length === 0) return [];
    return [
      ...amounts(route, flow),
      ...chosenRoles(project, route, flow),
      ...chosenPaths(project, route, flow),
      ...ownerless(project, route, flow),
    ].map((finding) => lowered(project, route, finding));
  });
}

function lowered(project: Project, route: Route, finding: Finding): Finding {
  return isReachable(project, route.file) && isOffered(project, route)
    ? finding
    : { ...finding, confidence: "possible", atMost: "advise" };
}

/** Where whoever pays says how much: nothing has a price there. */
const gift =
  /(?:^|[/_.#-])(?:donat\w*|donor\w*|tips?|tipping|pledges?|contribut\w*|giving|tithes?|offerings?|fundrais\w*|charity|sponsor\w*|doa[cç]\w*|donaci\w*|spenden?)(?:$|[/_.:?-])/i;

function amounts(route: Route, { charges }: RequestFlow): Finding[] {
  if (gift.test(route.path)) return [];
  return charges.map(({ file, line, callee }) => ({
    rule: "amount-from-client",
    path: file,
    lines: { start: line, end: line },
    message: `${nameOf(route)} lets the request say how much ${/^(?:fetch|axios|got|ky)/.test(callee) ? "the payment provider" : callee} charges.`,
    fix: "Look the price up on the server by the id of what is bought.",
    confidence: "likely",
    identity: `amount ${callee}`,
  }));
}

const roleColumn =
  /^(?:role|roles|user_?role|is_?admin|admin|is_?super_?admin|is_?staff|permissions)$/i;
const entitlement =
  /^(?:plan|tier|subscription_?(?:status|tier|plan)|is_?(?:premium|pro|paid)|credits|balance|quota|wallet_?balance)$/i;

function chosenRoles(
  project: Project,
  route: Route,
  flow: RequestFlow,
): Finding[] {
  const { operations, asksForRole } = flow;
  if (asksForRole || hasRoleGuard(project, route)) return [];
  // What sends events is no account: whether its signature is asked for is another rule's question.
  if (/hook/i.test(route.path)) return [];
  return operations.flatMap((operation): Finding[] => {
    if (operation.kind === "read" || operation.kind === "delete") return [];
    if (operation.rights === "policies" && operation.library !== "accounts")
      return [];
    const field = operation.values.find(
      ({ key, origin }) =>
        origin === "input" &&
        (roleColumn.test(key) ||
          (isAccount(operation.table) && entitlement.test(key))),
    );
    // Whoever owns the team decides what its members may do.
    const isOwnTeam = flow.comparesCaller || operations.some(tiesToCaller);
    if (
      field &&
      (isAccount(operation.table) ||
        (!isOwnTeam &&
          /^is_?admin$|^role$/i.test(field.key) &&
          !isMessage(operation)))
    )
      return [
        at(operation, "role-from-client", {
          message: `${nameOf(route)} stores the "${field.key}" that the request asks for.`,
          fix: "Set it on the server, and let only administrators change it.",
          identity: `${operation.table} ${field.key}`,
        }),
      ];
    const isSentWhole = takesTheWhole(operation);
    // What has passed a schema holds nothing that the schema does not name.
    const isChecked = route.framework === "trpc" || route.schema !== undefined;
    if (isSentWhole && !isChecked && isAccount(operation.table))
      return [
        at(operation, "mass-assignment", {
          message: `${nameOf(route)} writes every field of the request into "${operation.table}", roles and plans included.`,
          fix: "Name the fields that a user may change, one by one.",
          identity: operation.table,
        }),
      ];
    return [];
  });
}

/** Messages of a conversation with a model have a role too: who said it. */
function isMessage({ table, values }: Operation): boolean {
  return (
    /messages?$|chats?$|turns?$|transcripts?$/i.test(table) &&
    values.some(({ key }) => /^(?:content|text|message|body|parts)$/i.test(key))
  );
}

/** Whether all that was sent is written, and no role stands behind it, which would win: `{ ...body, role: "user" }`. */
function takesTheWhole({ values }: Operation): boolean {
  const position = values.findIndex(
    ({ isWhole, origin }) => isWhole && origin === "input",
  );
  if (position < 0) return false;
  return !values
    .slice(position + 1)
    .some(({ key, origin }) => roleColumn.test(key) && origin !== "input");
}

function chosenPaths(
  project: Project,
  route: Route,
  flow: RequestFlow,
): Finding[] {
  if (hasRoleGuard(project, route) || flow.comparesCaller) return [];
  return flow.operations.flatMap((operation): Finding[] => {
    const { library, rights, predicates } = operation;
    if (
      library !== "storage" ||
      rights !== "privileged" ||
      operation.kind === "create"
    )
      return [];
    if (!predicates.some(({ origin }) => origin === "input")) return [];
    return [
      at(operation, "path-from-client", {
        message: `${nameOf(route)} opens any file of "${operation.table}" that the request names, past the policies of the bucket.`,
        fix: "Build the path from the caller's id, or look the file up in a row that belongs to the caller.",
        identity: `${operation.kind} ${operation.table}`,
      }),
    ];
  });
}

const principalColumn =
  /^(?:user_?id|owner_?id|customer_?id|uid|author_?id|profile_?id|user_?email|email)$/i;
const idColumn = /^(?:id|_id|uuid|\w+_id|\w+Id)$/;

/** Rows that a logged-in caller picks by an id, where nothing ties them to the caller. */
function ownerless(
  project: Project,
  route: Route,
  flow: RequestFlow,
): Finding[] {
  if (!isForLoggedIn(project, route, flow)) return [];
  const picked = flow.operations.filter(
    ({ rights, namesCaller, library, table }) =>
      rights !== "policies" &&
      library !== "storage" &&
      !namesCaller &&
      !isProof(table),
  );
  const found =
    picked
      .filter(({ kind }) => kind === "update" || kind === "delete")
      .filter((one) => !isTally(one))
      .find(isPickedByInput) ??
    picked
      .filter((one) => one.kind === "read" && isAboutSomebody(one))
      .find(isPickedByInput);
  if (found === undefined || /admin/i.test(route.path)) return [];
  const column =
    found.predicates.find(
      ({ origin, key }) =>
        origin === "input" && (principalColumn.test(key) || idColumn.test(key)),
    )?.key ?? "id";
  const isPrincipal = principalColumn.test(column);
  const isRead = found.kind === "read";
  return [
    {
      ...at(
        found,
        isPrincipal ? "identity-from-request" : "no-owner-predicate",
        {
          message: `${nameOf(route)} ${isRead ? "reads" : "changes"} the row${found.table && ` of "${found.table}"`} whose "${column}" the request names, whoever is logged in.`,
          fix: isPrincipal
            ? "Take the id from the session, not from the request."
            : "Add the caller's id to the condition, or compare the row's owner with the caller before touching it.",
          identity: `${found.kind} ${found.table} ${route.path}`,
        },
      ),
      ...(isRead && { atMost: "advise" as const }),
    },
  ];
}

/** A route that knows its caller, asks for nothing more, and never ties what it touches to the caller. */
function isForLoggedIn(
  project: Project,
  route: Route,
  flow: RequestFlow,
): boolean {
  // Where everybody who may sign in may see everything, nobody owns a row.
  if (isSingleTenant(project, route.file)) return false;
  if (protectionOf(project, route) !== "known" || flow.comparesCaller)
    return false;
  if (flow.asksForRole || hasRoleGuard(project, route)) return false;
  if (isDevelopmentOnly(project, route)) return false;
  if (flow.operations.some(tiesToCaller)) return false;
  return guardsOf(project, route).some(({ kind }) => kind === "session");
}

/** A query that the caller stands in speaks for the ids around it, a membership for what it is a membership of. */
function tiesToCaller({ predicates, kind, asksForCaller }: Operation): boolean {
  // `findUnique({ where: { id }, include: { users: { where: { userId } } } })`
  if (kind === "read" && asksForCaller && predicates.some(isId)) return true;
  const others = predicates.filter(({ origin }) => origin !== "identity");
  return (
    kind !== "create" &&
    others.length < predicates.length &&
    others.some(({ key, origin }) => origin === "input" || idColumn.test(key))
  );
}

/** Votes and the like are counted on rows of others, one by one and not as the request says. */
function isTally({ kind, values }: Operation): boolean {
  return (
    kind === "update" &&
    values.length > 0 &&
    values.every(
      ({ key, origin }) =>
        origin !== "input" &&
        /^(?:helpful|(?:up|down)?_?votes?|likes?|views?|plays?|downloads?|shares?|claps?|hearts?)(?:_?counts?)?$|^updated_?at$/i.test(
          key,
        ),
    )
  );
}

function isId({ key, origin }: TracedEntry): boolean {
  return origin === "input" && idColumn.test(key);
}

/** Rows that stand for something only who was given it can name. */
function isProof(table: string): boolean {
  return /tokens?$|verifications?$|challenges?$|otps?$|nonces?$|magic_?links?$/i.test(
    table,
  );
}

/** Rows about people, or rows that are picked by whose they are. */
function isAboutSomebody({ table, predicates }: Operation): boolean {
  return (
    isPersonal(table) ||
    predicates.some(
      ({ key, origin }) =>
        origin === "input" &&
        /^(?:user|owner|customer|profile|organi[sz]ation|org|team|workspace|tenant|company)_?id$/i.test(
          key,
        ),
    )
  );
}

function isPickedByInput({ predicates }: Operation): boolean {
  return predicates.some(
    ({ key, origin }) =>
      origin === "input" && (idColumn.test(key) || principalColumn.test(key)),
  );
}

function at(
  { file, line }: Operation,
  rule: string,
  said: Pick<Finding, "message" | "fix" | "identity">,
): Finding {
  return {
    rule,
    path: file,
    lines: { start: line, end: line },
    confidence: "likely",
    ...said,
  };
}
