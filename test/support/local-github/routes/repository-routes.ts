import type { Route } from "../http/route.js";
import { fullRepository } from "../present/repository.js";

/** The repository itself. */
export const repositoryRoutes: readonly Route[] = [
  {
    operation: "GET /repos/{owner}/{repo}",
    asks: "installation",
    needs: { metadata: "read" },
    handle: ({ repository }) => ({
      status: 200,
      body: fullRepository(repository),
    }),
  },
];
