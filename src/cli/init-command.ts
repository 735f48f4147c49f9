import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { configPaths } from "#config/config-paths.js";
import type { Snapshot } from "#gate/snapshot.js";
import { codeOwnerPaths } from "#parse/code-owners.js";
import { findPlace, type Repository } from "#worktree/find-repository.js";
import { readRepository } from "#worktree/read-snapshot.js";
import { complain } from "./complain.js";
import { exitCodes } from "./exit-code.js";
import { starterConfig } from "./starter-config.js";

/** What is looked at to know what kind of app it is. */
const files = [
  "**/package.json",
  "supabase/config.toml",
  "pnpm-workspace.yaml",
  ...codeOwnerPaths,
  "firebase.json",
  "**/schema.prisma",
  ".vibegate.yml",
  ".github/vibegate.yml",
];

/**
 * Looks at a repository and writes a commented `.vibegate.yml` that fits it: into the folder that is named, or at the root
 * of the repository around the current one, where GitHub reads it.
 *
 * @returns the exit code: 2 when there is a configuration already; it is left alone.
 * @throws ReadingError when there is no such folder.
 */
export async function initCommand(
  path: string | undefined,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<number> {
  const { folder, repository } = await findPlace(path);
  const snapshot: Snapshot = await readRepository({
    path: folder,
    needs: [{ files, scope: "repository" }],
    takenAt: new Date().toISOString(),
  });
  const existing = configPaths.find((one) => snapshot.paths.includes(one));
  if (existing !== undefined) {
    complain(`There is a ${existing} already; it was left alone.`);
    return exitCodes.usage;
  }
  const { text, found } = starterConfig(snapshot);
  const fitted = found.length > 0 ? ` for ${found.join(", ")}` : "";
  if (dryRun) {
    process.stdout.write(text);
    complain(`This would be ${configPaths[0]}${fitted}; nothing was written.`);
    return exitCodes.nothingBlocks;
  }
  // Fails where something else stands under that name, a link for example.
  await writeFile(join(folder, configPaths[0]), text, { flag: "wx" });
  const sentences = [
    `Wrote ${configPaths[0]}${fitted}.`,
    ...whereItCounts(repository),
    "Next:",
    "  1. Read it, and commit it to your default branch: the base's copy counts.",
    "  2. See what the gate finds today: vibegate audit",
    "  3. Before real users arrive, set the phase to commitment, and require both checks in a ruleset.",
  ];
  process.stdout.write(`${sentences.join("\n")}\n`);
  return exitCodes.nothingBlocks;
}

function whereItCounts(repository: Repository | undefined): string[] {
  if (repository === undefined || repository.prefix === "") return [];
  return [
    "It counts on this machine, for this folder alone: GitHub reads the file at the root of the repository.",
  ];
}
