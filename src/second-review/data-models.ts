import type { SourceFile } from "#gate/snapshot.js";

/** What a script that describes stored data speaks of. */
const storage =
  /\b(?:mongoose|sequelize|typeorm|prisma|drizzle|knex|objection|mikro-?orm|bookshelf|waterline|dynamoose|dynamodb|typegoose|firestore|firebase|supabase|redis|mongo(?:db)?|postgres|mysql|sqlite|sql|database|db|pool|schemas?|tables?|entity|entities|columns?|migrations?|querybuilder|pgTable|mysqlTable|sqliteTable|defineModel|belongsTo|hasMany|hasOne|repository|foreignKey|primaryKey|extends\s+Model|findOne|findMany|findAll|insertOne|updateOne|deleteOne)\b/i;

/** What models of another kind speak of: of language, and of shapes in space. */
const other =
  /\b(?:llms?|LLM_\w+|LLMID|gpt-?[\d.]*\w*|openai|anthropic|claude[\w.-]*|gemini[\w.-]*|llama[\w.-]*|mistral[\w.-]*|ollama|openrouter|tokenizers?|embeddings?|contextWindow|contextLength|maxTokens|inference|mesh|geometry|gltf)\b/i;

/** Characters of a file that are looked at. */
const mostCharacters = 200_000;

const component = /\.[jt]sx$/i;
const script = /\.[cm]?[jt]sx?$/i;

/**
 * Whether the folder "models" may be believed for a file. It may not for a component, nor for a script that speaks of
 * models of another kind, unless it speaks of stored data as well.
 */
export function mayBeDataModel(
  path: string,
  texts: readonly (SourceFile | undefined)[],
): boolean {
  const known = texts.flatMap(
    (file) => file?.text.slice(0, mostCharacters) ?? [],
  );
  if (!script.test(path) || known.length === 0) return true;
  const isOther =
    component.test(path) || known.some((text) => other.test(text));
  return !isOther || known.some((text) => storage.test(text));
}
