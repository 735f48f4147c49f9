import { z } from "zod";
import { isOptionOf, knownOptions } from "#gate/known-options.js";
import { dayPattern, subjectPattern } from "./schema-atoms.js";
import { organizationSchema, repositorySchema } from "./schema.js";

const published =
  "https://raw.githubusercontent.com/vibegate/vibegate/main/schema/";

/** What is known of a check: its title and those of its rules. */
interface DeclaredCheck {
  readonly name: string;
  readonly title: string;
  readonly rules: Readonly<Record<string, { readonly title: string }>>;
}

/** The schema of `.vibegate.yml` as JSON Schema draft 7, for editors and other validators. */
export function jsonSchema(checks: readonly DeclaredCheck[]): object {
  return {
    ...draft7(repositorySchema, checks),
    $id: `${published}vibegate.schema.json`,
    title: "VibeGate configuration",
    description:
      "What a repository tells VibeGate: phase, levels, paths, accepted findings, attestations.",
  };
}

/** The same of the file in an organization's `.github` repository. */
export function organizationJsonSchema(
  checks: readonly DeclaredCheck[],
): object {
  return {
    ...draft7(organizationSchema, checks),
    $id: `${published}vibegate.organization.schema.json`,
    title: "VibeGate configuration of an organization",
    description:
      "What an organization tells VibeGate: defaults, and what no repository may lower.",
  };
}

type Json = z.core.JSONSchema.JSONSchema;

function draft7(schema: z.ZodType, declared: readonly DeclaredCheck[]): object {
  const titles = titlesOf(declared);
  const made = z.toJSONSchema(schema, {
    ...{ target: "draft-7", io: "input", reused: "inline" },
    override: ({ jsonSchema: one }) => {
      // What the parser refuses after the pattern, for whoever sees only the pattern.
      if (one.pattern === subjectPattern.source) referTo(one, "subject");
      if (one.pattern === dayPattern.source) one.pattern = calendarDay;
    },
  }) as Json;
  const checks = made.properties?.checks as Json;
  const setting = checks.additionalProperties as Json;
  const named = [...titles].map(([subject, title]) => [
    subject,
    { description: title, allOf: [settingOf(subject, setting)] },
  ]);
  return {
    ...made,
    definitions: {
      setting: settingWith([], setting),
      subject: { type: "string", enum: [...titles.keys()] },
    },
    properties: {
      ...made.properties,
      checks: {
        ...checks,
        properties: Object.fromEntries(named) as Record<string, Json>,
        additionalProperties: false,
      },
    },
  };
}

/** Lets a definition say all but what it means here. */
function referTo(one: Json, definition: string): void {
  delete one.type;
  delete one.pattern;
  delete one.maxLength;
  one.allOf = [{ $ref: `#/definitions/${definition}` }];
}

/** Titles of every check and rule by `check` or `check/rule`. */
function titlesOf(
  declared: readonly DeclaredCheck[],
): ReadonlyMap<string, string> {
  return new Map(
    declared.flatMap(({ name, title, rules }) => [
      [name, title],
      ...Object.entries(rules).map(
        ([rule, one]) => [`${name}/${rule}`, one.title] as const,
      ),
    ]),
  );
}

/** An option stands only under the checks and rules that read it. */
function settingOf(subject: string, setting: Json): Json {
  const own = knownOptions.filter((one) => isOptionOf(one, subject));
  if (own.length === 0) return { $ref: "#/definitions/setting" };
  return settingWith(
    own.map(({ name }) => name),
    setting,
  );
}

/** Years from 2020 to 2049 with their months, and the 29th of February in leap years. */
const calendarDay = [
  "^(?:20[2-4][0-9]-(?:",
  "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
  "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
  "|02-(?:0[1-9]|1[0-9]|2[0-8]))",
  "|20(?:2[048]|3[26]|4[048])-02-29)$",
].join("");

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
