/** A schema as OpenAPI 3.0 or JSON Schema writes it. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * Turns an OpenAPI 3.0 schema into one that a JSON Schema validator reads:
 * `nullable` becomes one more possible type, and references become ids.
 */
export function forValidation(schema: Schema): Schema {
  return converted(schema, false) as Schema;
}

function converted(value: unknown, isNames: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => converted(item, false));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    converted(item, !isNames && key === "properties"),
  ]);
  const schema = Object.fromEntries(entries) as Record<string, unknown>;
  if (isNames) return schema;
  if (typeof schema["$ref"] === "string") {
    schema["$ref"] = schema["$ref"].replace("#/", "github:/");
  }
  return schema["nullable"] === true ? orNull(schema) : schema;
}

function orNull({ nullable: _, ...schema }: Record<string, unknown>): Schema {
  return { anyOf: [schema, { type: "null" }] };
}
