import { memberName } from "#parse/names.js";
import { lineOf, ts, visitNodes } from "#parse/syntax.js";
import type { BackupMark, OffMark } from "./mark.js";

/** Libraries that describe infrastructure in a script. */
const libraries =
  /["'](?:aws-cdk-lib|@aws-cdk\/|constructs|@pulumi\/|sst\b|cdktf|@cdktf\/)/;

const databases =
  /(?:^|\.)(?:rds|docdb|neptune|dynamodb|redshift|sql|mongodbatlas)\.|Database(?:Instance|Cluster)|DBInstance|DBCluster|\bTable(?:V2)?$|Dynamo|Postgres|Mysql|Aurora/;

interface Switch {
  readonly name: RegExp;
  readonly isOff: (value: ts.Expression) => boolean;
  readonly says: string;
  readonly instead: string;
  readonly rule?: OffMark["rule"];
}

/** Properties of AWS CDK, Pulumi and SST. */
const switches: readonly Switch[] = [
  {
    name: /^(?:backupRetention|backupRetentionPeriod|automatedSnapshotRetentionPeriod)$/,
    isOff: isZero,
    says: "is 0 days",
    instead: "at least 7 days",
  },
  {
    name: /^(?:pointInTimeRecovery|pointInTimeRecoveryEnabled|backupRetentionEnabled|cloudBackup|backupEnabled)$/,
    isOff: isFalse,
    says: "is false",
    instead: "true",
  },
  {
    name: /^(?:pointInTimeRecoverySpecification|pointInTimeRecovery|backupConfiguration)$/,
    isOff: (value) =>
      hasFalse(value, /^(?:enabled|pointInTimeRecoveryEnabled)$/),
    says: "is not enabled",
    instead: "enabled",
  },
  {
    name: /^skipFinalSnapshot$/,
    isOff: (value) => value.kind === ts.SyntaxKind.TrueKeyword,
    says: "is true",
    instead: "false",
    rule: "no-last-snapshot",
  },
  {
    name: /^removalPolicy$/,
    isOff: (value) =>
      ts.isPropertyAccessExpression(value) && value.name.text === "DESTROY",
    says: "is DESTROY",
    instead: "SNAPSHOT, or RETAIN",
    rule: "no-last-snapshot",
  },
];

/** Whether a script may describe infrastructure. */
export function describesInfrastructure(text: string): boolean {
  return libraries.test(text);
}

/** What a script that describes infrastructure says of databases and their backups. */
export function scriptMarks(source: ts.SourceFile): BackupMark[] {
  const marks: BackupMark[] = [];
  visitNodes(source, (node) => {
    if (ts.isNewExpression(node)) {
      const what = node.expression.getText(source).slice(0, 80);
      if (databases.test(what))
        marks.push({
          kind: "store",
          what,
          line: lineOf(source, node.getStart(source)),
          rank: 4,
        });
    }
    if (ts.isPropertyAssignment(node)) marks.push(...switchMarks(node, source));
  });
  return marks;
}

function switchMarks(
  property: ts.PropertyAssignment,
  source: ts.SourceFile,
): BackupMark[] {
  const name = memberName(property.name);
  const found = switches.find(
    (one) => one.name.test(name) && one.isOff(property.initializer),
  );
  const owner = found && ownerOf(property, source);
  if (!found || owner === undefined) return [];
  const { says, instead, rule = "backups-off" } = found;
  return [
    {
      ...{ kind: "off", rule, what: owner, instead },
      setting: `${name} ${says}`,
      line: lineOf(source, property.getStart(source)),
    },
  ];
}

/** What is made with this property, where that is a database. */
function ownerOf(property: ts.Node, source: ts.SourceFile): string | undefined {
  let at: ts.Node | undefined = property.parent;
  for (let depth = 0; at && depth < 12; depth += 1) {
    if (ts.isNewExpression(at) || ts.isCallExpression(at)) {
      const what = at.expression.getText(source).slice(0, 80);
      if (databases.test(what)) return what;
    }
    at = at.parent as ts.Node | undefined;
  }
  return undefined;
}

/** `0`, or a duration of nothing: `Duration.days(0)`. */
function isZero(value: ts.Expression): boolean {
  if (ts.isNumericLiteral(value)) return value.text === "0";
  if (!ts.isCallExpression(value)) return false;
  const [argument] = value.arguments;
  return argument !== undefined && ts.isNumericLiteral(argument)
    ? argument.text === "0"
    : false;
}

function isFalse(value: ts.Expression): boolean {
  return value.kind === ts.SyntaxKind.FalseKeyword;
}

function hasFalse(value: ts.Expression, name: RegExp): boolean {
  return (
    ts.isObjectLiteralExpression(value) &&
    value.properties.some(
      (one) =>
        ts.isPropertyAssignment(one) &&
        name.test(memberName(one.name)) &&
        isFalse(one.initializer),
    )
  );
}
