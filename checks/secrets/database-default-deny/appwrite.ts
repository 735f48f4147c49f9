import { jsonValue } from "#parse/json-value.js";
import type { Value } from "#parse/module-facts.js";
import type { HoleMark } from "./marks.js";
import { isInbox, isPersonTable } from "./words.js";

/** Whether a file is the configuration of an Appwrite project. */
export function isAppwrite(path: string): boolean {
  return /(?:^|\/)appwrite(?:\.config)?\.json$/.test(path);
}

/** What everybody, or any user, may do by the permissions of collections and buckets. */
export function appwriteMarks(path: string, text: string): HoleMark[] {
  const root = jsonValue(text);
  return ["collections", "tables", "buckets"].flatMap((kind) =>
    itemsOf(entryOf(root, kind)).flatMap((item) => {
      const name =
        textOf(entryOf(item, "name")) ?? textOf(entryOf(item, "$id")) ?? "";
      return itemsOf(entryOf(item, "$permissions")).flatMap((permission) =>
        permissionHole(name, permission, kind === "buckets"),
      );
    }),
  );
}

const permissionText =
  /^(create|read|update|delete|write)\("(any|guests|users)(?:\/\w+)?"\)$/;

function permissionHole(
  name: string,
  permission: Value,
  isFiles: boolean,
): HoleMark[] {
  const [, act = "", who = ""] =
    permissionText.exec(textOf(permission) ?? "") ?? [];
  if (act === "" || isMeant(act, who, name, isFiles)) return [];
  const isStranger = who !== "users";
  const subject = isStranger ? "anyone" : "any signed-in user";
  const verb = act === "write" ? "create, update and delete" : act;
  const isMinor = !isStranger && (!isPersonTable(name) || act === "read");
  return [
    {
      kind: "hole",
      rule: isStranger ? "open-rules" : "rules-open-to-users",
      line: permission.line,
      message: `This permission lets ${subject} ${verb} every ${isFiles ? "file" : "row"} of "${name}".`,
      fix: "Give permissions to each row's owner as it is made, with document or row security switched on.",
      confidence: confidenceIn(act, isStranger),
      about: `appwrite ${name} ${act}`,
      ...(isMinor && { atMost: "advise" as const }),
    },
  ];
}

/** Public content, and what visitors send in. */
function isMeant(
  act: string,
  who: string,
  name: string,
  isFiles: boolean,
): boolean {
  if (act === "read") return isFiles || !isPersonTable(name);
  return act === "create" && (who === "users" || isInbox(name));
}

function confidenceIn(
  act: string,
  isStranger: boolean,
): HoleMark["confidence"] {
  if (act === "create") return "possible";
  return isStranger ? "certain" : "likely";
}

function entryOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object"
    ? value.entries.find((entry) => entry.key === key)?.value
    : undefined;
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === "list" ? value.items : [];
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === "literal" && typeof value.value === "string"
    ? value.value
    : undefined;
}
