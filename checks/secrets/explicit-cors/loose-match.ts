/** Hosts under which anyone can publish a page of their own. */
const sharedHosts =
  "vercel.app netlify.app github.io gitlab.io web.app firebaseapp.com pages.dev workers.dev onrender.com herokuapp.com fly.dev railway.app up.railway.app lovable.app lovableproject.com replit.app replit.dev repl.co glitch.me surge.sh azurewebsites.net amplifyapp.com ngrok.io ngrok-free.app trycloudflare.com stackblitz.io webcontainer.io codesandbox.io csb.app bolt.host deno.dev".split(
    " ",
  );

/**
 * Why a pattern lets strangers in.
 *
 * @param source - Regular expression, without its slashes.
 * @returns a clause; undefined when it holds only the origins that it names.
 */
export function loosePattern(source: string): string | undefined {
  if (/^\^?(?:https\??:(?:\\?\/){2})?\(?(?:\?:)?\.[*+]\)?\$?$/.test(source))
    return "the pattern matches every origin";
  const branches = splitBranches(source);
  for (const branch of branches) {
    const problem = looseBranch(branch);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Alternatives at the top level: each must be anchored by itself. */
function splitBranches(source: string): string[] {
  const branches = [""];
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const character = source.charAt(i);
    if (character === "|" && depth === 0) {
      branches.push("");
      continue;
    }
    if (character === "(" || character === "[") depth++;
    if (character === ")" || character === "]") depth--;
    const text = character === "\\" ? source.slice(i, ++i + 1) : character;
    branches[branches.length - 1] += text;
  }
  return branches;
}

function looseBranch(branch: string): string | undefined {
  const isLocal =
    /localhost|127\\?\.0\\?\.0\\?\.1|192\\?\.168|^\^(?:https?:\\?\/\\?\/)?\(?(?:10|172)\\?\./.test(
      branch,
    );
  const hasEnd = /\$\)*$/.test(branch);
  if (!hasEnd)
    return isLocal && branch.startsWith("^")
      ? undefined
      : "the pattern has no `$`, so it also matches longer host names";
  const host = branch.replace(/\$\)*$/, "");
  // `\.example\.com$` and `^https://…`: the former is anchored by its leading dot.
  const isAnchored = /^(?:\^|\(*\^)/.test(branch) || /^\(*\\\./.test(branch);
  if (!isAnchored && !isLocal)
    return "the pattern has no `^`, so it also matches other hosts that end like it";
  const plain = host.replace(/\\./g, "~").replace(/\[[^\]]*\]/g, "");
  if (/\.(?![*+?{])/.test(plain))
    return "a dot in the pattern is not escaped, so it matches any character";
  if (/\.[*+]\)?\??[a-z0-9]/i.test(plain.replace(/^\^?\(*https?\??/, "")))
    return "the pattern lets any text stand directly before the domain";
  return sharedSuffix(host.replaceAll("\\", ""));
}

function sharedSuffix(host: string): string | undefined {
  const suffix = sharedHosts.find((shared) => host.endsWith(`.${shared}`));
  if (suffix === undefined) return undefined;
  const rest = host.slice(0, -suffix.length - 1);
  // A name with nothing of its own before the host: `.*\.vercel.app`, `[a-z0-9-]+\.vercel.app`.
  const isAnyone = !/[a-z0-9]{3,}/i.test(
    rest.replace(/^\^?\(*https?\??:\/\//i, "").replace(/\[[^\]]*\]|\w-\w/g, ""),
  );
  return isAnyone ? `anyone can publish a page under ${suffix}` : undefined;
}

/**
 * Why a test on the text of the origin lets strangers in.
 *
 * @param method - `includes`, `indexOf`, `startsWith`, `endsWith`.
 * @param text - What it looks for; undefined when that is computed.
 */
export function looseTextTest(
  method: string,
  text: string | undefined,
): string | undefined {
  if (method === "endsWith") return looseEnding(text);
  if (method === "startsWith") {
    if (text !== undefined && isHarmlessStart(text)) return undefined;
    return "an origin that only starts alike passes, for example one that goes on with another domain";
  }
  return "an origin that contains the text anywhere passes";
}

function isHarmlessStart(text: string): boolean {
  return /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|192\.168|10\.|172\.)|^(?:chrome|moz|safari-web)-extension:|^(?:capacitor|ionic|app|file|exp|vscode-webview|tauri):/.test(
    text,
  );
}

function looseEnding(text: string | undefined): string | undefined {
  if (text === undefined || text.startsWith("http")) return undefined;
  if (!text.startsWith(".") && !text.startsWith("/"))
    return "a domain that only ends alike passes";
  const suffix = sharedHosts.find((shared) => text === `.${shared}`);
  return suffix === undefined
    ? undefined
    : `anyone can publish a page under ${suffix}`;
}
