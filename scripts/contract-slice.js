/**
 * Cuts GitHub's OpenAPI description down to some operations and webhooks, the
 * schemas that they reach, and the words that a validator reads.
 */
const prose = new Set([
  "description",
  "summary",
  "example",
  "examples",
  "externalDocs",
  "title",
  "deprecated",
  "xml",
]);

/**
 * Where the description contradicts itself or lags behind, what we hold to
 * instead. Written into the provenance.
 */
export const corrections = [
  {
    reason:
      "GET /app/installations wants an account to be a user and an enterprise at once; its items are held to the installation schema of the other operations.",
    apply: ({ operations }) => {
      operations["GET /app/installations"].responses["200"] = {
        type: "array",
        items: { $ref: "#/components/schemas/installation" },
      };
    },
  },
  {
    reason:
      "check_suite.rerequested lists the events an app can have without merge_group; any event is accepted there.",
    apply: ({ webhooks, schemas }) => {
      const schema = resolved(schemas, webhooks["check_suite.rerequested"]);
      const suite = schema.properties.check_suite.properties;
      delete suite.app.properties.events.items.enum;
    },
  },
];

/** @returns `{operations, webhooks, schemas}`, keys sorted by their source. */
export function sliceOf(description, operationNames, webhookNames) {
  const slice = { operations: {}, webhooks: {}, schemas: {} };
  for (const name of operationNames) {
    slice.operations[name] = operationOf(description, name);
  }
  for (const name of webhookNames) {
    const hook = description["x-webhooks"][name].post;
    const event = hook.parameters.find(isEventHeader).example;
    const action = hook.operationId.split("/")[1]?.replaceAll("-", "_");
    slice.webhooks[action ? `${event}.${action}` : event] = withoutProse(
      jsonSchema(hook.requestBody),
    );
  }
  collectSchemas(description, slice.webhooks, slice.schemas);
  for (const { apply } of corrections) apply(slice);
  collectSchemas(description, slice.operations, slice.schemas);
  return slice;
}

function resolved(schemas, schema) {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  return name ? schemas[name] : schema;
}

function isEventHeader(parameter) {
  return parameter.name.toLowerCase() === "x-github-event";
}

function operationOf(description, name) {
  const [method, path] = name.split(" ");
  const found = description.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`GitHub's description has no ${name}.`);
  const deref = (value) =>
    value.$ref ? lookUp(description, value.$ref) : value;
  const responses = Object.entries(found.responses).map(
    ([status, response]) => [status, jsonSchema(deref(response)) ?? null],
  );
  return withoutProse({
    id: found.operationId,
    parameters: (found.parameters ?? [])
      .map(deref)
      .map(({ name, in: place, required, schema }) => ({
        name,
        in: place,
        required: required === true,
        schema,
      })),
    body: found.requestBody
      ? {
          required: found.requestBody.required === true,
          schema: jsonSchema(found.requestBody),
        }
      : null,
    responses: Object.fromEntries(responses),
  });
}

function jsonSchema(holder) {
  const content = holder.content ?? {};
  return (content["application/json"] ?? content["application/scim+json"])
    ?.schema;
}

function lookUp(description, reference) {
  return reference
    .slice(2)
    .split("/")
    .reduce((value, key) => value[key], description);
}

/** Names under `properties` are data and stay, whatever they are called. */
function withoutProse(value, names = false) {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => names || !(prose.has(key) || key.startsWith("x-")))
      .map(([key, item]) => [key, withoutProse(item, isNames(key, names))]),
  );
}

function isNames(key, alreadyNames) {
  return !alreadyNames && (key === "properties" || key === "responses");
}

function collectSchemas(description, value, schemas) {
  if (value === null || typeof value !== "object") return;
  const reference = typeof value.$ref === "string" ? value.$ref : undefined;
  const name = reference?.replace("#/components/schemas/", "");
  if (name && !(name in schemas)) {
    schemas[name] = withoutProse(lookUp(description, reference));
    collectSchemas(description, schemas[name], schemas);
  }
  for (const item of Object.values(value)) {
    collectSchemas(description, item, schemas);
  }
}
