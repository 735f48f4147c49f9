import { z } from "zod";
import { attestableChecks } from "#gate/attest.js";
import { knownOptions } from "#gate/known-options.js";
import * as atom from "./schema-atoms.js";
import { secondReviewer } from "./schema-second-reviewer.js";

const levels = z
  .record(atom.subject, atom.level)
  .describe("Levels by check or check/rule.");

const options = z.strictObject(
  Object.fromEntries(
    knownOptions.map(({ name, check, describes }) => [
      name,
      z
        .array(atom.route)
        .min(1, "Name at least one endpoint, or remove the key.")
        .max(200, "At most 200 entries are read.")
        .optional()
        .describe(`${describes} An option of ${check}.`),
    ]),
  ),
);

const checkSetting = z.union(
  [
    atom.level,
    z.strictObject({
      level: atom.level.optional(),
      options: options
        .optional()
        .describe("Options of this check; its page explains them."),
    }),
  ],
  { error: "This is off, advise, block, or a level with options." },
);

const phaseName = z.enum(["exploration", "commitment"]);

const phase = z.union(
  [
    phaseName,
    z.strictObject({
      default: phaseName
        .optional()
        .describe("For every branch that nothing else speaks of."),
      "commitment-from": atom.day
        .optional()
        .describe("From this day on, commitment; until then, a countdown."),
      branches: z
        .record(atom.glob, phaseName)
        .optional()
        .describe("By the name of the base branch; the first that matches."),
    }),
  ],
  {
    error:
      "This is exploration, commitment, or keys such as commitment-from and branches.",
  },
);

const suppression = z.strictObject({
  rule: atom.subject.describe("The check, or better one rule of it."),
  paths: atom.globs.describe("Files whose findings are accepted."),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{16}$/, "A fingerprint has 16 hexadecimal digits.")
    .optional()
    .describe("Only the finding with this fingerprint."),
  reason: atom.reason.describe("Why this is acceptable."),
  owner: atom.handle.describe("Who answers for it."),
  until: atom.day.describe("The last day on which it applies."),
});

const attestation = z.strictObject({
  by: atom.handle.describe("Who states it."),
  date: atom.day.describe("The day on which it was true, such as the drill's."),
  evidence: z
    .string({ error: "Evidence is a path or an address, as text." })
    .min(1, "Name the evidence.")
    .max(500, "Evidence has at most 500 characters.")
    .regex(
      /^(?:https?:\/\/[^\s]+|(?!\/)(?![A-Za-z][A-Za-z0-9+.-]*:)[^\\\n\r]+)$/,
      "Evidence is a path in this repository, or an address that begins with https://.",
    )
    .describe(
      "A file of this repository, which must be there, or an address, which is shown and never fetched.",
    ),
  "valid-days": atom
    .days(730)
    .optional()
    .describe("How long it counts; 180 days where it does not say."),
});

const tenancy = z
  .enum(["single", "multi"])
  .describe(
    "single: whoever may sign in may see everything, so that no row has an owner.",
  );

const shared = {
  version: z
    .literal(1, { error: "This version reads 1." })
    .optional()
    .describe("Version of this format."),
  phase: phase
    .optional()
    .describe(
      "exploration: findings advise. commitment: real users, data or money are there, and findings block.",
    ),
  checks: z
    .record(atom.subject, checkSetting)
    .optional()
    .describe("Levels and options by check or check/rule."),
  overrides: z
    .array(
      z.strictObject({
        paths: atom.globs.describe("The files that it is about."),
        checks: levels,
      }),
    )
    .max(100, "At most 100 overrides are read.")
    .optional()
    .describe("Other levels for some paths; a later entry wins."),
  paths: z
    .strictObject({
      client: atom.globs.optional().describe("Files that run in the browser."),
      server: atom.globs.optional().describe("Files that run on a server."),
      ignore: atom.globs
        .optional()
        .describe(
          "Files whose findings are only counted. Credentials are reported there all the same, as advice.",
        ),
      generated: atom.globs.optional().describe("Files that a program wrote."),
    })
    .optional()
    .describe("What files are, where it cannot be told by looking."),
  tenancy: tenancy.optional(),
  sensitive: z
    .strictObject({
      auth: atom.globs
        .optional()
        .describe("Code that decides who may do what."),
      payment: atom.globs.optional().describe("Code that handles money."),
      data: atom.globs.optional().describe("Code that handles people's data."),
      ignore: atom.globs
        .optional()
        .describe("Not sensitive after all; has no power over control files."),
    })
    .optional()
    .describe("Code that needs a second reviewer, besides what is recognised."),
  "second-reviewer": secondReviewer
    .optional()
    .describe("Whose approval counts for sensitive code."),
  data: z
    .record(
      z
        .string()
        .regex(
          /^(?!__proto__$)\w{1,128}(?:\.\w{1,128})?$/,
          "Write column or table.column.",
        ),
      z
        .string({ error: "A class is a word." })
        .regex(/^[a-z][a-z0-9-]{0,39}$/, "A class is a word in small letters."),
    )
    .optional()
    .describe(
      "Class of personal data by column or table.column; none where a name misleads.",
    ),
  limits: z
    .strictObject({
      "max-annotations": z
        .int({ error: "This is a whole number." })
        .min(0, "This is at least 0.")
        .max(200, "This is at most 200.")
        .optional()
        .describe("Annotations of one check run; 50 where it does not say."),
      "on-error": z
        .enum(["fail", "neutral"])
        .optional()
        .describe(
          "How a run ends that could not be finished; fail by default.",
        ),
      drafts: z
        .enum(["advise", "judge"])
        .optional()
        .describe(
          "advise: drafts are never blocked (default). judge: they are.",
        ),
    })
    .optional()
    .describe("How much is said, and how."),
  ratchet: z
    .boolean({ error: "This is true or false." })
    .optional()
    .describe("Whether the number of findings of a rule may not grow."),
};

const suppress = z
  .array(suppression)
  .max(200, "At most 200 suppressions are read.")
  .describe("Findings that somebody accepts until a day.");

const attest = z
  .partialRecord(z.enum(attestableChecks as [string, ...string[]]), attestation)
  .describe("What code cannot show, stated by a person until a day.");

/** The file of a repository. */
export const repositorySchema = z.strictObject({
  ...shared,
  extends: z
    .literal("org", {
      error:
        "Only org can be extended: the file in the organization's .github repository.",
    })
    .optional()
    .describe("org: begin with the organization's file."),
  projects: z
    .array(
      z.strictObject({
        name: z
          .string({ error: "A project's name is text." })
          .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, "A name has letters and digits.")
          .describe("What reports call it."),
        paths: atom.globs.describe(
          "Its files; the first project that names a file has it.",
        ),
        checks: levels.optional(),
        tenancy: tenancy.optional(),
        attest: attest
          .optional()
          .describe("What a person states of this app alone."),
      }),
    )
    .max(100, "At most 100 projects are read.")
    .optional()
    .describe(
      "The apps of a monorepo, each with levels, tenancy and attestations of its own; statements about a whole app are then made for each.",
    ),
  suppress: suppress.optional(),
  attest: attest.optional(),
});

/** The file of an organization: defaults, and what no repository may lower. */
export const organizationSchema = z.strictObject({
  ...shared,
  enforce: z
    .strictObject({
      phase: z
        .union(
          [
            z.literal("commitment"),
            z.strictObject({ "commitment-from": atom.day }),
          ],
          { error: "This is commitment, or commitment-from with a day." },
        )
        .optional()
        .describe("Commitment at the latest from a day on."),
      checks: z
        .record(atom.subject, z.enum(["advise", "block"]))
        .optional()
        .describe("Checks that stay on, and what they weigh at least."),
      "max-suppression-days": atom
        .days(730)
        .optional()
        .describe("How far ahead a suppression may end."),
      "max-attestation-days": atom
        .days(730)
        .optional()
        .describe("How long an attestation may count."),
    })
    .optional()
    .describe("Floors that no repository can lower."),
});

/** What a repository's file says. */
export type RepositoryConfig = z.infer<typeof repositorySchema>;

/** What an organization's file says. */
export type OrganizationConfig = z.infer<typeof organizationSchema>;
