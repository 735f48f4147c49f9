import type { Json, Marker, MarkerInput } from "#parse/marker.js";
import { isScript } from "#parse/syntax.js";
import { configPolicies } from "./config-policies.js";
import { hasLinePolicies, linePolicies } from "./line-policies.js";
import { asJson, type CorsMark } from "./marks.js";
import { scriptMarks } from "./mark-script.js";
import { mentionsPythonCors, pythonPolicies } from "./python-policies.js";
import { traitsOf } from "./traits.js";

const maxCharacters = 1024 * 1024;

/** Words without which no script states a policy. */
const corsWords =
  /cors\b|access-control-allow|allow(?:ed)?_?origins?|origin\s*[:=(]|createYoga/i;

/** Servers of a bundler or test tool, which only run on a developer's machine. */
const developmentTools =
  /(^|\/)(?:vite|vitest|webpack|rollup|rspack|rsbuild|craco|vue|karma|jest|playwright|cypress|storybook|metro|gulpfile|gruntfile|browser-sync|setupProxy|angular|babel|esbuild|snowpack|wds)[\w.-]*\.(?:config\.)?[cm]?[jt]s$|(^|\/)(?:\.storybook|\.vscode|\.github|\.devcontainer)\//i;

/** Notes each policy of a file, and what its code does. */
export const corsMarker: Omit<Marker, "name"> = {
  version: 2,
  wants: ({ path, text, kind }) =>
    text.length <= maxCharacters &&
    !/^(?:test|docs|lockfile|generated|locale)$/.test(kind) &&
    !developmentTools.test(path) &&
    (isScript(path) || mayState(path, text)),
  mark: (file): readonly Json[] => asJson(marksOfFile(file)),
};

function mayState(path: string, text: string): boolean {
  if (path.endsWith(".py")) return true;
  return (
    (/\.(?:jsonc?|ya?ml|toml)$/i.test(path) || hasLinePolicies(path)) &&
    /cors|access-?control|origin/i.test(text)
  );
}

function marksOfFile(file: MarkerInput): CorsMark[] {
  return [...policiesOf(file), ...traitMarks(file)];
}

function policiesOf({ path, text, syntax }: MarkerInput): readonly CorsMark[] {
  if (isScript(path)) {
    const source = corsWords.test(text) ? syntax() : undefined;
    return source ? scriptMarks(source, text) : [];
  }
  if (path.endsWith(".py"))
    return mentionsPythonCors(text) ? pythonPolicies(text) : [];
  return [
    ...configPolicies(path, text),
    ...(hasLinePolicies(path) ? linePolicies(path, text) : []),
  ];
}

function traitMarks({ path, text }: MarkerInput): CorsMark[] {
  if (!isScript(path) && !path.endsWith(".py")) return [];
  const traits = traitsOf(text);
  return traits.length > 0 ? [{ type: "traits", traits }] : [];
}
