import { describe, expect, test } from "@jest/globals";
import { buildProject } from "#model/build-project.js";
import { tablesOf } from "#model/schema-tables.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

/** `table column:type@line -> other (action) # note`, one a column. */
function columnsIn(files: Files): string[] {
  return tablesOf(buildProject(aSnapshot({ files }), { checks: [] })).flatMap(
    ({ source, name, columns }) =>
      columns.map((column) => {
        const { references, notes } = column;
        const points = references
          ? ` -> ${references.table} (${references.onDelete})`
          : "";
        const noted = notes.length > 0 ? ` # ${notes.join("; ")}` : "";
        return `${source} ${name}.${column.name}:${column.type}@${String(column.line)}${points}${noted}`;
      }),
  );
}

describe("classes with decorators", () => {
  test("TypeORM", () => {
    expect(
      columnsIn({
        "src/user.entity.ts": `import { Entity, Column, ManyToOne, JoinColumn } from "typeorm";
@Entity()
export class UserProfile {
  @PrimaryGeneratedColumn("uuid") id: string;
  /** pii: contact */
  @Column({ type: "varchar", name: "email_address", comment: "how we write" })
  email: string;
  @ManyToOne(() => Team, (team) => team.users, { onDelete: "CASCADE" })
  @JoinColumn({ name: "team_id" })
  team: Team;
  helper() {}
}
@Entity("teams") export class Team { @Column("text") name: string; }`,
      }),
    ).toEqual([
      "typeorm user_profile.id:uuid@4",
      "typeorm user_profile.email_address:varchar@7 # pii: contact; how we write",
      "typeorm user_profile.team_id:team@10 -> teams (cascade)",
      "typeorm teams.name:text@13",
    ]);
  });

  test("Mongoose in Nest", () => {
    expect(
      columnsIn({
        "src/cat.ts": `import { Prop, Schema } from "@nestjs/mongoose";
@Schema({ collection: "cats" }) export class Cat {
  @Prop({ required: true }) name: string;
}`,
      }),
    ).toEqual(["mongoose cats.name:string@3"]);
  });
});

describe("models", () => {
  test("Sequelize, by define and by init", () => {
    expect(
      columnsIn({
        "models/user.js": `const { DataTypes } = require("sequelize");
const User = sequelize.define("User", {
  email: { type: DataTypes.STRING(200), field: "mail", comment: "pii: contact" },
  age: DataTypes.INTEGER, // in years
}, { tableName: "users" });
Order.init({ userId: { type: DataTypes.UUID, references: { model: "users", key: "id" }, onDelete: "SET NULL" } }, { sequelize });`,
      }),
    ).toEqual([
      "sequelize users.mail:string@3 # pii: contact",
      "sequelize users.age:integer@4 # in years",
      "sequelize Order.userId:uuid@6 -> users (set null)",
    ]);
  });

  test("Mongoose, with nested fields and references", () => {
    expect(
      columnsIn({
        "models/post.ts": `import mongoose, { Schema } from "mongoose";
const postSchema = new Schema({
  title: String,
  author: { type: Schema.Types.ObjectId, ref: "User" },
  address: { street: { type: String }, tags: [String] },
}, { timestamps: true });
export default mongoose.model("Post", postSchema);`,
      }),
    ).toEqual([
      "mongoose Post.title:string@3",
      "mongoose Post.author:objectid@4 -> User (no action)",
      "mongoose Post.address.street:string@5",
      "mongoose Post.address.tags:string[]@5",
    ]);
  });

  test("Convex", () => {
    expect(
      columnsIn({
        "convex/schema.ts": `import { defineSchema, defineTable } from "convex/server";
export default defineSchema({
  users: defineTable({ email: v.string(), team: v.optional(v.id("teams")) }).index("by_email", ["email"]),
});`,
      }),
    ).toEqual([
      "convex users.email:string@3",
      "convex users.team:id@3 -> teams (no action)",
    ]);
  });
});

describe("other dialects of SQL", () => {
  test("MySQL", () => {
    expect(
      columnsIn({
        "db/schema.sql": `# made by hand; really
CREATE TABLE \`users\` (
  \`id\` INT AUTO_INCREMENT,
  \`email\` VARCHAR(200) NOT NULL COMMENT 'pii: contact; mail',
  note TEXT, -- it's free
  team_id INT,
  PRIMARY KEY (\`id\`), UNIQUE KEY \`mail\` (\`email\`),
  CONSTRAINT fk FOREIGN KEY (team_id) REFERENCES \`teams\` (id) ON DELETE SET NULL
) ENGINE=InnoDB;
ALTER TABLE users ADD COLUMN phone VARCHAR(20), DROP COLUMN note;`,
      }),
    ).toEqual([
      "sql users.id:int@3",
      "sql users.email:varchar@4 # pii: contact; mail",
      "sql users.team_id:int@6 -> teams (set null)",
      "sql users.phone:varchar@10",
    ]);
  });

  test("SQLite, in a file and in code", () => {
    expect(
      columnsIn({
        "src/db.ts": `import Database from "better-sqlite3";
const db = new Database("app.db");
db.exec(\`
  CREATE TABLE IF NOT EXISTS posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    author INTEGER REFERENCES users(id) ON DELETE CASCADE
  )
\`);`,
      }),
    ).toEqual([
      "sql posts.id:integer@5",
      "sql posts.author:integer@6 -> users (cascade)",
    ]);
  });
});

describe("migrations in code", () => {
  test("Knex", () => {
    expect(
      columnsIn({
        "migrations/1_users.js": `exports.up = (knex) => knex.schema.createTable("users", (table) => {
  table.increments();
  table.string("email").notNullable().comment("pii: contact");
  table.uuid("team_id").references("id").inTable("teams").onDelete("CASCADE");
  table.index(["email"]);
});
exports.down = (knex) => knex.schema.dropTable("users");`,
      }),
    ).toEqual([
      "sql users.id:increments@2",
      "sql users.email:string@3 # pii: contact",
      "sql users.team_id:uuid@4 -> teams (cascade)",
    ]);
  });

  test("Sequelize, node-pg-migrate, TypeORM and Kysely", () => {
    expect(
      columnsIn({
        "migrations/1_a.js":
          'module.exports = { up: async (queryInterface, Sequelize) => { await queryInterface.createTable("a", { mail: { type: Sequelize.STRING } }); await queryInterface.addColumn("a", "phone", { type: Sequelize.STRING }); }, down: (queryInterface) => queryInterface.dropTable("a") };',
        "migrations/2_b.js":
          'exports.up = (pgm) => { pgm.createTable("b", { owner: { type: "uuid", references: "users", onDelete: "CASCADE" } }); };',
        "migrations/3_c.ts":
          'export class C { async up(queryRunner) { await queryRunner.createTable(new Table({ name: "c", columns: [{ name: "iban", type: "varchar" }] })); } async down(q) { await q.dropTable("c"); } }',
        "migrations/4_d.ts":
          'export async function up(db) { await db.schema.createTable("d").addColumn("user_id", "integer", (col) => col.references("users.id").onDelete("cascade")).execute(); }',
      }),
    ).toEqual([
      "sql a.mail:string@1",
      "sql a.phone:string@1",
      "sql b.owner:uuid@1 -> users (cascade)",
      "sql c.iban:varchar@1",
      "sql d.user_id:integer@1 -> users (cascade)",
    ]);
  });

  test("SQL in texts, with what is put in as the program runs", () => {
    expect(
      columnsIn({
        "src/setup.ts": `await pool.query(\`
  CREATE TABLE \${schema}.users (
    email text -- pii: contact
  );
\`);
await pool.query(\`create table \${name} (id int)\`);`,
        "src/Banner.tsx": "export const sql = `create table shown (id int)`;",
      }),
    ).toEqual(["sql users.email:text@3 # pii: contact"]);
  });
});
