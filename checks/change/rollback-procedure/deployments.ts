import type { ConfigEntry } from "#parse/config-entry.js";
import type { DeploymentMark } from "./mark.js";

const files: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:vercel\.json|now\.json)$/, "Vercel"],
  [/(?:^|\/)netlify\.toml$/, "Netlify"],
  [/(?:^|\/)fly[\w.-]*\.toml$/, "Fly.io"],
  [/(?:^|\/)render\.ya?ml$/, "Render"],
  [/(?:^|\/)railway\.(?:json|toml)$/, "Railway"],
  [/(?:^|\/)wrangler\.(?:toml|jsonc?)$/, "Cloudflare"],
  [/(?:^|\/)firebase\.json$/, "Firebase"],
  [/(?:^|\/)serverless\.ya?ml$/, "Serverless"],
  [/(?:^|\/)amplify\.ya?ml$/, "Amplify"],
  [/(?:^|\/)(?:Procfile|heroku\.yml)$/, "Heroku"],
  [/(?:^|\/)app\.yaml$/, "App Engine"],
  [/(?:^|\/)Dockerfile$/, "a container"],
];

/** Rank of what only a manifest shows: an app, wherever it runs. */
export const manifestRank = 100;

/** Packages that make an app which people visit, rather than a library. */
const frameworks =
  /^(?:next|nuxt|express|fastify|hono|koa|@nestjs\/core|@sveltejs\/kit|@remix-run\/(?:node|react|serve)|@react-router\/(?:node|serve)|astro|@tanstack\/react-start|@angular\/core|vue|react-dom|solid-start|expo)$/;

/** A file whose name shows where the app is deployed. */
export function deploymentByPath(path: string): DeploymentMark | undefined {
  const found = files.find(([pattern]) => pattern.test(path));
  if (!found) return undefined;
  const depth = path.split("/").length;
  return { kind: "deployment", what: found[1], line: 1, rank: depth };
}

/** A manifest that names a framework of apps. */
export function deploymentsInManifest(
  entries: readonly ConfigEntry[],
): DeploymentMark[] {
  const found = entries.find(
    ({ keys: [group, name = ""] }) =>
      group === "dependencies" && frameworks.test(name),
  );
  if (!found) return [];
  const what = `an app on ${found.keys[1] ?? ""}`;
  return [{ kind: "deployment", what, line: found.line, rank: manifestRank }];
}
