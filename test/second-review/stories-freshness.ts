import {
  approve,
  check,
  commit,
  file,
  force,
  login,
  open,
  push,
  type Story,
} from "./story.js";

const isApproved = ["satisfied", "approved"] as const;
const isStale = ["pending", "approval-stale"] as const;

/** What an approval is for, and what makes it stale. */
export const freshnessStories: readonly Story[] = [
  {
    title: "new content after the approval",
    timeline: [
      open(),
      approve("ben"),
      push("ada", [commit("a2", "ada")], [login("d2")]),
    ],
    ends: isStale,
  },
  {
    title: "new content although GitHub moved the review to it",
    timeline: [
      open(),
      approve("ben", "a1", { api_commit_id: "a2" }),
      push("ada", [commit("a2", "ada")], [login("d2")]),
    ],
    ends: isStale,
  },
  {
    title: "the same content in another commit",
    timeline: [
      open(),
      approve("ben"),
      force("ada", [commit("r1", "ada")], [login()]),
    ],
    ends: isApproved,
  },
  {
    title: "back to the content that was approved",
    timeline: [
      open(),
      approve("ben"),
      push("ada", [commit("a2", "ada")], [login("d2")]),
      check("pending", "approval-stale"),
      force("ada", [commit("a3", "ada")], [login()]),
    ],
    ends: isApproved,
  },
  {
    title: "back to content that was approved before something else was",
    timeline: [
      open(),
      approve("ben"),
      push("ada", [commit("a2", "ada")], [login("d2")]),
      approve("ben", "a2"),
      force("ada", [commit("a3", "ada")], [login()]),
    ],
    ends: isApproved,
  },
  {
    title: "approved again after new content",
    timeline: [
      open(),
      approve("ben"),
      push("ada", [commit("a2", "ada")], [login("d2")]),
      approve("ben", "a2"),
    ],
    ends: isApproved,
  },
  {
    title: "an approval of an older head than the present one",
    timeline: [
      open(),
      push("ada", [commit("a2", "ada")], [login("d2")]),
      approve("ben", "a1"),
    ],
    ends: isStale,
  },
  {
    title: "an approval of a head that nobody has seen",
    timeline: [open(), approve("ben", "zz")],
    ends: isStale,
  },
  {
    title: "a harmless file joins",
    timeline: [
      open(),
      approve("ben"),
      push("ada", [commit("a2", "ada")], [login(), file("a.md", "t")]),
    ],
    ends: isStale,
  },
  {
    title: "a harmless file joins where only sensitive ones matter",
    config: { stale_on: "sensitive-change" },
    timeline: [
      open(),
      approve("ben"),
      push("ada", [commit("a2", "ada")], [login(), file("a.md", "t")]),
    ],
    ends: isApproved,
  },
  {
    title: "a sensitive file changes where only sensitive ones matter",
    config: { stale_on: "sensitive-change" },
    timeline: [
      open(),
      approve("ben"),
      push("ada", [commit("a2", "ada")], [login("d2")]),
    ],
    ends: isStale,
  },
  {
    title: "a sensitive file leaves where only sensitive ones matter",
    config: { stale_on: "sensitive-change" },
    timeline: [
      open(
        "ada",
        [commit("a1", "ada")],
        [login(), file("db/a.sql", "s1", ["data"])],
      ),
      approve("ben"),
      push("ada", [commit("a2", "ada")], [login()]),
    ],
    ends: isStale,
  },
  {
    title: "a clean rebase where every push matters",
    config: { stale_on: "any-push" },
    timeline: [
      open(),
      approve("ben"),
      force("ada", [commit("r1", "ada")], [login()]),
    ],
    ends: isStale,
  },
  {
    title: "no push where every push matters",
    config: { stale_on: "any-push" },
    timeline: [open(), approve("ben")],
    ends: isApproved,
  },
  {
    title: "another base with other content where every push matters",
    config: { stale_on: "any-push" },
    pr: { base: "next" },
    timeline: [
      open(),
      approve("ben"),
      {
        retarget: {
          by: "ada",
          base: "main",
          files: [login(), file("db/a.sql", "s1", ["data"])],
        },
      },
    ],
    ends: isStale,
  },
  {
    title: "another base with the same content",
    pr: { base: "next" },
    timeline: [
      open(),
      approve("ben"),
      { retarget: { by: "ada", base: "main", files: [login()] } },
    ],
    ends: isApproved,
  },
  {
    title: "pushed while it was closed",
    timeline: [
      open(),
      approve("ben"),
      { close: { by: "ada" } },
      push("unknown", [commit("a2", "ada")], [login("d2")]),
      { reopen: { by: "ada" } },
    ],
    ends: isStale,
  },
  {
    title: "closed and opened again without a change",
    timeline: [
      open(),
      approve("ben"),
      { close: { by: "ada" } },
      { reopen: { by: "ada" } },
    ],
    ends: isApproved,
  },
  {
    title: "a lost review counts where the head was seen before it",
    timeline: [open(), { fault: "review-event-lost" }, approve("ben")],
    ends: isApproved,
  },
  {
    title: "a lost review that GitHub has moved does not",
    timeline: [
      open(),
      { fault: "review-event-lost" },
      approve("ben", "a1", { api_commit_id: "a2" }),
      push("ada", [commit("a2", "ada")], [login("d2")]),
    ],
    ends: isStale,
  },
  {
    title: "a lost review of a head that nobody told us of does not",
    timeline: [
      open(),
      push("unknown", [commit("a2", "ada")], [login("d2")]),
      { fault: "review-event-lost" },
      approve("ben", "a2"),
    ],
    ends: isStale,
  },
  {
    title:
      "a review that turns out to be lost counts by what was seen of the head",
    timeline: [open(), approve("ben"), { fault: "review-webhook-lost" }],
    ends: isApproved,
  },
  {
    title:
      "a store that lost everything keeps no approval that GitHub has moved",
    timeline: [
      open(),
      approve("ben", "a1", { api_commit_id: "a2" }),
      push("ada", [commit("a2", "ada")], [login("d2")]),
      { fault: "store-wiped" },
    ],
    ends: isStale,
  },
];
