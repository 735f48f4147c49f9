import type { Project } from "./project.js";

/** Prefixes that tell a bundler to write a setting into the code that browsers load. */
const publicPrefix =
  /^(?:NEXT_PUBLIC_|VITE_|REACT_APP_|EXPO_PUBLIC_|PUBLIC_|NUXT_PUBLIC_|GATSBY_|VUE_APP_|NG_APP_|PLASMO_PUBLIC_|WXT_|STORYBOOK_|TARO_APP_|UMI_APP_|RSBUILD_PUBLIC_|BUN_PUBLIC_)/;

const configs =
  /(?:^|\/)(?:vite|webpack|rollup|rspack|rsbuild|craco|next|vue|quasar|electron\.vite|wxt|esbuild|babel)(?:\.\w+){0,2}\.[cm]?[jt]s$|(?:^|\/)\.babelrc$/;

const known = new WeakMap<Project, Map<string, string | undefined>>();

/**
 * Why browsers get to see the value of a setting: its prefix, or the bundler's configuration that writes it in.
 *
 * @returns `prefix`, the path of that configuration, or undefined for settings that stay on the server.
 */
export function publishedBy(
  project: Project,
  setting: string,
): string | undefined {
  if (publicPrefix.test(setting)) return "prefix";
  let cache = known.get(project);
  if (!cache) known.set(project, (cache = new Map()));
  if (!cache.has(setting)) cache.set(setting, definedIn(project, setting));
  return cache.get(setting);
}

function definedIn({ snapshot }: Project, setting: string): string | undefined {
  return snapshot.files.find(
    ({ path, text }) => configs.test(path) && writesIn(text, path, setting),
  )?.path;
}

/** `define: { "process.env.KEY": … }` of Vite and others, `env: { KEY: … }` of Next.js, plugins that read a file. */
function writesIn(text: string, path: string, setting: string): boolean {
  if (!/^\w+$/.test(setting)) return false;
  const named = new RegExp(
    `["'](?:process\\.env|import\\.meta\\.env|globalThis)?\\.?${setting}["']\\s*:`,
  );
  if (/\bdefine\b|DefinePlugin|EnvironmentPlugin/.test(text))
    if (named.test(text) || /["']process\.env["']\s*:/.test(text)) return true;
  if (/(?:^|\/)next\.config/.test(path))
    return new RegExp(`\\benv\\s*:\\s*\\{[^}]{0,4000}\\b${setting}\\s*:`).test(
      text,
    );
  return new RegExp(`EnvironmentPlugin\\([^)]{0,2000}\\b${setting}\\b`).test(
    text,
  );
}
