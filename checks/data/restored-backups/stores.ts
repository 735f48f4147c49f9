import type { ConfigEntry } from "#parse/config-entry.js";
import type { StoreMark } from "./mark.js";

/** Packages that keep an app's data somewhere, of npm and of Python. */
const packages = new Set([
  ...["pg", "postgres", "mysql", "mysql2", "mongoose", "mongodb", "mssql"],
  ...["better-sqlite3", "sqlite3", "@libsql/client", "knex", "typeorm"],
  ...["sequelize", "drizzle-orm", "@prisma/client", "@mikro-orm/core"],
  ...["@supabase/supabase-js", "@supabase/ssr", "firebase", "firebase-admin"],
  ...["@neondatabase/serverless", "@planetscale/database", "@vercel/postgres"],
  ...["convex", "@aws-sdk/client-dynamodb", "surrealdb"],
  ...["kysely", "objection", "appwrite", "pocketbase", "@xata.io/client"],
]);

const pythonPackages =
  /^(?:psycopg2?(?:-binary)?|asyncpg|sqlalchemy|pymongo|motor|mysqlclient|pymysql|django|peewee|tortoise-orm|supabase|firebase-admin)\b/i;

/** A manifest that names a database's package. */
export function manifestStores(entries: readonly ConfigEntry[]): StoreMark[] {
  return entries.flatMap(({ keys: [group, name = ""], line }) =>
    group === "dependencies" && packages.has(name)
      ? [{ kind: "store", what: `package ${name}`, line, rank: 8 } as const]
      : [],
  );
}

/** A Python requirements file that names a database's package. */
export function requirementStores(text: string): StoreMark[] {
  return text.split("\n").flatMap((line, index) => {
    const [name] = pythonPackages.exec(line.trim()) ?? [];
    if (name === undefined) return [];
    return [
      {
        kind: "store",
        what: `package ${name}`,
        line: index + 1,
        rank: 9,
      } as const,
    ];
  });
}

/** The database of a Prisma schema. */
export function prismaStores(text: string): StoreMark[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) =>
    /^\s*datasource\s+\w+\s*\{/.test(line),
  );
  if (start < 0) return [];
  return [
    {
      kind: "store",
      what: "database of the Prisma schema",
      line: start + 1,
      rank: 1,
    },
  ];
}

/** Files whose presence shows a database, with their rank. */
export function storeByPath(path: string): StoreMark | undefined {
  if (/(?:^|\/)supabase\/(?:config\.toml$|migrations\/[^/]+\.sql$)/.test(path))
    return { kind: "store", what: "Supabase database", line: 1, rank: 2 };
  if (/(?:^|\/)(?:firestore|database)\.rules(?:\.json)?$/.test(path))
    return { kind: "store", what: "Firebase database", line: 1, rank: 3 };
  return undefined;
}
