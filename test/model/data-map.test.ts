import { expect, test } from "@jest/globals";
import { defaultSettings, type Settings } from "#gate/settings.js";
import { buildProject } from "#model/build-project.js";
import { classInNote } from "#model/data-class.js";
import { dataMapOf, type MapEntry } from "#model/data-map.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

function mapOf(
  files: Files,
  dataClasses: Settings["dataClasses"] = {},
): readonly MapEntry[] {
  const settings = { ...defaultSettings, dataClasses };
  return dataMapOf(
    buildProject(aSnapshot({ files }), { checks: [], settings }),
  );
}

const schema = `create table users (
  id uuid primary key,
  email text, -- pii: contact
  full_name text
);`;

test("the map says what a column is, where it is written and to whom it is sent", () => {
  const map = mapOf({
    "schema.sql": schema,
    "src/server.ts": `import express from "express";
import { createClient } from "@supabase/supabase-js";
const supabase = createClient(process.env.URL, process.env.KEY);
express().post("/users", async (req, res) => {
  const { email, fullName } = req.body;
  await supabase.from("users").insert({ email, full_name: fullName });
  console.log("new user", email);
});`,
  });

  expect(map).toEqual([
    {
      table: "users",
      column: "email",
      type: "text",
      class: "contact",
      from: "comment",
      place: { path: "schema.sql", line: 3 },
      writtenAt: [{ path: "src/server.ts", line: 6 }],
      sentTo: [{ path: "src/server.ts", line: 7, receiver: "console" }],
    },
    {
      table: "users",
      column: "full_name",
      type: "text",
      class: "name",
      from: "name",
      place: { path: "schema.sql", line: 4 },
      writtenAt: [{ path: "src/server.ts", line: 6 }],
      sentTo: [],
    },
  ]);
});

test("the configuration's map wins over a comment, and a table's entry over a general one", () => {
  const map = mapOf(
    { "schema.sql": schema },
    { email: "general", "users.email": "login", fullName: "none" },
  );

  expect(map.map((one) => [one.column, one.class, one.from])).toEqual([
    ["email", "login", "config"],
    ["full_name", "none", "config"],
  ]);
});

test("a declaration makes a column personal whose name says nothing", () => {
  const map = mapOf({
    "schema.sql":
      "create table answers (\n  id int,\n  body text -- pii: health\n);",
  });

  expect(map).toMatchObject([{ column: "body", class: "health" }]);
});

test.each([
  ["pii: contact", "contact"],
  ["@pii", "personal"],
  ["@pii(health)", "health"],
  ["@pii contact", "contact"],
  ["The address. Classification: confidential", "confidential"],
  ["pii=true", "personal"],
  ["no PII here", "none"],
  ["pii: false", "none"],
  ["DSGVO", "personal"],
  ["dados pessoais", "personal"],
  ["TODO: is this pii?", undefined],
  ["pii: not classified yet", undefined],
  ["the user's address", undefined],
  ["hippii", undefined],
  ["gdpr_consent flag", undefined],
])("the comment %p gives %p", (note, expected) => {
  expect(classInNote(note)).toBe(expected);
});
