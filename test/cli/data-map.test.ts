import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, expect, jest, test } from "@jest/globals";
import { dataMapCommand } from "#cli/data-map.js";
import {
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";

afterAll(removeTemporaryFolders);
afterEach(() => void jest.restoreAllMocks());

const schema = `create table users (
  id uuid primary key,
  email text, -- pii: contact
  full_name text
);
`;

async function printed(
  files: Readonly<Record<string, string>>,
  format: "pretty" | "json",
): Promise<string> {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, name), text);
  const out: string[] = [];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    out.push(String(text));
    return true;
  });
  expect(await dataMapCommand(folder, format)).toBe(0);
  return out.join("");
}

test("the map is printed by table, with what somebody declared", async () => {
  const text = await printed(
    {
      "schema.sql": schema,
      ".vibegate.yml": "data:\n  users.full_name: identity\n",
    },
    "pretty",
  );

  expect(text).toBe(`users
  email  contact, by comment  schema.sql:3
  full_name  identity, by config  schema.sql:4
2 columns, 0 without a class that somebody declared
`);
});

test("the map tells where a column is written, and where it is sent", async () => {
  const text = await printed(
    {
      "schema.sql": schema,
      "server.ts": `import { PostHog } from "posthog-node";
import { createClient } from "@supabase/supabase-js";
import express from "express";
const supabase = createClient(process.env.URL, process.env.KEY);
const posthog = new PostHog("key");
express().post("/users", async (req, res) => {
  const { email } = req.body;
  await supabase.from("users").insert({ email });
  posthog.identify({ distinctId: "1", properties: { email } });
});
`,
    },
    "pretty",
  );

  expect(text).toContain(`  email  contact, by comment  schema.sql:3
    written at server.ts:8
    sent to PostHog (server.ts:9)
`);
});

test("the map can be had as JSON", async () => {
  const text = await printed({ "schema.sql": schema }, "json");

  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    columns: [
      { table: "users", column: "email", class: "contact", from: "comment" },
      { table: "users", column: "full_name", class: "name", from: "name" },
    ],
  });
});

test("a folder without personal data says so", async () => {
  const text = await printed(
    { "a.sql": "create table plans (id int);" },
    "pretty",
  );

  expect(text).toBe(
    "No personal data is visible in the schemas of this folder.\n",
  );
});

test("names out of a repository cannot steer the terminal", async () => {
  const text = await printed(
    {
      "a.sql":
        'create table "users\u001b[2J" (email text, "e\u0007mail" text);',
    },
    "pretty",
  );

  expect(text).toContain("email");
  expect(text.replace(/\n/g, "")).not.toMatch(/\p{Cc}/u);
});
