import type { ConfigEntry } from "#parse/config-entry.js";
import { yamlEntries } from "#parse/yaml-entries.js";
import type { Mark } from "./marks.js";
import {
  databasePorts,
  openServer,
  type StartedServer,
} from "./service-images.js";

/** Longer files are generated. */
const maxCharacters = 256 * 1024;

/** Whether a file may hold manifests of a cluster; templates that have yet to be filled in are none. */
export function isManifest(path: string, text: string): boolean {
  return (
    /\.ya?ml$/i.test(path) &&
    text.length <= maxCharacters &&
    /^kind:\s*(?:Deployment|StatefulSet|DaemonSet|Pod)\b/m.test(text) &&
    !text.includes("{{")
  );
}

/** Databases that a cluster starts without a password. */
export function manifestMarks(text: string): Mark[] {
  const documents = documentsOf(text);
  const isOutside = documents.some(opensPort);
  return documents.flatMap((entries) =>
    containersOf(entries).flatMap(([image, server]): Mark[] => {
      const open = openServer(server);
      if (open === undefined) return [];
      return [
        {
          kind: "hole",
          rule: "database-without-authentication",
          line: image.line,
          message: `${open.name} starts here so that ${open.because}${isOutside ? ", and a service opens it to the outside" : "; everything in the cluster reaches it"}.`,
          fix: "Give it a password from a secret, and let only the app reach it by a network policy.",
          confidence: "likely",
          about: `container ${image.value}`,
          ...(!isOutside && { atMost: "advise" as const }),
        },
      ];
    }),
  );
}

function documentsOf(text: string): ConfigEntry[][] {
  const found: ConfigEntry[][] = [];
  let [start, line] = [0, 1];
  const lines = text.split("\n");
  for (let at = 0; at <= lines.length; at++) {
    if (at < lines.length && !/^---\s*$/.test(lines[at] ?? "")) continue;
    const offset = line - 1;
    const entries = yamlEntries(lines.slice(start, at).join("\n"));
    found.push(
      entries.map((entry) => ({ ...entry, line: entry.line + offset })),
    );
    [start, line] = [at + 1, at + 2];
  }
  return found;
}

/** A service that is reached from outside of the cluster on a database's port. */
function opensPort(entries: readonly ConfigEntry[]): boolean {
  const at = (path: string): string | undefined =>
    entries.find(({ keys }) => keys.join("/") === path)?.value;
  return (
    at("kind") === "Service" &&
    /^(?:LoadBalancer|NodePort)$/.test(at("spec/type") ?? "") &&
    entries.some(
      ({ keys, value }) =>
        keys[1] === "ports" &&
        /^(?:port|targetPort)$/.test(keys[3] ?? "") &&
        databasePorts.has(Number(value)),
    )
  );
}

function containersOf(
  entries: readonly ConfigEntry[],
): [ConfigEntry, StartedServer][] {
  return entries
    .filter(
      ({ keys }) => keys.at(-1) === "image" && keys.at(-3) === "containers",
    )
    .map((image) => {
      const way = image.keys.slice(0, -1);
      const own = entries.filter(({ keys }) =>
        way.every((key, index) => keys[index] === key),
      );
      return [image, serverOf(image.value, own, way.length)];
    });
}

function serverOf(
  image: string,
  entries: readonly ConfigEntry[],
  depth: number,
): StartedServer {
  const settings = new Map<string, string>();
  for (const { keys, value } of entries) {
    if (keys[depth] !== "env" || keys[depth + 2] !== "name") continue;
    const given = entries.find(
      (one) =>
        one.keys[depth] === "env" &&
        one.keys[depth + 1] === keys[depth + 1] &&
        one.keys[depth + 2] === "value",
    );
    settings.set(value.toUpperCase(), given?.value ?? "");
  }
  return {
    image,
    settings,
    command: entries
      .filter(({ keys }) => keys[depth] === "args" || keys[depth] === "command")
      .map(({ value }) => value)
      .join(" "),
    hasMore: entries.some(({ keys }) => keys[depth] === "envFrom"),
  };
}
