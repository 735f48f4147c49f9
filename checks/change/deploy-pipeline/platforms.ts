import type { ConfigEntry } from "#parse/config-entry.js";
import type { PlatformMark } from "./mark.js";

type From = PlatformMark["from"];

/** Where the app runs, by the file that says so, and whether that file says that pushes are deployed. */
const files: readonly (readonly [
  RegExp,
  string,
  (entries: readonly ConfigEntry[]) => From,
])[] = [
  [/(?:^|\/)(?:vercel|now)\.json$/, "Vercel", vercel],
  [
    /(?:^|\/)netlify\.toml$/,
    "Netlify",
    (entries) =>
      entries.some(({ keys }) => keys[0] === "build") ? "git" : "unsaid",
  ],
  [/(?:^|\/)render\.ya?ml$/, "Render", render],
  [/(?:^|\/)amplify\.ya?ml$/, "Amplify", () => "git"],
  [
    /(?:^|\/)\.do\/(?:deploy\.template|app)\.ya?ml$/,
    "DigitalOcean",
    (entries) =>
      said(entries, "deploy_on_push") === "true" ? "git" : "unsaid",
  ],
  [
    /(?:^|\/)(?:cloudbuild\.ya?ml|apprunner\.yaml)$/,
    "Google Cloud Build or App Runner",
    () => "git",
  ],
  [
    /(?:^|\/)(?:railway\.(?:json|toml)|Procfile|heroku\.yml|wrangler\.(?:toml|jsonc?)|nixpacks\.toml)$/,
    "a platform",
    () => "unsaid",
  ],
  [/(?:^|\/)fly[\w.-]*\.toml$/, "Fly.io", () => "none"],
  [/(?:^|\/)serverless\.ya?ml$/, "Serverless", () => "none"],
  [
    /(?:^|\/)app\.yaml$/,
    "App Engine",
    (entries) => (said(entries, "runtime") === undefined ? "unsaid" : "none"),
  ],
  [
    /(?:^|\/)firebase\.json$/,
    "Firebase",
    (entries) =>
      entries.some(
        ({ keys }) => keys[0] === "hosting" || keys[0] === "functions",
      )
        ? "none"
        : "unsaid",
  ],
];

/** What a file says of where the app runs. */
export function platformOf(
  path: string,
  entries: readonly ConfigEntry[],
): PlatformMark | undefined {
  const found = files.find(([pattern]) => pattern.test(path));
  if (!found) return undefined;
  return { kind: "platform", what: found[1], line: 1, from: found[2](entries) };
}

/** An editor that publishes what stands in it: Replit says so in its own file. */
export function editorOf(text: string): PlatformMark | undefined {
  const line = text
    .split("\n")
    .findIndex((each) => /^\s*\[deployment\]\s*$/.test(each));
  return line < 0
    ? undefined
    : { kind: "platform", what: "Replit", line: line + 1, from: "editor" };
}

function vercel(entries: readonly ConfigEntry[]): From {
  const enabled = entries.filter(
    ({ keys: [group = "", name = ""] }) =>
      (group === "git" && name === "deploymentEnabled") ||
      (group === "github" && name === "enabled"),
  );
  if (enabled.length === 0) return "unsaid";
  return enabled.some(({ value }) => value === "true") ? "git" : "none";
}

function render(entries: readonly ConfigEntry[]): From {
  const automatic =
    said(entries, "autoDeploy") ?? said(entries, "autoDeployTrigger");
  return automatic === "false" || automatic === "no" || automatic === "off"
    ? "none"
    : "git";
}

function said(
  entries: readonly ConfigEntry[],
  name: string,
): string | undefined {
  return entries.find(({ keys }) => keys.at(-1) === name)?.value;
}
