import { writeFile } from "node:fs/promises";
import { styleText } from "node:util";
import { RefusedError } from "./analyse.js";
import type { Destination } from "./report-format.js";
import type { Judged } from "./request.js";

/**
 * Writes the verdict in the form that was asked for; only that form's code is loaded.
 *
 * @throws RefusedError when the file cannot be written.
 */
export async function printVerdict(
  judged: Judged,
  { format, output }: Destination,
): Promise<void> {
  const text = await render(judged, format, output === undefined);
  if (output === undefined) await print(text);
  else
    await writeFile(output, text).catch((cause: unknown) => {
      const sentence = `the report could not be written to ${JSON.stringify(output)}.`;
      throw new RefusedError(sentence, { cause });
    });
}

async function render(
  { verdict, subject }: Judged,
  format: Destination["format"],
  isForTerminal: boolean,
): Promise<string> {
  if (format === "json") {
    const { jsonReport } = await import("#report/json.js");
    return jsonReport(verdict, subject);
  }
  if (format === "markdown") {
    const { markdownReport } = await import("#report/markdown.js");
    return markdownReport(verdict, subject);
  }
  const { prettyReport } = await import("#report/pretty.js");
  if (!isForTerminal) return prettyReport(verdict, subject);
  // Node looks at the stream, NO_COLOR and FORCE_COLOR itself.
  return prettyReport(verdict, subject, (style, text) =>
    styleText(style, text, { stream: process.stdout }),
  );
}

/** A reader that has seen enough, like `head`, may close the pipe early; that is no failure. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") resolve();
      else reject(error);
    });
    process.stdout.write(text, () => {
      resolve();
    });
  });
}
