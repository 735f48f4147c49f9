import { commandsOf } from "./commands.js";

const testing: readonly RegExp[] = [
  /^(?:npm|pnpm|yarn|bun)\b.*?(?:\s(?:t|test)|(?: run |:|-)(?:ci|test|tests|e2e|unit|verify|validate|check|coverage))(?:$|[\s:;])/,
  /^(?:jest|vitest|mocha|ava|tap|karma|cypress|playwright|pytest|tox|nox|rspec|phpunit|pest|ctest|artillery|k6)\b/,
  /^(?:go|cargo|deno|bun|dotnet|rails|swift|flutter|mix|node --?)\s?test\b/,
  /^(?:mvn|\.\/mvnw|gradle|\.\/gradlew)\b.*?\b(?:test|verify|check|build|package|install)\b/,
  /^(?:turbo|nx|lerna|moon)\b.*?\b(?:test|check|ci|e2e)\b/,
  /^(?:make|just|task)\b.*?\b(?:test|tests|check|ci|verify)\b/,
  /^python3? -m (?:pytest|unittest)\b/,
  /^(?:bin\/|\.\/|bash |sh )\S*(?:test|check|verify|ci)\S*/,
];

const linting: readonly RegExp[] = [
  /^(?:npm|pnpm|yarn|bun)\b.*?[\s:](?:lint|typecheck|type-check|types|tsc|check-types|format:check)(?:$|[\s:;])/,
  /^(?:tsc|vue-tsc|svelte-check|eslint|biome|oxlint|ruff|mypy|flake8|golangci-lint|rubocop|prettier)\b/,
  /^(?:next|ng|nuxi|astro) (?:lint|check|typecheck)\b/,
  /^(?:turbo|nx|make|just)\b.*?\b(?:lint|typecheck|check-types|type-check)\b/,
];

const testActions =
  /(?:^|[/_-])(?:tests?|cypress|playwright|jest|vitest|sonar\w*|codeql\w*|semgrep\w*|vibegate|super-linter|reviewdog|lint\w*|checks?|ci)(?:$|[/@_-])/i;

/** Whether a line of shell runs the tests. */
export function isTest(line: string): boolean {
  return commandsOf(line).some((command) =>
    testing.some((pattern) => pattern.test(command)),
  );
}

/** Whether a line of shell runs tests, the linter or the type checker. */
export function isCheck(line: string): boolean {
  return (
    isTest(line) ||
    commandsOf(line).some((command) =>
      linting.some((pattern) => pattern.test(command)),
    )
  );
}

/** Whether an action or a called workflow tests, as its name says. */
export function isTestAction(uses: string): boolean {
  return testActions.test(uses);
}
