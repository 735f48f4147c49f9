import type { Confidence, Level } from "#gate/finding.js";
import type { MarkerInput } from "#parse/marker.js";
import { isComponent } from "#parse/components.js";
import { NotAnalysed } from "#parse/not-analysed.js";
import type { ts } from "#parse/syntax.js";
import { clusterSecrets } from "./cluster-secrets.js";
import { commandLogins } from "./command-logins.js";
import { connectionPasswords } from "./connection-urls.js";
import { googleKeys } from "./google-keys.js";
import { type Hit, type RuleName, withoutOverlaps } from "./hit.js";
import { jsonWebTokens } from "./json-web-tokens.js";
import { embeddedValues } from "./embedded-values.js";
import { credentialFiles } from "./key-files.js";
import { namedValues } from "./named-values.js";
import { lineIndex } from "./neighbourhood.js";
import { type Place, placeOf } from "./place.js";
import { privateKeys } from "./private-keys.js";
import { providerKeys } from "./provider-keys.js";
import { publishedSecrets } from "./published-names.js";
import { looksRandom } from "./randomness.js";
import { scriptSecrets } from "./script-secrets.js";
import { isPlausiblePassword, isStrongPassword } from "./secret-values.js";
import { encodedKeys } from "./encoded-keys.js";
import { sentSecrets } from "./sent-secrets.js";
import { shapedKeys } from "./shaped-keys.js";
import { hashedOnTheSpot } from "./sql-passwords.js";

/** What is kept of a secret once its file is parsed: all but the value. */
export interface SecretMark {
  readonly [key: string]: string | number | boolean | undefined;
  readonly rule: RuleName;
  readonly kind: string;
  readonly name: string;
  /** First and last line of the value, from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly fingerprint: string;
  /** Which of the file's different values this is, from 1: equal numbers are equal values. */
  readonly group: number;
  readonly confidence: Confidence;
  readonly atMost?: Level;
  /** The value itself opens something, so that it stays a leak after it is deleted. */
  readonly leaks: boolean;
  /** The file is sent to browsers. */
  readonly isClient: boolean;
  /** The component that it is handed to, as this file names it. */
  readonly component?: string;
  /** Imported name behind which a secret may stand; no leak where it does not. */
  readonly through?: string;
  /** Seconds since 1970. */
  readonly expires?: number;
}

/** A file with more secrets than this is hostile or a dump; nobody reads on. */
const mostMarks = 500;

/** All secrets of one file, or as many as anybody reads. */
export function markSecrets(file: MarkerInput): SecretMark[] {
  const place = placeOf(file.path, file.kind);
  const hits = secretsOf(place, file).flatMap((hit) =>
    inPlace(place, file.text, hit),
  );
  if (hits.length === 0) return [];
  const lineAt = lineIndex(file.text);
  const isClient = isSentToBrowsers(file);
  const groups = new Map<string, number>();
  const groupOf = (value: string): number => {
    const known = groups.get(value) ?? groups.size + 1;
    groups.set(value, known);
    return known;
  };
  const lines = new Set<string>();
  const isFirstOnLine = (hit: Hit): boolean => {
    const line = `${hit.rule} ${hit.kind} ${hit.through ?? hit.name} ${String(lineAt(hit.start))}`;
    return lines.size < lines.add(line).size;
  };
  const all = withoutOverlaps(hits).filter(isFirstOnLine);
  // What may turn out to be nothing must not take the place of what is there.
  const shown = all.toSorted(
    (one, other) =>
      Number(one.through !== undefined) - Number(other.through !== undefined),
  );
  return shown.slice(0, mostMarks).map((hit) => ({
    rule: hit.rule as RuleName,
    kind: hit.kind,
    name: hit.value !== "" && hit.value.includes(hit.name) ? "" : hit.name,
    line: lineAt(hit.start),
    endLine: lineAt(Math.max(hit.start, hit.end - 1)),
    fingerprint: hit.value === "" ? "" : file.fingerprint(hit.value),
    group: groupOf(hit.value === "" ? (hit.through ?? hit.name) : hit.value),
    confidence: hit.confidence,
    ...(hit.atMost && { atMost: hit.atMost }),
    leaks: opensSomething(hit),
    isClient,
    ...(hit.component !== undefined && { component: hit.component }),
    ...(hit.through !== undefined && { through: hit.through }),
    ...(hit.expires !== undefined && { expires: hit.expires }),
  }));
}

function secretsOf(place: Place, file: MarkerInput): Hit[] {
  const { text } = file;
  const isHashes = place.kind === "lockfile" || place.kind === "generated";
  const recognised = providerKeys(text, isHashes);
  if (place.kind === "lockfile") return recognised;
  const source = treeOf(file);
  return [
    ...recognised,
    ...shapedKeys(text),
    ...googleKeys(file.path, text),
    ...privateKeys(text),
    ...jsonWebTokens(text),
    ...connectionPasswords(text),
    ...credentialFiles(place, text),
    ...hashedOnTheSpot(place, text),
    ...commandLogins(place, text),
    ...clusterSecrets(place, text),
    ...publishedSecrets(place, text, source),
    ...(source
      ? [
          ...scriptSecrets(place, source),
          ...embeddedValues(place, text),
          ...sentSecrets(place, source),
        ]
      : [...namedValues(place, text), ...encodedKeys(text)]),
  ];
}

/** A script that is nested too deeply to parse is still read as text; the project names it as a gap by itself. */
function treeOf(file: MarkerInput): ts.SourceFile | undefined {
  // Markup is read as text, and the scripts in it with it.
  if (file.kind === "generated" || isComponent(file.path)) return undefined;
  try {
    return file.syntax();
  } catch (error) {
    if (error instanceof NotAnalysed) return undefined;
    throw error;
  }
}

/** The same value weighs less, or nothing, where values are made up. */
function inPlace(place: Place, text: string, hit: Hit): Hit[] {
  const isMadeUp = place.isQuiet || place.isProse || place.isExample;
  switch (hit.rule) {
    case "connection-password":
      return place.isQuiet || (isMadeUp && !isPlausiblePassword(hit.value))
        ? []
        : [hit];
    case "signed-token":
      return isMadeUp ? [] : [hit];
    case "private-key":
      return isOfTests(place, text, hit)
        ? [{ ...hit, atMost: "advise" }]
        : [hit];
    case "provider-key":
      return place.isQuiet && isTestKey(text, hit)
        ? [{ ...hit, atMost: "notice" }]
        : [hit];
    default:
      return isNamedInWorkflow(place, hit)
        ? [{ ...hit, atMost: "notice" }]
        : [hit];
  }
}

const workflows = /(^|\/)\.github\/workflows\//;

/** What stands there by name alone is mostly made up for the services that tests start. */
function isNamedInWorkflow({ path }: Place, { rule }: Hit): boolean {
  return /^hard-coded-(?:secret|password)$/.test(rule) && workflows.test(path);
}

/** A key of a service that a workflow starts beside its tests opens nothing but that service. */
function isOfTests({ path, isQuiet }: Place, text: string, hit: Hit): boolean {
  if (isQuiet) return true;
  if (!workflows.test(path)) return false;
  const before = text.slice(Math.max(0, hit.start - 2_500), hit.start);
  const service = before.slice(before.lastIndexOf("image:"));
  return (
    before.includes("image:") &&
    /localhost|127\.0\.0\.1|\bexample\.(?:com|org|net)\b|[-_/]mock|mock[-_]/i.test(
      service,
    )
  );
}

function isTestKey(text: string, hit: Hit): boolean {
  return hit.atMost !== undefined || saysFake(text, hit);
}

/** `// dummy secret` next to a key in a test. */
function saysFake(text: string, hit: Hit): boolean {
  const before = text.slice(Math.max(0, hit.start - 150), hit.start);
  const behind = text.slice(hit.end, hit.end + 80);
  const line =
    before.slice(before.lastIndexOf("\n") + 1) + (behind.split("\n")[0] ?? "");
  return /dummy|fake|mock|invalid|example|not.?real|redact/i.test(line);
}

function isSerious(password: string): boolean {
  return isStrongPassword(password) || looksRandom(password);
}

function opensSomething(hit: Hit): boolean {
  if (hit.value === "") return false;
  const isWord = /^(fallback|hard-coded)/.test(hit.rule);
  return !isWord || isSerious(hit.value);
}

function isSentToBrowsers({ path, text }: MarkerInput): boolean {
  return (
    /^\s*(?:\/\*[^]{0,400}?\*\/|\/\/[^\n]{0,200}\n|\s){0,5}["']use client["']/.test(
      text.slice(0, 2_000),
    ) || /\.(html?|vue|svelte)$/i.test(path)
  );
}
