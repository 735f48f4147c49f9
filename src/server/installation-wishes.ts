import type { z } from "zod";
import type {
  installationEvent,
  installationRepositoriesEvent,
} from "./payloads.js";
import { nothing, type Wishes } from "./wishes.js";
import type { Place, Work } from "./work.js";

type Repositories = readonly {
  readonly id: number;
  readonly full_name: string;
}[];

/** Wishes of an `installation` event: a first look, a fresh start, or an end. */
export function ofInstallation(
  payload: z.infer<typeof installationEvent>,
): Wishes {
  const { id: installationId } = payload.installation;
  const repositories = payload.repositories ?? [];
  switch (payload.action) {
    case "created":
      return arrivals(installationId, repositories);
    case "unsuspend":
    case "new_permissions_accepted":
      return { works: [{ kind: "reconcile-installation", installationId }] };
    case "suspend":
    case "deleted":
      return {
        works: [
          {
            kind: "forget",
            installationId,
            forGood: payload.action === "deleted",
            repositoryIds: repositories.map(({ id }) => id),
          },
        ],
      };
    default:
      return nothing;
  }
}

/** Wishes of an `installation_repositories` event. */
export function ofInstallationRepositories(
  payload: z.infer<typeof installationRepositoriesEvent>,
): Wishes {
  if (payload.action !== "added") return nothing;
  return arrivals(payload.installation.id, payload.repositories_added);
}

/** A new repository gets its first runs, and what is open in it its answers. */
function arrivals(installationId: number, repositories: Repositories): Wishes {
  return {
    works: repositories.flatMap(({ id, full_name }): Work[] => {
      const [owner = "", repo = ""] = full_name.split("/");
      const place: Place = { installationId, repositoryId: id, owner, repo };
      return [
        { kind: "first-look", ...place },
        { kind: "reconcile-repository", ...place },
      ];
    }),
  };
}
