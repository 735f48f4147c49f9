import { z } from "zod";
import * as atom from "./schema-atoms.js";

const permission = z.enum(["write", "maintain", "admin"]);

/** Whose approval counts for code that handles auth, payments or data. */
export const secondReviewer = z.strictObject({
  "required-approvals": z
    .int({ error: "This is a whole number." })
    .min(1, "This is at least 1.")
    .max(6, "This is at most 6.")
    .optional()
    .describe("How many people have to approve; 1 where it does not say."),
  "min-permission": permission
    .optional()
    .describe("What a reviewer may do in the repository at least."),
  reviewers: atom
    .some(atom.login)
    .optional()
    .describe("Only these accounts may approve."),
  teams: atom
    .some(atom.team)
    .optional()
    .describe("Only members of these teams may approve."),
  "external-reviewers": atom
    .some(atom.login)
    .optional()
    .describe("Accounts that may approve without write access."),
  "machine-users": atom
    .some(atom.login)
    .optional()
    .describe("Accounts that no single person stands behind: never reviewers."),
  "trusted-automation": atom
    .some(atom.login)
    .optional()
    .describe("Bots that nobody drives change by change."),
  "same-person": z
    .array(atom.some(atom.login).min(2, "Name at least two accounts."))
    .max(100, "At most 100 people are read.")
    .optional()
    .describe("Accounts that belong to one person, as groups."),
  "stale-on": z
    .enum(["diff-change", "sensitive-change", "any-push"])
    .optional()
    .describe("Which later change makes an approval stale."),
  "suggestion-authors": z
    .enum(["builder", "reviewer"])
    .optional()
    .describe("What the author of an applied suggestion counts as."),
  "unidentified-builder": z
    .enum(["extra-approval", "ignore"])
    .optional()
    .describe("What a builder whom nobody can name costs."),
  "ask-reviewers": z
    .int({ error: "This is a whole number of people." })
    .min(0, "This is at least 0.")
    .max(5, "This is at most 5.")
    .optional()
    .describe(
      "How many people are asked for a review; 1 where it does not say, 0 for nobody.",
    ),
  bypass: z
    .strictObject({
      "min-permission": permission
        .optional()
        .describe("Who may lift the gate for one change."),
      "builders-may-bypass": z
        .boolean({ error: "This is true or false." })
        .optional()
        .describe("Whether those who built the change may lift it."),
      "ttl-hours": z
        .int({ error: "This is a whole number of hours." })
        .min(1, "This is at least one hour.")
        .max(168, "This is at most a week of hours.")
        .optional()
        .describe("How long it lasts; 24 hours where it does not say."),
    })
    .optional()
    .describe("The emergency exit, which is recorded."),
});
