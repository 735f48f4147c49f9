import { singular, wordsOf } from "./name-words.js";
import { accountWords, idleTableEndings } from "./subject-words.js";

const prefixes =
  /^(?:app|m|t|tb|tbl|auth|public|my|db|site|web|platform|sys|core)$/;

/** Whether a table, model or collection holds the accounts of people, by its name: `users`, `m_users`, `UserModel`. */
export function holdsAccounts(name: string): boolean {
  const words = wordsOf(name)
    .map(singular)
    .filter((word, at) => at > 0 || !prefixes.test(word));
  while (words.length > 1 && idleTableEndings.has(words.at(-1) ?? ""))
    words.pop();
  return words.length <= 2 && accountWords.has(words.join(""));
}
