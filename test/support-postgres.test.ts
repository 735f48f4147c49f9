import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Client } from "pg";
import { type LocalPostgres, startPostgres } from "#support/postgres.js";

let postgres: LocalPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  await postgres.stop();
});

test("each caller has an empty database of a real Postgres", async () => {
  const client = new Client({ connectionString: await postgres.database() });
  await client.connect();
  const { rows } = await client.query(
    "SELECT count(*)::int AS tables FROM information_schema.tables WHERE table_schema = 'public'",
  );
  await client.end();

  expect(rows).toEqual([{ tables: 0 }]);
});
