import {
  approve,
  check,
  commit,
  file,
  login,
  open,
  push,
  type Story,
} from "./story.js";

const isApproved = ["satisfied", "approved"] as const;

/** When a second reviewer is required, and by whose rules. */
export const courseStories: readonly Story[] = [
  {
    title: "nothing sensitive",
    timeline: [open("ada", [commit("a1", "ada")], [file("src/hero.tsx", "h")])],
    ends: ["not-required", "not-sensitive"],
  },
  {
    title: "nothing at all",
    timeline: [open("ada", [commit("a1", "ada")], [])],
    ends: ["not-required", "not-sensitive"],
  },
  {
    title: "one sensitive file among many",
    timeline: [
      open("ada", [commit("a1", "ada")], [file("src/hero.tsx", "h"), login()]),
    ],
    ends: ["pending", "no-approval"],
  },
  {
    title: "the gate's own file, whatever the story says of it",
    timeline: [
      open("ada", [commit("a1", "ada")], [file(".vibegate.yml", "c")]),
    ],
    ends: ["pending", "no-approval"],
  },
  {
    title: "a control file that moved away",
    timeline: [
      open(
        "ada",
        [commit("a1", "ada")],
        [
          {
            path: "old.txt",
            was: "CODEOWNERS",
            status: "renamed",
            diff: "r",
            touches: [],
          },
        ],
      ),
    ],
    ends: ["pending", "no-approval"],
  },
  {
    title: "the sensitive part is taken out again",
    timeline: [
      open(),
      check("pending", "no-approval"),
      push("ada", [commit("a2", "ada")], [file("src/hero.tsx", "h")]),
    ],
    ends: ["not-required", "not-sensitive"],
  },
  {
    title: "a path that the repository adds",
    config: { sensitive: { payment: { paths: ["shop/**"] } } },
    timeline: [open("ada", [commit("a1", "ada")], [file("shop/a.ts", "s")])],
    ends: ["pending", "no-approval"],
  },
  {
    title: "a path that the repository ignores",
    config: { ignore: ["legacy/**"] },
    timeline: [
      open("ada", [commit("a1", "ada")], [file("legacy/a.ts", "s", ["auth"])]),
    ],
    ends: ["not-required", "not-sensitive"],
  },
  {
    title: "ignoring a control file",
    config: { ignore: ["**"] },
    timeline: [
      open(
        "ada",
        [commit("a1", "ada")],
        [file("Dockerfile", "s", ["control"])],
      ),
    ],
    ends: ["pending", "no-approval"],
  },
  {
    title: "the base's rules change under an open request",
    timeline: [
      open(),
      approve("ben"),
      check("satisfied", "approved"),
      { base_config: { required_approvals: 2 } },
    ],
    ends: ["pending", "needs-more-approvals"],
  },
  {
    title: "exploration advises",
    config: { phase: "exploration" },
    timeline: [open()],
    ends: ["pending", "no-approval", "advisory"],
  },
  {
    title: "exploration is content as well",
    config: { phase: "exploration" },
    timeline: [open(), approve("ben")],
    ends: ["satisfied", "approved", "advisory"],
  },
  {
    title: "no configuration advises",
    config: null,
    timeline: [open()],
    ends: ["pending", "no-approval", "advisory"],
  },
  {
    title: "a broken configuration blocks and says so",
    config: { valid: false },
    timeline: [open()],
    ends: ["pending", "config-invalid"],
  },
  {
    title: "a broken configuration blocks also where it was exploring",
    config: { valid: false, phase: "exploration" },
    timeline: [open()],
    ends: ["pending", "config-invalid"],
  },
  {
    title: "a broken configuration can be repaired",
    config: { valid: false },
    timeline: [
      open("ada", [commit("a1", "ada")], [file(".vibegate.yml", "fix")]),
      approve("ben"),
    ],
    ends: isApproved,
  },
  {
    title: "a broken configuration does not let a builder pass",
    config: { valid: false },
    timeline: [open(), approve("ada")],
    ends: ["pending", "approver-is-builder"],
  },
];
