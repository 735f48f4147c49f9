import type { Account } from "./accounts.js";
import type { Review, ReviewState } from "./reviews.js";

/** Something that happened to a pull request. */
export interface TimelineEvent {
  readonly id: number;
  readonly actor: Account;
  readonly createdAt: string;
  readonly what:
    | { readonly kind: "assigned"; readonly assignee: Account }
    | {
        readonly kind: "base-changed";
        readonly from: string;
        readonly to: string;
      }
    | {
        readonly kind: "force-pushed";
        readonly before: string;
        readonly after: string;
      }
    | {
        readonly kind: "review-dismissed";
        readonly review: Review;
        readonly previousState: ReviewState;
        readonly message: string;
      };
}
