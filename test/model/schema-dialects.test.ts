import { describe, expect, test } from "@jest/globals";
import { completeDeletion } from "#checks/data/complete-deletion/check.js";
import { piiClassification } from "#checks/data/pii-classification/check.js";
import type { Finding } from "#gate/finding.js";
import { buildProject } from "#model/build-project.js";
import { databaseOf } from "#model/database.js";
import { dataMapOf } from "#model/data-map.js";
import { tablesOf } from "#model/schema-tables.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

/** As `mysqldump` writes it. */
const mysqlDump = `-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
DROP TABLE IF EXISTS \`customers\`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE \`customers\` (
  \`id\` int unsigned NOT NULL AUTO_INCREMENT,
  \`email\` varchar(255) COLLATE utf8mb4_unicode_ci NOT NULL COMMENT 'pii: contact; it''s how we write',
  \`full_name\` varchar(255) DEFAULT NULL COMMENT 'don\\'t show; pii: name',
  \`iban\` varchar(34) DEFAULT NULL,
  \`kind\` enum('a','b,c') NOT NULL DEFAULT 'a',
  \`created_at\` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`customers_email\` (\`email\`),
  KEY \`by_name\` (\`full_name\`(20)),
  FULLTEXT KEY \`words\` (\`full_name\`)
) ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='who buys';
LOCK TABLES \`customers\` WRITE;
INSERT INTO \`customers\` VALUES (1,'a@example.com','A; B -- c','DE1','a','2026-01-01 00:00:00');
UNLOCK TABLES;
DELIMITER ;;
CREATE TRIGGER \`t\` BEFORE INSERT ON \`customers\` FOR EACH ROW BEGIN SET NEW.kind = 'a'; END ;;
DELIMITER ;
CREATE TABLE \`shop\`.\`orders\` (
  \`id\` bigint NOT NULL AUTO_INCREMENT,
  \`customer_id\` int unsigned NOT NULL,
  \`note\` text,
  PRIMARY KEY (\`id\`),
  KEY \`fk_customer\` (\`customer_id\`),
  CONSTRAINT \`fk_customer\` FOREIGN KEY (\`customer_id\`) REFERENCES \`customers\` (\`id\`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB;
`;

const mysqlMigration = `-- AlterTable
ALTER TABLE \`customers\`
  ADD COLUMN \`phone\` VARCHAR(20) NULL COMMENT 'pii: contact' AFTER \`email\`,
  DROP COLUMN \`iban\`,
  RENAME COLUMN \`full_name\` TO \`name\`,
  ADD INDEX \`by_phone\` (\`phone\`);
ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE SET NULL;
RENAME TABLE \`unrelated\` TO \`other\`;
`;

/** As `sqlite3 app.db .dump` writes it. */
const sqliteDump = `PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email, -- pii: contact
  [full name] TEXT,
  "phone" TEXT DEFAULT '',
  age INT CHECK (age > 0),
  UNIQUE (email)
);
INSERT INTO users VALUES(1,'a@example.com','A; B','+1',3);
CREATE TABLE sessions (
  token TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  ip_address,
  PRIMARY KEY (token)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(body);
CREATE TEMP TABLE scratch (email TEXT);
CREATE INDEX by_user ON sessions (user_id);
COMMIT;
`;

function projectOf(files: Files) {
  return buildProject(aSnapshot({ files }), {
    checks: [piiClassification, completeDeletion],
  });
}

/** `table.column:type -> other (action)`, one a column. */
function columnsIn(files: Files): string[] {
  return tablesOf(projectOf(files)).flatMap(({ name, columns }) =>
    columns.map((column) => {
      const { references } = column;
      const to = references
        ? ` -> ${references.table} (${references.onDelete})`
        : "";
      return `${name}.${column.name}:${column.type}${to}`;
    }),
  );
}

function mapOf(files: Files): string[] {
  return dataMapOf(projectOf(files)).map(
    (one) => `${one.table}.${one.column} ${one.class} by ${one.from}`,
  );
}

function classified(files: Files): readonly Finding[] {
  const outcome = piiClassification.evaluate(projectOf(files));
  return outcome.status === "broken" ? outcome.findings : [];
}

describe("MySQL", () => {
  test("a dump gives its tables, columns and foreign keys", () => {
    expect(columnsIn({ "db/dump.sql": mysqlDump })).toEqual([
      "customers.id:int",
      "customers.email:varchar",
      "customers.full_name:varchar",
      "customers.iban:varchar",
      "customers.kind:enum",
      "customers.created_at:timestamp",
      "orders.id:bigint",
      "orders.customer_id:int -> customers (cascade)",
      "orders.note:text",
    ]);
  });

  test("migrations are folded", () => {
    expect(
      columnsIn({
        "migrations/001_init.sql": mysqlDump,
        "migrations/002_phone.sql": mysqlMigration,
      }),
    ).toEqual([
      "customers.id:int",
      "customers.email:varchar",
      "customers.kind:enum",
      "customers.created_at:timestamp",
      "customers.phone:varchar",
      "customers.name:varchar",
      "orders.id:bigint",
      "orders.customer_id:int -> customers (set null)",
      "orders.note:text",
    ]);
  });

  test("comments classify, and what has none is told by its name", () => {
    const files = { "db/dump.sql": mysqlDump };

    expect(mapOf(files)).toEqual([
      "customers.email contact by comment",
      "customers.full_name name by comment",
      "customers.iban financial by name",
    ]);
    expect(classified(files)).toMatchObject([
      { rule: "unclassified-sensitive-data", lines: { start: 9, end: 9 } },
    ]);
  });
});

describe("SQLite", () => {
  test("a dump gives its tables, columns without a type, and foreign keys", () => {
    expect(columnsIn({ "db/dump.sql": sqliteDump })).toEqual([
      "users.id:integer",
      "users.email:",
      "users.full name:text",
      "users.phone:text",
      "users.age:int",
      "sessions.token:text",
      "sessions.user_id:integer -> users (cascade)",
      "sessions.ip_address:",
    ]);
  });

  test("comments classify, and what has none is told by its name", () => {
    const files = { "db/dump.sql": sqliteDump };

    expect(mapOf(files)).toEqual([
      "users.email contact by comment",
      "users.full name name by name",
      "users.phone contact by name",
      "users.age birth by name",
      "sessions.ip_address device by name",
    ]);
    expect(classified(files)).toMatchObject([
      { rule: "unclassified-personal-data", lines: { start: 6, end: 6 } },
    ]);
  });

  test("a cascade of it takes rows along when a person is deleted", () => {
    const code = `import { db } from "./db";
export function deleteUser(id: number) {
  db.prepare("DELETE FROM users WHERE id = ?").run(id);
}`;
    const outcome = completeDeletion.evaluate(
      projectOf({ "db/dump.sql": sqliteDump, "src/users.ts": code }),
    );

    expect(outcome).toEqual({ status: "holds" });
  });
});

describe("Postgres", () => {
  test("warnings of a tool about the table `x` make it no other dialect", () => {
    const files = {
      "prisma/migrations/1_a/migration.sql": `/*
  Warnings:
  - A unique constraint on the table \`users\` will be added.
*/
-- AlterTable: the table \`users\` loses AUTO_INCREMENT
CREATE TABLE "users" ("id" TEXT, "email" TEXT);
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;`,
      "prisma/migrations/2_b/migration.sql": 'DROP TABLE "users";',
    };

    expect(databaseOf(projectOf(files)).tables.size).toBe(0);
    expect(tablesOf(projectOf(files))).toEqual([]);
  });
});
