import { describe, expect, test } from "@jest/globals";
import type { Policy } from "#gate/policy.js";
import { snapshotBefore } from "#gate/ratchet.js";
import type { FileChange } from "#gate/snapshot.js";
import { defineCheck } from "#model/define-check.js";
import { judgeSnapshot } from "#model/judge-snapshot.js";
import { marksOf } from "#model/project.js";
import { brokenBy } from "#gate/check.js";
import { aFile, aSnapshot, type Files } from "#support/a-snapshot.js";

/** Every route is open unless some file holds the word `guard`. */
const openRoutes = defineCheck({
  id: "2.2",
  name: "server-side-authorization",
  title: "Routes are guarded",
  why: "Attackers do not use the UI.",
  needs: { files: ["**"], scope: "repository" },
  rules: { open: { title: "Open route", level: "block" } },
  marker: {
    version: 1,
    wants: () => true,
    mark: ({ text }) =>
      text
        .split("\n")
        .flatMap((line, index) =>
          /route|guard/.test(line) ? [{ word: line, line: index + 1 }] : [],
        ),
  },
  evaluate: ({ files }) => {
    const marks = [...files.values()].flatMap((facts) =>
      marksOf<{ word: string; line: number }>(
        facts,
        "server-side-authorization",
      ).map((mark) => ({ path: facts.path, ...mark })),
    );
    if (marks.some(({ word }) => word === "guard")) return { status: "holds" };
    return brokenBy(
      marks.map(({ path, word, line }) => ({
        ...{ rule: "open", path, lines: { start: line, end: line } },
        ...{ message: "m", fix: "f", identity: word },
        confidence: "certain",
      })),
    );
  },
});

const policy: Policy = { phase: "commitment", levels: {}, ratchet: true };

function changed(files: Files, changes: readonly FileChange[]) {
  return aSnapshot({ scope: "change", files, changes });
}

function modified(path: string, before: string): FileChange {
  return {
    ...{ path, status: "modified", added: [], removed: [] },
    before: aFile(path, before),
  };
}

function judged(files: Files, changes: readonly FileChange[], given = policy) {
  return judgeSnapshot(changed(files, changes), given, {
    checks: [openRoutes],
  });
}

describe("a ratchet", () => {
  const withoutGuard = [
    { "a.ts": "route 1", "guard.ts": "" },
    [modified("guard.ts", "guard")],
  ] as const;

  test("blocks what appears on a line that the change left alone", () => {
    expect(judged(...withoutGuard)).toMatchObject({
      conclusion: "blocked",
      findings: [{ path: "a.ts", introduced: true }],
      grown: [
        {
          check: "server-side-authorization",
          rule: "open",
          before: 0,
          after: 1,
        },
      ],
    });
  });

  test("that is not set lets it pass as older", () => {
    const verdict = judged(...withoutGuard, { ...policy, ratchet: false });

    expect(verdict).toMatchObject({
      conclusion: "advised",
      findings: [{ introduced: false }],
    });
    expect(verdict.grown).toBeUndefined();
  });

  test("leaves what was there before", () => {
    const verdict = judged({ "a.ts": "route 1", "b.ts": "x" }, [
      modified("b.ts", "y"),
    ]);

    expect(verdict).toMatchObject({ conclusion: "advised", grown: [] });
  });

  test("lets one finding make room for another", () => {
    const verdict = judged({ "a.ts": "route 2" }, [
      modified("a.ts", "route 1"),
    ]);

    expect(verdict).toMatchObject({ conclusion: "advised", grown: [] });
  });

  test("names the new ones of a rule that grew", () => {
    const verdict = judged({ "a.ts": "route 1\nroute 2" }, [
      modified("a.ts", "route 1"),
    ]);

    expect(verdict.findings).toMatchObject([
      { identity: "route 2", introduced: true },
      { identity: "route 1", introduced: false },
    ]);
  });

  test("takes a moved file for the same findings", () => {
    const moved: FileChange = {
      ...{ path: "b.ts", previousPath: "a.ts", status: "renamed" },
      ...{ added: [], removed: [] },
      before: aFile("a.ts", "route 1"),
    };

    expect(judged({ "b.ts": "route 1" }, [moved]).grown).toEqual([]);
  });
});

describe("the repository before a change", () => {
  const file = aFile("a.ts", "old");
  const none = { added: [], removed: [] };

  test.each<[string, Files, FileChange, readonly string[]]>([
    [
      "an added file is gone",
      { "a.ts": "new" },
      { path: "a.ts", status: "added", ...none },
      [],
    ],
    [
      "a removed file is back",
      {},
      { path: "a.ts", status: "removed", before: file, ...none },
      ["a.ts"],
    ],
    [
      "a changed file has its old text",
      { "a.ts": "new" },
      { path: "a.ts", status: "modified", before: file, ...none },
      ["a.ts"],
    ],
    [
      "a renamed file has its old name",
      { "b.ts": "new" },
      {
        path: "b.ts",
        previousPath: "a.ts",
        status: "renamed",
        before: file,
        ...none,
      },
      ["a.ts"],
    ],
  ])("%s", (_name, files, change, paths) => {
    const before = snapshotBefore(changed(files, [change]));

    expect(before?.files.map(({ path }) => path)).toEqual(paths);
    expect(before?.files.map(({ text }) => text)).toEqual(
      paths.map(() => "old"),
    );
    expect(before?.paths).toEqual(paths);
  });

  test("an unread old text leaves the file as it is", () => {
    const change = { path: "a.ts", status: "modified", ...none } as const;

    const before = snapshotBefore(changed({ "a.ts": "new" }, [change]));

    expect(before?.files.map(({ text }) => text)).toEqual(["new"]);
  });

  test("of a whole repository is not known", () => {
    expect(snapshotBefore(aSnapshot())).toBeUndefined();
  });
});
