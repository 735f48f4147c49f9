import type { ConfigEntry } from "#parse/config-entry.js";
import type { BackupMark } from "./mark.js";

const databases =
  /(?:^|\/)(?:postgres|postgis|timescaledb(?:-ha)?|pgvector|mysql|mariadb|percona|mongo|couchdb|cockroach|surrealdb|mssql\/server|scylla|cassandra)(?:[:@]|$)/i;

const backupTools =
  /backup|dump|wal-g|pgbackrest|barman|litestream|restic|velero/i;

const dataFolder =
  /(?:^|:)\/(?:var\/lib\/(?:postgresql|mysql|mongodb|couchdb)|data\/db|var\/opt\/mssql)/;

/** Whether a file is one of Docker Compose. */
export function isCompose(path: string): boolean {
  return /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(path);
}

/** What a Compose file says of databases and their backups. */
export function composeMarks(entries: readonly ConfigEntry[]): BackupMark[] {
  const images = new Map(
    entries.flatMap(({ keys, value }) =>
      keys[0] === "services" && keys[2] === "image" && keys.length === 3
        ? [[keys[1] ?? "", value] as const]
        : [],
    ),
  );
  return entries.flatMap((entry): BackupMark[] => {
    const [root, service = "", key = ""] = entry.keys;
    if (root !== "services") return [];
    const image = images.get(service) ?? "";
    return [
      ...storeIn(entry, service, key),
      ...memoryIn(entry, service, key, image),
      ...switchIn(entry, service, key),
      ...stoppedIn(entry, service, image),
    ];
  });
}

function storeIn(
  { value, line, keys }: ConfigEntry,
  service: string,
  key: string,
): BackupMark[] {
  const isStore = key === "image" && keys.length === 3 && databases.test(value);
  if (!isStore) return [];
  return [{ kind: "store", what: `service "${service}"`, line, rank: 10 }];
}

function memoryIn(
  { value, line }: ConfigEntry,
  service: string,
  key: string,
  image: string,
): BackupMark[] {
  if (key !== "tmpfs" || !dataFolder.test(value) || !databases.test(image))
    return [];
  return [
    {
      ...{ kind: "off", rule: "data-in-memory", line },
      what: `service "${service}"`,
      setting: "tmpfs holds the data, so a restart loses all of it",
      instead: "a named volume",
    },
  ];
}

/** `BACKUP_ENABLED: "false"`, as a key or as an item of a list. */
function switchIn(
  { keys, value, line }: ConfigEntry,
  service: string,
  key: string,
): BackupMark[] {
  if (key !== "environment") return [];
  const listed = /^([A-Z0-9_]+)=(.*)$/.exec(value);
  const name = listed?.[1] ?? keys.at(-1) ?? "";
  const written = (listed?.[2] ?? value).trim().toLowerCase();
  const isSwitch =
    /(?:^|_)BACKUPS?_(?:IS_)?ENABLED?$|^ENABLE_(?:\w+_)?BACKUPS?$/.test(name);
  const isOpposite =
    /(?:^|_)(?:DISABLE|SKIP)_(?:\w+_)?BACKUPS?$|(?:^|_)BACKUPS?_DISABLED?$/.test(
      name,
    );
  const isFalse = ["false", "0", "no", "off"].includes(written);
  const isTrue = ["true", "1", "yes", "on"].includes(written);
  if (!(isSwitch && isFalse) && !(isOpposite && isTrue)) return [];
  return [
    {
      ...{ kind: "off", rule: "backups-off", line, confidence: "likely" },
      what: `service "${service}"`,
      setting: `${name} is ${written}`,
      instead: isSwitch ? "true" : "false",
    },
  ];
}

function stoppedIn(
  { keys, value, line }: ConfigEntry,
  service: string,
  image: string,
): BackupMark[] {
  const path = keys.slice(2).join(".");
  const isStopped =
    (path === "deploy.replicas" || path === "scale") && value === "0";
  if (!isStopped || !(backupTools.test(image) || backupTools.test(service)))
    return [];
  return [
    {
      ...{ kind: "off", rule: "backups-off", line },
      what: `service "${service}"`,
      setting: `${path} is 0`,
      instead: "1",
    },
  ];
}
