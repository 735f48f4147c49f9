/**
 * Rules that GitHub's documentation states in words only, so that no schema
 * catches a breach.
 *
 * @see https://docs.github.com/rest/checks/runs
 */

/** What is wrong with a request body by the words of the documentation. */
export function proseFaults(
  operation: string,
  body: Readonly<Record<string, unknown>>,
): string[] {
  if (!checkRunWrites.has(operation)) return [];
  return [...completionFaults(body), ...annotationFaults(body["output"])];
}

const checkRunWrites = new Set(["checks/create", "checks/update"]);
const maxTitleCharacters = 255;
const maxTextBytes = 64 * 1024;

function completionFaults(body: Readonly<Record<string, unknown>>): string[] {
  const faults = [];
  if (body["status"] === "completed" && body["conclusion"] === undefined) {
    faults.push("/conclusion is required when status is completed");
  }
  if (body["conclusion"] === "stale") {
    faults.push("/conclusion stale can only be set by GitHub");
  }
  return faults;
}

function annotationFaults(output: unknown): string[] {
  const annotations = isObject(output) ? output["annotations"] : undefined;
  if (!Array.isArray(annotations)) return [];
  return annotations.flatMap((annotation: unknown, index) =>
    isObject(annotation)
      ? [...lineFaults(annotation), ...textFaults(annotation)].map(
          (fault) => `/output/annotations/${String(index)}${fault}`,
        )
      : [],
  );
}

function lineFaults(annotation: Readonly<Record<string, unknown>>): string[] {
  const start = Number(annotation["start_line"]);
  const end = Number(annotation["end_line"]);
  const hasColumns =
    annotation["start_column"] !== undefined ||
    annotation["end_column"] !== undefined;
  const faults = [];
  if (start < 1) faults.push("/start_line counts from 1");
  if (end < start) faults.push("/end_line is before start_line");
  if (hasColumns && start !== end) {
    faults.push(" has columns on more than one line");
  }
  return faults;
}

function textFaults(annotation: Readonly<Record<string, unknown>>): string[] {
  const faults = [];
  const title = annotation["title"];
  if (typeof title === "string" && title.length > maxTitleCharacters) {
    faults.push(`/title is over ${String(maxTitleCharacters)} characters`);
  }
  for (const name of ["message", "raw_details"]) {
    const text = annotation[name];
    if (typeof text === "string" && Buffer.byteLength(text) > maxTextBytes) {
      faults.push(`/${name} is over 64 KB`);
    }
  }
  return faults;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
