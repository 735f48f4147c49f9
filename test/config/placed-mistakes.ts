const suppression = {
  rule: "credentials/provider-key",
  paths: '["docs/**"]',
  reason: "a published sample key",
  owner: '"@dana"',
  until: "2026-08-01",
};

/** A suppression with some of its fields written otherwise; an empty one is left out. */
export function suppressing(given: Partial<Record<string, string>>): string {
  const lines = Object.entries({ ...suppression, ...given })
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `    ${key}: ${value ?? ""}`);
  return `suppress:\n  -\n${lines.join("\n")}\n`;
}

/** A name, a text, the place of what is wrong, and the hint that is given there. */
export const hintedMistakes: readonly (readonly [
  string,
  string,
  string,
  string,
])[] = [
  ["a misspelt key", "chekcs: {}\n", "1:1-7", 'Did you mean "checks"?'],
  [
    "a key of another tool",
    "version: 1\nrules: {}\n",
    "2:1-6",
    'Did you mean "checks"?',
  ],
  [
    "a key in another place",
    "version: 1\ncommitment-from: 2026-09-01\n",
    "2:1-16",
    'Write it under "phase".',
  ],
  [
    "a key that is the organization's",
    "enforce: {}\n",
    "1:1-8",
    "Only the organization's file can enforce.",
  ],
  [
    "a key deeper down",
    "second-reviewer:\n  bypass:\n    ttl-hour: 3\n",
    "3:5-13",
    'Did you mean "ttl-hours"?',
  ],
  [
    "a misspelt phase",
    "phase: comitment\n",
    "1:8-17",
    'Did you mean "commitment"?',
  ],
  [
    "a misspelt level",
    "checks:\n  credentials: blok\n",
    "2:16-20",
    'Did you mean "block"?',
  ],
  [
    "a bare number of the gate as a key",
    "checks:\n  1.1: block\n",
    "2:3-6",
    'Write "credentials": names stay, numbers may not.',
  ],
  [
    "a quoted number of the gate",
    'checks:\n  "4.2": block\n',
    "2:3-8",
    'Write "rate-limits": names stay, numbers may not.',
  ],
  [
    "a bare number of the gate as a value",
    suppressing({ rule: "1.1" }),
    "3:11-14",
    'Write "credentials": names stay, numbers may not.',
  ],
  [
    "a misspelt check",
    "checks:\n  credential: block\n",
    "2:3-13",
    'Did you mean "credentials"?',
  ],
  [
    "half the name of a check",
    "checks:\n  cors: block\n",
    "2:3-7",
    'Did you mean "explicit-cors"?',
  ],
  [
    "a misspelt rule",
    "checks:\n  credentials/providr-key: advise\n",
    "2:3-26",
    'Did you mean "credentials/provider-key"?',
  ],
  [
    "a rule without its check",
    suppressing({ rule: "provider-key" }),
    "3:11-23",
    'Did you mean "credentials/provider-key"?',
  ],
  [
    "a misspelt rule of a suppression",
    suppressing({ rule: "credentials/env-fallbak" }),
    "3:11-34",
    'Did you mean "credentials/env-fallback"?',
  ],
  [
    "a number of the gate in attest",
    "attest:\n  3.2: {}\n",
    "2:3-6",
    'Write "restored-backups": names stay, numbers may not.',
  ],
];

/** The same with what is said there. */
export const placedMistakes: readonly (readonly [
  string,
  string,
  string,
  string,
])[] = [
  [
    "no reason",
    suppressing({ reason: "" }),
    "3:5",
    '"reason" is missing here.',
  ],
  ["no owner", suppressing({ owner: "" }), "3:5", '"owner" is missing here.'],
  [
    "no last day",
    suppressing({ until: "" }),
    "3:5",
    '"until" is missing here.',
  ],
  ["no paths", suppressing({ paths: "" }), "3:5", '"paths" is missing here.'],
  ["an empty key", "checks:\n", "1:8", "This key has no value."],
  [
    "a day that does not exist",
    suppressing({ until: "2026-02-30" }),
    "7:12-22",
    "The calendar has no such day.",
  ],
  [
    "a day too far away",
    suppressing({ until: "9999-01-01" }),
    "7:12-22",
    "A date is written as YYYY-MM-DD, between 2020 and 2049.",
  ],
  [
    "a date with a time",
    suppressing({ until: "2026-01-01T00:00:00Z" }),
    "7:12-32",
    "A date is written as YYYY-MM-DD, between 2020 and 2049.",
  ],
  [
    "an owner without at sign",
    suppressing({ owner: "dana" }),
    "6:12-16",
    'Name a GitHub account or team, such as "@dana" or "@acme/security".',
  ],
  [
    "an attestation of what code shows",
    "attest:\n  credentials: {}\n",
    "2:3-14",
    "No attestation can answer this check: its files show it.",
  ],
  [
    "evidence that is no path and no web address",
    'attest:\n  restored-backups: {by: "@d", date: 2026-01-01, evidence: "file:///etc/passwd"}\n',
    "2:60-80",
    "Evidence is a path in this repository, or an address that begins with https://.",
  ],
  [
    "an address to extend",
    "extends: https://evil.example/x.yml\n",
    "1:10-36",
    "Only org can be extended: the file in the organization's .github repository.",
  ],
  ["another version", "version: 2\n", "1:10-11", "This version reads 1."],
  [
    "a list where keys are wanted",
    "checks: [credentials]\n",
    "1:9-22",
    "This has to be keys with values.",
  ],
  [
    "text where a number is wanted",
    "limits: {max-annotations: many}\n",
    "1:27-31",
    "This is a whole number.",
  ],
  [
    "a number that is too large",
    "limits:\n  max-annotations: 1000\n",
    "2:20-24",
    "This is at most 200.",
  ],
  [
    "a pattern that leaves the repository",
    'paths: {ignore: ["../x/**"]}\n',
    "1:18-27",
    "A pattern begins at the root of the repository and stays inside it.",
  ],
  [
    "a pattern of many stars",
    'paths: {ignore: ["a*b*c*d*e"]}\n',
    "1:18-29",
    "A pattern may have at most three stars between two slashes, and no backslash.",
  ],
  [
    "a pattern that is too long",
    `paths:\n  ignore: [${"a".repeat(257)}]\n`,
    "2:12-269",
    "A pattern may have at most 256 characters.",
  ],
  [
    "too many patterns",
    `paths:\n  ignore: [${"a,".repeat(201)}]\n`,
    "2:11-415",
    "At most 200 patterns are read.",
  ],
];
