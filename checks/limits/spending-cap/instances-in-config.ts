import type { Project } from "#model/project.js";
import type { ConfigEntry } from "#parse/config-entry.js";
import { configEntries } from "#parse/config-entries.js";
import { hclEntries } from "#parse/hcl-entries.js";
import type { Unlimited } from "./unlimited.js";

const aside =
  /(?:^|\/)(?:examples?|samples?|docs?|tests?|fixtures|node_modules|vendor)\//i;

/** Functions and services that files of configuration declare, and commands that deploy them. */
export function configuredFunctions(project: Project): readonly Unlimited[] {
  return project.snapshot.files.flatMap(({ path, text }) => {
    if (aside.test(path)) return [];
    if (path.endsWith(".tf")) return terraform(path, text);
    if (/(?:^|\/)serverless\.ya?ml$/.test(path))
      return serverless(path, configEntries(path, text));
    if (/\.ya?ml$|template\.json$/.test(path) && text.includes("AWS::"))
      return cloudFormation(path, configEntries(path, text));
    if (/(?:^|\/)app\.ya?ml$/.test(path))
      return appEngine(path, configEntries(path, text));
    return [
      ...(/\.ya?ml$/.test(path) && text.includes("serving.knative.dev")
        ? knative(path, text)
        : []),
      ...(/\.(?:ya?ml|sh)$|(?:^|\/)package\.json$/.test(path)
        ? commands(path, text)
        : []),
    ];
  });
}

interface Wanted {
  readonly type: RegExp;
  readonly what: string;
  readonly setting: string;
  /** Keys that set it, wherever they stand in the block. */
  readonly keys: RegExp;
}

const resources: readonly Wanted[] = [
  {
    type: /^aws_lambda_function$/,
    what: "The Lambda function",
    setting: "reserved_concurrent_executions",
    keys: /^reserved_concurrent_executions$/,
  },
  {
    type: /^google_cloudfunctions2_function$/,
    what: "The Cloud Function",
    setting: "max_instance_count",
    keys: /^max_instance_count$/,
  },
  {
    type: /^google_cloudfunctions_function$/,
    what: "The Cloud Function",
    setting: "max_instances",
    keys: /^max_instances$/,
  },
  {
    type: /^google_cloud_run(?:_v2)?_service$/,
    what: "The Cloud Run service",
    setting: "max_instance_count",
    keys: /^max_instance_count$|maxScale/,
  },
];

function terraform(path: string, text: string): Unlimited[] {
  const entries = hclEntries(text).filter(({ keys }) => keys[0] === "resource");
  const blocks = Map.groupBy(entries, ({ keys }) => keys.slice(1, 3).join(" "));
  return [...blocks].flatMap(([name, own]): Unlimited[] => {
    const [type = "", label = ""] = name.split(" ");
    const wanted = resources.find((one) => one.type.test(type));
    if (!wanted) return [];
    const isSet = own.some(
      ({ keys, value }) =>
        keys.slice(3).some((key) => wanted.keys.test(key)) ||
        wanted.keys.test(value),
    );
    return isSet
      ? []
      : [
          {
            path,
            line: own[0]?.line ?? 1,
            what: `${wanted.what} ${label}`,
            setting: wanted.setting,
          },
        ];
  });
}

/** @see https://www.serverless.com/framework/docs/providers/aws/guide/functions */
function serverless(
  path: string,
  entries: readonly ConfigEntry[],
): Unlimited[] {
  const isAws = entries.some(
    ({ keys, value }) => keys.join(".") === "provider.name" && value === "aws",
  );
  if (!isAws) return [];
  const byName = Map.groupBy(
    entries.filter(({ keys }) => keys[0] === "functions"),
    ({ keys }) => keys[1] ?? "",
  );
  return [...byName].flatMap(([name, own]): Unlimited[] =>
    own.some(({ keys }) => keys[2] === "reservedConcurrency") ||
    !own.some(({ keys }) => keys[2] === "handler" || keys[2] === "image")
      ? []
      : [
          {
            path,
            line: own[0]?.line ?? 1,
            what: `The Lambda function ${name}`,
            setting: "reservedConcurrency",
          },
        ],
  );
}

function cloudFormation(
  path: string,
  entries: readonly ConfigEntry[],
): Unlimited[] {
  const hasGlobal = entries.some(
    ({ keys }) =>
      keys[0] === "Globals" && keys.at(-1) === "ReservedConcurrentExecutions",
  );
  if (hasGlobal) return [];
  const byName = Map.groupBy(
    entries.filter(({ keys }) => keys[0] === "Resources"),
    ({ keys }) => keys[1] ?? "",
  );
  return [...byName].flatMap(([name, own]): Unlimited[] => {
    const type = own.find(
      ({ keys }) => keys[2] === "Type" && keys.length === 3,
    );
    if (!type || !/^AWS::(?:Serverless|Lambda)::Function$/.test(type.value))
      return [];
    return own.some(({ keys }) => keys[3] === "ReservedConcurrentExecutions")
      ? []
      : [
          {
            path,
            line: type.line,
            what: `The Lambda function ${name}`,
            setting: "ReservedConcurrentExecutions",
          },
        ];
  });
}

/** @see https://cloud.google.com/appengine/docs/standard/reference/app-yaml#scaling_elements */
function appEngine(path: string, entries: readonly ConfigEntry[]): Unlimited[] {
  const runtime = entries.find(({ keys }) => keys.join(".") === "runtime");
  if (
    !runtime ||
    !/^(?:nodejs|python|go|ruby|php|java|custom)/.test(runtime.value)
  )
    return [];
  const isSet = entries.some(
    ({ keys }) =>
      /^max_(?:num_)?instances$/.test(keys.at(-1) ?? "") ||
      keys[0] === "manual_scaling" ||
      keys[0] === "basic_scaling",
  );
  return isSet
    ? []
    : [
        {
          path,
          line: runtime.line,
          what: "The App Engine service",
          setting: "automatic_scaling.max_instances",
        },
      ];
}

function knative(path: string, text: string): Unlimited[] {
  if (
    /autoscaling\.knative\.dev\/maxScale|run\.googleapis\.com\/maxScale/.test(
      text,
    )
  )
    return [];
  const line = text
    .slice(0, text.indexOf("serving.knative.dev"))
    .split("\n").length;
  return [
    {
      path,
      line,
      what: "The Cloud Run service",
      setting: "autoscaling.knative.dev/maxScale",
    },
  ];
}

/** `gcloud run deploy` without `--max-instances`; a command goes on behind a backslash. */
function commands(path: string, text: string): Unlimited[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index): Unlimited[] => {
    const found = /\bgcloud (?:beta |alpha )?(run|functions) deploy\b/.exec(
      line,
    );
    if (!found || /^\s*(?:#|\/\/|echo\b)/.test(line)) return [];
    let command = line;
    for (
      let next = index;
      /\\\s*$/.test(lines[next] ?? "") && next < index + 40;
      next++
    )
      command += ` ${lines[next + 1] ?? ""}`;
    if (
      /--max(?:-instances)?[= ]|--flags-file|\$\{?\w*(?:FLAGS|ARGS|OPTS)/.test(
        command,
      )
    )
      return [];
    const what =
      found[1] === "run"
        ? "The Cloud Run service that this command deploys"
        : "The function that this command deploys";
    return [{ path, line: index + 1, what, setting: "--max-instances" }];
  });
}
