import { dataShape } from "./data-operations.js";
import type { DataShape } from "./data-shape.js";
import { instanceShape, savesNewRow } from "./instance-shapes.js";
import type { Project } from "./project.js";
import type { Place } from "./request-origins.js";
import { statedShape } from "./stated-sql.js";
import type { CallValue } from "./value-walk.js";

/** What a call does to stored data where it stands: what its names stand for counts, too. */
export function placedShape(
  project: Project,
  { facts, ref }: Place,
  call: CallValue,
): DataShape | undefined {
  const code = project.files.get(ref.path)?.code;
  const shape =
    (code && instanceShape(call, facts, code)) ??
    dataShape(call) ??
    statedShape(project, ref.path, call, facts);
  return shape && savesNewRow(call, facts)
    ? { ...shape, kind: "create", predicates: [] }
    : shape;
}
