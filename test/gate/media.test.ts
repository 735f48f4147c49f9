import { describe, expect, test } from "@jest/globals";
import { assembleSnapshot } from "#gate/assemble-snapshot.js";
import { decodeText } from "#gate/decode-text.js";
import { planReads } from "#gate/read-plan.js";
import { wantedBy } from "#gate/wanted.js";

describe("pictures, fonts, sound and film", () => {
  test("leave no gap when they hold no text, or are large", () => {
    const snapshot = snapshotOf({
      "public/logo.PNG": { bytes: "\u0089PNG\0" },
      "intro.mp4": { bytes: "", size: 40_000_000 },
      "web/bun.lockb": { bytes: "#!/usr/bin/env bun\0" },
      "android/gradle-wrapper.jar": { bytes: "PK\0" },
    });

    expect(snapshot).toMatchObject({ files: [], gaps: [] });
    expect(snapshot.paths).toEqual([
      "android/gradle-wrapper.jar",
      "intro.mp4",
      "public/logo.PNG",
      "web/bun.lockb",
    ]);
  });

  test("are read like any other file when they hold text", () => {
    const snapshot = snapshotOf({ "logo.png": { bytes: "key = 1" } });

    expect(snapshot.files).toMatchObject([{ text: "key = 1" }]);
  });

  test("are not what their first bytes say, but what their name says", () => {
    const snapshot = snapshotOf({ "server.ts": { bytes: "\u0089PNG\0" } });

    expect(snapshot.gaps).toMatchObject([
      { path: "server.ts", kind: "binary" },
    ]);
  });
});

function snapshotOf(
  files: Readonly<Record<string, { bytes: string; size?: number }>>,
) {
  const head = Object.entries(files).map(([path, { bytes, size }]) => ({
    path,
    mode: "100644",
    id: path,
    size: size ?? bytes.length,
  }));
  const needs = [{ files: ["**/*"], scope: "changed" }] as const;
  const plan = planReads({ head, commits: [] }, wantedBy(needs));
  return assembleSnapshot(
    {
      takenAt: "2026-06-01T00:00:00Z",
      repository: "shop",
      scope: "repository",
      hasHistory: true,
    },
    {
      plan,
      paths: head.map(({ path }) => path),
      textOf: (id) => decodeText(Buffer.from(files[id]?.bytes ?? "", "latin1")),
      gaps: [],
    },
  );
}
