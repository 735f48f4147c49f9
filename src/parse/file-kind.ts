/** What a file is for, as far as its path tells. Decides which rules apply before any rule runs. */
export type FileKind =
  | "code"
  | "test"
  | "docs"
  | "config"
  | "environment"
  | "locale"
  | "lockfile"
  | "generated"
  | "other";

const patterns: readonly (readonly [FileKind, RegExp])[] = [
  [
    "lockfile",
    /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|Gemfile\.lock|poetry\.lock|uv\.lock|composer\.lock|go\.sum|Podfile\.lock|pubspec\.lock|flake\.lock)$/,
  ],
  [
    "generated",
    /(^|\/)(node_modules|vendor|third_party|dist|build|\.next|\.nuxt|\.output|\.svelte-kit|__generated__|generated\/(prisma|client|prisma-client)|\.yarn|\.vercel)\/|\.min\.(js|css)$|\.(map|bundle\.js)$|\.generated\.\w+$|(^|\/)(database|supabase)\.types\.ts$/,
  ],
  [
    "test",
    /(^|\/)(tests?|__tests__|__mocks__|e2e|cypress|playwright|fixtures?|__fixtures__|spec|mocks|testdata|test-utils)\/|\.(test|spec|e2e|stories|story|cy|mock|fixture)\.\w+$/i,
  ],
  ["environment", /(^|\/)\.env(\.[\w.-]+)?$|(^|\/)[\w.-]+\.env$/],
  [
    "locale",
    /(^|\/)(locales?|i18n|translations?|lang|messages)\/|\.(po|pot)$/i,
  ],
  ["docs", /\.(md|mdx|txt|rst|adoc|log)$|(^|\/)docs?\//i],
  [
    "code",
    /\.([cm]?[jt]sx?|vue|svelte|astro|py|rb|php|go|java|kt|swift|dart|cs|rs|sql|sh|bash|html?|prisma|graphql)$/i,
  ],
  [
    "config",
    /\.(json|jsonc|ya?ml|toml|ini|cfg|conf|properties|xml|plist|tf|tfvars|rules)$|(^|\/)(Dockerfile|Containerfile)[\w.-]*$|(^|\/)_(headers|redirects)$/i,
  ],
];

/** The first kind whose pattern the path meets. */
export function fileKind(path: string): FileKind {
  return patterns.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
}
