import type { ConfigEntry } from "#parse/config-entry.js";
import type { BackupMark, OffMark } from "./mark.js";

/** What the configuration of a hosting platform says of databases and their backups. */
export function hostedMarks(
  path: string,
  entries: readonly ConfigEntry[],
): BackupMark[] {
  if (/(?:^|\/)render\.ya?ml$/.test(path)) return render(entries);
  if (/(?:^|\/)fly[\w.-]*\.toml$/.test(path)) return fly(entries);
  if (/(?:^|\/)\.do\/[\w.-]+\.ya?ml$/.test(path)) return digitalOcean(entries);
  if (/(?:^|\/)values[\w.-]*\.ya?ml$/.test(path)) return helm(entries);
  return [];
}

/** @see https://render.com/docs/free#free-postgres */
function render(entries: readonly ConfigEntry[]): BackupMark[] {
  return entries.flatMap(({ keys, value, line }): BackupMark[] => {
    if (keys[0] !== "databases") return [];
    const key = keys.at(-1);
    if (key === "name")
      return [{ kind: "store", what: `database "${value}"`, line, rank: 5 }];
    if (key !== "plan" || value !== "free") return [];
    return [
      off(
        "the Render database",
        "plan is free, which has no backups and is deleted after a month",
        "a paid plan",
        line,
      ),
    ];
  });
}

/** @see https://fly.io/docs/reference/configuration/#the-mounts-section */
function fly(entries: readonly ConfigEntry[]): BackupMark[] {
  return entries.flatMap(({ keys, value, line }): BackupMark[] => {
    if (keys[0] !== "mounts" || keys.at(-1) !== "scheduled_snapshots")
      return [];
    if (value !== "false") return [];
    return [
      off("the Fly volume", "scheduled_snapshots is false", "true", line),
    ];
  });
}

/** @see https://docs.digitalocean.com/products/app-platform/reference/app-spec/ */
function digitalOcean(entries: readonly ConfigEntry[]): BackupMark[] {
  return entries.flatMap(({ keys, value, line }): BackupMark[] => {
    if (keys[0] !== "databases") return [];
    if (keys.at(-1) === "engine")
      return [{ kind: "store", what: "database of the app", line, rank: 5 }];
    if (keys.at(-1) !== "production" || value !== "false") return [];
    return [
      {
        ...off(
          "the app's database",
          "production is false, which makes it a development database without backups",
          "true",
          line,
        ),
        confidence: "likely",
      },
    ];
  });
}

/** Charts of databases have a switch for backups that is off by default, and copies of their values say so. */
function helm(entries: readonly ConfigEntry[]): BackupMark[] {
  return entries.flatMap(({ keys, value, line }): BackupMark[] => {
    const isSwitch =
      keys.at(-1) === "enabled" && /^backups?$/.test(keys.at(-2) ?? "");
    if (!isSwitch || value !== "false") return [];
    if (
      !keys.some((key) => /postgres|mysql|maria|mongo|database|^db$/i.test(key))
    )
      return [];
    return [
      {
        ...off(
          `the chart's ${keys.slice(0, -2).join(".")}`,
          "backup.enabled is false",
          "true, or the backup that stands in for it",
          line,
        ),
        ...{ confidence: "likely", atMost: "advise" },
      },
    ];
  });
}

function off(
  what: string,
  setting: string,
  instead: string,
  line: number,
): OffMark {
  return { kind: "off", rule: "backups-off", what, setting, instead, line };
}
