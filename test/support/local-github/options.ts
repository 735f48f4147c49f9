import type { FileContent } from "./git/commit-writer.js";
import type { CommitOptions } from "./world/local-repository.js";
import type { Permissions } from "./world/registration.js";

/** What can be said about a new local GitHub. */
export interface LocalGitHubOptions {
  readonly webhookSecret?: string;
  /** Where webhooks go; without it they are only listed. */
  readonly deliverTo?: string;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  /** Port to listen on; any free one unless told. */
  readonly port?: number;
  /** The present; the machine's clock unless told. */
  readonly clock?: () => Date;
}

/** What can be said about a new repository. */
export interface RepositoryOptions {
  readonly owner?: string;
  readonly name: string;
  readonly defaultBranch?: string;
  readonly isPrivate?: boolean;
  readonly files?: Readonly<Record<string, FileContent>>;
  /** The first commit's author and so on. */
  readonly commit?: CommitOptions;
  /** False leaves it out of the app's installation. */
  readonly installed?: boolean;
  /** `User` or `Organization`; an organization unless told. */
  readonly ownerType?: "User" | "Organization";
}
