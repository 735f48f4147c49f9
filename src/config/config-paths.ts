/** Where a repository's configuration may stand; the first that is there counts. */
export const configPaths = [".vibegate.yml", ".github/vibegate.yml"] as const;
