import { isInterfaceWord, isPlaceholder, isPublished } from "./placeholders.js";
import { isPatterned, isUniqueId, isWordy, looksRandom } from "./randomness.js";
import type { SecretSort } from "./secret-names.js";

/** Longest value that can be a secret; what is longer is data. */
const longestSecret = 512;

/** Whether a value could be the secret that its name promises, in a place where secrets are written by mistake. */
export function isSecretValue(sort: SecretSort, value: string): boolean {
  if (value.length > longestSecret || isPlaceholder(value)) return false;
  if (isPublicByDesign(value) || isPublished(value)) return false;
  switch (sort) {
    case "password":
      return isChosenPassword(value);
    case "signing":
      return isSigningSecret(value) && !isPatterned(value);
    case "mnemonic":
      return isMnemonic(value);
    case "shared":
      return looksSecret(value) || isSigningSecret(value);
    default:
      return looksSecret(value);
  }
}

function looksSecret(value: string): boolean {
  if (value.startsWith("eyJ")) return false; // Tokens are judged by what they say.
  if (isPatterned(value) || isAddress(value) || isUniqueName(value))
    return false;
  return looksRandom(value);
}

/** Paths, routes, addresses, selectors, class lists, file names: long and varied, but no secret. */
function isAddress(value: string): boolean {
  if (/^(https?|wss?|file|data|blob|urn|mailto):/i.test(value)) return true;
  if (/^[\w.+-]+@[\w-]+\.\w+/.test(value)) return true;
  const looksLikePath =
    /^[./#~]|^@\w+\/|^\w:[\\/]|\.(com|org|net|io|dev|app|js|ts|json|pem|key|crt|png|svg|html|php|local)$|^[\w.-]+(\/[\w.-]+){2,}$/i.test(
      value,
    );
  // Base64 has slashes too: only what reads as words is a path.
  return looksLikePath && (value.length < 24 || isWordy(value));
}

/** `price_…`, `prod_…`, `cus_…`, `acct_…`: ids that go with a key, and are none. */
function isUniqueName(value: string): boolean {
  return /^(price|prod|cus|acct|sub|pi|in|txn|evt|we|plan|prc|usr|org|app|proj|team|tmpl|seti|cs|ch)_[A-Za-z0-9]+$/.test(
    value,
  );
}

/** Keys that vendors mean for pages: they open nothing by themselves. */
export function isPublicByDesign(value: string): boolean {
  return /^(pk_(live|test)_|pk\.eyJ|phc_|sb_publishable_|G-[A-Z0-9]{6,}$|GTM-|UA-\d|AW-\d|6L[\w-]{38}$|AIza|ca-pub-|public_|pub-c-|sub-c-|rzp_(live|test)_|APP_USR-[0-9a-f-]{36}$|TEST-[0-9a-f-]{36}$|https:\/\/\w+@\w+\.ingest|goog_|appl_|amzn_|test_[A-Za-z]{26}$|ExponentPushToken|vapid|B[A-Za-z0-9_-]{86}$)/.test(
    value,
  );
}

/** A word or phrase is enough to sign with, even one that asks to be replaced; names of algorithms and options are not. */
export function isSigningSecret(value: string): boolean {
  if (value.length < 6 || isInterfaceWord(value) || isAddress(value))
    return false;
  if (/^[A-Z][A-Z0-9_]+$/.test(value) || /\s/.test(value)) return false;
  if (/^(HS|RS|ES|PS)\d{3}$|^sha\d{3}$|^aes-/i.test(value)) return false;
  const hasMark = /[\d!@#$%^&*_-]/.test(value);
  return looksRandom(value) || hasMark || value.length >= 16;
}

/** What a person chose as a password: some letters, some digit or sign, no sentence and no identifier. */
function isChosenPassword(value: string): boolean {
  if (value.length < 6 || value.length > 128 || /\s/.test(value)) return false;
  if (isInterfaceWord(value) || isAddress(value) || isUniqueId(value))
    return false;
  if (/^[a-z]+([A-Z][a-z]+)*\.?[a-z]*$|^[A-Z_]+$/.test(value)) return false; // camelCase, CONSTANT
  if (/^[a-z]+([-_.:/][a-z]+)*$/i.test(value)) return false; // kebab-case, some.path
  if (/[<>{}()=;,|\\]/.test(value) && !looksRandom(value)) return false;
  return /\d/.test(value) || /[!@#$%^&*?+]/.test(value);
}

/** Whether it stands out as a password that is in use somewhere, not one for a tutorial. */
export function isStrongPassword(value: string): boolean {
  if (value.length < 8 || isPatterned(value)) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];
  if (classes.filter((kind) => kind.test(value)).length < 3) return false;
  return !tutorialWords.test(value);
}

const tutorialWords =
  /pass|test|demo|admin|user|secret|secure|strong|hello|welcome|qwert|1234|abc123|temp|word|login|senha|clave/i;

/** Whether it could be in use, where only tutorials are told apart: a digit, letters, and none of their words. */
export function isPlausiblePassword(value: string): boolean {
  const isMixed = /\d/.test(value)
    ? /[A-Za-z]/.test(value)
    : /[a-z][A-Z].*[a-z][A-Z]/.test(value) && !isWordy(value);
  return (
    value.length >= 8 &&
    isMixed &&
    !isPatterned(value) &&
    !tutorialWords.test(value)
  );
}

const testMnemonics = /^(test |abandon )/;

function isMnemonic(value: string): boolean {
  const list = value.trim().split(/\s+/);
  const isWords = list.every((word) => /^[a-z]{3,8}$/.test(word));
  return (
    isWords &&
    list.length >= 12 &&
    list.length <= 24 &&
    !testMnemonics.test(value)
  );
}
