import { describe, expect, test } from "@jest/globals";
import { buildProject } from "#model/build-project.js";
import { type Table, tablesOf } from "#model/schema-tables.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

function tablesIn(files: Files): readonly Table[] {
  return tablesOf(buildProject(aSnapshot({ files }), { checks: [] }));
}

describe("SQL", () => {
  test("gives each column its own line, its comments and what happens to it when its parent goes", () => {
    const [users, orders] = tablesIn({
      "db/001_init.sql": [
        "create table users (",
        "  id uuid primary key, -- é: bytes are not characters",
        "  -- pii: contact",
        "  email text not null, -- how we write to them",
        "  tags text[]",
        ");",
        "create table orders (id int, user_id uuid references users(id) on delete cascade, shop_id int);",
        "alter table orders add constraint fk foreign key (shop_id) references shops (id) on delete set null;",
        "comment on column users.tags is 'free words';",
      ].join("\n"),
    });

    expect(users).toMatchObject({ source: "sql", name: "users", line: 1 });
    expect(users?.columns).toMatchObject([
      { name: "id", type: "uuid", line: 2 },
      {
        name: "email",
        line: 4,
        notes: ["how we write to them", "pii: contact"],
      },
      { name: "tags", type: "text[]", line: 5, notes: ["free words"] },
    ]);
    expect(orders?.columns.map(({ references }) => references)).toEqual([
      undefined,
      { table: "users", onDelete: "cascade" },
      { table: "shops", onDelete: "set null" },
    ]);
  });

  test("is folded: renamed, dropped and added columns are as they are in the end", () => {
    const [people] = tablesIn({
      "migrations/1_a.sql": "create table users (id int, mail text, age int);",
      "migrations/2_b.sql":
        "alter table users rename to people; alter table people drop column age;\nalter table people rename column mail to email;\nalter table people add column phone text;",
    });

    expect(people?.name).toBe("people");
    expect(
      people?.columns.map(({ name, file, line }) => [name, file, line]),
    ).toEqual([
      ["id", "migrations/1_a.sql", 1],
      ["email", "migrations/1_a.sql", 1],
      ["phone", "migrations/2_b.sql", 3],
    ]);
  });
});

describe("Prisma", () => {
  const schema = `
/// Everybody who signs up.
model User {
  id    String @id @default(uuid())
  /// @pii contact
  email String @unique @map("email_address") // "//" is no comment in a text: @default("a//b")
  bio   String? @db.VarChar(200)
  tags  String[]
  posts Post[]

  @@map("users")
  @@schema("app")
}

model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id], onDelete: Cascade)
  authorId String
}
`;

  test("gives models with their names in the database, notes and relations", () => {
    const [users, posts] = tablesIn({ "prisma/schema.prisma": schema });

    expect(users).toMatchObject({
      ...{ source: "prisma", name: "users", symbol: "User", schema: "app" },
      ...{ line: 3, notes: ["Everybody who signs up."] },
    });
    expect(users?.columns).toMatchObject([
      { name: "id", type: "string", line: 4 },
      { name: "email_address", property: "email", line: 6 },
      { name: "bio", type: "string" },
      { name: "tags", type: "string[]" },
    ]);
    expect(users?.columns[1]?.notes).toContain("@pii contact");
    expect(posts?.columns.at(-1)).toMatchObject({
      name: "authorId",
      references: { table: "users", onDelete: "cascade" },
    });
  });

  test("its own migrations do not list a table again, but their comments count", () => {
    const tables = tablesIn({
      "prisma/schema.prisma": "model User {\n  id Int @id\n  email String\n}",
      "prisma/migrations/20250101_init/migration.sql":
        'create table "User" ("id" int, "email" text);\ncomment on column "User"."email" is \'pii: contact\';',
    });

    expect(tables.map(({ source }) => source)).toEqual(["prisma"]);
    expect(tables[0]?.columns[1]?.notes).toEqual(["pii: contact"]);
  });
});

describe("Drizzle", () => {
  test("gives tables with columns, comments and references, in whatever the table function is called", () => {
    const [users, posts, logs] = tablesIn({
      "src/db/schema.ts": `
import { pgTable, pgSchema, text, uuid, varchar, pgTableCreator } from "drizzle-orm/pg-core";
const createTable = pgTableCreator((name) => \`shop_\${name}\`);
const audit = pgSchema("audit");
/** People. */
export const users = pgTable("users", {
  id: uuid().primaryKey().defaultRandom(),
  // pii: contact
  email: varchar("email_address", { length: 200 }).notNull(), // how we reach them
  tags: text("tags").array(),
});
export const posts = createTable("post", (t) => ({
  author: t.uuid("author_id").references(() => users.id, { onDelete: "set null" }),
}));
export const logs = audit.table("logs", { line: text() }).enableRLS();
`,
    });

    expect(users).toMatchObject({
      ...{ source: "drizzle", name: "users", symbol: "users", line: 6 },
      notes: ["People."],
    });
    expect(users?.columns).toMatchObject([
      { name: "id", type: "uuid", notes: [] },
      {
        ...{ name: "email_address", property: "email", type: "varchar" },
        ...{ line: 9, notes: ["how we reach them", "pii: contact"] },
      },
      { name: "tags", type: "text[]", notes: [] },
    ]);
    expect(posts?.columns).toMatchObject([
      {
        name: "author_id",
        references: { table: "users", onDelete: "set null" },
      },
    ]);
    expect(logs).toMatchObject({ name: "logs", schema: "audit" });
  });
});
