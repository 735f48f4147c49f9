import type { LocalPullRequest } from "./local-github/world/local-pull-request.js";
import type { LocalRepository } from "./local-github/world/local-repository.js";
import type { RunningGate } from "./running-gate.js";

const imports = 'import cors from "cors";\n';

/** Lets every website in, with the visitor's session: one finding that blocks, on line 3. */
export const openDoor = {
  "src/app.ts": `${imports}export const app = create();\napp.use(cors({ origin: true, credentials: true }));\n`,
};

let repositories = 0;

/** A repository in the commitment phase, unlike any other. */
export async function aRepository(
  { github }: RunningGate,
  files: Readonly<Record<string, string>> = {},
): Promise<LocalRepository> {
  repositories += 1;
  return github.createRepository({
    name: `app-${String(repositories)}`,
    files: {
      "README.md": `Repository ${String(repositories)}\n`,
      ".vibegate.yml": "version: 1\nphase: commitment\n",
      "src/app.ts": `${imports}export const app = create();\n`,
      ...files,
    },
  });
}

/** A pull request of vera's with these files, once it is answered. */
export async function aPull(
  gate: RunningGate,
  repository: LocalRepository,
  files: Readonly<Record<string, string>>,
): Promise<LocalPullRequest> {
  const head = `change-${String(repository.pulls.length)}`;
  await repository.commit({ branch: head, files, author: "vera", by: "vera" });
  const pull = await repository.openPullRequest({ head, author: "vera" });
  await gate.settled();
  return pull;
}
