import type { ConfigEntry } from "#parse/config-entry.js";
import type { BackupMark } from "./mark.js";
import {
  cloudFormationOffs,
  followsAnother,
  kubernetesOffs,
  offMark,
  type OffSetting,
  switchedOff,
} from "./offs.js";

const cloudStores = /^AWS::(?:RDS|DynamoDB|DocDB|Neptune|Redshift)::/;

/** CloudFormation, SAM and the resources of a serverless.yml. */
export function cloudFormationMarks(
  entries: readonly ConfigEntry[],
): BackupMark[] {
  const resources = Map.groupBy(withDefaults(entries), ({ keys }) =>
    resourceOf(keys),
  );
  return entries.flatMap((entry): BackupMark[] => {
    const { keys, value: type, line } = entry;
    const isType = keys.at(-1) === "Type" && keys.at(-3) === "Resources";
    if (!isType || !type.startsWith("AWS::")) return [];
    const name = keys.slice(0, -1);
    const all = resources.get(resourceOf(keys)) ?? [];
    const isFollower =
      type === "AWS::RDS::DBInstance" &&
      followsAnother(all.map((one) => [one.keys[name.length + 1], one.value]));
    const own = isFollower ? [] : all;
    const what = `${type} "${name.at(-1) ?? ""}"`;
    const settings = cloudFormationOffs[type] ?? [];
    return [
      ...(type === "AWS::Backup::BackupPlan"
        ? [{ kind: "plan", line } as const]
        : []),
      ...(cloudStores.test(type)
        ? [{ kind: "store", what, line, rank: 5 } as const]
        : []),
      ...offsBelow([...name, "Properties"], own, settings, what),
      ...offsBelow(name, own, lastCopy(type), what),
    ];
  });
}

/** The entries with what a parameter says by default in place of the parameter; whoever deploys may say otherwise. */
function withDefaults(
  entries: readonly ConfigEntry[],
): readonly (ConfigEntry & { readonly isDefault?: true })[] {
  const defaults = new Map(
    entries.flatMap(({ keys, value }) =>
      keys.at(-3) === "Parameters" && keys.at(-1) === "Default"
        ? [[keys.at(-2) ?? "", value] as const]
        : [],
    ),
  );
  if (defaults.size === 0) return entries;
  return entries.map((entry) => {
    const { keys, value } = entry;
    const isObject = keys.at(-1) === "Ref";
    const name = isObject ? value : /^!Ref\s+(\w+)$/.exec(value)?.[1];
    const said = name === undefined ? undefined : defaults.get(name);
    if (said === undefined) return entry;
    const place = isObject ? keys.slice(0, -1) : keys;
    return { ...entry, keys: place, value: said, isDefault: true };
  });
}

/** Name of the resource that keys lead into; the same for all keys outside of resources. */
function resourceOf(keys: readonly string[]): string {
  const at = keys.indexOf("Resources");
  return at < 0 ? "" : keys.slice(0, at + 2).join("\n");
}

function lastCopy(type: string): readonly OffSetting[] {
  if (!cloudStores.test(type)) return [];
  return [
    {
      keys: ["DeletionPolicy"],
      off: ["delete"],
      instead: "Snapshot, or Retain",
      rule: "no-last-snapshot",
    },
  ];
}

/** The objects of a Kubernetes manifest, one document each. */
export function kubernetesMarks(entries: readonly ConfigEntry[]): BackupMark[] {
  const valueOf = (...path: readonly string[]) =>
    entries.find(({ keys }) => keys.join("\n") === path.join("\n"));
  const kind = valueOf("kind")?.value ?? "";
  const name = valueOf("metadata", "name")?.value ?? "";
  const version = valueOf("apiVersion");
  if (!version) return [];
  const what = `${kind} "${name}"`;
  const isBackupJob = kind !== "CronJob" || /backup|dump|snapshot/i.test(name);
  const isCluster =
    /postgres|cnpg|mysql|mongo|percona|zalan/i.test(version.value) &&
    /cluster|^postgresql$|mongodb/i.test(kind);
  const settings = isBackupJob ? (kubernetesOffs[kind] ?? []) : [];
  return [
    ...(isCluster
      ? [{ kind: "store", what, line: version.line, rank: 5 } as const]
      : []),
    ...offsBelow([], entries, settings, what),
  ];
}

function offsBelow(
  prefix: readonly string[],
  entries: readonly (ConfigEntry & { readonly isDefault?: true })[],
  settings: readonly OffSetting[],
  what: string,
): BackupMark[] {
  if (settings.length === 0) return [];
  return entries.flatMap(({ keys, value, line, isDefault }): BackupMark[] => {
    if (!prefix.every((key, index) => key === keys[index])) return [];
    const setting = switchedOff(settings, keys.slice(prefix.length), value);
    if (!setting) return [];
    const mark = offMark(setting, what, line);
    return [isDefault === true ? { ...mark, confidence: "likely" } : mark];
  });
}
