import type { FileKind } from "#parse/file-kind.js";

/** What the place of a file says about the values in it, before any of them is read. */
export interface Place {
  readonly path: string;
  readonly kind: FileKind;
  /** Made to be copied and filled in. */
  readonly isExample: boolean;
  /** Values are made up here (tests), or hashes and translations: only keys of a recognisable shape count. */
  readonly isQuiet: boolean;
  /** Text for people: a value must speak for itself. */
  readonly isProse: boolean;
  /** What a program wrote while it ran: the values in it were real. */
  readonly isLog: boolean;
  /** Seeds, demos and local helpers: what stands here seldom guards anything. */
  readonly isDemo: boolean;
  /** Settings of containers, mostly for a developer's machine or a first try. */
  readonly isCompose: boolean;
  /** Values need no quotes in this syntax. */
  readonly isUnquoted: boolean;
}

const examples =
  /(^|[._-])(example|sample|template|tmpl|tpl|dist|default|defaults|skeleton|stub)s?([._-]|$)/i;
const exampleFolders = /(^|\/)(examples?|samples?|templates?|playground)\//i;
const tests =
  /(^|\/)(jest|vitest|playwright|cypress|karma|wdio|mocha|ava)[\w.-]*\.(config|setup|env|global)|(^|\/)(test_[\w-]+|conftest)\.py$|_(test|spec)\.\w+$|(^|[/._-])(test|tests|testing|ci|e2e)\.(env|ya?ml|json|toml|[cm]?[jt]s)$|\.env\.(test|testing|ci|e2e)\b|(^|\/)(setup-?tests?|test-?setup|test-?utils?)\.|[.-](test|e2e)\.ya?ml$|(^|\/)\.storybook\/|(^|\/)(integration|integration-tests?)\/|(^|\/)(vitest|jest|test)\w*\.[cm]?[jt]sx?$/i;
const demos =
  /(^|[/._-])(seeds?|seeders?|seeding|demo|demos|mocks?|fakes?|sandbox|scripts?|tools?|bootstrap|init-?db|dev|local|develop|development|\.github)([/._-]|$)/i;
const unquoted =
  /\.(ya?ml|properties|ini|cfg|conf|md|mdx|txt|rst|adoc|log|sh|bash|zsh|ps1|toml|netrc|npmrc|service)$|(^|\/)(\.npmrc|\.yarnrc|\.netrc|_netrc|\.pypirc|Makefile|Procfile|(Dockerfile|Containerfile)[\w.-]*|[\w.-]+\.Dockerfile)$|(^|\/)\.env|\.env$/i;

/** Reads a path. */
export function placeOf(path: string, kind: FileKind): Place {
  const base = path.slice(path.lastIndexOf("/") + 1);
  const isWorkflow = /(^|\/)\.github\/workflows\//.test(path);
  const isTest = kind === "test" || (tests.test(path) && !isWorkflow);
  const isScriptInDocs = kind === "docs" && /\.[cm]?[jt]sx?$/.test(path);
  return {
    path,
    kind,
    isExample: examples.test(base) || exampleFolders.test(path),
    isQuiet:
      isTest ||
      isScriptInDocs ||
      kind === "generated" ||
      kind === "lockfile" ||
      kind === "locale",
    isProse: kind === "docs",
    isLog: /\.log$/i.test(path),
    isDemo: demos.test(path),
    isCompose: /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/i.test(path),
    isUnquoted: unquoted.test(path),
  };
}
