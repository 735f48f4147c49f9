import { decoratedTables } from "./decorated-tables.js";
import { drizzleTables } from "./drizzle.js";
import type { MarkerInput } from "./marker.js";
import {
  convexTables,
  mongooseTables,
  sequelizeTables,
} from "./model-tables.js";
import { prismaSchema } from "./prisma.js";
import type { SchemaFacts, SchemaTable } from "./schema-facts.js";
import { isScript, type ts } from "./syntax.js";

/** Readers of schemas in code, each with a word that a file must hold for it to find anything. */
const readers: readonly (readonly [
  RegExp,
  (source: ts.SourceFile) => SchemaTable[],
])[] = [
  [/\bdrizzle-orm\b|\b(?:pg|mysql|sqlite)Table\b/, drizzleTables],
  [
    /@(?:Entity|ViewEntity)\b|sequelize-typescript|@nestjs\/mongoose|@mikro-orm/,
    decoratedTables,
  ],
  [/\bsequelize\b/i, sequelizeTables],
  [/\bmongoose\b/, mongooseTables],
  [/\bdefineTable\b/, convexTables],
];

/** The tables that a file declares for an object mapper; undefined where it declares none. */
export function fileSchema(file: MarkerInput): SchemaFacts | undefined {
  if (file.path.endsWith(".prisma")) return nonEmpty(prismaSchema(file.text));
  if (!isScript(file.path) || file.kind === "test" || file.kind === "generated")
    return undefined;
  const fitting = readers.filter(([word]) => word.test(file.text));
  if (fitting.length === 0) return undefined;
  const source = file.syntax();
  if (source === undefined) return undefined;
  return nonEmpty({ tables: fitting.flatMap(([, read]) => read(source)) });
}

function nonEmpty(facts: SchemaFacts): SchemaFacts | undefined {
  return facts.tables.length > 0 ? facts : undefined;
}
