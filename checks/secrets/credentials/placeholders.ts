/** Words that a person writes where a secret belongs. Matched inside a value, whatever the case. */
const standInWords =
  /example|sample|placeholder|change[-_ ]?(me|this|it|in[-_ ]?prod)|replace|your[-_ ]|your(key|secret|token|password|api|own|super)|insert|[-_]here\b|(key|token|secret|password)[-_]?here|goes[-_ ]?here|\b(?:todo|fixme)\b|dummy|fake|redacted|masked|removed|censored|not[-_ ]?a[-_ ]?real|notreal|not[-_ ]?set|deadbeef|foobar|lorem|put[-_ ]?(your|it)|fill[-_ ]?(in|me)|set[-_ ]?(me|this|in)|some[-_](secret|key|token|password|api)|my[-_]?(secret|key|token|api)[-_]?(key|token)?$|(test|mock|fake|stub)[-_ ]?(key|token|secret|api|value|password)|[-_](test|mock|fake|stub)$|^(test|mock|fake|stub)[-_]|ci[-_](only|build)|build[-_ ]?time|super[-_]?secret|random[-_ ]?(string|secret|key|value|text)|[-_](string|chars?|characters?|karakter)\b|\bmin(imum|imal)?[-_ ]?\d\d|xxxx|\*\*\*|•••|\.\.\.|…|[-_]demo(?![a-z])|ejemplo|exemplo|beispiel|seu[-_]|sua[-_]|tu[-_](clave|token|api|key)|cambiar?[-_ ]?|mude[-_ ]|alterar?[-_]|trocar[-_]|votre[-_]|dein[-_]|buraya|ganti/i;

/** Shapes that only stand for a value: templates, references to a vault or to the environment, markup. */
const references =
  /\$\{|\$\(|\{\{|\}\}|<%|%>|<[^>]{0,60}>|^\$[A-Za-z_]|^%[A-Za-z_]+%$|^\[.{0,80}\]$|^\{.{0,80}\}$|^@\w+\(|process\.env|import\.meta|os\.environ|getenv|^secrets?\.|^env[.(]|^(vault|op|ssm|sm|gcp-sm|arn|projects|file|keychain|doppler|ref|infisical|sops|kms|enc|aws-sm|akv|dotenvx?|encrypted):|^E(?:NC|V)\[|^!\w+/i;

/** Whether the value only stands for another: a template, a reference, or a word that asks to be replaced. */
export function isPlaceholder(value: string): boolean {
  if (value.length < 3) return true;
  return isReference(value) || isStandIn(value);
}

/** Whether the value is filled in later, by a template engine, a shell or a vault. */
export function isReference(value: string): boolean {
  return references.test(value);
}

/** Whether the value asks to be replaced, in words, or hides what it was. */
export function isStandIn(value: string): boolean {
  return standInWords.test(value) || /^(.)\1*$/s.test(value);
}

/** Words of forms, labels and types: never a password that somebody chose, at least not in code that draws a page. */
const interfaceWords = new Set(
  "password passwort passwords contraseña contrasena senha clave secret token hidden text email username user null undefined none true false required optional string number boolean current-password new-password one-time-code off on string! varchar bearer basic digest unauthorized invalid missing pending forgot reset login signin signup change update".split(
    " ",
  ),
);

/** Whether a value names a thing of an interface or of a type system rather than a secret. */
export function isInterfaceWord(value: string): boolean {
  return interfaceWords.has(value.toLowerCase());
}

const publishedInDocumentation = new Set(
  [
    ["sk", "test", "4eC39HqLyjWDarjtT1zdp7dc"].join("_"),
    ["sk", "test", "BQokikJOvBiI2HlWgH4olfQ2"].join("_"),
    ["sk", "test", "VePHdqKTYQjKNInc7u56JBrQ"].join("_"),
    ["JBSWY3DP", "EHPK3PXP"],
    ["ac0974bec39a17e36ba4a6b4d238ff94", "4bacb478cbed5efcae784d7bf4f2ff80"],
    ["59c6995e998f97a5a0044966f0945389", "dc9e86dae88c7a8412f4603b6b78690d"],
    ["5de4111afa1a4b94908f83103eb1f170", "6367c2e68ca870fc3fb9a804cdab365a"],
  ].map((pieces) => (typeof pieces === "string" ? pieces : pieces.join(""))),
);

/** How the key of Azure's storage emulator goes on behind its name. */
const azuriteKey = ["Eby8vdM02xNO", "cqFlqUwJPLlm"].join("");

/** Whether everybody knows the value: keys of vendors' tutorials and of local test networks. */
export function isPublished(value: string): boolean {
  return (
    publishedInDocumentation.has(value.replace(/^0x/, "")) ||
    value.includes(azuriteKey)
  );
}
