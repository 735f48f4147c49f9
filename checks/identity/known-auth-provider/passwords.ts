import { ancestorsOf, functionAround, namesAround } from "#parse/ancestors.js";
import { dottedName, memberName, unwrap } from "#parse/names.js";
import { ts, visitNodes } from "#parse/syntax.js";
import type { AuthSign } from "./marks.js";
import { hasWord, isPasswordHashName, isPasswordName } from "./names.js";

/** Roots of names that hold what somebody typed, never what is stored. */
const typed =
  /^(?:req|request|ctx|context|body|form|values?|input|payload|dto|data|state|props|params|fields?|credentials|formdata|args|event|errors?|this|e)$/;

/** A comparison or a query that holds a password against another one as they are. */
export function comparisonSign(node: ts.Node): AuthSign | undefined {
  if (ts.isBinaryExpression(node)) return equalitySign(node);
  if (ts.isCallExpression(node)) return querySign(node);
  return undefined;
}

function equalitySign(node: ts.BinaryExpression): AuthSign | undefined {
  if (!/^[!=]==?$/.test(ts.tokenToString(node.operatorToken.kind) ?? ""))
    return undefined;
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  return sidesSign(left, right) ?? sidesSign(right, left);
}

function sidesSign(
  stored: ts.Expression,
  given: ts.Expression,
): AuthSign | undefined {
  const name = dottedName(given);
  if (name === undefined || !isPasswordName(name)) return undefined;
  if (ts.isStringLiteralLike(stored)) return literalSign(stored.text, name);
  const other = dottedName(stored) ?? settingOf(stored);
  if (other === undefined) return undefined;
  if (/^(?:process|import\.meta|Deno|Bun)\.env\./.test(other))
    return isPasswordName(other) && !isTestOfShape(other)
      ? { kind: "shared-password", name: other }
      : undefined;
  return isStoredPassword(other, name)
    ? { kind: "plaintext-password", name: other }
    : undefined;
}

/** `Deno.env.get("STAFF_PASSWORD")` by the setting's name, as the other ways to read one are written. */
function settingOf(value: ts.Expression): string | undefined {
  if (!ts.isCallExpression(value)) return undefined;
  const [name] = value.arguments;
  return dottedName(value.expression) === "Deno.env.get" &&
    name &&
    ts.isStringLiteralLike(name)
    ? `Deno.env.${name.text}`
    : undefined;
}

function literalSign(text: string, name: string): AuthSign | undefined {
  // `type === "password"` has the words the other way round; short or wordy texts are states and messages.
  if (
    !/^\S{4,64}$/.test(text) ||
    /^(?:text|true|false|null|undefined|password|\*+)$/i.test(text)
  )
    return undefined;
  // A setting that still has its default is no login.
  return /\.(?:code|type|message)$|^(?:config\w*|settings|options|env|process)\./.test(
    name,
  )
    ? undefined
    : { kind: "hard-coded-login", name };
}

function isTestOfShape(name: string): boolean {
  return hasWord(name, /^(?:length|min|max)$/);
}

/** `user.password` against `password` or `req.body.password`: one is a row's, the other is what was typed. */
function isStoredPassword(stored: string, given: string): boolean {
  if (!isPasswordName(stored) || isPasswordHashName(stored)) return false;
  const parts = stored.split(".");
  if (parts.length < 2 || parts.length > 4) return false;
  const [root = ""] = parts;
  if (
    typed.test(root.toLowerCase()) ||
    /form|input|body|dto|values|error/i.test(stored)
  )
    return false;
  if (/new|old|current|previous/i.test(stored)) return false;
  const ownRoot = given.split(".")[0] ?? "";
  return root !== ownRoot;
}

const finders =
  /(?:^|\.)(?:find|findOne|findFirst|findUnique|findOneBy|findOneOrFail|findFirstOrThrow|findUniqueOrThrow|where|match|getOne)$/;

/** `findOne({ email, password })`: the database compares what was typed with what it keeps. */
function querySign(node: ts.CallExpression): AuthSign | undefined {
  const method = ts.isPropertyAccessExpression(node.expression)
    ? node.expression.name.text
    : "";
  const [first, second] = node.arguments;
  if (first === undefined) return undefined;
  if (method === "eq" && second && ts.isStringLiteralLike(first))
    return isPasswordName(first.text) && isTypedPassword(second)
      ? { kind: "plaintext-password", name: `.eq("${first.text}")` }
      : undefined;
  if (!finders.test(method)) return undefined;
  const filter = whereOf(first);
  const entry = filter?.properties.find(
    (property) =>
      isPasswordName(memberName(property.name)) &&
      isTypedPassword(valueOf(property)),
  );
  return entry && filter && filter.properties.length > 1
    ? { kind: "plaintext-password", name: `${method}()` }
    : undefined;
}

function whereOf(value: ts.Expression): ts.ObjectLiteralExpression | undefined {
  const object = unwrap(value);
  if (!ts.isObjectLiteralExpression(object)) return undefined;
  for (const property of object.properties)
    if (
      ts.isPropertyAssignment(property) &&
      memberName(property.name) === "where"
    ) {
      const inner = unwrap(property.initializer);
      return ts.isObjectLiteralExpression(inner) ? inner : undefined;
    }
  return object;
}

function valueOf(
  property: ts.ObjectLiteralElementLike,
): ts.Expression | undefined {
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  return ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** A name of a password that was not made into a hash under the same name before. */
function isTypedPassword(value: ts.Expression | undefined): boolean {
  if (value === undefined) return false;
  const bare = unwrap(value);
  const name = dottedName(bare);
  if (name === undefined || !isPasswordName(name)) return false;
  const around = functionAround(bare);
  return around === undefined || !/\bhash|digest|crypt/i.test(around.getText());
}

const fastHashes =
  /^(?:md5|sha-?1|sha-?224|sha-?256|sha-?384|sha-?512|ripemd160|sha3-?\d*)$/i;

/** Password hashing: with a function made for it, or with one that is too fast. */
export function hashSign(node: ts.Node): AuthSign | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const callee = calleeOf(node);
  const slow = slowHashSign(node, callee);
  if (slow) return slow;
  const hashed = fastHashed(node, callee);
  if (hashed === undefined || !holdsPassword(hashed)) return undefined;
  if (isKeyOrLeakTest(node) || isInnerHash(node)) return undefined;
  return { kind: "fast-password-hash", name: callee.slice(0, 60) };
}

function calleeOf(node: ts.CallExpression): string {
  const { expression } = node;
  const name = dottedName(expression);
  if (name !== undefined) return name;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
}

const slowPackages =
  /^(?:bcrypt|bcryptjs|bcrypt-ts|bcrypt-ts\/\w+|argon2|@node-rs\/(?:bcrypt|argon2)|oslo\/password|@noble\/hashes\/\w+|scrypt-js|hash-wasm|pbkdf2|crypto|node:crypto)$/;

/** Whether a bare name comes from a library for password hashes: `import { hash } from "bcrypt"`. */
function isImportedHash(source: ts.SourceFile, callee: string): boolean {
  if (
    !/^(?:hash|compare|verify|hashSync|compareSync|verifySync|scrypt\w*|pbkdf2\w*)$/.test(
      callee,
    )
  )
    return false;
  return source.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      slowPackages.test(statement.moduleSpecifier.text) &&
      new RegExp(`\\b${callee}\\b`).test(
        statement.importClause?.getText() ?? "",
      ),
  );
}

const slowLibrary =
  /(?:^|\.)(?:bcrypt\w*|argon2\w*|scrypt\w*|pbkdf2\w*|Scrypt|Bcrypt|Argon2id|hasher)(?:\.|$)/i;

function slowHashSign(
  node: ts.CallExpression,
  callee: string,
): AuthSign | undefined {
  const [first, second] = node.arguments;
  const isSlow =
    slowLibrary.test(callee) ||
    /^Bun\.password\.(?:hash|verify)(?:Sync)?$/.test(callee) ||
    isImportedHash(node.getSourceFile(), callee);
  if (!isSlow || first === undefined || /gensalt/i.test(callee))
    return undefined;
  if (!holdsPassword(first) && !(second && holdsPassword(second)))
    return undefined;
  return isKeyOrLeakTest(node)
    ? undefined
    : { kind: "password-hash", name: callee };
}

/** What a fast hash is made of, where the call makes one. */
function fastHashed(
  node: ts.CallExpression,
  callee: string,
): ts.Expression | undefined {
  const [first, second] = node.arguments;
  if (
    /^(?:md5|sha1|sha256|sha512|CryptoJS\.(?:MD5|SHA1|SHA256|SHA512))$/i.test(
      callee,
    )
  )
    return first;
  if (/(?:^|\.)subtle\.digest$/.test(callee))
    return first && isFastName(first) ? second : undefined;
  if (callee !== "update" || !ts.isPropertyAccessExpression(node.expression))
    return undefined;
  const made = unwrap(node.expression.expression);
  if (!ts.isCallExpression(made) || !/(?:^|\.)createHash$/.test(calleeOf(made)))
    return undefined;
  const [algorithm] = made.arguments;
  return algorithm && isFastName(algorithm) ? first : undefined;
}

function isFastName(value: ts.Expression): boolean {
  const bare = unwrap(value);
  return ts.isStringLiteralLike(bare) && fastHashes.test(bare.text);
}

/** Whether a password's name stands anywhere in a short expression: `password + salt`, `encoder.encode(password)`. */
export function holdsPassword(value: ts.Expression): boolean {
  let found = false;
  let left = 60;
  visitNodes(value, (node) => {
    if (found || left-- <= 0) return;
    const name =
      ts.isPropertyAccessExpression(node) || ts.isIdentifier(node)
        ? dottedName(node)
        : undefined;
    if (name !== undefined && isPasswordName(name)) found = true;
  });
  return found;
}

/** A key for encryption is derived, or a leaked-password list is asked: neither keeps the password. */
function isKeyOrLeakTest(node: ts.Node): boolean {
  if (isSplitForLeakTest(node)) return true;
  const around = functionAround(node);
  const text = (around ?? node.getSourceFile()).getText().slice(0, 20_000);
  return (
    /createCipher|createDecipher|AES-GCM|AES-CBC|deriveKey|pwnedpasswords|haveibeenpwned/i.test(
      text,
    ) ||
    namesAround(node).some((name) =>
      hasWord(
        name,
        /^(?:encrypt|decrypt|pwned|leaked|breached|gravatar|cache|etag|checksum|fingerprint|digestauth)$/,
      ),
    )
  );
}

/** `bcrypt.hash(sha256(password))`: the fast one only shortens it for the slow one. */
function isInnerHash(node: ts.Node): boolean {
  for (const above of ancestorsOf(node)) {
    if (ts.isFunctionLike(above)) break;
    if (ts.isCallExpression(above) && slowLibrary.test(calleeOf(above)))
      return true;
  }
  const text = functionAround(node)?.getText().slice(0, 20_000) ?? "";
  return /\b(?:bcrypt|argon2|scrypt|pbkdf2)/i.test(text);
}

/** Lists of leaked passwords are asked by the first five letters of a hash, in a function of its own or not. */
function isSplitForLeakTest(node: ts.Node): boolean {
  const around = functionAround(node)?.getText().slice(0, 2000) ?? "";
  return (
    /sha-?1/i.test(around) &&
    /\.(?:slice|substring|substr)\(\s*0\s*,\s*5\s*\)/.test(around)
  );
}
