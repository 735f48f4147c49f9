import type { ConfigEntry } from "#parse/config-entry.js";
import { configEntries } from "#parse/config-entries.js";
import type { Marker, MarkerInput } from "#parse/marker.js";
import { isScript } from "#parse/syntax.js";
import { composeMarks, isCompose } from "./compose.js";
import { hostedMarks } from "./hosted.js";
import type { BackupMark } from "./mark.js";
import { isForTrials } from "./places.js";
import { describesInfrastructure, scriptMarks } from "./scripts.js";
import {
  manifestStores,
  prismaStores,
  requirementStores,
  storeByPath,
} from "./stores.js";
import { cloudFormationMarks, kubernetesMarks } from "./templates.js";
import { terraformMarks } from "./terraform.js";

/** Notes databases, and what switches their backups off. */
export const backupMarker: Omit<Marker, "name"> = {
  version: 2,
  wants: ({ path, text, kind }) =>
    !["test", "generated", "lockfile", "docs"].includes(kind) &&
    !isForTrials(path) &&
    (isScript(path) ? describesInfrastructure(text) : true),
  mark,
};

function mark({ path, text, syntax }: MarkerInput): BackupMark[] {
  const known = storeByPath(path);
  if (known) return [known];
  if (/\.prisma$/i.test(path)) return prismaStores(text);
  if (/\.tf$/i.test(path)) return terraformMarks(text);
  if (/(?:^|\/)requirements[\w.-]*\.txt$/i.test(path))
    return requirementStores(text);
  if (/\.ya?ml$/i.test(path)) return yamlMarks(path, text);
  const source = isScript(path) ? syntax() : undefined;
  if (source) return scriptMarks(source);
  const entries = configEntries(path, text);
  if (/(?:^|\/)package\.json$/.test(path)) return manifestStores(entries);
  return [...hostedMarks(path, entries), ...cloudFormationMarks(entries)];
}

function yamlMarks(path: string, text: string): BackupMark[] {
  return documentsOf(path, text).flatMap((entries) =>
    isCompose(path)
      ? composeMarks(entries)
      : [
          ...hostedMarks(path, entries),
          ...cloudFormationMarks(entries),
          ...kubernetesMarks(entries),
        ],
  );
}

/** The entries of each document of a YAML file, with the file's lines. */
function documentsOf(path: string, text: string): (readonly ConfigEntry[])[] {
  const starts = [0];
  for (
    let at = text.indexOf("\n---");
    at >= 0;
    at = text.indexOf("\n---", at + 4)
  )
    starts.push(at + 1);
  let line = 0;
  return starts.slice(0, 200).map((start, index) => {
    const part = text.slice(start, starts[index + 1]);
    const first = line;
    line += part.split("\n").length - 1;
    return configEntries(path, part).map((entry) => ({
      ...entry,
      line: entry.line + first,
    }));
  });
}
