import { withAccountOfEmail, type Identity } from "./identity.js";

/** An AI coding agent as it shows in public pull requests. */
interface Agent {
  readonly name: string;
  /** Accounts by GitHub's number. */
  readonly ids: readonly number[];
  /** Logins without `[bot]`, lower case. */
  readonly logins: readonly string[];
  /** Addresses in commits, lower case. */
  readonly emails: readonly string[];
}

/** Seen in public pull requests and in the commit trailers that the tools write. Unknown bots count as agents anyway. */
const agents: readonly Agent[] = [
  {
    name: "GitHub Copilot",
    ids: [198982749, 175728472],
    logins: ["copilot", "copilot-swe-agent", "copilot-pull-request-reviewer"],
    emails: [
      "copilot@github.com",
      "223556219+copilot@users.noreply.github.com",
    ],
  },
  {
    name: "Devin",
    ids: [158243242],
    logins: ["devin-ai-integration"],
    emails: [],
  },
  {
    name: "Lovable",
    ids: [159125892],
    logins: ["lovable-dev", "gpt-engineer-app"],
    emails: ["noreply@lovable.dev"],
  },
  {
    name: "Jules",
    ids: [161369871],
    logins: ["google-labs-jules"],
    emails: [],
  },
  {
    name: "Claude",
    ids: [209825114],
    logins: ["claude"],
    emails: ["noreply@anthropic.com"],
  },
  {
    name: "Cursor",
    ids: [],
    logins: ["cursor", "cursoragent"],
    emails: ["cursoragent@cursor.com"],
  },
  {
    name: "Replit Agent",
    ids: [],
    logins: ["replit-agent"],
    emails: ["agent@replit.com"],
  },
  {
    name: "OpenAI Codex",
    ids: [],
    logins: ["chatgpt-codex-connector", "openai-codex"],
    emails: ["codex@openai.com", "noreply@openai.com"],
  },
  {
    name: "aider",
    ids: [],
    logins: [],
    emails: ["noreply@aider.chat", "aider@aider.chat"],
  },
];

/** GitHub itself, as committer of commits that were made in its web pages. */
export function isWebFlow(identity: Identity): boolean {
  return (
    identity.login?.toLowerCase() === "web-flow" ||
    identity.id === 19_864_447 ||
    (identity.login === undefined &&
      identity.email?.toLowerCase() === "noreply@github.com")
  );
}

/** Whether this is an AI agent rather than a person; a login counts only on a bot, since people have names too. */
export function isAgent(given: Identity): boolean {
  if (given.isAgent === true) return true;
  const identity = withAccountOfEmail(given);
  const email = identity.email?.toLowerCase() ?? "";
  const login = identity.login?.toLowerCase().replace(/\[bot\]$/, "") ?? "";
  return agents.some(
    (agent) =>
      agent.ids.includes(identity.id ?? -1) ||
      (identity.type === "Bot" && agent.logins.includes(login)) ||
      (given.login === undefined && agent.emails.includes(email)),
  );
}
