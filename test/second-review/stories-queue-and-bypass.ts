import {
  approve,
  bypass,
  check,
  commit,
  file,
  login,
  open,
  push,
  review,
  type Story,
} from "./story.js";

const isApproved = ["satisfied", "approved"] as const;
const cannotVerify = ["pending", "cannot-verify"] as const;
const object = (id: number, by: string) => review(id, by, "CHANGES_REQUESTED");

/** The merge queue, bypasses, and what cannot be seen. */
export const queueAndBypassStories: readonly Story[] = [
  {
    title: "a queue with members that are fit",
    timeline: [
      open(),
      approve("ben"),
      {
        merge_group: {
          prs: [
            { number: 8, decision: "satisfied" },
            { number: 9, decision: "not-required" },
          ],
        },
      },
    ],
    ends: isApproved,
  },
  {
    title: "a queue with one that waits",
    timeline: [
      open(),
      approve("ben"),
      { merge_group: { prs: [{ number: 8, decision: "pending" }] } },
    ],
    ends: ["pending", "queue-member-unsatisfied"],
  },
  {
    title: "a queue with one of which nothing is known",
    timeline: [
      open(),
      approve("ben"),
      { merge_group: { prs: [{ number: 8 }] } },
    ],
    ends: ["pending", "queue-member-unsatisfied"],
  },
  {
    title: "a queue in which this one waits",
    timeline: [
      open(),
      { merge_group: { prs: [{ number: 8, decision: "satisfied" }] } },
    ],
    ends: ["pending", "no-approval"],
  },
  {
    title: "a queue that lists this one too",
    timeline: [
      open(),
      approve("ben"),
      { merge_group: { prs: [{ number: 7, decision: "pending" }] } },
    ],
    ends: isApproved,
  },
  {
    title: "a later queue without the one that waits",
    timeline: [
      open(),
      approve("ben"),
      { merge_group: { prs: [{ number: 8, decision: "pending" }] } },
      check("pending", "queue-member-unsatisfied"),
      { merge_group: { prs: [] } },
    ],
    ends: isApproved,
  },

  {
    title: "a bypass",
    timeline: [open(), bypass("root")],
    ends: ["satisfied", "approved-by-bypass"],
  },
  {
    title: "a bypass over an objection",
    timeline: [open(), object(1, "cleo"), bypass("root")],
    ends: ["satisfied", "approved-by-bypass"],
  },
  {
    title: "a bypass below the rights it takes",
    timeline: [open(), bypass("cleo")],
    ends: ["pending", "bypass-refused"],
  },
  {
    title: "a bypass by its builder",
    pr: { author: "root" },
    timeline: [open("root"), bypass("root")],
    ends: ["pending", "bypass-refused"],
  },
  {
    title: "a bypass by its builder where that is allowed",
    pr: { author: "root" },
    config: { bypass: { builders_may_bypass: true } },
    timeline: [open("root"), bypass("root")],
    ends: ["satisfied", "approved-by-bypass"],
  },
  {
    title: "a bypass without a reason",
    timeline: [open(), bypass("root", "")],
    ends: ["pending", "bypass-refused"],
  },
  {
    title: "a bypass that was edited in",
    timeline: [
      open(),
      {
        comment: { by: "root", body: "/vibegate bypass now", edited_by: "ada" },
      },
    ],
    ends: ["pending", "bypass-refused"],
  },
  {
    title: "a bypass that is quoted",
    timeline: [
      open(),
      { comment: { by: "root", body: "> /vibegate bypass now" } },
    ],
    ends: ["pending", "no-approval"],
  },
  {
    title: "a bypass by a bot",
    people: { "helper[bot]": { permission: "admin" } },
    timeline: [open(), bypass("helper[bot]")],
    ends: ["pending", "bypass-refused"],
  },
  {
    title: "a bypass in its time",
    timeline: [open(), bypass("root"), { clock: { hours: 23 } }],
    ends: ["satisfied", "approved-by-bypass"],
  },
  {
    title: "a bypass after its time",
    timeline: [open(), bypass("root"), { clock: { hours: 24 } }],
    ends: ["pending", "bypass-expired"],
  },
  {
    title: "a bypass for the hours that are configured",
    config: { bypass: { ttl_hours: 2 } },
    timeline: [open(), bypass("root"), { clock: { hours: 3 } }],
    ends: ["pending", "bypass-expired"],
  },
  {
    title: "a bypass of another content",
    timeline: [
      open(),
      bypass("root"),
      push("ada", [commit("a2", "ada")], [login("d2")]),
    ],
    ends: ["pending", "bypass-expired"],
  },
  {
    title: "a bypass by somebody who is no administrator any more",
    timeline: [
      open(),
      bypass("root"),
      { permission: { user: "root", to: "write" } },
    ],
    ends: ["pending", "bypass-refused"],
  },
  {
    title: "an approval is better than a refused bypass",
    timeline: [open(), bypass("ada"), approve("ben")],
    ends: isApproved,
  },

  {
    title: "unread rights",
    timeline: [open(), approve("ben"), { fault: "permission-lookup-failed" }],
    ends: cannotVerify,
  },
  {
    title: "unread rights of an objector",
    timeline: [
      open(),
      approve("ben"),
      check("satisfied", "approved"),
      object(2, "cleo"),
      { fault: "permission-lookup-failed" },
    ],
    ends: cannotVerify,
  },
  {
    title: "unread rights of somebody who cannot count anyway",
    timeline: [open(), approve("ada"), { fault: "permission-lookup-failed" }],
    ends: ["pending", "approver-is-builder"],
  },
  {
    title: "unread teams",
    config: { teams: ["security"] },
    timeline: [open(), approve("ben"), { fault: "team-lookup-failed" }],
    ends: cannotVerify,
  },
  {
    title: "a head that is not listed yet",
    timeline: [
      open(),
      approve("ben"),
      { fault: "head-missing-in-commit-list" },
    ],
    ends: cannotVerify,
  },
  {
    title: "a list of files that was cut",
    timeline: [
      open("ada", [commit("a1", "ada")], [file("a.md", "t")]),
      { fault: "file-list-truncated" },
    ],
    ends: cannotVerify,
  },
  {
    title: "a list of commits that was cut",
    timeline: [open(), approve("ben"), { fault: "commit-list-truncated" }],
    ends: cannotVerify,
  },
  {
    title: "a list of commits that was cut where nobody has to review",
    timeline: [
      open("ada", [commit("a1", "ada")], [file("a.md", "t")]),
      { fault: "commit-list-truncated" },
    ],
    ends: ["not-required", "not-sensitive"],
  },
  {
    title: "a configuration that could not be read",
    timeline: [
      open("ada", [commit("a1", "ada")], [file("a.md", "t")]),
      { fault: "config-load-failed" },
    ],
    ends: cannotVerify,
  },
  {
    title: "a fault of a kind that nobody foresaw",
    timeline: [open(), approve("ben"), { fault: "moon-in-the-way" }],
    ends: cannotVerify,
  },
  {
    title: "a fault passes",
    timeline: [
      open(),
      approve("ben"),
      { fault: "permission-lookup-failed" },
      check("pending", "cannot-verify"),
    ],
    ends: isApproved,
  },
  {
    title: "a bypass that cannot be verified",
    timeline: [open(), bypass("root"), { fault: "permission-lookup-failed" }],
    ends: cannotVerify,
  },
];
