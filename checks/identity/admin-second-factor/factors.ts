import { ts } from "#parse/syntax.js";

const packages =
  /["'](?:npm:)?(?:otplib|@otplib\/[\w-]+|speakeasy|@levminer\/speakeasy|@simplewebauthn\/(?:server|browser)|otpauth|node-2fa|totp-generator|@oslojs\/(?:otp|webauthn)|better-auth\/plugins\/two-factor|@better-auth\/passkey)(?:@[^"']*)?["']/;
const calls =
  /\bgetAuthenticatorAssuranceLevel\b|\.mfa\.(?:enroll|challenge|verify|listFactors|challengeAndVerify)\b|\btwoFactor(?:Client)?\s*\(|\bmultiFactor\s*\(|\bfactorVerificationAge\b|\breverification\b|\bsign_in_second_factor\b|\bverifyAuthenticationResponse\b/;

/** The sign of a second factor in a file's code: a library or a provider's call for it. */
export function factorIn(text: string): string | undefined {
  return packages.exec(text)?.[0].slice(1, -1) ?? calls.exec(text)?.[0];
}

/** Names of the state in which somebody is who has passed, or has not passed, a second factor. */
const state =
  /\baal2?\b|\bcurrentLevel\b|\bnextLevel\b|two_?factor_?(?:enabled|verified|passed|authenticated|required|confirmed)|mfa_?(?:verified|enabled|required|passed|confirmed|complete)|factorVerificationAge|\bfva\b|second_?factor|\bamr\b|isTwoFactor|reverification|requires?2fa|2fa_?(?:enabled|verified)|(?:require|assert|has|is|verify|ensure)_?(?:mfa|aal2|2fa|two_?factor|second_?factor)/i;

/** Whether a node asks for that state: in a condition, or in a call that lets only such a caller on. */
export function asksForFactor(node: ts.Node): boolean {
  const asked = ts.isIfStatement(node)
    ? node.expression
    : ts.isConditionalExpression(node)
      ? node.condition
      : ts.isCallExpression(node)
        ? node
        : undefined;
  if (asked === undefined) return false;
  if (!ts.isCallExpression(asked) || !ts.isCallExpression(node))
    return state.test(asked.getText().slice(0, 500));
  const callee = node.expression.getText().slice(-80);
  const isGate =
    /(?:^|\.)(?:protect|has)$|(?:require|assert|ensure|verify)\w*(?:mfa|aal2|2fa|twofactor|secondfactor)/i.test(
      callee,
    );
  return isGate && state.test(node.getText().slice(0, 500));
}
