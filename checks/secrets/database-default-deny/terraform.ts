import type { ConfigEntry } from "#parse/config-entry.js";
import { hclEntries } from "#parse/hcl-entries.js";
import type { HoleMark, Mark } from "./marks.js";
import { databasePorts } from "./service-images.js";

/** Whether a file may describe databases in Terraform. */
export function isTerraform(path: string): boolean {
  return path.endsWith(".tf");
}

/** Databases that Terraform opens to the whole internet. */
export function terraformMarks(text: string): Mark[] {
  const entries = hclEntries(text).filter(({ keys }) => keys[0] === "resource");
  return [...entries.flatMap(publicDatabase), ...openPorts(entries)];
}

const everywhere = /(?:^|[^\d.])0\.0\.0\.0\/0|::\/0/;

function publicDatabase(
  entry: ConfigEntry,
  _: number,
  all: readonly ConfigEntry[],
): HoleMark[] {
  const { keys, value } = entry;
  const [, type = ""] = keys;
  const last = keys.at(-1) ?? "";
  if (
    addressed.test(type) &&
    last === "publicly_accessible" &&
    value === "true"
  )
    return [
      hole(entry, "This database has a public address.", "likely", "advise"),
    ];
  return opensNetwork(entry) || opensRange(entry, all)
    ? [hole(entry, "This database takes connections from the whole internet.")]
    : [];
}

function opensNetwork({ keys, value }: ConfigEntry): boolean {
  const [, type] = keys;
  const last = keys.at(-1);
  const isNetwork =
    type === "google_sql_database_instance"
      ? last === "value" && keys.includes("authorized_networks")
      : type === "mongodbatlas_project_ip_access_list" && last === "cidr_block";
  return isNetwork && everywhere.test(value);
}

function opensRange(
  { keys, value }: ConfigEntry,
  all: readonly ConfigEntry[],
): boolean {
  const [, type = "", name] = keys;
  return (
    firewall.test(type) &&
    keys.at(-1) === "end_ip_address" &&
    value === "255.255.255.255" &&
    all.some(
      (other) =>
        other.keys[2] === name &&
        other.keys.at(-1) === "start_ip_address" &&
        other.value === "0.0.0.0",
    )
  );
}

const addressed =
  /^aws_(?:db_instance|rds_cluster_instance|redshift_cluster|dms_replication_instance)$/;
const firewall =
  /^azurerm_(?:\w{1,40}_)?(?:sql|postgresql|mysql|mariadb|mssql|redis)(?:_\w{1,40})?firewall_rule$/;

/** One rule of a firewall while its attributes are read. */
interface Port {
  from?: number;
  to?: number;
  open?: ConfigEntry;
  isOut?: boolean;
}

function openPorts(entries: readonly ConfigEntry[]): HoleMark[] {
  const rules: Port[] = [];
  let rule: Port | undefined;
  for (const entry of entries) {
    const { keys, value } = entry;
    const [, type = ""] = keys;
    if (
      !/^aws_(?:vpc_)?(?:default_)?security_group(?:_rule|_ingress_rule)?$/.test(
        type,
      )
    )
      continue;
    const last = keys.at(-1) ?? "";
    if (
      value === "" &&
      (last === "ingress" || last === "egress" || keys.length === 3)
    ) {
      rule = last === "egress" ? { isOut: true } : {};
      rules.push(rule);
    } else if (rule) readPort(rule, last, entry);
  }
  return rules.flatMap(({ open, from, to, isOut }) =>
    open && !isOut && from !== undefined && coversDatabase(from, to ?? from)
      ? [
          hole(
            open,
            `This firewall lets the whole internet at the database's port ${String(portIn(from, to ?? from))}.`,
          ),
        ]
      : [],
  );
}

function readPort(rule: Port, name: string, entry: ConfigEntry): void {
  const { value } = entry;
  if (name === "from_port") rule.from = Number(value);
  if (name === "to_port") rule.to = Number(value);
  if (name === "type" && value === "egress") rule.isOut = true;
  if (
    /^(?:ipv6_)?cidr_(?:blocks|ipv4|ipv6)$/.test(name) &&
    everywhere.test(value)
  )
    rule.open = entry;
}

/** A rule for every port is about more than the database, and is not read as one. */
function coversDatabase(from: number, to: number): boolean {
  return to - from < 1000 && portIn(from, to) !== undefined;
}

function portIn(from: number, to: number): number | undefined {
  return [...databasePorts].find((port) => port >= from && port <= to);
}

function hole(
  { line, keys }: ConfigEntry,
  message: string,
  confidence: HoleMark["confidence"] = "certain",
  atMost?: "advise",
): HoleMark {
  return {
    kind: "hole",
    rule: "database-exposed",
    line,
    message,
    fix: "Name the networks that need it, and reach it from there through a private address.",
    confidence,
    about: keys.slice(1, 3).join("."),
    ...(atMost && { atMost }),
  };
}
