import { z } from "zod";
import { repositorySchema } from "./schema.js";

/** Address of the published schema, as editors know it. */
export const schemaId =
  "https://raw.githubusercontent.com/vibegate/vibegate/main/schema/vibegate.schema.json";

/** The schema of `.vibegate.yml` as JSON Schema draft 7, for editors and other validators. */
export function jsonSchema(): object {
  const schema = z.toJSONSchema(repositorySchema, {
    target: "draft-7",
    io: "input",
    reused: "inline",
  });
  return {
    ...schema,
    $id: schemaId,
    title: "VibeGate configuration",
    description:
      "What a repository tells VibeGate: phase, levels, paths, accepted findings, attestations.",
  };
}
