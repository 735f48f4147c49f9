import type { ConfigEntry } from "#parse/config-entry.js";
import { hclEntries } from "#parse/hcl-entries.js";
import type { BackupMark } from "./mark.js";
import {
  followsAnother,
  offMark,
  type OffSetting,
  switchedOff,
  terraformModuleOffs,
  terraformOffs,
} from "./offs.js";

const stores =
  /^(?:aws_(?:db_instance|rds_cluster|dynamodb_table|docdb_cluster|neptune_cluster|redshift_cluster|lightsail_database)|google_(?:sql_database_instance|firestore_database|spanner_database)|azurerm_(?:postgresql|mysql|mssql|mariadb|cosmosdb)\w*|digitalocean_database_cluster|mongodbatlas_(?:advanced_)?cluster|neon_project|supabase_project|scaleway_rdb_instance)$/;

/** A resource or module with its attributes, below its name. */
interface Block {
  readonly type: string;
  readonly name: string;
  readonly line: number;
  readonly attributes: readonly ConfigEntry[];
}

/** What a Terraform file says of databases and their backups. */
export function terraformMarks(text: string): BackupMark[] {
  const entries = hclEntries(text);
  const variables = variablesIn(entries);
  return blocksIn(entries).flatMap((block): BackupMark[] => {
    if (block.type.startsWith("aws_backup_"))
      return [{ kind: "plan", line: block.line }];
    const what = `${block.type} "${block.name}"`;
    const settings =
      block.type === "module" ? terraformModuleOffs : terraformOffs[block.type];
    return [
      ...(stores.test(block.type)
        ? [{ kind: "store", what, line: block.line, rank: 4 } as const]
        : []),
      ...(settings ? offsIn(block, settings, what, variables) : []),
      ...defaultOff(block, what),
    ];
  });
}

function offsIn(
  { attributes }: Block,
  settings: readonly OffSetting[],
  what: string,
  variables: ReadonlyMap<string, string>,
): BackupMark[] {
  if (isFollower(attributes)) return [];
  return attributes.flatMap(({ keys, value, line }) => {
    const meant = variables.get(value) ?? value;
    const setting = switchedOff(settings, keys, meant);
    return setting ? [offMark(setting, what, line)] : [];
  });
}

/** The provider keeps no backups of an instance that says nothing of them. */
function defaultOff(
  { type, line, attributes }: Block,
  what: string,
): BackupMark[] {
  const says = (key: string) => attributes.some(({ keys }) => keys[0] === key);
  if (type !== "aws_db_instance" || says("backup_retention_period")) return [];
  if (isFollower(attributes)) return [];
  return [
    {
      ...{ kind: "off", rule: "backups-off", what, line },
      setting: "backup_retention_period is not set, and its default is 0",
      instead: "at least 7 days",
      ...{ confidence: "likely", atMost: "advise" },
    },
  ];
}

function isFollower(attributes: Block["attributes"]): boolean {
  return followsAnother(attributes.map(({ keys, value }) => [keys[0], value]));
}

function blocksIn(entries: readonly ConfigEntry[]): Block[] {
  const groups = Map.groupBy(
    entries.filter(({ keys }) => labels(keys) !== undefined),
    ({ keys }) => labels(keys)?.join(" ") ?? "",
  );
  return [...groups.values()].map((some) => {
    const [first] = some;
    const [type = "", name = ""] = labels(first?.keys ?? []) ?? [];
    const depth = type === "module" ? 2 : 3;
    return {
      ...{ type, name, line: first?.line ?? 1 },
      attributes: some.map((entry) => ({
        ...entry,
        keys: entry.keys.slice(depth),
      })),
    };
  });
}

function labels(keys: readonly string[]): readonly string[] | undefined {
  if (keys[0] === "resource") return keys.slice(1, 3);
  return keys[0] === "module" ? keys.slice(0, 2) : undefined;
}

/** What variables are where nobody sets them, by how they are referred to. */
function variablesIn(
  entries: readonly ConfigEntry[],
): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(({ keys: [kind, name = "", key], value }) =>
      kind === "variable" && key === "default"
        ? [[`var.${name}`, value] as const]
        : [],
    ),
  );
}
