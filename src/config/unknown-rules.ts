import { subjectHint } from "./hints.js";
import type { ConfigProblem, Span } from "./problem.js";
import { pathKey, type YamlTree } from "./read-yaml.js";
import type { OrganizationConfig, RepositoryConfig } from "./schema.js";
import type { RulesByCheck } from "./validate.js";

/** One `check` or `check/rule` with the way to it in the file. */
interface Named {
  readonly subject: string;
  readonly path: readonly PropertyKey[];
}

/** Every `check/rule` of a file whose rule its check does not have. A check that is not built in may have any. */
export function unknownRules(
  config: RepositoryConfig | OrganizationConfig,
  { spans }: YamlTree,
  rules: RulesByCheck,
): ConfigProblem[] {
  return namesIn(config).flatMap(({ subject, path }) => {
    const [check = "", rule] = subject.split("/");
    const known = Object.hasOwn(rules, check) ? rules[check] : undefined;
    if (rule === undefined || !known || known.includes(rule)) return [];
    const here = spans.get(pathKey(path));
    const isKey = path.at(-1) !== "rule";
    const span: Span = (isKey ? here?.key : here?.value) ?? {
      line: 1,
      column: 1,
    };
    const message = "This check has no such rule.";
    return [{ ...span, message, hint: subjectHint(subject, rules) }];
  });
}

function namesIn(config: RepositoryConfig | OrganizationConfig): Named[] {
  const keys = (
    record: Readonly<Record<string, unknown>> | undefined,
    ...path: readonly PropertyKey[]
  ): Named[] =>
    Object.keys(record ?? {}).map((subject) => ({
      subject,
      path: [...path, subject],
    }));
  return [
    ...keys(config.checks, "checks"),
    ...(config.overrides ?? []).flatMap(({ checks }, index) =>
      keys(checks, "overrides", index, "checks"),
    ),
    ...("enforce" in config
      ? keys(config.enforce?.checks, "enforce", "checks")
      : []),
    ...("projects" in config ? (config.projects ?? []) : []).flatMap(
      ({ checks }, index) => keys(checks, "projects", index, "checks"),
    ),
    ...("suppress" in config ? (config.suppress ?? []) : []).map(
      ({ rule }, index) => ({
        subject: rule,
        path: ["suppress", index, "rule"],
      }),
    ),
  ];
}
