import type { ConfigEntry } from "#parse/config-entry.js";
import { configEntries } from "#parse/config-entries.js";
import type { Mark } from "./marks.js";
import { openServer, type StartedServer } from "./service-images.js";

/** Whether a file describes services of Docker Compose that may run in production; those for development do not. */
export function isCompose(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (
    /^(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(name) &&
    !/(?:^|[._-])(?:dev|development|local|test|tests|testing|e2e|ci|override|debug|example|sample)(?:[._-]|$)/i.test(
      name,
    ) &&
    !/(?:^|\/)(?:\.devcontainer|dev|develop|development|local|examples?|tests?|testing|e2e|ci)\//i.test(
      path,
    )
  );
}

/** Databases that a compose file opens to the network without asking for a password. */
export function composeMarks(path: string, text: string): Mark[] {
  const entries = configEntries(path, text).filter(
    ({ keys }) => keys[0] === "services",
  );
  const names = new Set(entries.map(({ keys }) => keys[1] ?? ""));
  const marks: Mark[] = [];
  for (const name of names) {
    const own = entries.filter(({ keys }) => keys[1] === name);
    const server = serverOf(own);
    const open = server && openServer(server);
    if (!open) continue;
    const port = own.find(isPublished);
    if (port === undefined) continue;
    marks.push({
      kind: "hole",
      rule: "database-without-authentication",
      line: port.line,
      message: `${open.name} in service "${name}" is published on every address of its host, and ${open.because}.`,
      fix: "Set its password, and publish the port on 127.0.0.1 only, or not at all: other services reach it by its name.",
      confidence: "likely",
      about: `service ${name}`,
      // What is not named for production may run on a laptop only.
      ...(!/prod/i.test(path) && { atMost: "advise" as const }),
    });
  }
  return marks;
}

function serverOf(entries: readonly ConfigEntry[]): StartedServer | undefined {
  const image = entries.find(
    ({ keys }) => keys.length === 3 && keys[2] === "image",
  )?.value;
  if (image === undefined) return undefined;
  const settings = new Map<string, string>();
  for (const { keys, value } of entries) {
    if (keys[2] !== "environment") continue;
    const [name = "", text = ""] = /^\d+$/.test(keys[3] ?? "")
      ? splitOnce(value, "=")
      : [keys[3], value];
    settings.set(name.toUpperCase(), text.replace(/^["']|["']$/g, ""));
  }
  return {
    image,
    settings,
    command: entries
      .filter(({ keys }) => keys[2] === "command" || keys[2] === "entrypoint")
      .map(({ value }) => value)
      .join(" "),
    hasMore: entries.some(
      ({ keys, value }) =>
        keys[2] === "env_file" ||
        keys[2] === "extends" ||
        keys.includes("<<") ||
        value.startsWith("*"),
    ),
  };
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** `27017:27017` and `0.0.0.0:27017:27017`, but not `127.0.0.1:27017:27017`. */
function isPublished(
  { keys, value }: ConfigEntry,
  _: number,
  all: readonly ConfigEntry[],
): boolean {
  if (keys[2] !== "ports") return false;
  if (/127\.0\.0\.1|localhost|\[?::1\]?/.test(value)) return false;
  if (keys.length === 4) return value.includes(":");
  if (keys[4] !== "published") return false;
  return !all.some(
    (other) =>
      other.keys[3] === keys[3] &&
      other.keys[4] === "host_ip" &&
      /127\.0\.0\.1|::1/.test(other.value),
  );
}
