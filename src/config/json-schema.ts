import { z } from "zod";
import { items } from "#gate/items.js";
import { knownOptions } from "#gate/known-options.js";
import { dayPattern, subjectPattern } from "./schema-atoms.js";
import { organizationSchema, repositorySchema } from "./schema.js";
import type { RulesByCheck } from "./validate.js";

const published =
  "https://raw.githubusercontent.com/vibegate/vibegate/main/schema/";

/** The schema of `.vibegate.yml` as JSON Schema draft 7, for editors and other validators. */
export function jsonSchema(rules: RulesByCheck): object {
  return {
    ...draft7(repositorySchema, rules),
    $id: `${published}vibegate.schema.json`,
    title: "VibeGate configuration",
    description:
      "What a repository tells VibeGate: phase, levels, paths, accepted findings, attestations.",
  };
}

/** The same of the file in an organization's `.github` repository. */
export function organizationJsonSchema(rules: RulesByCheck): object {
  return {
    ...draft7(organizationSchema, rules),
    $id: `${published}vibegate.organization.schema.json`,
    title: "VibeGate configuration of an organization",
    description:
      "What an organization tells VibeGate: defaults, and what no repository may lower.",
  };
}

type Json = z.core.JSONSchema.JSONSchema;

function draft7(schema: z.ZodType, rules: RulesByCheck): object {
  const subjects = subjectsOf(rules);
  const made = z.toJSONSchema(schema, {
    ...{ target: "draft-7", io: "input", reused: "inline" },
    override: ({ jsonSchema: one }) => {
      // What the parser refuses after the pattern, for whoever sees only the pattern.
      if (one.pattern === subjectPattern.source) one.pattern = subjects;
      if (one.pattern === dayPattern.source) one.pattern = calendarDay;
    },
  }) as Json;
  const { checks } = made.properties ?? {};
  return {
    ...made,
    properties: { ...made.properties, checks: withOwnOptions(checks as Json) },
  };
}

/** Each check with its own rules only; one whose rules are not known may have any. */
function subjectsOf(rules: RulesByCheck): string {
  const all = items.map(({ check }) => {
    const known = rules[check];
    return `${check}(?:/(?:${known ? known.join("|") : "[a-z0-9-]+"}))?`;
  });
  return `^(?:${all.join("|")})$`;
}

/** Years from 2020 to 2049 with their months, and the 29th of February in leap years. */
const calendarDay = [
  "^(?:20[2-4][0-9]-(?:",
  "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
  "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
  "|02-(?:0[1-9]|1[0-9]|2[0-8]))",
  "|20(?:2[048]|3[26]|4[048])-02-29)$",
].join("");

/** An option stands only under the check that reads it. */
function withOwnOptions(checks: Json): Json {
  const setting = checks.additionalProperties as Json;
  const named = items.map(({ check }): [string, Json] => {
    const own = knownOptions.filter((one) => one.check === check);
    return [
      check,
      settingWith(
        own.map(({ name }) => name),
        setting,
      ),
    ];
  });
  return {
    ...checks,
    properties: Object.fromEntries(named),
    additionalProperties: settingWith([], setting),
  };
}

function settingWith(names: readonly string[], setting: Json): Json {
  const anyOf = (setting.anyOf ?? []).map((branch): Json => {
    const options = branch.properties?.options as Json | undefined;
    if (!options) return branch;
    const known = Object.entries(options.properties ?? {});
    const properties = Object.fromEntries(
      known.filter(([name]) => names.includes(name)),
    );
    const narrowed = { ...options, properties };
    return {
      ...branch,
      properties: { ...branch.properties, options: narrowed },
    };
  });
  return { ...setting, anyOf };
}
