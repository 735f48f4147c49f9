import { readFileSync } from "node:fs";
import { forTerminal } from "#report/escape.js";
import { runClassificationCase } from "./classification-case.js";
import { complain } from "./complain.js";
import { exitCodes } from "./exit-code.js";
import { parseScenarioFile, textOf } from "./scenario-file.js";
import { runScenario, type ScenarioAnswer } from "./scenario-run.js";

/** The forms in which answers can be had. */
export type ReplayFormat = "pretty" | "json";

/** Everything that a file of scenarios was answered with. */
export interface ReplayAnswers {
  readonly scenarios: readonly ScenarioAnswer[];
  readonly classification: readonly {
    readonly id: string;
    readonly categories: readonly string[];
    readonly signals: readonly string[];
  }[];
}

/**
 * Plays a file of scenarios through the decision and the classification that the server uses, and prints the answers.
 *
 * @returns the exit code.
 */
export function replayCommand(file: string, format: ReplayFormat): number {
  let answers: ReplayAnswers;
  try {
    answers = replay(readFileSync(file, "utf8"));
  } catch (error) {
    const sentence = sentenceFor(file, error);
    if (sentence === undefined) throw error;
    complain(sentence);
    return exitCodes.usage;
  }
  process.stdout.write(format === "json" ? asJson(answers) : asText(answers));
  return exitCodes.nothingBlocks;
}

/**
 * Plays the text of a file of scenarios.
 *
 * @throws SyntaxError when it is no such file.
 */
export function replay(text: string): ReplayAnswers {
  const { scenarios, cases } = parseScenarioFile(text);
  return {
    scenarios: scenarios.map(runScenario),
    classification: cases.map((given) => {
      const { categories, hits } = runClassificationCase(given);
      const signals = hits.map(
        ({ path, line, signal }) => `${path}:${String(line)} ${signal}`,
      );
      return { id: textOf(given.id) ?? "", categories, signals };
    }),
  };
}

function sentenceFor(file: string, error: unknown): string | undefined {
  if (error instanceof SyntaxError) return forTerminal(error.message);
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === "ENOENT" || code === "EISDIR" || code === "EACCES"
    ? `cannot read the file ${forTerminal(file)}.`
    : undefined;
}

function asJson({ scenarios, classification }: ReplayAnswers): string {
  const document = {
    scenarios: scenarios.map(({ id, decision, checks }) => ({
      id,
      decision: decision.decision,
      reason: decision.reason,
      enforcement: decision.enforcement,
      checks: checks.map((check) => ({
        decision: check.decision,
        reason: check.reason,
      })),
    })),
    classification: classification.map(({ id, categories }) => ({
      id,
      categories,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function asText({ scenarios, classification }: ReplayAnswers): string {
  const lines = [
    ...scenarios.flatMap(({ id, decision }) => [
      `${id}: ${decision.decision}, ${decision.reason} (${decision.enforcement})`,
      ...decision.perReview.map(
        ({ reviewId, by, because }) =>
          `  review ${String(reviewId)} by ${by?.login ?? "a deleted account"}: ${because}`,
      ),
      ...decision.builders.map(
        ({ person, because }) =>
          `  builder ${person.login ?? person.email ?? ""}: ${because.join(", ")}`,
      ),
    ]),
    ...classification.flatMap(({ id, categories, signals }) => [
      `${id}: ${categories.join(", ") || "not sensitive"}`,
      ...signals.map((signal) => `  ${signal}`),
    ]),
  ];
  return lines.map((line) => `${forTerminal(line)}\n`).join("");
}
