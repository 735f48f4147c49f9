import type { ObjectEntry, Value } from "#parse/module-facts.js";
import type { Job, Line, Step, WorkflowMark } from "./mark.js";

const maxJobs = 100;
const maxSteps = 200;
const maxText = 20_000;

/** A workflow of GitHub Actions; undefined for other YAML. */
export function workflowOf(
  path: string,
  root: Value,
): WorkflowMark | undefined {
  const jobs = at(root, "jobs");
  const events = at(root, "on");
  if (jobs?.kind !== "object" || !events) return undefined;
  const push = at(events, "push");
  const keys = (value: Value | undefined) =>
    value?.kind === "object" ? value.entries.map(({ key }) => key) : [];
  const narrow = keys(push).filter((key) => /^(?:branches|tags)$/.test(key));
  const permissions = at(root, "permissions");
  return {
    kind: "workflow",
    name: text(at(root, "name")) || path,
    events: namesOf(events),
    pushIsNarrow: narrow.length > 0,
    pushIsTags: narrow.length > 0 && narrow.every((key) => key === "tags"),
    after: namesOf(at(at(events, "workflow_run"), "workflows")),
    jobs: jobs.entries
      .slice(0, maxJobs)
      .map((entry) => jobOf(entry, permissions)),
  };
}

function jobOf(
  { key, value }: ObjectEntry,
  permissions: Value | undefined,
): Job {
  const steps = at(value, "steps");
  const environment = at(value, "environment");
  const own = at(value, "permissions") ?? permissions;
  return {
    name: key,
    line: value.line,
    needs: namesOf(at(value, "needs")),
    environment: text(environment) || text(at(environment, "name")),
    condition: text(at(value, "if")),
    calls: text(at(value, "uses")),
    mayFail: text(at(value, "continue-on-error")) === "true",
    secrets: secretsIn(value),
    readsOnly: own !== undefined && !/write/.test(allText(own)),
    steps:
      steps?.kind === "list" ? steps.items.slice(0, maxSteps).map(stepOf) : [],
  };
}

function stepOf(value: Value): Step {
  const inputs = at(value, "with");
  const run = at(value, "run");
  return {
    line: value.line,
    uses: text(at(value, "uses")),
    inputs:
      inputs?.kind === "object"
        ? inputs.entries
            .map((entry) => `${entry.key}: ${text(entry.value)}`)
            .join("\n")
            .slice(0, maxText)
        : "",
    checkout:
      `${text(at(inputs, "repository"))} ${text(at(inputs, "ref"))}`.trim(),
    commands: run ? linesOf(text(run), run.line) : [],
    mayFail: text(at(value, "continue-on-error")) === "true",
    condition: text(at(value, "if")),
  };
}

/** The commands of a script; a line that ends in a backslash goes on in the next. */
export function linesOf(script: string, first: number): Line[] {
  const lines: Line[] = [];
  let open: { text: string; line: number } | undefined;
  for (const [index, line] of script.slice(0, maxText).split("\n").entries()) {
    const whole: { text: string; line: number } = open
      ? { text: `${open.text} ${line.trim()}`, line: open.line }
      : { text: line.trim(), line: first + index };
    open = undefined;
    if (whole.text.endsWith("\\") && whole.text.length < 2_000)
      open = { ...whole, text: whole.text.slice(0, -1).trimEnd() };
    else if (whole.text !== "" && !whole.text.startsWith("#"))
      lines.push(whole);
  }
  return open ? [...lines, open] : lines;
}

function at(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object"
    ? value.entries.findLast((entry) => entry.key === key)?.value
    : undefined;
}

function text(value: Value | undefined): string {
  return value?.kind === "literal" && value.value !== null
    ? String(value.value).slice(0, maxText)
    : "";
}

/** One name, a list of names, or the keys of an object. */
function namesOf(value: Value | undefined): string[] {
  if (value?.kind === "object") return value.entries.map(({ key }) => key);
  if (value?.kind === "list") return value.items.map(text).filter(Boolean);
  const name = text(value);
  return name === "" ? [] : [name];
}

function secretsIn(value: Value): string[] {
  const names = [...allText(value).matchAll(/\bsecrets\.([A-Za-z_]\w*)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "GITHUB_TOKEN");
  return [...new Set(names)].slice(0, 50);
}

function allText(root: Value): string {
  const texts: string[] = [];
  const pending: Value[] = [root];
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (value.kind === "literal") texts.push(String(value.value));
    if (value.kind === "list") pending.push(...value.items);
    if (value.kind === "object")
      pending.push(...value.entries.map((entry) => entry.value));
  }
  return texts.join("\n");
}
