import { expect, test } from "@jest/globals";
import { completeDeletion } from "#checks/data/complete-deletion/check.js";
import { piiClassification } from "#checks/data/pii-classification/check.js";
import type { Finding } from "#gate/finding.js";
import { buildProject } from "#model/build-project.js";
import type { AppCheck } from "#model/define-check.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";
import { processorMs } from "#support/processor-time.js";

/** The findings of a change that wrote some lines of one file. */
function findingsOf(
  check: AppCheck,
  files: Files,
  path: string,
  lines: readonly [number, number],
): readonly Finding[] {
  const [start, end] = lines;
  const snapshot = aSnapshot({
    ...{ files, scope: "change" },
    changes: [
      { path, status: "modified", added: [{ start, end }], removed: [] },
    ],
  });
  const outcome = check.evaluate(buildProject(snapshot, { checks: [check] }));
  return outcome.status === "broken" ? outcome.findings : [];
}

const schema = `model User {
  id    String @id
  email String
  phone String
}
model Order {
  id              String @id
  shippingAddress String
  customerName    String
}
model Invite {
  id    String @id
  email String
}
`;

test("a change gets one finding for a table, and one for what was there before", () => {
  const files = { "prisma/schema.prisma": schema };

  const found = findingsOf(
    piiClassification,
    files,
    "prisma/schema.prisma",
    [8, 9],
  );

  expect(found.map(({ lines, identity }) => [lines.start, identity])).toEqual([
    [8, "table Order"],
    [3, "repository"],
  ]);
});

test("one new column of a table leaves the others to what was there before", () => {
  const files = { "prisma/schema.prisma": schema };

  const [first, second] = findingsOf(
    piiClassification,
    files,
    "prisma/schema.prisma",
    [4, 4],
  );

  expect(first?.message).toContain("phone (contact)");
  expect(first?.message).not.toContain("email");
  expect(second?.message).toContain("3 tables");
});

test("a log line that a change writes is a finding of its own", () => {
  const files = {
    "src/server.ts": `import express from "express";
const app = express();
app.post("/a", (req, res) => {
  console.log(req.body.email);
});
app.post("/b", (req, res) => {
  console.log(req.body.phone);
});`,
  };

  const found = findingsOf(completeDeletion, files, "src/server.ts", [7, 7]);

  expect(
    found.map(({ rule, lines, identity }) => [rule, lines.start, identity]),
  ).toEqual([
    ["personal-data-in-logs", 7, "change"],
    ["personal-data-in-logs", 4, "repository"],
  ]);
});

test("a hostile schema of many tables and words is judged at once", () => {
  const word = "delete_from_user_".repeat(2_000);
  const files = {
    "schema.sql": Array.from(
      { length: 300 },
      (_, at) =>
        `create table t${String(at)} (email text, ${"x".repeat(60)} text); -- ${"pii ".repeat(50)}`,
    ).join("\n"),
    "src/server.js": `function ${word}() { console.log(${"user.".repeat(500)}email) }`,
  };
  const started = processorMs();

  const found = findingsOf(piiClassification, files, "schema.sql", [1, 1]);
  findingsOf(completeDeletion, files, "schema.sql", [1, 1]);

  expect(found.length).toBe(2);
  expect(processorMs() - started).toBeLessThan(5_000);
});
