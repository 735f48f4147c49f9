import { createServer, type ServerResponse } from "node:http";
import type { LocalGitHub } from "#support/local-github/local-github.js";
import { latestRuns } from "#support/local-github/world/check-runs.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import { diffOf, type LineNote } from "./diff.js";
import { demoPage } from "./page.js";
import { act } from "./page-actions.js";

/** The page while it is served. */
export interface ServedPage {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves the pull request as a page on the loopback address; its buttons cause real events. */
export async function servePage(
  github: LocalGitHub,
  pull: LocalPullRequest,
  port = 0,
): Promise<ServedPage> {
  const server = createServer((request, response) => {
    const answer =
      request.method === "POST"
        ? act(request.url ?? "", github, pull).then(() => {
            response.writeHead(303, { location: "/" }).end();
          })
        : show(github, pull, response);
    answer.catch((error: unknown) => {
      response.writeHead(500, { "content-type": "text/plain" });
      response.end(error instanceof Error ? error.message : "It failed.");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const chosen = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${String(chosen)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function show(
  github: LocalGitHub,
  pull: LocalPullRequest,
  response: ServerResponse,
): Promise<void> {
  const runs = latestRuns(github.checkRuns(pull.headSha));
  const changed = await pull.files();
  const base = await pull.mergeBase();
  const files = await Promise.all(
    changed.map(async ({ path }) => {
      const [before, after] = await Promise.all([
        textAt(pull, base, path),
        textAt(pull, pull.headSha, path),
      ]);
      return diffOf(path, before, after, (line) => notesAt(runs, path, line));
    }),
  );
  const page = await demoPage({
    title: pull.title,
    number: pull.number,
    author: pull.author.login,
    repository: pull.repository.fullName,
    runs,
    files,
    approvedBy: pull.reviews
      .filter(({ state }) => state === "APPROVED")
      .map(({ author }) => author.login),
  });
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
  });
  response.end(page);
}

async function textAt(
  { repository }: LocalPullRequest,
  commit: string,
  path: string,
): Promise<string> {
  const object = await repository.git.read(`${commit}:${path}`);
  return object?.type === "blob" ? object.data.toString("utf8") : "";
}

function notesAt(
  runs: ReturnType<typeof latestRuns>,
  path: string,
  line: number,
): LineNote[] {
  return runs.flatMap(({ annotations }) =>
    annotations
      .filter((one) => one.path === path && one.end_line === line)
      .map((one) => ({
        level: one.annotation_level,
        title: one.title ?? "",
        message: one.message,
      })),
  );
}
