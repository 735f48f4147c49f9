/** Where the manifest is posted, and what it says. */
export interface RegisterForm {
  readonly action: string;
  readonly manifest: string;
}

/** The first page: for whom the app is registered, and what it is called. */
export function askPage(
  token: string,
  {
    organization,
    name,
  }: { readonly organization: string; readonly name: string },
): string {
  return page(
    "Register VibeGate",
    `<p>This registers a private GitHub App of your own, with the permissions of <code>app.yml</code>. Nothing is installed yet.</p>
<form action="/setup/confirm" method="get">
<input type="hidden" name="token" value="${escaped(token)}">
<p><label>Organization <input name="organization" value="${escaped(organization)}" pattern="[A-Za-z0-9-]*" maxlength="39" autofocus></label><br>
<small>Leave it empty only to register the app on your personal account.</small></p>
<p><label>Name <input name="name" value="${escaped(name)}" maxlength="34" required></label><br>
<small>Unique on all of GitHub; people see it beside the checks.</small></p>
<button>Go on</button></form>`,
  );
}

/** The second page: one button that hands the manifest to GitHub. */
export function confirmPage(
  { action, manifest }: RegisterForm,
  where: string,
): string {
  return page(
    "Register VibeGate",
    `<p>GitHub shows what is registered, and asks you to confirm. You must own ${escaped(where)}.</p>
<form action="${escaped(action)}" method="post">
<input type="hidden" name="manifest" value="${escaped(manifest)}">
<button>Create the GitHub App ${escaped(where === "the account" ? "on your account" : `in ${where}`)}</button></form>`,
  );
}

/** The last page: the app is there, and serves. */
export function donePage(installUrl: string): string {
  return page(
    "VibeGate is registered",
    `<p>The server takes webhooks from now on. No restart is needed.</p>
<p><a href="${escaped(installUrl)}">Install it on your repositories</a>, then make both checks required in a ruleset, with VibeGate as their source.</p>`,
  );
}

/** What went wrong, and what to do. */
export function problemPage(sentence: string): string {
  return page("VibeGate", `<p>${escaped(sentence)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}input{font:inherit;width:100%;box-sizing:border-box}button{font:inherit;padding:.4rem 1rem}</style>
</head><body><h1>${escaped(title)}</h1>
${body}
</body></html>
`;
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" },
  };
  return text.replace(/[&<>"']/g, (sign) => names[sign] ?? sign);
}
