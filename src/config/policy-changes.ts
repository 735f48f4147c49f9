import type { ConfiguredLevel, Levels, Policy } from "#gate/policy.js";

/** How two policies differ in what they say, whatever it does to the findings at hand. */
export interface SaidChanges {
  readonly sentences: readonly string[];
  /** Whether any of it can make something weigh less. */
  readonly loosens: boolean;
}

/** What a new policy says that the old one did not, and the other way round. */
export function changesSaid(base: Policy, head: Policy): SaidChanges {
  const changes = [
    ...levelChanges(base.levels, head.levels),
    ...listChanges("path override", base.overrides, head.overrides),
    ...listChanges("ignored path", base.ignored, head.ignored),
    ...listChanges("suppression", base.suppressions, head.suppressions),
    ...listChanges("attestation", base.attestations, head.attestations),
    ...ratchetChange(base, head),
  ];
  return {
    sentences: changes.map(({ sentence }) => sentence),
    loosens: changes.some(({ loosens }) => loosens),
  };
}

interface Change {
  readonly sentence: string;
  readonly loosens: boolean;
}

/** What is not said stands between advise and block: most rules block by default, some advise. */
const heaviness: Readonly<Record<ConfiguredLevel | "default", number>> = {
  off: 0,
  advise: 1,
  default: 2,
  block: 3,
};

function levelChanges(base: Levels, head: Levels): Change[] {
  const keys = [
    ...new Set([...Object.keys(base), ...Object.keys(head)]),
  ].sort();
  return keys.flatMap((key) => {
    const from = base[key] ?? "default";
    const to = head[key] ?? "default";
    if (from === to) return [];
    const sentence =
      to === "default"
        ? `${key} would weigh what it does by default`
        : `${key} would be set to ${to}`;
    return [{ sentence, loosens: heaviness[to] < heaviness[from] }];
  });
}

function listChanges(
  what: string,
  base: readonly unknown[] = [],
  head: readonly unknown[] = [],
): Change[] {
  const fresh = missingFrom(base, head);
  const gone = missingFrom(head, base);
  return [
    { count: fresh, verb: "added", loosens: true },
    { count: gone, verb: "removed", loosens: what === "path override" },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, verb, loosens }) => ({
      sentence: `${String(count)} ${what}${count === 1 ? "" : "s"} ${verb}`,
      loosens,
    }));
}

function ratchetChange(base: Policy, head: Policy): Change[] {
  const before = base.ratchet ?? false;
  const after = head.ratchet ?? false;
  if (before === after) return [];
  return [
    {
      sentence: `the ratchet would be ${after ? "on" : "off"}`,
      loosens: before,
    },
  ];
}

/** How many entries of the second list the first does not have; where they stand in the file does not matter. */
function missingFrom(
  known: readonly unknown[],
  some: readonly unknown[],
): number {
  const contents = new Set(known.map(contentOf));
  return some.filter((entry) => !contents.has(contentOf(entry))).length;
}

function contentOf(entry: unknown): string {
  return JSON.stringify(entry, (key, value: unknown) =>
    key === "at" ? undefined : value,
  );
}
