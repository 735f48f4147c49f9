import type { Contract, Operation } from "./contract.js";
import { proseFaults } from "./prose-rules.js";
import type { Schema } from "./schema-dialect.js";

/** The parts of a request that GitHub describes. */
interface DescribedRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What is wrong with a request, by GitHub's schema and by its documentation. */
export function requestFaults(
  contract: Contract,
  operation: Operation,
  request: DescribedRequest,
): string[] {
  return [
    ...parameterFaults(contract, operation, request),
    ...bodyFaults(contract, operation, request.body),
  ];
}

/** What is wrong with an answer. Error statuses without a schema are left alone. */
export function responseFaults(
  contract: Contract,
  operation: Operation,
  status: number,
  body: unknown,
): string[] {
  const schema = operation.responses[String(status)];
  if (schema === undefined) {
    // Any operation may answer these; GitHub does not list them for each.
    const general = [401, 403, 404, 422, 429, 500, 502, 503];
    if (general.includes(status)) return [];
    return [`status ${String(status)} is not among the documented ones`];
  }
  if (schema === null) return [];
  return contract.faultsIn(`${operation.id} ${String(status)}`, schema, body);
}

function parameterFaults(
  contract: Contract,
  operation: Operation,
  request: DescribedRequest,
): string[] {
  const known = new Set(operation.parameters.map(({ name }) => name));
  const faults = Object.keys(request.query)
    .filter((name) => !known.has(name))
    .map((name) => `query ${name} is unknown to ${operation.id}`);
  for (const { name, in: place, required, schema } of operation.parameters) {
    if (place === "header") continue;
    const text = (place === "path" ? request.params : request.query)[name];
    if (text === undefined) {
      if (required) faults.push(`${place} ${name} is required`);
      continue;
    }
    const label = `${operation.id} ${place} ${name}`;
    const found = contract.faultsIn(label, schema, typed(text, schema));
    faults.push(...found.map((fault) => `${place} ${name} ${fault}`));
  }
  return faults;
}

function typed(text: string, schema: Schema): unknown {
  if (schema["type"] === "integer" || schema["type"] === "number") {
    return /^-?\d+$/.test(text) ? Number(text) : text;
  }
  if (schema["type"] === "boolean") {
    return text === "true" ? true : text === "false" ? false : text;
  }
  return text;
}

function bodyFaults(
  contract: Contract,
  operation: Operation,
  body: unknown,
): string[] {
  if (!operation.body) {
    const isEmpty =
      body === undefined || (isObject(body) && Object.keys(body).length === 0);
    return isEmpty ? [] : [`body is unknown to ${operation.id}`];
  }
  if (body === undefined) {
    return operation.body.required ? ["body is required"] : [];
  }
  const { schema } = operation.body;
  const faults = contract.faultsIn(`${operation.id} body`, schema, body);
  if (!isObject(body)) return faults;
  const known = propertyNames(schema);
  const unknown = known
    ? Object.keys(body).filter((name) => !known.has(name))
    : [];
  return [
    ...faults,
    ...unknown.map((name) => `/${name} is unknown to ${operation.id}`),
    ...proseFaults(operation.id, body),
  ];
}

/** Undefined where the schema names no properties, so that any may be sent. */
function propertyNames(schema: Schema): Set<string> | undefined {
  const parts = ["allOf", "anyOf", "oneOf"].flatMap(
    (key) => (schema[key] as Schema[] | undefined) ?? [],
  );
  const names = [
    ...Object.keys((schema["properties"] as object | undefined) ?? {}),
    ...parts.flatMap((part) => [...(propertyNames(part) ?? [])]),
  ];
  return names.length > 0 ? new Set(names) : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
