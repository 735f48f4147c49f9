import type { Route } from "./route.js";

/** Path parts that may hold slashes. */
const spanning = new Set(["path", "ref", "branch", "basehead"]);

interface Compiled {
  readonly route: Route;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly fixedParts: number;
}

/** A route and what its path said. */
export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request. */
export class Router {
  readonly #compiled: readonly Compiled[];

  constructor(routes: readonly Route[]) {
    this.#compiled = routes
      .map(compile)
      .sort((one, other) => other.fixedParts - one.fixedParts);
  }

  /** Undefined when nothing answers there. */
  find(method: string, path: string): Match | undefined {
    for (const { route, method: wanted, pattern, names } of this.#compiled) {
      if (method !== wanted) continue;
      const match = pattern.exec(path);
      if (!match) continue;
      const params = Object.fromEntries(
        names.map((name, index) => [name, decode(match[index + 1] ?? "")]),
      );
      return { route, params };
    }
    return undefined;
  }
}

function compile(route: Route): Compiled {
  const [method = "", template = ""] = route.operation.split(" ");
  const names: string[] = [];
  // The folder at the top has an empty path, whose slash clients leave out.
  const source = template
    .replace("/{path}", "{path}")
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      names.push(name);
      if (name === "path") return "(?:/(.*))?";
      return spanning.has(name) ? "(.+)" : "([^/]+)";
    });
  const fixedParts = template
    .split("/")
    .filter((part) => !part.startsWith("{")).length;
  return {
    route,
    method,
    names,
    fixedParts,
    pattern: new RegExp(`^${source}$`),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
