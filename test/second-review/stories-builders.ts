import {
  approve,
  commit,
  file,
  force,
  login,
  open,
  push,
  type Story,
} from "./story.js";

const merge = (sha: string, author: string) =>
  commit(sha, author, {
    committer: "web-flow",
    via_web: true,
    merge_from_base: true,
  });

const isBuilder = ["pending", "approver-is-builder"] as const;
const isApproved = ["satisfied", "approved"] as const;

/** Who counts as a builder, and who only looks like one. */
export const builderStories: readonly Story[] = [
  {
    title: "the author of one commit among many",
    timeline: [
      open("ada", [commit("b1", "ben"), commit("a1", "ada")]),
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "a committer of somebody else's commit",
    timeline: [
      open("ada", [commit("a1", "ada", { committer: "ben" })]),
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "GitHub as committer is nobody",
    timeline: [
      open("ada", [commit("a1", "ada", { committer: "web-flow" })]),
      approve("ben"),
    ],
    ends: isApproved,
  },
  {
    title: "a co-author in the oldest of three commits",
    timeline: [
      open("ada", [
        commit("a0", "ada", { co_authors: ["ben"] }),
        commit("a2", "ada"),
        commit("a1", "ada"),
      ]),
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "who pushed the first commits for the author",
    timeline: [
      {
        open: {
          by: "ben",
          sha: "a1",
          commits: [commit("a1", "ada")],
          files: [login()],
        },
      },
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "who opened the request without a commit of his own",
    pr: { author: "ben" },
    timeline: [open("ada"), approve("ben")],
    ends: isBuilder,
  },
  {
    title: "who pushed content under another name",
    timeline: [
      open(),
      push("ben", [commit("x1", "ada")], [login("d2")]),
      approve("ben", "x1"),
    ],
    ends: isBuilder,
  },
  {
    title: "who only merged the base in",
    timeline: [
      open(),
      push("ben", [merge("m1", "ben")], [login()]),
      approve("ben", "m1"),
    ],
    ends: isApproved,
  },
  {
    title: "who merged the base in and edited a conflict",
    timeline: [
      open(),
      push("ben", [merge("m1", "ben")], [login("d1-edited")]),
      approve("ben", "m1"),
    ],
    ends: isBuilder,
  },
  {
    title: "who rebased without a change",
    timeline: [
      open(),
      force("ben", [commit("r1", "ada", { committer: "ben" })], [login()]),
      approve("ben", "r1"),
    ],
    ends: isApproved,
  },
  {
    title: "who squashed under his own name without a change",
    timeline: [
      open("ada", [commit("a0", "ada"), commit("a1", "ada")]),
      force("ben", [commit("s1", "ben")], [login()]),
      approve("ben", "s1"),
    ],
    ends: isApproved,
  },
  {
    title: "who pushed an empty commit to start the pipeline",
    timeline: [
      open(),
      push("ben", [commit("e1", "ben")], [login()]),
      approve("ben", "e1"),
    ],
    ends: isApproved,
  },
  {
    title: "a rebase that nobody told us of leaves its committer a builder",
    timeline: [
      open(),
      force("unknown", [commit("r1", "ada", { committer: "ben" })], [login()]),
      approve("ben", "r1"),
    ],
    ends: isBuilder,
  },
  {
    title: "a helper squashed away without a change",
    timeline: [
      open("ada", [commit("b1", "ben"), commit("a1", "ada")]),
      force("ada", [commit("s1", "ada")], [login()]),
      approve("ben", "s1"),
    ],
    ends: isBuilder,
  },
  {
    title: "a helper named when commits are squashed without a change",
    timeline: [
      open(),
      force("ada", [commit("s1", "ada", { co_authors: ["ben"] })], [login()]),
      approve("ben", "s1"),
    ],
    ends: isBuilder,
  },
  {
    title: "a botched rebase that was put right bans nobody",
    timeline: [
      open(),
      force(
        "ada",
        [commit("c1", "cleo"), commit("x1", "ada")],
        [login("mess")],
      ),
      force("ada", [commit("a2", "ada")], [login()]),
      approve("cleo", "a2"),
    ],
    ends: isApproved,
  },
  {
    title: "who once pushed content stays, also after it is gone",
    timeline: [
      open(),
      push("ben", [commit("b1", "ben")], [login("d2")]),
      force("ada", [commit("a2", "ada")], [login("d3")]),
      approve("ben", "a2"),
    ],
    ends: isBuilder,
  },
  {
    title: "an address of GitHub's form names its account",
    timeline: [
      open("ada", [
        commit("a1", "ada", {
          co_authors: ["?2+ben@users.noreply.github.com"],
        }),
      ]),
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "an older address of GitHub's form names its login",
    timeline: [
      open("ada", [
        commit("a1", "ada", { co_authors: ["?BEN@users.noreply.github.com"] }),
      ]),
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "an address without an account stands for who pushed it",
    timeline: [open("ada", [commit("a1", "?me@laptop.local")]), approve("ben")],
    ends: isApproved,
  },
  {
    title: "an address without an account that nobody is known to have pushed",
    timeline: [
      {
        open: {
          by: "unknown",
          sha: "a1",
          commits: [commit("a1", "?me@laptop.local")],
          files: [login()],
        },
      },
      approve("ben"),
    ],
    ends: ["pending", "unidentified-builder"],
  },
  {
    title: "the same with the rule switched off",
    config: { unidentified_builder: "ignore" },
    timeline: [
      {
        open: {
          by: "unknown",
          sha: "a1",
          commits: [commit("a1", "?me@laptop.local")],
          files: [login()],
        },
      },
      approve("ben"),
    ],
    ends: isApproved,
  },
  {
    title: "a tool as co-author is nobody",
    timeline: [
      open("ada", [
        commit("a1", "ada", { co_authors: ["?noreply@anthropic.com"] }),
      ]),
      approve("ben"),
    ],
    ends: isApproved,
  },
  {
    title: "who made a suggestion that was applied",
    timeline: [
      open(),
      push(
        "ada",
        [
          commit("w1", "ada", {
            committer: "web-flow",
            via_web: true,
            co_authors: ["ben"],
          }),
        ],
        [login("d2")],
      ),
      approve("ben", "w1"),
    ],
    ends: isBuilder,
  },
  {
    title: "the same where the repository lets suggestions pass",
    config: { suggestion_authors: "reviewer" },
    timeline: [
      open(),
      push(
        "ada",
        [
          commit("w1", "ada", {
            committer: "web-flow",
            via_web: true,
            co_authors: ["ben"],
          }),
        ],
        [login("d2")],
      ),
      approve("ben", "w1"),
    ],
    ends: isApproved,
  },
  {
    title: "a co-author of a commit from a laptop is no suggester",
    config: { suggestion_authors: "reviewer" },
    timeline: [
      open("ada", [commit("a1", "ada", { co_authors: ["ben"] })]),
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "who drives an agent is no suggester either",
    config: { suggestion_authors: "reviewer" },
    pr: { author: "Copilot" },
    timeline: [
      open("Copilot", [
        commit("a1", "Copilot", {
          committer: "web-flow",
          via_web: true,
          co_authors: ["ben"],
        }),
      ]),
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "the author of another request with the same head and base",
    timeline: [
      open(),
      { other_pr: { number: 8, author: "ben", sha: "a1", base: "main" } },
      approve("ben"),
    ],
    ends: isBuilder,
  },
  {
    title: "the author of one with the same head and another base",
    timeline: [
      open(),
      { other_pr: { number: 8, author: "ben", sha: "a1", base: "next" } },
      approve("ben"),
    ],
    ends: isApproved,
  },
  {
    title: "two accounts that the repository declares to be one person",
    people: { "ada-at-work": { id: 21, type: "User", permission: "write" } },
    config: { same_person: [["ada", "ada-at-work"]] },
    timeline: [open(), approve("ada-at-work")],
    ends: isBuilder,
  },
  {
    title: "the author of the code around the change",
    timeline: [
      open("ada", [commit("a1", "ada")], [login(), file("src/hero.tsx", "h1")]),
      approve("cleo"),
    ],
    ends: isApproved,
  },
  {
    title: "the author of someone else's revert may approve it",
    pr: { author: "ben" },
    timeline: [open("ben", [commit("v1", "ben")]), approve("ada", "v1")],
    ends: isApproved,
  },
];
