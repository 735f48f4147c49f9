import type { Value } from "#parse/module-facts.js";
import type { Chain, DataShape, Link } from "./data-shape.js";
import { convexShape } from "./convex-shapes.js";
import { drizzleShape, modelShape } from "./model-shapes.js";
import { firestoreShape, sqlShape } from "./store-shapes.js";
import { supabaseShape } from "./supabase-shapes.js";
import { type CallValue, lastName } from "./value-walk.js";

/** What the outermost call of a chain does to stored data. */
export function dataShape(call: CallValue): DataShape | undefined {
  const chain = chainOf(call);
  return (
    supabaseShape(chain) ??
    firestoreShape(chain) ??
    convexShape(chain) ??
    drizzleShape(chain) ??
    modelShape(chain) ??
    sqlShape(chain)
  );
}

function chainOf(call: CallValue): Chain {
  const links: Link[] = [];
  let at: Value | undefined = call;
  let root = "";
  for (let step = 0; at !== undefined && step < 60; step++) {
    if (at.kind === "member") {
      if (at.name !== "") links.unshift({ method: at.name, given: [] });
      at = at.of;
      continue;
    }
    if (at.kind !== "call") break;
    const method = lastName(at.callee);
    links.unshift({ method, given: at.arguments });
    if (at.on === undefined) {
      root = at.callee.slice(
        0,
        Math.max(0, at.callee.length - method.length - 1),
      );
      break;
    }
    at = at.on;
  }
  return { root, links };
}
