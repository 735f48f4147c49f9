import { lineOf } from "./parse-config.js";
import type { ConfigFile } from "./parse-config.js";
import type { OrganizationConfig, RepositoryConfig } from "./schema.js";

/** Who said a value. `enforced`: the organization, in a way that nobody below can lower. */
export type LayerName = "built-in" | "organization" | "repository" | "enforced";

/** Where a value comes from. */
export interface Origin {
  readonly layer: LayerName;
  /** Absent for what is built in. */
  readonly path?: string;
  /** Line from 1; absent for what is built in. */
  readonly line?: number;
}

/** A value and where it comes from. */
export interface Sourced<Value> {
  readonly value: Value;
  readonly origin: Origin;
}

/** What both kinds of files can say. */
export type CommonConfig = Omit<
  RepositoryConfig,
  "extends" | "projects" | "suppress" | "attest"
> &
  Omit<OrganizationConfig, "enforce">;

/** One file in its place, the repository's above the organization's. */
export interface Layer {
  readonly name: "organization" | "repository";
  readonly file: ConfigFile<CommonConfig>;
}

/** The origin of something in a layer's file. */
export function originIn(
  { name, file }: Layer,
  ...path: readonly PropertyKey[]
): Origin {
  return { layer: name, path: file.path, line: lineOf(file, path) };
}

/** A value that no file gives. */
export function builtIn<Value>(value: Value): Sourced<Value> {
  return { value, origin: { layer: "built-in" } };
}

/** The nearest layer's word on a key. @param layers - The nearest first. */
export function nearest<Value>(
  layers: readonly Layer[],
  path: readonly string[],
  read: (config: CommonConfig) => Value | undefined,
): Sourced<Value> | undefined {
  for (const layer of layers) {
    const value = read(layer.file.value);
    if (value !== undefined) return { value, origin: originIn(layer, ...path) };
  }
  return undefined;
}

/** Every layer's words on a list, the farthest first. @param layers - The nearest first. */
export function collected<Item>(
  layers: readonly Layer[],
  path: readonly string[],
  read: (config: CommonConfig) => readonly Item[] | undefined,
): Sourced<Item>[] {
  return layers.toReversed().flatMap((layer) =>
    (read(layer.file.value) ?? []).map((value, index) => ({
      value,
      origin: originIn(layer, ...path, index),
    })),
  );
}

/** Every layer's words by key; the nearest wins key by key. @param layers - The nearest first. */
export function merged<Value>(
  layers: readonly Layer[],
  path: readonly string[],
  read: (config: CommonConfig) => Readonly<Record<string, Value>> | undefined,
): ReadonlyMap<string, Sourced<Value>> {
  const result = new Map<string, Sourced<Value>>();
  for (const layer of layers.toReversed())
    for (const [key, value] of Object.entries(read(layer.file.value) ?? {}))
      result.set(key, { value, origin: originIn(layer, ...path, key) });
  return result;
}
