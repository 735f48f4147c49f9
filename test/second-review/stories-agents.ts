import {
  approve,
  commit,
  file,
  login,
  open,
  push,
  review,
  type Story,
} from "./story.js";

const devin = "devin-ai-integration[bot]";
const dependabot = "dependabot[bot]";
const isApproved = ["satisfied", "approved"] as const;

/** Programs: those that people drive, those that nobody drives, and those that approve. */
export const agentStories: readonly Story[] = [
  {
    title: "an agent's request that names its driver needs one other",
    pr: { author: "Copilot" },
    timeline: [
      open("Copilot", [commit("a1", "Copilot", { co_authors: ["ada"] })]),
      approve("ben"),
    ],
    ends: isApproved,
  },
  {
    title: "an agent's driver cannot approve",
    pr: { author: "Copilot" },
    timeline: [
      open("Copilot", [commit("a1", "Copilot", { co_authors: ["ada"] })]),
      approve("ada"),
    ],
    ends: ["pending", "approver-is-builder"],
  },
  {
    title: "who is assigned to an agent's request drives it",
    pr: { author: devin, assignees: ["ada"] },
    timeline: [open(devin), approve("ada")],
    ends: ["pending", "approver-is-builder"],
  },
  {
    title: "with the assignee known one other is enough",
    pr: { author: devin, assignees: ["ada"] },
    timeline: [open(devin), approve("ben")],
    ends: isApproved,
  },
  {
    title: "an assignee of a person's request builds nothing",
    pr: { assignees: ["ben"] },
    timeline: [open(), approve("ben")],
    ends: isApproved,
  },
  {
    title: "an agent without a known driver: one is not enough",
    pr: { author: devin },
    timeline: [open(devin), approve("ada")],
    ends: ["pending", "unidentified-builder"],
  },
  {
    title: "an agent without a known driver: two are",
    pr: { author: devin },
    timeline: [open(devin), approve("ada"), approve("ben")],
    ends: isApproved,
  },
  {
    title:
      "an agent without a known driver where two are asked for: two are not enough",
    pr: { author: devin },
    config: { required_approvals: 2 },
    timeline: [open(devin), approve("ada"), approve("ben")],
    ends: ["pending", "unidentified-builder"],
  },
  {
    title: "an agent's commit in a person's request hides its driver as well",
    timeline: [
      open(),
      push(devin, [commit("v1", devin)], [login("d2")]),
      approve("ben", "v1"),
    ],
    ends: ["pending", "unidentified-builder"],
  },
  {
    title: "an agent's commit that a person pushed is that person's",
    timeline: [
      open(),
      push("ada", [commit("v1", devin)], [login("d2")]),
      approve("ben", "v1"),
    ],
    ends: isApproved,
  },
  {
    title: "a pipeline's commit can be anybody's",
    pr: { author: "github-actions[bot]" },
    timeline: [open("github-actions[bot]"), approve("ben")],
    ends: ["pending", "unidentified-builder"],
  },
  {
    title: "an unknown bot counts as an agent",
    pr: { author: "helper[bot]" },
    timeline: [open("helper[bot]"), approve("ben")],
    ends: ["pending", "unidentified-builder"],
  },
  {
    title: "a machine's account as author can be anybody",
    pr: { author: "robot" },
    timeline: [open("robot"), approve("ben")],
    ends: ["pending", "unidentified-builder"],
  },
  {
    title: "trusted automation needs one approval",
    pr: { author: dependabot },
    timeline: [
      open(
        dependabot,
        [commit("a1", dependabot, { committer: "web-flow" })],
        [file("package.json", "bump", ["auth"])],
      ),
      approve("ada"),
    ],
    ends: isApproved,
  },
  {
    title: "who rides along on trusted automation is a builder",
    pr: { author: dependabot },
    timeline: [
      open(dependabot),
      push("ada", [commit("a2", "ada")], [login("d2")]),
      approve("ada", "a2"),
    ],
    ends: ["pending", "approver-is-builder"],
  },
  {
    title: "a commit that only claims to be trusted automation's",
    timeline: [
      open(),
      push("ben", [commit("x1", dependabot)], [login("d2")]),
      approve("ben", "x1"),
    ],
    ends: ["pending", "approver-is-builder"],
  },
  {
    title: "a pipeline's push onto trusted automation's branch",
    pr: { author: dependabot },
    timeline: [
      open(dependabot),
      push(
        "github-actions[bot]",
        [commit("g1", "github-actions[bot]")],
        [login("d2")],
      ),
      approve("ben", "g1"),
    ],
    ends: ["pending", "unidentified-builder"],
  },
  {
    title: "a bot's approval, whatever its rights",
    timeline: [open(), approve("helper[bot]")],
    ends: ["pending", "approver-is-bot"],
  },
  {
    title: "a reviewing agent's approval",
    people: {
      "copilot-pull-request-reviewer[bot]": { id: 175728472, type: "Bot" },
    },
    timeline: [open(), approve("copilot-pull-request-reviewer[bot]")],
    ends: ["pending", "approver-is-bot"],
  },
  {
    title: "an agent with a person's kind of account",
    people: {
      typist: { id: 55, type: "User", permission: "write", agent: true },
    },
    timeline: [open(), approve("typist")],
    ends: ["pending", "approver-is-bot"],
  },
  {
    title: "a machine's account approves",
    timeline: [open(), approve("robot")],
    ends: ["pending", "approver-is-bot"],
  },
  {
    title: "a machine's account is told by any spelling",
    config: { machine_users: ["ROBOT"] },
    timeline: [open(), approve("robot")],
    ends: ["pending", "approver-is-bot"],
  },
  {
    title: "a bot's objection holds nothing up",
    timeline: [
      open(),
      approve("ben"),
      review(9, "helper[bot]", "CHANGES_REQUESTED"),
    ],
    ends: isApproved,
  },
];
