/** What a file is, as far as it bears on who must review it. */
export type FileNature =
  "code" | "settings" | "test" | "prose" | "words" | "other";

const isStory = /\.(stories|story)\.\w+$/i;

const isTest =
  /(^|\/)(tests?|__tests__|__mocks__|e2e|cypress|playwright|__fixtures__|fixtures|testdata|test-utils)\/|\.(test|tests|spec|e2e|cy|bench|mock|fixture)\.[\w.]+$|(^|\/)test_[^/]*\.py$|_test\.(go|py|rb|dart|exs?)$|_spec\.rb$|(^|\/)spec\/.*_spec\.\w+$|Tests?\.(java|kt|cs|swift)$/i;

const isProse =
  /\.(mdx?|markdown|txt|rst|adoc|log|pdf|docx?|tex)$|(^|\/)(LICENSE|NOTICE|AUTHORS|CHANGELOG|README)$/i;

/** Translations: tables of words in a folder that says so, or in a file that a language names. */
const isWords =
  /\.(po|pot|mo|xlf|xliff|arb|strings|resx)$|(^|\/)(locales?|i18n|l10n|translations?|lang|langs|languages|messages)\/(.*\/)?[^/]*\.(json5?|ya?ml|toml|properties)$|(^|\/)(locales?|i18n|l10n|translations?|lang|langs|languages|messages)\/(.*\/)?[a-z]{2}([-_][a-z]{2,4})?(\/[^/]+)?\.[cm]?[jt]s$/i;

const isCode =
  /\.([cm]?[jt]sx?|vue|svelte|astro|py|rb|erb|php|go|java|kts?|scala|groovy|swift|dart|cs|fs|rs|ex|exs|erl|clj|lua|pl|r|c|cc|cpp|h|hpp|m|mm|sql|psql|pgsql|plpgsql|prisma|graphql|gql|rules|proto|sh|bash|zsh|ps1|html?|hbs|ejs|pug|cshtml|razor|jsp|twig|blade\.php|sol|ipynb)$/i;

const isSettings =
  /\.(json|jsonc|json5|ya?ml|toml|ini|cfg|conf|properties|xml|plist|tf|tfvars|hcl|env)$|(^|\/)\.env(\.[\w.-]+)?$/i;

/**
 * What a path says of the file. Marks that a repository sets by itself (generated, vendored) are not believed: they would
 * hide code from the reviewer.
 */
export function natureOf(path: string): FileNature {
  if (isStory.test(path)) return "other";
  if (isTest.test(path)) return "test";
  if (isProse.test(path)) return "prose";
  if (isWords.test(path)) return "words";
  if (isCode.test(path)) return "code";
  return isSettings.test(path) ? "settings" : "other";
}
