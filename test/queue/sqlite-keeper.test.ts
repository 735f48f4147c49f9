import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { SqliteDatabase } from "#queue/sqlite-database.js";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import { StoreVersionError } from "#queue/store-version-error.js";
import { contractOptions, keeperContract } from "./keeper-contract.js";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vibegate-store-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

keeperContract("the embedded keeper", async (options) =>
  openSqliteKeeper(directory, options),
);

function alterStore(statement: string): void {
  const database = new DatabaseSync(join(directory, "vibegate.sqlite"));
  database.exec(statement);
  database.close();
}

test("a commit waits for the disk", () => {
  const database = new SqliteDatabase(join(directory, "vibegate.sqlite"));
  const modes = [
    database.get("PRAGMA journal_mode"),
    database.get("PRAGMA synchronous"),
  ];
  database.close();

  expect(modes).toEqual([{ journal_mode: "wal" }, { synchronous: 2 }]);
});

test("a store that a newer version wrote is refused and left alone", async () => {
  await openSqliteKeeper(directory, contractOptions).close();
  alterStore("PRAGMA user_version = 999");

  expect(() => openSqliteKeeper(directory, contractOptions)).toThrow(
    StoreVersionError,
  );
  alterStore("PRAGMA user_version = 2");
  await openSqliteKeeper(directory, contractOptions).close();
});

test("a file of another program is refused", () => {
  alterStore("PRAGMA application_id = 7; CREATE TABLE theirs (x)");

  expect(() => openSqliteKeeper(directory, contractOptions)).toThrow(
    StoreVersionError,
  );
});
