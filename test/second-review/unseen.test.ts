import { expect, test } from "@jest/globals";
import { defaultReviewPolicy } from "#gate/review-policy.js";
import type { FileChange, GapKind } from "#gate/snapshot.js";
import { classify } from "#second-review/classify.js";
import { aSnapshot } from "#support/a-snapshot.js";

test("code that was too large to read is sensitive, and says so", () => {
  const [file] = classifiedAlone(
    changeOf("src/bundle.js", "100644"),
    "too-large",
    "it has 9 MB",
  );

  expect(file).toMatchObject({
    categories: ["control"],
    hits: [{ signal: "code that could not be analysed: it has 9 MB" }],
  });
});

test.each(["120000", "160000"])(
  "a path of mode %s leads to unseen code",
  (mode) => {
    const [file] = classifiedAlone(changeOf("lib", mode));

    expect(file?.categories).toEqual(["control"]);
  },
);

test("an image that nobody reads is not code", () => {
  const [file] = classifiedAlone(changeOf("logo.png", "100644"));

  expect(file?.categories).toEqual([]);
});

function changeOf(path: string, mode: string): FileChange {
  return {
    path,
    status: "modified",
    beforeObject: { mode, id: "1" },
    afterObject: { mode, id: "2" },
    added: [],
    removed: [],
  };
}

function classifiedAlone(change: FileChange, kind?: GapKind, because = "") {
  const gaps = kind ? [{ path: change.path, kind, because }] : [];
  const snapshot = aSnapshot({ scope: "change", changes: [change], gaps });
  return classify(snapshot, defaultReviewPolicy);
}
