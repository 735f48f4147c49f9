import { dataShape } from "#model/data-operations.js";
import {
  callsIn,
  callsWithin,
  functionAt,
  resolveFunction,
} from "#model/functions.js";
import { developmentPolarity } from "#model/development-tests.js";
import { exits } from "#model/guard-tests.js";
import { lookupOf } from "#model/identity-lookups.js";
import { flowOf } from "#model/request-flow.js";
import {
  allSteps,
  hasPart,
  lastName,
  valuesWithin,
} from "#model/value-walk.js";
import { singular } from "#model/name-words.js";
import { thingWords } from "#model/subject-words.js";
import type { Value } from "#parse/module-facts.js";
import type { Guard } from "#model/guards.js";
import { guardsOf } from "#model/guards.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";

/** What a route asks of its callers, from nothing to a role. */
export type Protection = "none" | "presence" | "platform" | "unknown" | "known";

const proving: ReadonlySet<Guard["kind"]> = new Set<Guard["kind"]>([
  "session",
  "role",
  "owner",
  "secret",
  "signature",
  "capability",
  "network",
]);

/** How well a route is protected; `unknown` where something around it cannot be looked into. */
export function protectionOf(project: Project, route: Route): Protection {
  const guards = guardsOf(project, route);
  if (guards.some(({ kind }) => proving.has(kind))) return "known";
  if (route.chain.some(isOpaqueGuard) || isDevelopmentOnly(project, route))
    return "unknown";
  if (asksOpaquely(project, route) || provesOpaquely(project, route))
    return "unknown";
  if (guards.some(({ kind }) => kind === "platform")) return "platform";
  return guards.length > 0 ? "presence" : "none";
}

/** Whether anything asks for more than being logged in. */
export function hasRoleGuard(project: Project, route: Route): boolean {
  const isAsked = route.chain.some(({ name }) =>
    /admin|roles?(?![a-z])|permission|staff|rbac|acl|ability|authori[sz]e(?![a-z])|scopes?(?![a-z])/i.test(
      name,
    ),
  );
  if (isAsked) return true;
  return guardsOf(project, route).some(
    ({ kind }) =>
      [
        "role",
        "secret",
        "signature",
        "platform",
        "owner",
        "capability",
      ].includes(kind) && kind !== "platform",
  );
}

const asking =
  /^(?:require|ensure|assert|verify|check|validate|authenticate|authori[sz]e|protect|guard|get|with|is|has|current|load|fetch|resolve)\w*(?:auth|user|session|login|logged|access|permission|admin|jwt|signature|webhook|principal|identity|member|token|caller)\w*$|^(?:authenticate|authori[sz]e|protect|verifyAuth|auth)\w*$/i;

/**
 * Whether the handler asks something about its caller that this repository does not hold: a function of a package or
 * one that is made while the app runs, whose name says what it is for.
 */
function asksOpaquely(project: Project, route: Route): boolean {
  return callsWithin(project, route.handler).some(
    ({ call, callee, in: within }) =>
      asking.test(lastName(callee)) &&
      !/^(?:check|validate|get|fetch|load|resolve)\w*(?:email|phone|input|body|form|token)$/i.test(
        lastName(callee),
      ) &&
      !/(?:^|\.)(?:db|prisma|supabase\w*|admin\w*|\w*[rR]epo(?:sitory)?)\./.test(
        callee,
      ) &&
      dataShape(call) === undefined &&
      resolveFunction(
        project,
        within.path,
        { kind: "name", name: callee, line: call.line },
        functionAt(project, within),
      ) === undefined &&
      lookupOf(project, within.path, call) === undefined,
  );
}

const proof = /signature|webhook_?secret|hmac|verif-?hash|x-hub/i;

/** A webhook that hands the signature which it was sent to something that cannot be looked into. */
function provesOpaquely(project: Project, route: Route): boolean {
  if (!/hook|callback|ipn|notif|event/i.test(route.path)) return false;
  const refs = [
    route.handler,
    ...flowOf(project, route).calls.map(({ to }) => to),
  ];
  return refs.some((ref) => {
    const within = functionAt(project, ref);
    return (
      within !== undefined &&
      callsIn(within).some(
        ({ call, callee }) =>
          call.arguments.some((one) => hasPart(one, isProof)) &&
          /verif|valid|check|construct|handle|process|parse|authentic|hook/i.test(
            lastName(callee),
          ) &&
          resolveFunction(
            project,
            ref.path,
            { kind: "name", name: callee, line: call.line },
            within,
          ) === undefined,
      )
    );
  });
}

function isProof(part: Value): boolean {
  if (part.kind === "name") return proof.test(part.name);
  return (
    part.kind === "object" && part.entries.some(({ key }) => proof.test(key))
  );
}

/** A handler that refuses to work in production. */
export function isDevelopmentOnly(project: Project, route: Route): boolean {
  const facts = functionAt(project, route.handler);
  if (facts === undefined) return false;
  return allSteps(facts.steps).some(
    (step) =>
      step.kind === "if" &&
      exits(step.then) &&
      (developmentPolarity(step.test, facts) === -1 ||
        (valuesWithin(step.test).some(
          (part) => part.kind === "environment" && part.name === "NODE_ENV",
        ) &&
          valuesWithin(step.test).some(
            (part) =>
              part.kind === "literal" &&
              /^(?:production|development)$/.test(String(part.value)),
          ))),
  );
}

/** Middleware that the project does not hold and that is called like a guard. */
function isOpaqueGuard({ ref, name }: Route["chain"][number]): boolean {
  return (
    ref === undefined &&
    name !== "verify_jwt" &&
    /auth|protect|guard|session|verify|jwt|admin|permission|secure|login|inngest|signature|middleware/i.test(
      name,
    ) &&
    !/^(?:session|cookieSession|passport\.(?:initialize|session)|expressSession)$/.test(
      name,
    )
  );
}

const personal =
  /^(?:users?|accounts?|profiles?|customers?|clients?|patients?|orders?|payments?|invoices?|messages?|appointments?|employees?|students?|members?|leads?|subscribers?|transactions?|addresses|conversations?|chats?|medical\w*|health\w*|submissions?|applicants?|candidates?|sessions?|tokens?|api_?keys?|credentials|purchases?|subscriptions?|usuarios?|clientes?|pacientes?|pedidos?|citas?|reservas?|bookings?|reservations?|attendees?|donors?|donations?|pagos?|contacts?|tickets?|notifications?|documents?|attendances?|prescriptions?|salar\w+|payroll\w*|budgets?|expenses?|transfers?|journal\w*|weights?|meals?|workouts?)$/i;

/** Whether the rows of a table are about people. */
export function isPersonal(table: string): boolean {
  const words = table.replace(/([a-z])([A-Z])/g, "$1_$2").split(/[_\s.-]/);
  if (personal.test(table)) return true;
  if (offer.test(words.at(-1) ?? "")) return false;
  return words.some(
    (word, index) =>
      personal.test(word) && !isProfileOfThing(word, words[index - 1]),
  );
}

/** What is offered to everybody, whoever takes it: `subscriptionPlans`, `ticket_types`, `membership_tiers`. */
const offer =
  /^(?:plans?|tiers?|types?|categor(?:y|ies)|templates?|features?|prices?|pricings?|packages?|products?|kinds?|levels?)$/i;

/** `company_profiles`, `symbolProfile`: what is told of a thing. */
function isProfileOfThing(word: string, before: string | undefined): boolean {
  return (
    /^profiles?$/i.test(word) &&
    before !== undefined &&
    thingWords.has(singular(before.toLowerCase()))
  );
}

/** Whether rows of a table hold who may do what. */
export function isAccount(table: string): boolean {
  return /^(?:auth_?)?(?:users?|accounts?|profiles?|user_?profiles?|members?|memberships?|usuarios?|perfiles|customers?|employees?|staff)$/i.test(
    table,
  );
}
