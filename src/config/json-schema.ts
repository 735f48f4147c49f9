import { z } from "zod";
import { organizationSchema, repositorySchema } from "./schema.js";

const published =
  "https://raw.githubusercontent.com/vibegate/vibegate/main/schema/";

/** The schema of `.vibegate.yml` as JSON Schema draft 7, for editors and other validators. */
export function jsonSchema(): object {
  return {
    ...draft7(repositorySchema),
    $id: `${published}vibegate.schema.json`,
    title: "VibeGate configuration",
    description:
      "What a repository tells VibeGate: phase, levels, paths, accepted findings, attestations.",
  };
}

/** The same of the file in an organization's `.github` repository. */
export function organizationJsonSchema(): object {
  return {
    ...draft7(organizationSchema),
    $id: `${published}vibegate.organization.schema.json`,
    title: "VibeGate configuration of an organization",
    description:
      "What an organization tells VibeGate: defaults, and what no repository may lower.",
  };
}

function draft7(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    ...{ target: "draft-7", io: "input", reused: "inline" },
  });
}
