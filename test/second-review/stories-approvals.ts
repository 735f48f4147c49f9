import { approve, check, open, review, type Story } from "./story.js";

const isApproved = ["satisfied", "approved"] as const;

/** Who may approve, and how many it takes. */
export const approvalStories: readonly Story[] = [
  {
    title: "read is not enough",
    timeline: [open(), approve("reader")],
    ends: ["pending", "approver-lacks-permission"],
  },
  {
    title: "triage is not enough",
    timeline: [open(), approve("sorter")],
    ends: ["pending", "approver-lacks-permission"],
  },
  {
    title: "a stranger",
    timeline: [open(), approve("stranger")],
    ends: ["pending", "approver-lacks-permission"],
  },
  {
    title: "somebody whom the file does not even name",
    timeline: [open(), approve("nobody")],
    ends: ["pending", "approver-lacks-permission"],
  },
  {
    title: "an administrator",
    timeline: [open(), approve("root")],
    ends: isApproved,
  },
  {
    title: "write where more is asked for",
    config: { min_permission: "maintain" },
    timeline: [open(), approve("ben")],
    ends: ["pending", "approver-lacks-permission"],
  },
  {
    title: "rights lost after the approval",
    timeline: [
      open(),
      approve("ben"),
      check("satisfied", "approved"),
      { permission: { user: "ben", to: "read" } },
    ],
    ends: ["pending", "approver-lacks-permission"],
  },
  {
    title: "rights gained after the approval",
    timeline: [
      open(),
      approve("reader"),
      check("pending", "approver-lacks-permission"),
      { permission: { user: "reader", to: "write" } },
    ],
    ends: isApproved,
  },
  {
    title: "not on the list",
    config: { reviewers: ["cleo"] },
    timeline: [open(), approve("ben")],
    ends: ["pending", "approver-not-on-list"],
  },
  {
    title: "on the list in another spelling",
    config: { reviewers: ["@Ben"] },
    timeline: [open(), approve("ben")],
    ends: isApproved,
  },
  {
    title: "on the list and a builder",
    config: { reviewers: ["ada"] },
    timeline: [open(), approve("ada")],
    ends: ["pending", "approver-is-builder"],
  },
  {
    title: "on the list without the rights",
    config: { reviewers: ["reader"] },
    timeline: [open(), approve("reader")],
    ends: ["pending", "approver-lacks-permission"],
  },
  {
    title: "in a team that may review",
    config: { teams: ["acme/Security"] },
    people: { ben: { teams: ["security"] } },
    timeline: [open(), approve("ben")],
    ends: isApproved,
  },
  {
    title: "in no team that may review",
    config: { teams: ["security"] },
    timeline: [open(), approve("ben")],
    ends: ["pending", "approver-not-on-list"],
  },
  {
    title: "in a team by the configuration's own list",
    config: { teams: { security: ["ben"] } },
    timeline: [open(), approve("ben")],
    ends: isApproved,
  },
  {
    title: "an outside reviewer who is named",
    config: { external_reviewers: ["stranger"] },
    timeline: [open(), approve("stranger")],
    ends: isApproved,
  },
  {
    title: "an outside reviewer who built it",
    pr: { author: "stranger" },
    config: { external_reviewers: ["stranger"] },
    timeline: [open("stranger"), approve("stranger")],
    ends: ["pending", "approver-is-builder"],
  },
  {
    title: "two asked for, one given",
    config: { required_approvals: 2 },
    timeline: [open(), approve("ben")],
    ends: ["pending", "needs-more-approvals"],
  },
  {
    title: "two asked for, two given",
    config: { required_approvals: 2 },
    timeline: [open(), approve("ben"), approve("cleo")],
    ends: isApproved,
  },
  {
    title: "two asked for, twice by one",
    config: { required_approvals: 2 },
    timeline: [open(), approve("ben"), approve("ben")],
    ends: ["pending", "needs-more-approvals"],
  },
  {
    title: "two asked for, by both accounts of one person",
    config: { required_approvals: 2, same_person: [["ben", "ben-at-home"]] },
    people: { "ben-at-home": { id: 22, type: "User", permission: "write" } },
    timeline: [open(), approve("ben"), approve("ben-at-home")],
    ends: ["pending", "needs-more-approvals"],
  },
  {
    title: "none asked for still means one",
    config: { required_approvals: 0 },
    timeline: [open()],
    ends: ["pending", "no-approval"],
  },
  {
    title: "a review without a verdict",
    timeline: [open(), review(1, "ben", "COMMENTED")],
    ends: ["pending", "comment-is-not-approval"],
  },
  {
    title: "a remark after the approval changes nothing",
    timeline: [open(), approve("ben"), review(2, "ben", "COMMENTED")],
    ends: isApproved,
  },
  {
    title: "a draft of a review",
    timeline: [open(), review(1, "ben", "PENDING")],
    ends: ["pending", "no-approval"],
  },
  {
    title: "words of consent",
    timeline: [open(), { comment: { by: "ben", body: "LGTM, ship it" } }],
    ends: ["pending", "comment-is-not-approval"],
  },
  {
    title: "a question",
    timeline: [open(), { comment: { by: "ben", body: "What does this do?" } }],
    ends: ["pending", "no-approval"],
  },
  {
    title: "the author's own answer in a thread",
    timeline: [open(), review(1, "ada", "COMMENTED")],
    ends: ["pending", "no-approval"],
  },
  {
    title: "an edited review is the review that it was",
    timeline: [
      open(),
      approve("ben"),
      { review_edit: { review: 1, by: "ben" } },
    ],
    ends: isApproved,
  },
  {
    title: "an approval given while it was a draft",
    timeline: [
      { draft: { by: "ada" } },
      open(),
      approve("ben"),
      { ready: { by: "ada" } },
    ],
    ends: isApproved,
  },
];
