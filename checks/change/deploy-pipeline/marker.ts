import { configEntries } from "#parse/config-entries.js";
import type { Marker, MarkerInput } from "#parse/marker.js";
import { yamlValue } from "#parse/yaml-value.js";
import type { CommandMark, PipelineMark } from "./mark.js";
import { editorOf, platformOf } from "./platforms.js";
import { linesOf, workflowOf } from "./workflow.js";

const workflow = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/;

/** Files of other systems, and their names. */
const others: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)\.gitlab-ci\.ya?ml$/, "GitLab CI"],
  [/(?:^|\/)bitbucket-pipelines\.ya?ml$/, "Bitbucket Pipelines"],
  [/(?:^|\/)\.circleci\/config\.ya?ml$/, "CircleCI"],
  [/(?:^|\/)azure-pipelines[\w.-]*\.ya?ml$/, "Azure Pipelines"],
  [/(?:^|\/)Jenkinsfile$/, "Jenkins"],
  [/(?:^|\/)\.travis\.ya?ml$/, "Travis CI"],
  [/(?:^|\/)\.buildkite\/[\w.-]+\.ya?ml$/, "Buildkite"],
  [/(?:^|\/)\.drone\.ya?ml$/, "Drone"],
  [/(?:^|\/)buildspec\.ya?ml$/, "CodeBuild"],
  [/(?:^|\/)eas\.json$/, "EAS"],
];

const shell = /\.(?:sh|bash|ps1)$|(?:^|\/)(?:deploy|release|publish)$/i;
const makefile = /(?:^|\/)(?:Makefile|makefile|justfile|GNUmakefile)$/;

/** Notes how production is deployed: workflows, scripts, platforms. */
export const pipelineMarker: Omit<Marker, "name"> = {
  version: 1,
  wants: ({ path, kind }) =>
    kind !== "generated" && kind !== "lockfile" && !/node_modules\//.test(path),
  mark,
};

function mark({ path, text }: MarkerInput): PipelineMark[] {
  if (workflow.test(path)) {
    const root = yamlValue(text);
    const found = root && workflowOf(path, root);
    return found ? [found] : [];
  }
  const other = others.find(([pattern]) => pattern.test(path));
  if (other)
    return [
      {
        ...{ kind: "other-pipeline", what: other[1], line: 1 },
        commands: linesOf(
          text.replace(/^\s*(?:-|script:|sh|run:)\s*['"]?/gm, ""),
          1,
        ),
      },
    ];
  if (/(?:^|\/)\.replit$/.test(path)) {
    const editor = editorOf(text);
    return editor ? [editor] : [];
  }
  if (/(?:^|\/)package\.json$/.test(path)) return manifestScripts(path, text);
  if (makefile.test(path)) return targets(text);
  if (shell.test(path)) return [script(path, text)];
  const platform = platformOf(path, configEntries(path, text));
  return platform ? [platform] : [];
}

function manifestScripts(path: string, text: string): CommandMark[] {
  return configEntries(path, text)
    .filter(({ keys }) => keys.length === 2 && keys[0] === "scripts")
    .map(({ keys: [, name = ""], value, line }) => ({
      ...{ kind: "command", start: `npm run ${name}`, name, line },
      commands: [{ text: value, line }],
    }));
}

function script(path: string, text: string): CommandMark {
  const name = path.split("/").at(-1) ?? path;
  return {
    ...{ kind: "command", start: path, name, line: 1 },
    commands: linesOf(text, 1),
  };
}

function targets(text: string): CommandMark[] {
  const found: {
    name: string;
    line: number;
    commands: { text: string; line: number }[];
  }[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const target = /^([\w][\w.-]*)\s*:(?!=)/.exec(line.slice(0, 300))?.[1];
    if (target !== undefined)
      found.push({ name: target, line: index + 1, commands: [] });
    else if (/^\s+\S/.test(line) && !line.trim().startsWith("#"))
      found.at(-1)?.commands.push({ text: line.trim(), line: index + 1 });
  }
  return found.slice(0, 200).map(({ name, line, commands }) => ({
    ...{ kind: "command", start: `make ${name}`, name, line },
    commands,
  }));
}
