import type { ObjectEntry, Value } from "#parse/module-facts.js";
import { functionAt, resolveFunction } from "./functions.js";
import { localsOf } from "./local-values.js";
import type { TracedEntry } from "./operation.js";
import type { Project } from "./project.js";
import { isWholeInput } from "./request-names.js";
import type { Origins, Place } from "./request-origins.js";
import { schemaFields, schemaOf } from "./schema-fields.js";
import { allSteps, type CallValue, lastName, rootName } from "./value-walk.js";

/** Objects within objects are followed this deep. */
const maxDepth = 5;

/** Tells, column by column, where what is written comes from. */
export class WrittenFields {
  readonly #project: Project;
  readonly #origins: Origins;

  constructor(project: Project, origins: Origins) {
    this.#project = project;
    this.#origins = origins;
  }

  /** One column, or those of the value that is spread or written as a whole. */
  trace(place: Place, entry: ObjectEntry, depth = maxDepth): TracedEntry[] {
    const { key, value } = entry;
    const isSpread = key === "..." || key === "";
    const fields = isSpread ? this.of(place, value, depth) : undefined;
    if (fields) return [...fields];
    return [
      {
        key,
        origin: this.#origins.entryOrigin(place, value),
        isWhole: isSpread && value.kind === "name" && isWholeInput(value.name),
      },
    ];
  }

  /** The columns of a value, where it is known which it has. */
  of(
    place: Place,
    value: Value,
    depth = maxDepth,
  ): readonly TracedEntry[] | undefined {
    if (depth <= 0) return undefined;
    switch (value.kind) {
      case "object":
        return value.entries.flatMap((one) =>
          this.trace(place, one, depth - 1),
        );
      case "either":
        return this.#ofEither(place, value.options, depth);
      case "call":
        return this.#checked(place, value) ?? this.#made(place, value, depth);
      case "name":
        return this.#ofName(place, value.name, depth);
      default:
        return undefined;
    }
  }

  /** `...(role && { role })`. */
  #ofEither(
    place: Place,
    options: readonly Value[],
    depth: number,
  ): readonly TracedEntry[] | undefined {
    const known = options.flatMap((one) =>
      one.kind === "object" ? [this.of(place, one, depth)] : [],
    );
    return known.length > 0 ? known.flatMap((one) => one ?? []) : undefined;
  }

  #ofName(
    place: Place,
    name: string,
    depth: number,
  ): readonly TracedEntry[] | undefined {
    const root = rootName(name);
    const given = place.fields.get(root);
    if (given && name === root) return given;
    const local = localsOf(place.facts).get(root);
    if (local?.value.kind === "call") return this.#checked(place, local.value);
    if (local?.member !== "" || name !== root) return undefined;
    const fields = this.of(place, local.value, depth - 1);
    return fields && [...fields, ...this.#later(place, name)];
  }

  /** `changes.role = body.role`, after the object was made. */
  #later(place: Place, name: string): TracedEntry[] {
    return allSteps(place.facts.steps).flatMap((step) =>
      step.kind === "set" && step.target.startsWith(`${name}.`)
        ? this.trace(place, {
            key: lastName(step.target),
            value: step.value,
          })
        : [],
    );
  }

  /** `find(criteria())`, by what a function within this one gives back. */
  #made(
    place: Place,
    call: CallValue,
    depth: number,
  ): readonly TracedEntry[] | undefined {
    if (call.on !== undefined || call.arguments.length > 0) return undefined;
    const { path, at } = place.ref;
    const callee: Value = { kind: "name", name: call.callee, line: call.line };
    const ref = resolveFunction(this.#project, path, callee, place.facts);
    const facts = ref?.path === path && functionAt(this.#project, ref);
    if (!facts || facts.parent !== at) return undefined;
    const known = allSteps(facts.steps).flatMap((step) =>
      step.kind === "return" && step.value
        ? (this.of(place, step.value, depth - 1) ?? [])
        : [],
    );
    return known.length > 0 ? known : undefined;
  }

  /** What has passed a schema has the fields of the schema. */
  #checked(place: Place, call: CallValue): readonly TracedEntry[] | undefined {
    const schema = schemaOf(call);
    if (schema === undefined) return undefined;
    const fields = schemaFields(this.#project, {
      path: place.ref.path,
      value: schema,
      within: place.facts,
    });
    const isInput = call.arguments.some(
      (one) => this.#origins.entryOrigin(place, one) === "input",
    );
    return fields?.map((key) => fieldOf(key, isInput));
  }
}

/** A field that a schema lets through. */
export function fieldOf(key: string, isInput: boolean): TracedEntry {
  return { key, origin: isInput ? "input" : "other", isWhole: false };
}
