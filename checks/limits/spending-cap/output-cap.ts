import type { Finding } from "#gate/finding.js";
import type { CostlyCall } from "#model/costly-calls.js";
import { functionAt } from "#model/functions.js";
import { httpTarget } from "#model/http-calls.js";
import type { Project } from "#model/project.js";
import { isReachable } from "#model/runtimes.js";
import { capOf } from "./cap-search.js";

/** Ways of SDKs whose answer is a text of a length that the caller may cap. Anthropic's must be capped, so it is. */
const textWays: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:openai|openai-edge|groq-sdk|together-ai)$/,
    /\.chat\.completions\.(?:create|parse|stream|runTools)$|\.responses\.(?:create|parse|stream)$|[^t]\.completions\.create$|\.create(?:Chat)?Completion$/,
  ],
  [/^@azure\/openai$/, /\.(?:get|stream)(?:Chat)?Completions$/],
  [
    /^@google\/(?:generative-ai|genai)$|^@google-cloud\/vertexai$/,
    /\.(?:generateContent|generateContentStream|sendMessage|sendMessageStream)$/,
  ],
  [
    /^ai$/,
    /(?:^|\.)(?:generateText|streamText|generateObject|streamObject|streamUI)$|\.(?:generate|stream)$/,
  ],
  [
    /^@mistralai\/mistralai$/,
    /\.chat(?:\.(?:complete|stream|parse))?$|\.chatStream$/,
  ],
  [/^cohere-ai$/, /\.(?:chat|chatStream|generate)$/],
  [
    /^(?:genkit|@genkit-ai\/.+)$/,
    /(?:^|\.)generate(?:Stream)?$|definePrompt\(\)$/,
  ],
  [
    /^(?:@langchain\/(?:openai|google-.+|groq|mistralai|community|cohere|ollama|deepseek|xai)|langchain)$/,
    /Chat\w+\(\).*\.(?:invoke|stream|batch|call|predict)$/,
  ],
];

const textPath =
  /\/(?:chat\/completions|completions|responses)(?:$|[?#])|:(?:generateContent|streamGenerateContent)|\/v\d\/(?:chat|generate)(?:$|[?#])/;

/** Models that may answer at any length; one finding a file. */
export function outputFindings(
  project: Project,
  spenders: readonly CostlyCall[],
): readonly Finding[] {
  if (capsByDefault(project)) return [];
  const open = spenders.filter(
    (one) => isText(project, one) && capOf(project, one) === "none",
  );
  return [...Map.groupBy(open, ({ path }) => path).values()].map((calls) =>
    outputFinding(project, calls as [CostlyCall, ...CostlyCall[]]),
  );
}

function outputFinding(
  project: Project,
  [first, ...others]: readonly [CostlyCall, ...CostlyCall[]],
): Finding {
  const { provider, path, line } = first;
  return {
    rule: "no-output-cap",
    path,
    lines: { start: line, end: line },
    identity: provider,
    message: `${sentenceStart(provider)} may answer at any length here: the call sets no limit on the output, and each token is paid.`,
    fix: "Set the limit that this answer needs: max_tokens, max_completion_tokens, max_output_tokens, maxOutputTokens or generationConfig.maxOutputTokens, by the API's name for it.",
    confidence: "likely",
    evidence: others.slice(0, 5).map((one) => ({
      path: one.path,
      line: one.line,
      note: "No limit here either.",
    })),
    ...(!isReachable(project, path) && { atMost: "notice" as const }),
  };
}

/** A provider as the first words of a sentence. */
export function sentenceStart(provider: string): string {
  return `${provider.charAt(0).toUpperCase()}${provider.slice(1)}`;
}

function isText(project: Project, costly: CostlyCall): boolean {
  const { kind, sdk, host, call, path } = costly;
  if (kind !== "model") return false;
  if (sdk)
    return textWays.some(
      ([name, way]) => name.test(sdk.package) && way.test(sdk.way),
    );
  if (host === undefined || host === "api.anthropic.com") return false;
  const within = functionAt(project, costly.in);
  const target = httpTarget(project, { path, value: call, within });
  return target !== undefined && textPath.test(target.path);
}

/** Limits that a middleware of the AI SDK sets for all calls. */
function capsByDefault({ snapshot }: Project): boolean {
  return snapshot.files.some(
    ({ text }) =>
      text.includes("defaultSettingsMiddleware") &&
      /max(?:Output)?Tokens/.test(text),
  );
}
