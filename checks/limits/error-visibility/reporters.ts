import type { Project } from "#model/project.js";
import { jsonValue, textOf, valueAt } from "#parse/json-value.js";

/** A package that carries errors to people, as a manifest lists it. */
export interface ListedReporter {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

/** Packages that carry errors or logs to a place where somebody is told of them. */
const reporterPackage =
  /^(?:@sentry\/(?!cli$|vite-plugin$|webpack-plugin$|types$|core$|utils$).+|sentry-expo|@bugsnag\/.+|rollbar|@rollbar\/.+|dd-trace|@datadog\/browser-.+|@axiomhq\/.+|next-axiom|@logtail\/.+|@logdna\/.+|newrelic|newrelic-.+|@newrelic\/.+|@opentelemetry\/(?:sdk-|exporter-|auto-instrumentations).+|@vercel\/otel|@highlight-run\/.+|highlight\.run|logrocket|raygun4?js|raygun|@honeybadger-io\/.+|@airbrake\/.+|applicationinsights|@microsoft\/applicationinsights-.+|@azure\/monitor-opentelemetry|@google-cloud\/(?:error-reporting|logging.*)|winston-loki|winston-cloudwatch|winston-datadog.*|pino-loki|pino-datadog.*|pino-sentry.*|pino-logflare|pino-axiom|@baselime\/.+|elastic-apm-node|@elastic\/apm-rum.*|@appsignal\/.+|trackjs|@grafana\/faro.+|@hyperdx\/.+|@betterstack\/.+|@react-native-firebase\/crashlytics|@logfire\/.+|@trigger\.dev\/sdk|inngest-sentry|@posthog\/nextjs-config|@ntegral\/nestjs-sentry|nestjs-raven)$/;

/** Words in a compose or deployment file that stand for an agent which collects logs. */
const agent =
  /datadog|newrelic|new-relic|otel-collector|opentelemetry-collector|promtail|fluent-?bit|fluentd|vector\.dev|logdna|papertrail|sentry/i;

/** Frameworks whose presence makes a package an app that serves people. */
const appPackage =
  /^(?:next|nuxt|express|fastify|koa|hono|elysia|@nestjs\/core|@sveltejs\/kit|@remix-run\/.+|@react-router\/(?:node|dev|serve)|astro|expo|@hapi\/hapi|vite|react-scripts|@trpc\/server|@apollo\/server|firebase-functions|wrangler|polka|h3|nitropack|gatsby)$/;

interface Manifest {
  readonly path: string;
  readonly text: string;
  readonly packages: readonly {
    readonly name: string;
    readonly line: number;
  }[];
}

/** What a project has against errors that nobody sees. */
export interface Equipment {
  readonly reporters: readonly ListedReporter[];
  /** Reporters that a file imports or a start command loads. */
  readonly used: ReadonlySet<string>;
  /** Whether an agent beside the app collects what it writes. */
  readonly hasAgent: boolean;
  /** Manifest of the app; undefined where nothing here serves people. */
  readonly app?: string;
}

/** Reads the manifests, the imports and the deployment files. */
export function equipmentOf(project: Project): Equipment {
  const manifests = manifestsOf(project);
  const reporters = manifests.flatMap(({ path, packages }) =>
    packages
      .filter(({ name }) => reporterPackage.test(name))
      .map((one) => ({ ...one, path })),
  );
  const app = manifests.find(({ packages }) =>
    packages.some(({ name }) => appPackage.test(name)),
  );
  return {
    reporters,
    used: usedReporters(project),
    hasAgent: project.snapshot.files.some(
      ({ path, text }) => isDeployment(path) && agent.test(text),
    ),
    ...(app && { app: app.path }),
  };
}

function manifestsOf({ snapshot }: Project): Manifest[] {
  return snapshot.files
    .flatMap(({ path, text }) => {
      if (
        !/(^|\/)package\.json$/.test(path) ||
        /(?:^|\/)(?:node_modules|examples?|templates?|fixtures)\//.test(path)
      )
        return [];
      const manifest = jsonValue(text);
      const packages = ["dependencies", "devDependencies"].flatMap((key) => {
        const listed = valueAt(manifest, key);
        if (listed?.kind !== "object") return [];
        return listed.entries.map((entry) => ({
          name: entry.key,
          line: entry.value.line,
        }));
      });
      return textOf(valueAt(manifest, "name")) === undefined &&
        packages.length === 0
        ? []
        : [{ path, text, packages }];
    })
    .toSorted((one, other) => depthOf(one.path) - depthOf(other.path));
}

function depthOf(path: string): number {
  return path.split("/").length;
}

function isDeployment(path: string): boolean {
  return /(?:^|\/)(?:(?:docker-)?compose[\w.-]*\.ya?ml|Dockerfile[\w.-]*|Procfile|fly\.toml|render\.yaml|serverless\.ya?ml|wrangler\.(?:toml|jsonc?))$/.test(
    path,
  );
}

function usedReporters(project: Project): Set<string> {
  const used = new Set<string>();
  for (const { kind, module } of project.files.values()) {
    if (kind === "test") continue;
    for (const { from } of [...(module?.imports ?? []), ...reExports(module)]) {
      const name = packageOf(from);
      if (reporterPackage.test(name)) used.add(name);
    }
  }
  return used;
}

function reExports(
  module:
    { readonly exports: readonly { readonly from?: string }[] } | undefined,
) {
  return (module?.exports ?? []).flatMap(({ from }) =>
    from === undefined ? [] : [{ from }],
  );
}

/** A package's name out of an import: without subpath, version and registry. */
function packageOf(specifier: string): string {
  if (/deno\.land\/x\/sentry/.test(specifier)) return "@sentry/deno";
  const bare = specifier.replace(
    /^(?:npm:|jsr:|https:\/\/esm\.sh\/(?:v\d+\/)?)/,
    "",
  );
  const name = bare
    .split("/")
    .slice(0, bare.startsWith("@") ? 2 : 1)
    .join("/");
  const version = name.indexOf("@", 1);
  return version < 0 ? name : name.slice(0, version);
}

/** Whether a start command, a container or a framework's settings name the package: it is loaded without an import. */
export function isLoadedByCommand(
  { snapshot }: Project,
  name: string,
): boolean {
  return snapshot.files.some(({ path, text }) => {
    if (/(^|\/)package\.json$/.test(path))
      return scriptsOf(path, text).includes(name);
    const isSettings =
      isDeployment(path) ||
      /(?:^|\/)(?:nuxt\.config|app\.config|astro\.config|app)\.\w+$/.test(path);
    return isSettings && text.includes(name);
  });
}

function scriptsOf(path: string, text: string): string {
  const scripts = valueAt(jsonValue(text), "scripts");
  if (scripts?.kind !== "object") return "";
  return scripts.entries.map(({ value }) => textOf(value) ?? "").join("\n");
}
