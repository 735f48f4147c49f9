import { namesAround } from "#parse/ancestors.js";
import { ts, visitNodes } from "#parse/syntax.js";

/** Names of what a machine calls and calls again when it is told that it failed. */
const machine =
  /webhook|cron|queue|worker|(?:^|\/)jobs?(?:\/|\.)|consumer|scheduled|inngest|subscriber/i;

const success =
  /status(?:Code)?\s*[:(]\s*20[0-4]\b|sendStatus\(\s*20[0-4]|(?:received|ok|success|processed)\s*:\s*true|new Response\(\s*(?:null|["'`](?:ok|received|success)["'`])\s*(?:,\s*\{\s*status:\s*20\d|\))/i;
const failure =
  /status(?:Code)?\s*[:(]\s*[45]\d\d|sendStatus\(\s*[45]|(?:success|ok)\s*:\s*false|\bretry\b|dead.?letter|\bfailed\b/i;
const reported =
  /captureException|captureMessage|capture\(|notifyError|reportError|Sentry|Bugsnag|rollbar|newrelic|noticeError|recordException|slack|pagerduty/i;
const logged = /console\.|\blog(?:ger)?\b/i;

/** What a handler of a webhook, queue or timer answers after a failure: that all went well. */
export function answeredSuccess(
  node: ts.Node,
  path: string,
): { readonly isLogged: boolean } | undefined {
  if (!ts.isCatchClause(node)) return undefined;
  const isMachine =
    machine.test(path) ||
    namesAround(node, 4).some((name) => machine.test(name));
  if (!isMachine || node.block.statements.length === 0) return undefined;
  const text = node.block.getText().slice(0, 5000);
  if (!success.test(text) || failure.test(text) || reported.test(text))
    return undefined;
  if (holdsThrowOrTest(node.block)) return undefined;
  return { isLogged: logged.test(text) };
}

/** A handler that tells kinds of errors apart, or passes some on, has thought about it. */
function holdsThrowOrTest(block: ts.Block): boolean {
  let found = false;
  visitNodes(block, (node) => {
    if (
      ts.isThrowStatement(node) ||
      ts.isIfStatement(node) ||
      ts.isSwitchStatement(node)
    )
      found = true;
  });
  return found;
}
