/** Compares our GraphQL subset with GitHub's own schema, declaration by declaration. */
import { Kind, parse, print } from "graphql";

/**
 * @returns What in `subset` is not so in `whole`, one sentence each, and how
 *   many types and fields were compared. A subset may lack types, fields,
 *   optional arguments, enum values and union members; what it has must be the
 *   same, nullability included.
 */
export function disagreements(subset, whole) {
  const theirs = new Map(
    parse(whole, { noLocation: true }).definitions.map((definition) => [
      definition.name?.value,
      definition,
    ]),
  );
  const report = { wrong: [], types: 0, fields: 0 };
  for (const ours of parse(subset, { noLocation: true }).definitions) {
    if (ours.kind === Kind.SCHEMA_DEFINITION) continue;
    const name = ours.name.value;
    const other = theirs.get(name);
    report.types += 1;
    if (other?.kind !== ours.kind) report.wrong.push(`${name}: no such type`);
    else compareType(name, ours, other, report);
  }
  return report;
}

function compareType(name, ours, other, report) {
  for (const key of ["interfaces", "types", "values"]) {
    const known = new Set((other[key] ?? []).map(nameOf));
    for (const item of ours[key] ?? []) {
      const label = nameOf(item);
      if (!known.has(label)) report.wrong.push(`${name}: no ${label}`);
    }
  }
  const fields = new Map(
    (other.fields ?? []).map((item) => [nameOf(item), item]),
  );
  for (const field of ours.fields ?? []) {
    report.fields += 1;
    compareField(
      `${name}.${nameOf(field)}`,
      field,
      fields.get(nameOf(field)),
      report,
    );
  }
}

function compareField(label, ours, other, report) {
  if (!other) {
    report.wrong.push(`${label}: no such field`);
    return;
  }
  if (print(ours.type) !== print(other.type)) {
    report.wrong.push(
      `${label}: ${print(ours.type)}, GitHub ${print(other.type)}`,
    );
  }
  const known = new Map(
    (other.arguments ?? []).map((item) => [nameOf(item), item]),
  );
  for (const argument of ours.arguments ?? []) {
    const theirs = known.get(nameOf(argument));
    const same = theirs && withoutWords(argument) === withoutWords(theirs);
    if (!same) report.wrong.push(`${label}(${nameOf(argument)}): differs`);
  }
  for (const [name, argument] of known) {
    const required = argument.type.kind === Kind.NON_NULL_TYPE;
    const has = (ours.arguments ?? []).some((item) => nameOf(item) === name);
    if (required && !has) report.wrong.push(`${label}: lacks ${name}`);
  }
}

function withoutWords(argument) {
  return print({ ...argument, description: undefined, directives: [] });
}

function nameOf(node) {
  return node.name.value;
}
