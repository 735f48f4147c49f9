/** The five sections of the gate, in its order. */
export const sections = {
  secrets: "Secrets and surface",
  identity: "Identity and authorization",
  data: "Data handling",
  limits: "Observability and limits",
  change: "Change control",
} as const;

export type Section = keyof typeof sections;

/** Place of an item in the gate, for people: section and number. */
export type ItemId = `${1 | 2 | 3 | 4 | 5}.${number}`;

/** One of the sixteen things the gate asks of an app. */
export interface Item {
  readonly id: ItemId;
  /** Slug of the check that answers it: folder, config key and docs title. */
  readonly check: string;
  readonly section: Section;
  /** What must hold, in one line. */
  readonly holds: string;
}

/** All sixteen items in the gate's order, whether or not a check for them is built in. */
export const items: readonly Item[] = [
  ["1.1", "credentials", "secrets", "No credential in code, history or files"],
  [
    "1.2",
    "browser-api-calls",
    "secrets",
    "Browsers reach third-party APIs through a server you control",
  ],
  [
    "1.3",
    "database-default-deny",
    "secrets",
    "Database access is denied unless a rule allows it",
  ],
  [
    "1.4",
    "explicit-cors",
    "secrets",
    "Cross-origin access is limited to named origins",
  ],
  [
    "2.1",
    "known-auth-provider",
    "identity",
    "Authentication is a known provider's",
  ],
  [
    "2.2",
    "server-side-authorization",
    "identity",
    "Every endpoint authorizes on the server",
  ],
  [
    "2.3",
    "admin-second-factor",
    "identity",
    "Admin paths demand a second factor and are not advertised",
  ],
  [
    "3.1",
    "pii-classification",
    "data",
    "Personal data is classified before it is stored",
  ],
  [
    "3.2",
    "restored-backups",
    "data",
    "Backups exist and were restored in a drill",
  ],
  ["3.3", "complete-deletion", "data", "Deletion deletes everywhere"],
  ["4.1", "error-visibility", "limits", "Errors reach a human within a day"],
  ["4.2", "rate-limits", "limits", "Everything that costs money is limited"],
  ["4.3", "spending-cap", "limits", "Spending is capped"],
  [
    "5.1",
    "deploy-pipeline",
    "change",
    "Production deploys go through a pipeline",
  ],
  [
    "5.2",
    "second-reviewer",
    "change",
    "Someone other than the builder reviewed sensitive code",
  ],
  [
    "5.3",
    "rollback-procedure",
    "change",
    "A documented rollback takes minutes",
  ],
].map(([id, check, section, holds]) => ({
  id: id as ItemId,
  check: check as string,
  section: section as Section,
  holds: holds as string,
}));
