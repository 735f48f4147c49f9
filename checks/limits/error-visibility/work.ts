import { dottedName, unwrap } from "#parse/names.js";
import { ts } from "#parse/syntax.js";

/** Where an error is told to a person without a reporter: a chat, a pager, a bot. */
export const alerts =
  /hooks\.slack\.com|slack_?webhook|discord_?webhook|discord\.com\/api\/webhooks|pagerduty|opsgenie|api\.telegram\.org\/bot/i;

/**
 * Acts whose failure is expected or harmless: reading what may be malformed or missing, tidying up, telling whether
 * something is there, counting visits, writing to a cache.
 */
const harmless =
  /^(?:parse|safeParse|json|text|blob|formData|arrayBuffer|clone|stringify|close|unlink|unlinkSync|abort|rm|rmSync|rmdir|rmdirSync|remove|removeItem|removeListener|disconnect|destroy|release|cancel|kill|end|unsubscribe|cleanup|terminate|quit|stop|dispose|access|stat|lstat|existsSync|require|import|atob|decode|decodeURIComponent|getItem|setItem|enqueue|resolve|URL|RegExp|mkdir|mkdirSync|readFile|readdir|revalidatePath|revalidateTag|revalidate|invalidate|flush|unlock|unref|sleep|delay|wait|setTimeout|all|allSettled|race|focus|play|pause|share|vibrate|writeText|requestPermission|register|unregister|getSession|getUser|rollback|ping|prefetch|preload|goto|waitForSelector|click|waitForTimeout|isVisible|logout|signOut|shutdown|deleteMessage|answerCallbackQuery|react|typing|sendChatAction|returnValue|pull|drain|lookup|resolve\w+|(?:set|get|delete)ItemAsync|deleteApp)$/i;
const harmlessWords =
  /track|analytic|telemetr|metric|capture|report|log(?!in)|cache|verify|decode|session|cookie|cleanup|teardown|presence|heartbeat|revoke|dispose|(?:^|_)ping|temp|tmp/i;

/**
 * What a block attempts that somebody would want to hear of: a call that is waited for and whose failure is not part
 * of the plan.
 *
 * @returns undefined where there is nothing of the kind.
 */
export function workThatMatters(block: ts.Block): string | undefined {
  const pending: ts.Node[] = [...block.statements].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (ts.isFunctionLike(node)) continue;
    if (ts.isAwaitExpression(node)) {
      const name = workOf(unwrap(node.expression));
      if (name !== undefined) return name;
    }
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    pending.push(...children.reverse());
  }
  return undefined;
}

/** The name of a call that matters: the last one of a chain, with what it is called on. */
export function workOf(value: ts.Expression): string | undefined {
  if (!ts.isCallExpression(value)) return undefined;
  const chain = namesOfChain(value);
  const [last = ""] = chain;
  // `finally` and `catch` hang on a promise whose own failure somebody else sees to.
  const isHarmless =
    last === "" ||
    last === "finally" ||
    last === "catch" ||
    chain.some((name) => harmlessWords.test(name)) ||
    harmless.test(last);
  return isHarmless ? undefined : chain.toReversed().join(".").slice(0, 60);
}

/** Names of the calls and members in a chain, outermost first: `db.user.update(…)` is `update`, `user`, `db`. */
function namesOfChain(value: ts.Expression): string[] {
  const names: string[] = [];
  let node: ts.Expression = value;
  while (names.length < 12) {
    if (
      ts.isCallExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isParenthesizedExpression(node)
    )
      node = node.expression;
    else if (ts.isAwaitExpression(node)) node = node.expression;
    else if (ts.isPropertyAccessExpression(node)) {
      names.push(node.name.text);
      node = node.expression;
    } else break;
  }
  const root = dottedName(node);
  if (node.kind === ts.SyntaxKind.ImportKeyword) names.push("import");
  else if (root !== undefined) names.push(root);
  return names;
}
