import { configEntries } from "#parse/config-entries.js";
import type { Marker, MarkerInput } from "#parse/marker.js";
import { isScript } from "#parse/syntax.js";
import { deploymentByPath, deploymentsInManifest } from "./deployments.js";
import { procedureMarks } from "./documents.js";
import type { RollbackMark } from "./mark.js";
import { isMigration } from "./migration-files.js";
import { otherMigration } from "./other-migrations.js";
import { scriptMigration } from "./scripts.js";
import { emptyDownPart, sqlLosses } from "./sql.js";

const document = /\.(?:md|mdx|markdown|txt|rst|adoc)$/i;

/** Notes documents on rolling back, migrations that cannot be, and where the app is deployed. */
export const rollbackMarker: Omit<Marker, "name"> = {
  version: 1,
  wants: ({ path, kind }) =>
    kind !== "generated" &&
    kind !== "lockfile" &&
    kind !== "test" &&
    (!isScript(path) || isMigration(path)),
  mark,
};

function mark({ path, text, syntax }: MarkerInput): RollbackMark[] {
  const deployment = deploymentByPath(path);
  if (deployment) return [deployment];
  if (document.test(path)) return procedureMarks(path, text);
  if (/(?:^|\/)package\.json$/.test(path))
    return deploymentsInManifest(configEntries(path, text));
  if (!isMigration(path)) return [];
  if (/\.sql$/i.test(path)) {
    const down = emptyDownPart(text);
    return [...sqlLosses(text), ...(down ? [down] : [])];
  }
  const source = isScript(path) ? syntax() : undefined;
  return source ? scriptMigration(source) : otherMigration(path, text);
}
