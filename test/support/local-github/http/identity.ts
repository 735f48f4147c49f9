import { verify } from "node:crypto";
import type { Token } from "../world/tokens.js";
import type { World } from "../world/world.js";
import { Refusal } from "./answer.js";

/** Who asks: the app itself, one of its installations, or somebody unknown. */
export type Identity =
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly token: Token }
  | { readonly kind: "anonymous" };

/** Longest life of an app's token that GitHub accepts, with its tolerance for clocks. */
const maxLifeSeconds = 11 * 60;

/**
 * Reads the `Authorization` header.
 *
 * @throws Refusal 401 for what is sent but not good.
 */
export function identify(world: World, header: string | undefined): Identity {
  if (header === undefined) return { kind: "anonymous" };
  const [scheme = "", value = ""] = header.split(" ");
  if (scheme.toLowerCase() === "basic") return fromBasic(world, value);
  if (value.split(".").length === 3) return fromAppToken(world, value);
  return fromToken(world, value);
}

function fromToken(world: World, value: string): Identity {
  const token = world.tokens.find(value, world.now());
  if (!token) throw new Refusal(401, "Bad credentials");
  return { kind: "installation", token };
}

/** git and curl send tokens as a password. */
function fromBasic(world: World, value: string): Identity {
  const text = Buffer.from(value, "base64").toString("utf8");
  return fromToken(world, text.slice(text.indexOf(":") + 1));
}

function fromAppToken(world: World, jwt: string): Identity {
  const [head = "", claims = "", signature = ""] = jwt.split(".");
  const { alg } = decoded(head);
  const { iss, exp, iat } = decoded(claims);
  const isSigned =
    alg === "RS256" &&
    verify(
      "RSA-SHA256",
      Buffer.from(`${head}.${claims}`),
      world.registration.publicKey,
      Buffer.from(signature, "base64url"),
    );
  if (!isSigned) {
    throw new Refusal(401, "A JSON web token could not be decoded");
  }
  const { id, clientId } = world.registration;
  if (String(iss) !== String(id) && iss !== clientId) {
    throw new Refusal(401, "Integration not found");
  }
  checkTimes(world.now().getTime() / 1000, Number(iat), Number(exp));
  return { kind: "app" };
}

function checkTimes(now: number, issued: number, expires: number): void {
  if (!(expires > now)) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (expires > now + maxLifeSeconds) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') is too far in the future",
    );
  }
  if (!(issued <= now + 60)) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    const text = Buffer.from(part, "base64url").toString("utf8");
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Refusal(401, "A JSON web token could not be decoded");
  }
}
