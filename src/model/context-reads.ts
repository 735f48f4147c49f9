import { resolveConstant } from "./constants.js";
import type { Project } from "./project.js";
import { type CallValue, stringOf } from "./value-walk.js";

/** What middleware left for the handlers behind it, read back. */
export interface ContextRead {
  readonly how: string;
  /** Whether reading throws where nothing was left. */
  readonly rejects: boolean;
}

/**
 * `c.get("user")` of Hono and Koa, and `context.get(userContext)` of React Router, which throws where no middleware has set
 * what it asks for, unless the context was made with something to fall back on.
 */
export function contextRead(
  project: Project,
  path: string,
  { callee, arguments: [given] }: CallValue,
): ContextRead | undefined {
  if (!/^(?:\w+\.)?(?:c|ctx|context|req|request)\.get$/.test(callee))
    return undefined;
  const name = stringOf(given) ?? "";
  if (/^(?:user|session|auth|userId|jwtPayload|currentUser)$/.test(name))
    return { how: callee, rejects: false };
  if (given?.kind !== "name" || !/auth|user|session/i.test(given.name))
    return undefined;
  const made = resolveConstant(project, path, given.name)?.value;
  if (made?.kind !== "call" || !/createContext$/.test(made.callee))
    return undefined;
  return { how: given.name, rejects: made.arguments.length === 0 };
}
