import { describe, expect, test } from "@jest/globals";
import { replay } from "#cli/replay.js";
import { agentStories } from "./stories-agents.js";
import { approvalStories } from "./stories-approvals.js";
import { builderStories } from "./stories-builders.js";
import { courseStories } from "./stories-course.js";
import { freshnessStories } from "./stories-freshness.js";
import { objectionStories } from "./stories-objections.js";
import { queueAndBypassStories } from "./stories-queue-and-bypass.js";
import { defaults, type Story } from "./story.js";

describe.each([
  ["builders", builderStories],
  ["agents", agentStories],
  ["approvals", approvalStories],
  ["what approvals are for", freshnessStories],
  ["what is required", courseStories],
  ["objections", objectionStories],
  ["queue, bypass and faults", queueAndBypassStories],
])("%s", (_, stories) => {
  test.each(stories.map((story) => [story.title, story] as const))(
    "%s",
    (_title, story) => {
      const answer = play(story);
      const [decision, reason, enforcement = "blocking"] = story.ends;

      expect(answer?.decision).toMatchObject({ decision, reason, enforcement });
      expect(
        answer?.checks.map(({ decision: at, reason: why }) => ({
          decision: at,
          reason: why,
        })),
      ).toEqual(
        story.timeline.flatMap((event) =>
          "check" in event ? [event.check] : [],
        ),
      );
    },
  );
});

function play({ ends: _, ...story }: Story) {
  const text = JSON.stringify({ defaults, scenarios: [{ id: "1", ...story }] });
  return replay(text).scenarios[0];
}
