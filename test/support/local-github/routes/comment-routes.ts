import { found } from "../http/answer.js";
import { paged } from "../http/page.js";
import type { Call, Route } from "../http/route.js";
import { commentAnswer } from "../present/comment.js";
import { addComment } from "../webhooks/comment-events.js";
import type { IssueComment } from "../world/comments.js";

const asks = "installation";
const list = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
const one = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
/** For a pull request either permission will do. */
const reads = { pull_requests: "read", issues: "read" } as const;
const writes = { pull_requests: "write", issues: "write" } as const;

/** The conversation of a pull request. */
export const commentRoutes: readonly Route[] = [
  {
    operation: `GET ${list}`,
    asks,
    needs: reads,
    handle: (call) => {
      const number = call.number("issue_number");
      found(call.repository.findPull(number));
      const comments = call.repository.comments.filter(
        ({ issue }) => issue === number,
      );
      return paged(
        call,
        comments.map((comment) => commentAnswer(call.repository, comment)),
      );
    },
  },
  {
    operation: `POST ${list}`,
    asks,
    needs: writes,
    handle: (call) => {
      const { repository, world } = call;
      const pull = found(repository.findPull(call.number("issue_number")));
      const author = world.accounts.named(`${world.registration.slug}[bot]`);
      const body = String(call.body["body"]);
      call.world.hooks.inBackground(
        addComment(pull, { author, body, byApp: true }),
      );
      const comment = found(repository.comments.at(-1));
      return { status: 201, body: commentAnswer(repository, comment) };
    },
  },
  {
    operation: `PATCH ${one}`,
    asks,
    needs: writes,
    handle: (call) => {
      const comment = commentOf(call);
      comment.body = String(call.body["body"]);
      comment.updatedAt = call.world.timestamp();
      return { status: 200, body: commentAnswer(call.repository, comment) };
    },
  },
  {
    operation: `DELETE ${one}`,
    asks,
    needs: writes,
    handle: (call) => {
      const { comments } = call.repository;
      comments.splice(comments.indexOf(commentOf(call)), 1);
      return { status: 204 };
    },
  },
];

function commentOf(call: Call): IssueComment {
  const id = call.number("comment_id");
  return found(call.repository.comments.find((comment) => comment.id === id));
}
