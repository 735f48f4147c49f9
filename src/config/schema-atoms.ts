import { z } from "zod";
import { isDay } from "#gate/day.js";
import { items } from "#gate/items.js";

const slugs = items.map(({ check }) => check);
const ruleSlug = "[a-z0-9]+(?:-[a-z0-9]+)*";

/** What a check, or one of its rules as `check/rule`, looks like. */
export const subjectPattern = new RegExp(
  `^(?:${slugs.join("|")})(?:/${ruleSlug})?$`,
);

/** A check, or one of its rules as `check/rule`. */
export const subject = z
  .string({ error: "Name a check by its slug, as text." })
  .max(120, "This is too long for a check and its rule.")
  .regex(subjectPattern, "This is no check of the gate, nor one of its rules.");

/** What a check or a rule weighs in the commitment phase. */
export const level = z
  .enum(["off", "advise", "block"])
  .describe(
    "off: not asked. advise: reported, never blocks. block: blocks in the commitment phase.",
  );

/** A pattern of paths. Bounded, because each file is held against it. */
export const glob = z
  .string({ error: "A pattern of paths is text." })
  .min(1, "The pattern is empty.")
  .max(256, "A pattern may have at most 256 characters.")
  .regex(
    /^(?:[^*/\\]*(?:\*[^*/\\]*){0,3})(?:\/[^*/\\]*(?:\*[^*/\\]*){0,3})*$/,
    "A pattern may have at most three stars between two slashes, and no backslash.",
  )
  .regex(
    /^(?!\/|[A-Za-z]:|~)(?!(?:[^/]*\/)*\.\.(?:\/|$))/,
    "A pattern begins at the root of the repository and stays inside it.",
  )
  .describe(
    "Pattern of paths from the root of the repository: * within a folder name, ** across folders, {a,b} alternatives.",
  );

/** Several patterns; one that matches is enough. */
export const globs = z
  .array(glob)
  .min(1, "Name at least one pattern, or remove the key.")
  .max(200, "At most 200 patterns are read.");

/** A pattern of endpoints, as their paths are written in code. */
export const route = z
  .string({ error: "An endpoint is named by its path, as text." })
  .min(1, "The pattern is empty.")
  .max(256, "A pattern may have at most 256 characters.")
  .regex(
    /^\/?(?:[^*/\\\s]*(?:\*[^*/\\\s]*){0,3})(?:\/[^*/\\\s]*(?:\*[^*/\\\s]*){0,3})*$/,
    "A pattern of endpoints may have at most three stars between two slashes, no space and no backslash.",
  );

/** What looks like a day. */
export const dayPattern =
  /^20[2-4][0-9]-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/;

/** A calendar day. */
export const day = z
  .string({ error: "A date is written as YYYY-MM-DD." })
  .regex(dayPattern, {
    message: "A date is written as YYYY-MM-DD, between 2020 and 2049.",
    abort: true,
  })
  .refine(isDay, "The calendar has no such day.")
  .describe("A day as YYYY-MM-DD, in UTC.");

/** A GitHub account or team, with its at sign: who answers for something. */
export const handle = z
  .string({ error: "Name a GitHub account as text." })
  .max(140, "This is too long for the name of an account or a team.")
  .regex(
    /^@[A-Za-z0-9][A-Za-z0-9-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/,
    'Name a GitHub account or team, such as "@dana" or "@acme/security".',
  );

/** A GitHub login, with or without its at sign; apps carry `[bot]`. */
export const login = z
  .string({ error: "Name a GitHub account as text." })
  .regex(
    /^@?[A-Za-z0-9][A-Za-z0-9_-]{0,60}(?:\[bot\])?$/,
    'Name a GitHub account, such as "@dana" or "renovate[bot]".',
  );

/** The slug of a team of the organization. */
export const team = z
  .string({ error: "Name a team as text." })
  .regex(
    /^(?:@?[A-Za-z0-9][A-Za-z0-9-]{0,60}\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/,
    'Name a team by its slug, such as "security" or "acme/security".',
  );

/** A list of names, bounded. */
export function some<Item extends z.ZodType>(item: Item) {
  return z.array(item).max(200, "At most 200 entries are read.");
}

/** Why something is accepted, for whoever reads it a year later. */
export const reason = z
  .string({ error: "The reason is text." })
  .min(10, "Say the reason in at least ten characters.")
  .max(500, "Say the reason in at most 500 characters.");

/** A number of days. */
export function days(most: number) {
  return z
    .int({ error: "This is a whole number of days." })
    .min(1, "This is at least one day.")
    .max(most, `This is at most ${String(most)} days.`);
}
