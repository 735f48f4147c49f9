import type { OffMark } from "./mark.js";

/** A setting that switches backups off, in one kind of resource. */
export interface OffSetting {
  /** Keys below the resource; a star stands for any one key. */
  readonly keys: readonly string[];
  /** Values that mean off, in small letters. */
  readonly off: readonly string[];
  readonly instead: string;
  readonly rule?: OffMark["rule"];
}

/** The settings of each kind of resource. */
export type OffTable = Readonly<Record<string, readonly OffSetting[]>>;

function days(...keys: readonly string[]): OffSetting {
  return { keys, off: ["0"], instead: "at least 7 days" };
}

function off(...keys: readonly string[]): OffSetting {
  return { keys, off: ["false"], instead: "true" };
}

const lastSnapshot: OffSetting = {
  keys: ["skip_final_snapshot"],
  off: ["true"],
  instead: "false",
  rule: "no-last-snapshot",
};

/**
 * Terraform resources.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance
 */
export const terraformOffs: OffTable = {
  aws_db_instance: [days("backup_retention_period"), lastSnapshot],
  aws_rds_cluster: [days("backup_retention_period"), lastSnapshot],
  aws_docdb_cluster: [days("backup_retention_period"), lastSnapshot],
  aws_neptune_cluster: [days("backup_retention_period"), lastSnapshot],
  aws_redshift_cluster: [
    days("automated_snapshot_retention_period"),
    lastSnapshot,
  ],
  aws_dynamodb_table: [off("point_in_time_recovery", "enabled")],
  aws_lightsail_database: [off("backup_retention_enabled")],
  aws_efs_backup_policy: [
    {
      keys: ["backup_policy", "status"],
      off: ["disabled"],
      instead: "ENABLED",
    },
  ],
  google_sql_database_instance: [
    off("settings", "backup_configuration", "enabled"),
  ],
  mongodbatlas_cluster: [
    off("cloud_backup"),
    off("backup_enabled"),
    off("provider_backup_enabled"),
  ],
  mongodbatlas_advanced_cluster: [off("backup_enabled")],
  neon_project: [
    {
      keys: ["history_retention_seconds"],
      off: ["0"],
      instead: "at least 604800, a week",
    },
  ],
  scaleway_rdb_instance: [
    { keys: ["disable_backup"], off: ["true"], instead: "false" },
  ],
};

/** Settings that modules pass on under the same name, whatever the module is. */
export const terraformModuleOffs: readonly OffSetting[] = [
  days("backup_retention_period"),
  lastSnapshot,
];

/** CloudFormation resources, below `Properties`. */
export const cloudFormationOffs: OffTable = {
  "AWS::RDS::DBInstance": [days("BackupRetentionPeriod")],
  "AWS::RDS::DBCluster": [days("BackupRetentionPeriod")],
  "AWS::Redshift::Cluster": [days("AutomatedSnapshotRetentionPeriod")],
  "AWS::DynamoDB::Table": [
    off("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"),
  ],
  "AWS::DynamoDB::GlobalTable": [
    off(
      "Replicas",
      "*",
      "PointInTimeRecoverySpecification",
      "PointInTimeRecoveryEnabled",
    ),
  ],
  "AWS::EFS::FileSystem": [
    {
      keys: ["BackupPolicy", "Status"],
      off: ["disabled"],
      instead: "ENABLED",
    },
  ],
};

/** Settings that make a database the copy or the part of another one, whose backups are the ones that count. */
const ofAnother: readonly string[] = [
  "replicate_source_db",
  "replication_source_identifier",
  "master_instance_name",
  "SourceDBInstanceIdentifier",
  "DBClusterIdentifier",
];

/** Whether a database only follows another one. @param settings - Its first keys and their values. */
export function followsAnother(
  settings: readonly (readonly [key: string | undefined, value: string])[],
): boolean {
  return settings.some(
    ([key, value]) =>
      ofAnother.includes(key ?? "") && !["", "null"].includes(value.trim()),
  );
}

const suspended: OffSetting = {
  keys: ["spec", "suspend"],
  off: ["true"],
  instead: "false",
};

/** Kubernetes objects by kind. A job counts only if it is named after backups. */
export const kubernetesOffs: OffTable = {
  ScheduledBackup: [suspended],
  CronJob: [suspended],
  Schedule: [{ keys: ["spec", "paused"], off: ["true"], instead: "false" }],
  postgresql: [off("spec", "enableLogicalBackup")],
  PerconaPGCluster: [off("spec", "backup", "enabled")],
  PerconaXtraDBCluster: [off("spec", "backup", "enabled")],
  PerconaServerMongoDB: [off("spec", "backup", "enabled")],
  AtlasDeployment: [off("spec", "deploymentSpec", "backupEnabled")],
};

/** The setting of a list that a key and its value switch off, if any. */
export function switchedOff(
  settings: readonly OffSetting[],
  keys: readonly string[],
  value: string,
): OffSetting | undefined {
  const written = value.trim().toLowerCase();
  return settings.find(
    (setting) =>
      setting.off.includes(written) &&
      setting.keys.length === keys.length &&
      setting.keys.every((key, index) => key === "*" || key === keys[index]),
  );
}

/** A mark for a setting that is off. */
export function offMark(
  { keys, off: [value = ""], instead, rule = "backups-off" }: OffSetting,
  what: string,
  line: number,
): OffMark {
  const setting = `${keys.filter((key) => key !== "*").join(".")} is ${value}`;
  return { kind: "off", rule, what, setting, instead, line };
}
