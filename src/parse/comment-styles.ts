/** How a language marks a comment. */
export interface CommentStyle {
  readonly open: string;
  /** Absent where the end of the line ends it. */
  readonly close?: string;
}

const slashes: CommentStyle = { open: "//" };
const block: CommentStyle = { open: "/*", close: "*/" };
const hash: CommentStyle = { open: "#" };
const dashes: CommentStyle = { open: "--" };
const markup: CommentStyle = { open: "<!--", close: "-->" };
const semicolon: CommentStyle = { open: ";" };

const byEnding: readonly (readonly [RegExp, readonly CommentStyle[]])[] = [
  [/\.([cm]?[jt]sx?|prisma|rules|proto|jsonc|json5)$/i, [slashes, block]],
  [/\.(go|java|kts?|swift|dart|cs|rs|scss|less|c|h|cpp)$/i, [slashes, block]],
  [/\.(vue|svelte|astro|mdx|html?)$/i, [markup, slashes, block]],
  [/\.(md|markdown|xml|svg|plist)$/i, [markup]],
  [/\.css$/i, [block]],
  [/\.php$/i, [slashes, block, hash]],
  [/\.(tf|tfvars|hcl)$/i, [hash, slashes, block]],
  [/\.(sql|psql|lua)$/i, [dashes, block]],
  [/\.(ini|cfg|conf|properties)$/i, [hash, semicolon]],
  [/\.(ya?ml|toml|py|rb|sh|bash|zsh|graphql|gql|env)$/i, [hash]],
  [
    /(^|\/)(\.env[\w.-]*|\.?\w*ignore|\.npmrc|(Dockerfile|Containerfile|Makefile|Procfile|Caddyfile|_headers|_redirects)[\w.-]*)$/i,
    [hash],
  ],
];

/** How comments look in a file, by its name; none where the language has none or is not known. */
export function commentStyles(path: string): readonly CommentStyle[] {
  return byEnding.find(([ending]) => ending.test(path))?.[1] ?? [];
}
