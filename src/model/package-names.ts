/**
 * The package that an import specifier names, without version and path inside it; also for the spellings of Deno and of
 * the networks that serve packages by URL.
 *
 * @returns undefined for relative paths, aliases and other URLs.
 */
export function packageOf(specifier: string): string | undefined {
  const served = servedPackage(specifier);
  const bare = served ?? specifier.replace(/^(?:npm:|jsr:)\/?/, "");
  if (/^(?:https?:|[./#~]|@\/|node:)/.test(bare)) return undefined;
  return /^(?:@[\w.-]+\/)?[\w.-]+/.exec(bare)?.[0];
}

const networks =
  /^https:\/\/(?:esm\.sh|cdn\.skypack\.dev|unpkg\.com|cdn\.jsdelivr\.net\/npm|cdn\.esm\.sh|jspm\.dev|esm\.run|deno\.land\/x)\/(?:v\d+\/|npm:|\*)?/;

function servedPackage(specifier: string): string | undefined {
  const network = networks.exec(specifier)?.[0];
  return network === undefined ? undefined : specifier.slice(network.length);
}
