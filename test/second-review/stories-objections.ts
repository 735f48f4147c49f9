import {
  approve,
  commit,
  dismiss,
  login,
  open,
  push,
  review,
  type Story,
} from "./story.js";

const isApproved = ["satisfied", "approved"] as const;
const objects = ["pending", "changes-requested"] as const;
const object = (id: number, by: string) => review(id, by, "CHANGES_REQUESTED");

/** Objections, and how they end. */
export const objectionStories: readonly Story[] = [
  {
    title: "an objection",
    timeline: [open(), approve("ben"), object(2, "cleo")],
    ends: objects,
  },
  {
    title: "an objection that was there first",
    timeline: [open(), object(1, "cleo"), approve("ben")],
    ends: objects,
  },
  {
    title: "an objection outlives new content",
    timeline: [
      open(),
      object(1, "cleo"),
      push("ada", [commit("a2", "ada")], [login("d2")]),
      approve("ben", "a2"),
    ],
    ends: objects,
  },
  {
    title: "an objection by a builder",
    timeline: [
      open("ada", [commit("b1", "builder"), commit("a1", "ada")]),
      approve("ben"),
      object(2, "builder"),
    ],
    ends: objects,
  },
  {
    title: "an objection below write",
    timeline: [open(), approve("ben"), object(2, "sorter")],
    ends: isApproved,
  },
  {
    title: "an objection by a named outside reviewer",
    config: { external_reviewers: ["reader"] },
    timeline: [open(), approve("ben"), object(2, "reader")],
    ends: objects,
  },
  {
    title: "an objector who lost the rights",
    timeline: [
      open(),
      approve("ben"),
      object(2, "cleo"),
      { permission: { user: "cleo", to: "read" } },
    ],
    ends: isApproved,
  },
  {
    title: "taken back by an approval of the same person",
    timeline: [open(), object(1, "ben"), approve("ben")],
    ends: isApproved,
  },
  {
    title: "not taken back by a remark of the same person",
    timeline: [
      open(),
      approve("cleo"),
      object(1, "ben"),
      review(2, "ben", "COMMENTED"),
    ],
    ends: objects,
  },
  {
    title:
      "taken back by an objector who has become a builder, which does not count as an approval",
    timeline: [
      open(),
      object(1, "ben"),
      push("ben", [commit("b1", "ben")], [login("d2")]),
      approve("ben", "b1"),
    ],
    ends: ["pending", "approver-is-builder"],
  },
  {
    title: "the same with an independent approval",
    timeline: [
      open(),
      object(1, "ben"),
      push("ben", [commit("b1", "ben")], [login("d2")]),
      approve("ben", "b1"),
      approve("cleo", "b1"),
    ],
    ends: isApproved,
  },
  {
    title: "dismissed by somebody who did not build it",
    timeline: [open(), approve("ben"), object(2, "cleo"), dismiss(2, "root")],
    ends: isApproved,
  },
  {
    title: "dismissed by the author",
    timeline: [open(), approve("ben"), object(2, "cleo"), dismiss(2, "ada")],
    ends: objects,
  },
  {
    title: "dismissed by nobody knows whom",
    timeline: [
      open(),
      approve("ben"),
      object(2, "cleo"),
      dismiss(2, "unknown"),
    ],
    ends: objects,
  },
  {
    title: "dismissed by a bot",
    timeline: [
      open(),
      approve("ben"),
      object(2, "cleo"),
      dismiss(2, "github-actions[bot]"),
    ],
    ends: objects,
  },
  {
    title: "dismissed by the author, then approved by another",
    timeline: [open(), object(2, "cleo"), dismiss(2, "ada"), approve("ben")],
    ends: isApproved,
  },
  {
    title: "dismissed by the author, then approved by the author's helper",
    timeline: [
      open("ada", [commit("b1", "builder"), commit("a1", "ada")]),
      object(2, "cleo"),
      dismiss(2, "ada"),
      approve("builder"),
    ],
    ends: objects,
  },
  {
    title: "a dismissed approval",
    timeline: [open(), review(1, "ben", "APPROVED"), dismiss(1, "ada")],
    ends: ["pending", "approval-dismissed"],
  },
  {
    title: "a dismissed approval does not bring back the one before",
    timeline: [
      open(),
      review(1, "ben", "APPROVED"),
      review(2, "ben", "APPROVED"),
      dismiss(2, "ada"),
    ],
    ends: ["pending", "approval-dismissed"],
  },
  {
    title: "a dismissed older approval leaves the newer one",
    timeline: [
      open(),
      review(1, "ben", "APPROVED"),
      review(2, "ben", "APPROVED"),
      dismiss(1, "ada"),
    ],
    ends: isApproved,
  },
  {
    title: "a dismissed objection does not bring back the approval before",
    timeline: [
      open(),
      review(1, "ben", "APPROVED"),
      object(2, "ben"),
      dismiss(2, "root"),
    ],
    ends: ["pending", "approval-dismissed"],
  },
  {
    title: "a dismissed objection alone",
    timeline: [open(), object(1, "ben"), dismiss(1, "root")],
    ends: ["pending", "no-approval"],
  },
];
