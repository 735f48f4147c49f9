import { costlyCallsIn } from "./costly-calls.js";
import { personalFlows } from "./personal-sinks.js";
import type { Project } from "./project.js";
import { urlTarget } from "./url-origins.js";
import { optionOf } from "./option-of.js";
import { valuesWithin } from "./value-walk.js";
import { valueAt } from "#parse/json-value.js";

/** A call that sends personal data to a model whose provider may learn from it. */
export interface TrainingCall {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly provider: string;
  /** What makes it so, as a sentence. */
  readonly why: string;
  /** Whether it holds more than a text that may repeat what people wrote. */
  readonly isSure: boolean;
}

const hosts: readonly (readonly [RegExp, string, string])[] = [
  [
    /(?:^|\.)openrouter\.ai$/,
    "OpenRouter",
    "it may route to providers that train unless data_collection is set to deny.",
  ],
  [
    /(?:^|\.)deepseek\.com$/,
    "DeepSeek",
    "its terms let it use what is sent to improve its models.",
  ],
];

/** Calls with personal data in them to services that may train on it unless the call says otherwise. */
export function trainingCalls(project: Project): readonly TrainingCall[] {
  return personalFlows(project).sinks.flatMap((sink) => {
    if (sink.kind !== "model") return [];
    const costly = costlyCallsIn(project, sink.in).find(
      ({ line }) => line === sink.line,
    );
    if (costly === undefined) return [];
    const reached = [
      costly.host,
      ...(costly.sdk?.calls ?? []).map((made) => {
        const base = optionOf(made.value.arguments[0], "baseURL", "baseUrl");
        const target = base && urlTarget(project, { ...made, value: base });
        return target?.kind === "absolute" ? target.host : undefined;
      }),
    ];
    const known =
      costly.sdk?.package === "@openrouter/ai-sdk-provider"
        ? hosts[0]
        : hosts.find(([host]) => reached.some((one) => host.test(one ?? "")));
    if (known === undefined || deniesCollection(costly.call.arguments))
      return [];
    const [, provider, why] = known;
    const isSure = sink.values.some((one) => one.class !== "prompt");
    return [{ path: sink.in.path, line: sink.line, provider, why, isSure }];
  });
}

function deniesCollection(
  given: readonly Parameters<typeof valuesWithin>[0][],
): boolean {
  return given.flatMap(valuesWithin).some((part) => {
    const collection =
      valueAt(part, "data_collection") ?? valueAt(part, "dataCollection");
    const none = valueAt(part, "zdr");
    return (
      (collection?.kind === "literal" && collection.value === "deny") ||
      (none?.kind === "literal" && none.value === true)
    );
  });
}
