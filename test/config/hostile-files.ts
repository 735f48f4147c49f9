const bomb = [
  "a: &a [x, x]",
  ..."bcdefgh".split("").map((name, index) => {
    const before = "abcdefg"[index] ?? "";
    return `${name}: &${name} [*${before}, *${before}]`;
  }),
].join("\n");

/** A name, a text, and the line and column of what is refused. */
export const hostileFiles: readonly (readonly [
  string,
  string,
  number,
  number,
])[] = [
  ["an anchor", "checks: &x {}\n", 1, 9],
  ["an alias", "checks: *x\n", 1, 9],
  ["a bomb of aliases", bomb, 1, 4],
  ["a merge key", "checks:\n  <<: {credentials: off}\n", 2, 3],
  ["a tag", "phase: !!str commitment\n", 1, 8],
  ["a tag of code", "phase: !!js/function 'x'\n", 1, 8],
  ["a directive", "%YAML 1.1\n---\nphase: commitment\n", 1, 1],
  ["a second document", "phase: commitment\n---\nphase: exploration\n", 2, 1],
  ["a document after its end", "phase: commitment\n...\nphase: x\n", 3, 1],
  ["a key twice", "phase: commitment\nphase: exploration\n", 2, 1],
  ["a key twice, once in quotes", "phase: commitment\n'phase': x\n", 2, 1],
  ["a key that is a list", "[a]: 1\n", 1, 1],
  ["the prototype", "__proto__: {phase: exploration}\n", 1, 1],
  ["a prototype deeper down", "data:\n  __proto__: x\n", 2, 3],
  ["infinity", "limits: {max-annotations: .inf}\n", 1, 27],
  ["deep lists", `paths: ${"[".repeat(30)}`, 1, 20],
  ["very deep lists", `paths: ${"[".repeat(20_000)}`, 1, 20],
  ["a colon too many", "phase: a: b\n", 1, 8],
  ["a tab", "checks:\n\tcredentials: off\n", 2, 1],
  ["an open quote", 'phase: "commitment\n', 1, 8],
  [
    "an open quote far above the end",
    'phase: "commitment\nchecks:\n  credentials: block\n',
    ...([1, 8] as const),
  ],
  [
    "an open quote with another below",
    'attest:\n  restored-backups:\n    by: "@d\n    date: "x"\n',
    ...([3, 9] as const),
  ],
  [
    "an open single quote",
    "second-reviewer:\n  reviewers: ['it''s, b]\nphase: x\n",
    ...([2, 15] as const),
  ],
  ["an open list", "paths:\n  ignore: [a,\n    b\nphase: x\n", 2, 11],
  ["an open list in open keys", "paths: {ignore: [a, b\n", 1, 17],
];
