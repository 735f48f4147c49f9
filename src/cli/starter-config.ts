import { handle } from "#config/schema-atoms.js";
import { addDays, dayOf } from "#gate/day.js";
import type { Snapshot } from "#gate/snapshot.js";
import { codeOwnerPaths, parseCodeOwners } from "#parse/code-owners.js";

/** What was written, and what it was fitted to. */
export interface StarterConfig {
  readonly text: string;
  /** For example `Next.js`, `Supabase`. */
  readonly found: readonly string[];
}

const frameworks: readonly (readonly [string, string])[] = [
  ["next", "Next.js"],
  ["@sveltejs/kit", "SvelteKit"],
  ["nuxt", "Nuxt"],
  ["@remix-run/node", "Remix"],
  ["react-router", "React Router"],
  ["astro", "Astro"],
  ["express", "Express"],
  ["fastify", "Fastify"],
  ["hono", "Hono"],
  ["@nestjs/core", "NestJS"],
  ["vite", "Vite"],
  ["expo", "Expo"],
  ["@supabase/supabase-js", "Supabase"],
  ["firebase", "Firebase"],
  ["@prisma/client", "Prisma"],
  ["drizzle-orm", "Drizzle"],
  ["stripe", "Stripe"],
];

const sensitiveFolders = {
  auth: /(?:^|\/)(?:auth|authentication|login|session|permissions)$/i,
  payment: /(?:^|\/)(?:billing|payments?|checkout|stripe|subscriptions?)$/i,
  data: /(?:^|\/)(?:migrations|prisma|drizzle|db|models)$/i,
} as const;

const holdsCode =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|sql|prisma|py|rb|go|php|java|kt|cs)$/i;

/** What is built, tested with, shown, or there for tools: not what handles anybody's money or data. */
const besides =
  /(?:^|\/)(?:\.[^/]+|node_modules|dist|build|tests?|__tests__|e2e|docs|public|assets|examples?|icons)\//i;

/** Apps that are listed. */
const maxProjects = 20;

/** Longest list of folders that somebody reads. */
const mostFolders = 8;

/** A configuration that fits a repository, with a comment for each choice. Pure. */
export function starterConfig(snapshot: Snapshot): StarterConfig {
  const found = frameworksOf(snapshot);
  const today = dayOf(snapshot.takenAt);
  const owner = ownerOf(snapshot);
  const sensitive = Object.entries(sensitiveFolders).flatMap(
    ([category, pattern]) => {
      const folders = foldersOf(snapshot, pattern);
      return folders.length === 0
        ? []
        : [`  ${category}:`, ...folders.map((one) => `    - ${quoted(one)}`)];
    },
  );
  const lines = [
    "# yaml-language-server: $schema=https://raw.githubusercontent.com/vibegate/vibegate/main/schema/vibegate.schema.json",
    "# VibeGate reads this file from the base branch: a pull request cannot soften the gate for itself.",
    "version: 1",
    "",
    "# Where your organization keeps defaults in its .github repository, begin with them.",
    "# extends: org",
    "",
    "# exploration advises and never blocks. commitment blocks: for real users, data or money.",
    `# A date announces it: {default: exploration, commitment-from: ${addDays(today, 60)}}`,
    "phase: exploration",
    "",
    "# single: one person's or one company's app, where owner checks on each object mean nothing.",
    "tenancy: multi",
    ...(sensitive.length > 0
      ? [
          "",
          "# Changes here need somebody who did not build them, besides what VibeGate recognises by itself.",
          "sensitive:",
          ...sensitive,
        ]
      : []),
    ...projectLines(snapshot),
    "",
    "# Levels by check or rule: off, advise or block.",
    "# checks:",
    "#   explicit-cors: advise",
    "#   explicit-cors/wildcard-on-session-api: block",
    "",
    "# What is accepted for now: with a reason, an owner and a last day.",
    `# One line can be accepted in the code: // vibegate-ignore credentials/hard-coded-secret until=${addDays(today, 90)} owner=${owner} reason="made-up value"`,
    "# suppress:",
    "#   - rule: credentials/hard-coded-secret",
    "#     paths: [examples/**]",
    "#     reason: made-up values of the tutorial",
    `#     owner: ${quoted(owner)}`,
    `#     until: ${addDays(today, 90)}`,
    "",
    "# What code cannot show: who states it, when, and where the evidence is.",
    "# attest:",
    "#   restored-backups:",
    `#     by: ${quoted(owner)}`,
    `#     date: ${today}`,
    "#     evidence: docs/restore-drill.md",
    "",
  ];
  return { text: lines.join("\n"), found };
}

/** Whoever owns most of the code, for the examples; somebody made up where nobody says. */
function ownerOf({ files }: Snapshot): string {
  const text = codeOwnerPaths
    .map((path) => files.find((file) => file.path === path)?.text)
    .find((one) => one !== undefined);
  const owners = parseCodeOwners(text ?? "").ownersOf("package.json");
  return owners.find((one) => handle.safeParse(one).success) ?? "@dana";
}

/** The apps of a monorepo: folders with a manifest of their own under `apps`. */
function projectLines({ paths }: Snapshot): string[] {
  const folders = paths.flatMap((path) => {
    const [, folder, name] =
      /^((?:[\w.-]+\/)?apps\/([A-Za-z0-9][\w.-]{0,63}))\/package\.json$/.exec(
        path,
      ) ?? [];
    return folder !== undefined && name !== undefined ? [{ folder, name }] : [];
  });
  if (folders.length < 2) return [];
  return [
    "",
    "# The apps of this monorepo: each may have levels, tenancy and attestations of its own.",
    "projects:",
    ...folders
      .slice(0, maxProjects)
      .flatMap(({ folder, name }) => [
        `  - name: ${quoted(name)}`,
        `    paths: [${quoted(`${folder}/**`)}]`,
      ]),
  ];
}

function frameworksOf({ files }: Snapshot): string[] {
  const manifests = files.filter(({ path }) => path.endsWith("package.json"));
  const names = new Set(manifests.flatMap(({ text }) => dependenciesIn(text)));
  return frameworks.flatMap(([name, title]) =>
    names.has(name) ? [title] : [],
  );
}

function dependenciesIn(text: string): string[] {
  try {
    const manifest = JSON.parse(text) as Record<string, unknown>;
    return ["dependencies", "devDependencies"].flatMap((key) =>
      Object.keys((manifest[key] as object | undefined) ?? {}),
    );
  } catch {
    return [];
  }
}

/** The topmost folders whose own name says what they hold. */
function foldersOf({ paths }: Snapshot, pattern: RegExp): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    if (!holdsCode.test(path) || besides.test(path)) continue;
    const parts = path.split("/").slice(0, -1);
    const depth = parts.findIndex((_, index) =>
      pattern.test(parts.slice(0, index + 1).join("/")),
    );
    if (depth >= 0) folders.add(`${parts.slice(0, depth + 1).join("/")}/**`);
  }
  return [...folders].sort().slice(0, mostFolders);
}

/** As a YAML string whatever the folder is called. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
