const long = (length: number) => "a".repeat(length);
const list = (length: number) => `[${Array(length).fill("a").join(", ")}]`;
const suppress = (fields: string) =>
  `suppress:\n  - {${fields}, rule: credentials, paths: [a], reason: long enough a reason, owner: "@d", until: 2026-08-01}\n`;
const attest = (fields: string) =>
  `attest:\n  restored-backups: {${fields}, by: "@d", date: 2026-05-01, evidence: a.md}\n`;
/** The same with one of its fields written otherwise. */
const other = (text: string, field: RegExp, value: string) =>
  text.replace("{, ", "{").replace(field, (_, key: string) => key + value);
const many = (count: number, entry: string) =>
  Array.from({ length: count }, () => entry).join("");

/** Text with a ^ in front of what is wrong, and what is said of it there. */
export const saidMistakes: readonly (readonly [string, string])[] = [
  ["checks: {^[a]: block}", "This cannot be a key."],
  ["suppress:\n  - {rule: ^[a]}", "Name a check by its slug, as text."],
  [
    `checks: {^credentials/${long(120)}: block}`,
    "This is too long for a check and its rule.",
  ],
  [
    "checks: {^nothing-here: block}",
    "This is no check of the gate, nor one of its rules.",
  ],
  [
    "checks: {credentials: ^7}",
    "This is off, advise, block, or a level with options.",
  ],
  [
    "checks: {rate-limits: {options: {limited-routes: [^{a: b}]}}}",
    "An endpoint is named by its path, as text.",
  ],
  [
    "checks: {rate-limits: {options: {limited-routes: [^/a*b*c*d*e]}}}",
    "A pattern of endpoints may have at most three stars between two slashes, no space and no backslash.",
  ],
  [
    "checks: {rate-limits: {options: {limited-routes: ^[]}}}",
    "Name at least one endpoint, or remove the key.",
  ],
  ["paths: {ignore: [^7]}", "A pattern of paths is text."],
  ['paths: {ignore: [^""]}', "The pattern is empty."],
  ["paths: {ignore: ^[]}", "Name at least one pattern, or remove the key."],
  [`paths: {ignore: ^${list(201)}}`, "At most 200 patterns are read."],
  [
    `paths: {ignore: [^${long(257)}]}`,
    "A pattern may have at most 256 characters.",
  ],
  [
    "paths: {ignore: [^a*b*c*d*e]}",
    "A pattern may have at most three stars between two slashes, and no backslash.",
  ],
  [
    "paths: {ignore: [^/etc/**]}",
    "A pattern begins at the root of the repository and stays inside it.",
  ],
  [
    "phase: ^[commitment]",
    "This is exploration, commitment, or keys such as commitment-from and branches.",
  ],
  ["phase: {commitment-from: ^[a]}", "A date is written as YYYY-MM-DD."],
  [
    "phase: {commitment-from: ^1999-01-01}",
    "A date is written as YYYY-MM-DD, between 2020 and 2049.",
  ],
  ["phase: {commitment-from: ^2027-02-29}", "The calendar has no such day."],
  ["version: ^2", "This version reads 1."],
  [
    "extends: ^https://evil.example/x.yml",
    "Only org can be extended: the file in the organization's .github repository.",
  ],
  [
    other(suppress(""), /(owner: )"@d"/, "^[a]"),
    "Name a GitHub account as text.",
  ],
  [
    other(suppress(""), /(owner: )"@d"/, `^"@${long(140)}"`),
    "This is too long for the name of an account or a team.",
  ],
  [
    other(suppress(""), /(owner: )"@d"/, "^dana"),
    'Name a GitHub account or team, such as "@dana" or "@acme/security".',
  ],
  [
    other(suppress(""), /(reason: )long enough a reason/, "^[a]"),
    "The reason is text.",
  ],
  [
    other(suppress(""), /(reason: )long enough a reason/, "^short"),
    "Say the reason in at least ten characters.",
  ],
  [
    other(suppress(""), /(reason: )long enough a reason/, `^${long(501)}`),
    "Say the reason in at most 500 characters.",
  ],
  [suppress("fingerprint: ^abc"), "A fingerprint has 16 hexadecimal digits."],
  [`suppress: ^[${many(201, "{}, ")}]`, "At most 200 suppressions are read."],
  [`overrides: ^[${many(101, "{}, ")}]`, "At most 100 overrides are read."],
  [`projects: ^[${many(101, "{}, ")}]`, "At most 100 projects are read."],
  ["projects: [{name: ^[a], paths: [a]}]", "A project's name is text."],
  ["projects: [{name: ^a b, paths: [a]}]", "A name has letters and digits."],
  [
    other(attest(""), /(evidence: )a\.md/, "^[a]"),
    "Evidence is a path or an address, as text.",
  ],
  [other(attest(""), /(evidence: )a\.md/, '^""'), "Name the evidence."],
  [
    other(attest(""), /(evidence: )a\.md/, `^${long(501)}`),
    "Evidence has at most 500 characters.",
  ],
  [
    other(attest(""), /(evidence: )a\.md/, "^file:///etc/x"),
    "Evidence is a path in this repository, or an address that begins with https://.",
  ],
  [attest("valid-days: ^1.5"), "This is a whole number of days."],
  [attest("valid-days: ^0"), "This is at least one day."],
  [attest("valid-days: ^731"), "This is at most 730 days."],
  [
    "attest: {^credentials: {}}",
    "No attestation can answer this check: its files show it.",
  ],
  ["data: {^a b: contact}", "Write column or table.column."],
  ["data: {email: ^[a]}", "A class is a word."],
  ["data: {email: ^Contact}", "A class is a word in small letters."],
  ["limits: {max-annotations: ^1.5}", "This is a whole number."],
  ["limits: {max-annotations: ^-1}", "This is at least 0."],
  ["limits: {max-annotations: ^201}", "This is at most 200."],
  ["ratchet: ^maybe", "This is true or false."],
  ["second-reviewer: {required-approvals: ^0}", "This is at least 1."],
  ["second-reviewer: {required-approvals: ^7}", "This is at most 6."],
  ["second-reviewer: {reviewers: [^[a]]}", "Name a GitHub account as text."],
  [
    "second-reviewer: {reviewers: [^a b]}",
    'Name a GitHub account, such as "@dana" or "renovate[bot]".',
  ],
  ["second-reviewer: {teams: [^[a]]}", "Name a team as text."],
  [
    "second-reviewer: {teams: [^a b]}",
    'Name a team by its slug, such as "security" or "acme/security".',
  ],
  ["second-reviewer: {same-person: [^[a]]}", "Name at least two accounts."],
  [
    `second-reviewer: {same-person: ^[${many(101, "[a, b], ")}]}`,
    "At most 100 people are read.",
  ],
  [
    "second-reviewer: {bypass: {ttl-hours: ^1.5}}",
    "This is a whole number of hours.",
  ],
  ["second-reviewer: {bypass: {ttl-hours: ^0}}", "This is at least one hour."],
  [
    "second-reviewer: {bypass: {ttl-hours: ^169}}",
    "This is at most a week of hours.",
  ],
  [
    "second-reviewer: {ask-reviewers: ^1.5}",
    "This is a whole number of people.",
  ],
  ["second-reviewer: {ask-reviewers: ^-1}", "This is at least 0."],
  ["second-reviewer: {ask-reviewers: ^6}", "This is at most 5."],
  [
    `second-reviewer: {reviewers: ^${list(201)}}`,
    "At most 200 entries are read.",
  ],
];

/** The same in an organization's file. */
export const saidOrganizationMistakes: readonly (readonly [string, string])[] =
  [
    [
      "enforce: {phase: ^exploration}",
      "This is commitment, or commitment-from with a day.",
    ],
    ["enforce: {max-suppression-days: ^0}", "This is at least one day."],
  ];
