import { z } from "zod";

/** The keys that a schema knows at a place; of all branches where it has several. */
export function knownKeys(
  schema: z.ZodType,
  path: readonly PropertyKey[],
): string[] {
  let here: readonly z.core.$ZodType[] = [schema];
  for (const key of path)
    here = here.flatMap(branches).flatMap((one) => childOf(one, String(key)));
  return here
    .flatMap(branches)
    .flatMap((one) =>
      one instanceof z.ZodObject ? Object.keys(one.shape) : recordKeys(one),
    );
}

function branches(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return branches(schema.def.innerType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(branches);
  return [schema];
}

function childOf(
  schema: z.core.$ZodType,
  key: string,
): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Readonly<Record<string, z.core.$ZodType>>;
    const child = shape[key];
    return child ? [child] : [];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  return schema instanceof z.ZodArray ? [schema.element] : [];
}

/** The keys of a record that allows only certain ones. */
function recordKeys(schema: z.core.$ZodType): string[] {
  if (!(schema instanceof z.ZodRecord)) return [];
  const { keyType } = schema;
  return keyType instanceof z.ZodEnum ? keyType.options.map(String) : [];
}
