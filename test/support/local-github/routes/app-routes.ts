import { found, notFound, Refusal } from "../http/answer.js";
import { paged } from "../http/page.js";
import type { Call, Route } from "../http/route.js";
import { tokenReaches } from "../http/route.js";
import { appAnswer, installationAnswer } from "../present/app.js";
import { hookRepository } from "../present/repository.js";
import {
  grants,
  type Installation,
  type Permissions,
} from "../world/registration.js";
import { isoSeconds } from "../world/notation.js";

/** The app, its installations, and their tokens. */
export const appRoutes: readonly Route[] = [
  {
    operation: "GET /app",
    asks: "app",
    handle: ({ world }) => ({ status: 200, body: appAnswer(world) }),
  },
  {
    operation: "GET /app/installations",
    asks: "app",
    handle: (call) =>
      paged(
        call,
        call.world.installations.map((one) =>
          installationAnswer(call.world, one),
        ),
      ),
  },
  {
    operation: "GET /app/installations/{installation_id}",
    asks: "app",
    handle: (call) => ({
      status: 200,
      body: installationAnswer(call.world, installationOf(call)),
    }),
  },
  {
    operation: "POST /app/installations/{installation_id}/access_tokens",
    asks: "app",
    handle: issueToken,
  },
  {
    operation: "GET /repos/{owner}/{repo}/installation",
    asks: "app",
    handle: ({ world, params }) => {
      const { owner = "", repo = "" } = params;
      const repository = found(world.findRepository(owner, repo));
      const installation = found(world.installationFor(repository));
      return { status: 200, body: installationAnswer(world, installation) };
    },
  },
  {
    operation: "GET /orgs/{org}/installation",
    asks: "app",
    handle: ({ world, params }) => {
      const installation = world.installations.find(
        ({ account }) =>
          account.login.toLowerCase() === params["org"]?.toLowerCase(),
      );
      return {
        status: 200,
        body: installationAnswer(world, found(installation)),
      };
    },
  },
  {
    operation: "GET /installation/repositories",
    asks: "installation",
    needs: { metadata: "read" },
    handle: (call) => {
      const repositories = call.world.repositories.filter((repository) =>
        tokenReaches(call.token, repository),
      );
      return paged(call, repositories, (page) => ({
        total_count: repositories.length,
        repository_selection: "selected",
        repositories: page.map(hookRepository),
      }));
    },
  },
  {
    operation: "DELETE /installation/token",
    asks: "installation",
    handle: (call) => {
      call.world.tokens.revoke(call.token.value);
      return { status: 204 };
    },
  },
];

function installationOf(call: Call): Installation {
  const id = call.number("installation_id");
  return found(call.world.installations.find((one) => one.id === id));
}

function issueToken(call: Call) {
  const { world, body } = call;
  const installation = installationOf(call);
  if (installation.suspendedAt !== undefined) {
    throw new Refusal(403, "This installation has been suspended");
  }
  const permissions = askedPermissions(installation, body["permissions"]);
  const repositoryIds = askedRepositories(call, installation);
  const now = world.now();
  const token = world.tokens.issue(
    { installation, permissions, repositoryIds },
    now,
  );
  const covered = world.repositories.filter((repository) =>
    tokenReaches(token, repository),
  );
  return {
    status: 201,
    body: {
      token: token.value,
      expires_at: isoSeconds(token.expiresAt),
      permissions,
      repository_selection: "selected",
      ...(repositoryIds ? { repositories: covered.map(hookRepository) } : {}),
    },
  };
}

function askedPermissions(
  { permissions }: Installation,
  asked: unknown,
): Permissions {
  if (asked === undefined) return permissions;
  for (const [name, level] of Object.entries(asked as Permissions)) {
    if (!grants(permissions, name, level === "read" ? "read" : "write")) {
      throw new Refusal(
        422,
        "The permissions requested are not granted to this installation.",
      );
    }
  }
  // Every token may read metadata, asked for or not.
  return { metadata: "read", ...(asked as Permissions) };
}

function askedRepositories(
  { world, body }: Call,
  installation: Installation,
): ReadonlySet<number> | undefined {
  const ids = body["repository_ids"] as readonly number[] | undefined;
  const names = body["repositories"] as readonly string[] | undefined;
  if (!ids && !names) return undefined;
  const named = (names ?? []).map((name) => {
    const repository = world.findRepository(installation.account.login, name);
    return repository?.id ?? 0;
  });
  const asked = new Set([...(ids ?? []), ...named]);
  for (const id of asked) {
    if (!installation.repositoryIds.has(id)) {
      throw new Refusal(
        422,
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      );
    }
  }
  if (asked.size === 0) throw notFound();
  return asked;
}
