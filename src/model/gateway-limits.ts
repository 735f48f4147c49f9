import type { Project } from "./project.js";

/** A limit that stands in a file of the server in front of the app. */
export interface GatewayLimit {
  readonly kind: "gateway";
  readonly how: string;
  readonly file: string;
  /** Line from 1. */
  readonly line: number;
}

/** Limits that the server in front of the app states in a file of the repository. */
export function gatewayLimits(project: Project): GatewayLimit[] {
  return project.snapshot.files.flatMap(({ path, text }): GatewayLimit[] => {
    const pattern = gatewayFiles.find(([file]) => file.test(path))?.[1];
    const at = pattern ? text.search(pattern) : -1;
    if (at < 0) return [];
    const line = text.slice(0, at).split("\n").length;
    return [{ kind: "gateway", how: "the gateway's limit", file: path, line }];
  });
}

const gatewayFiles: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:nginx|\.conf$)/i, /^[ \t]*limit_req[ \t]/m],
  [/(?:^|\/)Caddyfile/, /^[ \t]*rate_limit\b/m],
  [
    /traefik.*\.ya?ml$|docker-compose.*\.ya?ml$/i,
    /ratelimit\.average|^[ \t]*rateLimit:/m,
  ],
  [/(?:kong|gateway).*\.ya?ml$/i, /name:[ \t]*rate-limiting\b/],
  [/\.tf$/, /rate_based_statement|throttling_rate_limit|cloudflare_rate_limit/],
  [/(?:^|\/)nuxt\.config\.[jt]s$/, /["'](?:nuxt-security|nuxt-api-shield)["']/],
];
