import type { Finding } from "#gate/finding.js";
import { functionsReached } from "#model/costly-calls.js";
import { callsIn, functionAt } from "#model/functions.js";
import { guardsOf } from "#model/guards.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";
import { isReachable } from "#model/runtimes.js";
import { placeOf, subjectOf } from "./route-words.js";

const credentialPath =
  /(?:^|[/_.-])(?:log-?in|sign-?in|auth(?:enticate)?\/?(?:token)?$|forgot|reset|recover|otp|verify-?(?:code|otp|pin)|2fa|mfa|resend|send-?(?:code|otp)|pin)/i;

const compares =
  /(?:^|\.)(?:compare|compareSync|verifyPassword|comparePassword|checkPassword|validatePassword|matchPassword|verifyOtp|verifyOTP|verifyPin)$|^(?:argon2|bcrypt|bcryptjs)\.(?:verify|compare|compareSync)$/;

/** A login of the app's own that may be tried without limit. A provider's login is limited by the provider. */
export function credentialFinding(
  project: Project,
  route: Route,
): Finding | undefined {
  const name = `${route.path} ${functionAt(project, route.handler)?.name ?? ""}`;
  if (
    !route.methods.some((method) =>
      /^(?:POST|PUT|\*|ACTION|PROCEDURE)$/.test(method),
    )
  )
    return undefined;
  if (!credentialPath.test(route.path) && !/login|signIn|otp/i.test(name))
    return undefined;
  const compared = functionsReached(project, route.handler).flatMap((way) => {
    const ref = way.at(-1);
    const facts = ref && functionAt(project, ref);
    return facts
      ? callsIn(facts)
          .filter(({ callee }) => compares.test(callee))
          .map(({ line }) => ({ path: ref.path, line }))
      : [];
  })[0];
  if (compared === undefined) return undefined;
  if (
    guardsOf(project, route).some(
      ({ kind }) => kind !== "presence" && kind !== "capability",
    )
  )
    return undefined;
  return {
    rule: "unlimited-credential-route",
    ...placeOf(route),
    message: `${subjectOf(route)} compares a password or code as often as anyone asks.`,
    fix: "Count failed tries per account and per address in a shared store, and refuse above a handful.",
    confidence: "likely",
    evidence: [
      {
        ...compared,
        note: "The comparison that can be tried again and again.",
      },
    ],
    ...(!isReachable(project, route.file) && { atMost: "notice" as const }),
  };
}
