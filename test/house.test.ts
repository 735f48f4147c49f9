import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { items } from "#gate/items.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What each room may import: our rooms by name, and npm packages or `node:` modules after a colon. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  gate: [],
  parse: [
    "gate",
    "npm:ts-morph",
    "npm:yaml",
    "npm:libpg-query",
    "node:module",
    "npm:#compiler",
  ],
  model: ["gate", "parse"],
  checks: ["gate", "parse", "model"],
  config: ["gate", "npm:zod", "npm:yaml"],
  "second-review": ["gate", "parse", "model"],
  report: ["gate"],
  github: ["gate", "config", "report", "npm:*", "node:*"],
  worktree: ["gate", "config", "report", "npm:*", "node:*"],
  queue: ["npm:*", "node:*"],
  server: ["*"],
  cli: ["*"],
};

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
}

const imports = sourceFiles().flatMap(importsOf);

describe("imports point downwards", () => {
  test("the house is there", () => {
    expect(imports.length).toBeGreaterThan(20);
  });

  test("every import is one that its room may have", () => {
    const breaches = imports
      .filter(({ room, target }) => !isAllowed(room, target))
      .map(
        ({ file, room, target }) =>
          `${file}: the room "${room}" may not import ${target}.`,
      );
    expect(breaches).toEqual([]);
  });

  test("no check imports another", () => {
    const breaches = imports
      .filter(
        ({ file }) => file.startsWith("checks/") && file !== "checks/index.ts",
      )
      .filter(({ target }) => target.startsWith("#checks/"))
      .map(({ file, target }) => `${file}: imports ${target}.`);
    expect(breaches).toEqual([]);
  });

  test("nobody imports the server or the command line", () => {
    const breaches = imports
      .filter(({ room, target }) => {
        const other = roomOf(target);
        return (
          (other === "server" || other === "cli") &&
          room !== other &&
          room !== "cli"
        );
      })
      .map(({ file, target }) => `${file}: imports ${target}.`);
    expect(breaches).toEqual([]);
  });

  test("no module stands in a circle", () => {
    expect(circles(imports)).toEqual([]);
  });
});

describe("the house is kept", () => {
  test("no room has a barrel, a utils or a types file", () => {
    const poor = sourceFiles().filter((file) =>
      /(^|\/)(index|utils?|helpers?|types|manager)\.ts$/.test(file),
    );
    expect(poor).toEqual(["checks/index.ts"]);
  });

  test("every check's room is complete", () => {
    const rooms = items
      .map(({ section, check }) => `checks/${section}/${check}`)
      .filter((room) => existsSync(`${root}${room}`));
    const incomplete = rooms.filter(
      (room) =>
        !existsSync(`${root}${room}/check.ts`) ||
        !existsSync(`${root}${room}/README.md`),
    );
    expect(incomplete).toEqual([]);
  });

  test("a test file that uses nock gives the network back", () => {
    const keeping = readdirSync(`${root}test`, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(".test.ts"))
      .filter((file) => {
        const text = readFileSync(`${root}test/${file}`, "utf8");
        return text.includes('from "nock"') && !text.includes("onlyNock();");
      });
    expect(keeping).toEqual([]);
  });

  test("generated files are fresh", () => {
    const result = execFileSync(
      process.execPath,
      ["scripts/generate.js", "--check"],
      { cwd: root, encoding: "utf8", stdio: "pipe" },
    );
    expect(result).toBe("");
  });
});

function sourceFiles(): string[] {
  return ["src", "checks"].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
      .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
      .filter((file) => file.endsWith(".ts") && !file.includes("/examples/")),
  );
}

function importsOf(file: string): Import[] {
  const text = readFileSync(`${root}${file}`, "utf8");
  const room = file.startsWith("checks/")
    ? "checks"
    : (file.split("/")[1] ?? "");
  const pattern =
    /^\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    room,
    target: match[1] ?? match[2] ?? match[3] ?? "",
  }));
}

function roomOf(target: string): string | undefined {
  return /^#([\w-]+)\//.exec(target)?.[1];
}

function isAllowed(room: string, target: string): boolean {
  const allowed = mayImport[room] ?? [];
  if (allowed.includes("*")) return true;
  if (target.startsWith(".")) return true;
  const other = roomOf(target);
  if (other !== undefined) return other === room || allowed.includes(other);
  if (target.startsWith("node:"))
    return allowed.includes("node:*") || allowed.includes(target);
  return allowed.includes("npm:*") || allowed.includes(`npm:${target}`);
}

function circles(all: readonly Import[]): string[] {
  const graph = new Map<string, string[]>();
  for (const { file, target } of all) {
    const resolved = resolve(file, target);
    if (resolved === undefined) continue;
    graph.set(file, [...(graph.get(file) ?? []), resolved]);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

function resolve(file: string, target: string): string | undefined {
  const room = roomOf(target);
  if (room !== undefined) {
    const folder = room === "checks" ? "checks" : `src/${room}`;
    return target.replace(`#${room}`, folder).replace(/\.js$/, ".ts");
  }
  if (!target.startsWith(".")) return undefined;
  const path = new URL(target, `file:///${file}`).pathname.slice(1);
  return path.replace(/\.js$/, ".ts");
}
