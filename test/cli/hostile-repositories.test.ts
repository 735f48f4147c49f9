import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type HostileRepository,
  hostileCases,
  makeHostile,
  plantedPath,
} from "#support/hostile-repositories.js";
import {
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";

/** What one look at one hostile repository came to. */
interface Outcome extends HostileRepository {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly output: string;
  readonly complaint: string;
  readonly seconds: number;
  readonly before: string;
  readonly after: string;
}

const program = fileURLToPath(
  new URL("../../../bin/vibegate.js", import.meta.url),
);
const cacheHome = temporaryFolder();
const parallel = 3;
const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  const pending = [...hostileCases];
  const work = async () => {
    for (let next = pending.shift(); next; next = pending.shift())
      outcomes.set(next.name, await lookAt(makeHostile(next)));
  };
  await Promise.all(Array.from({ length: parallel }, work));
}, 600_000);

afterAll(removeTemporaryFolders);

describe.each(hostileCases)("$name", ({ name, isRefused, hidesPlanted }) => {
  const outcome = () => outcomes.get(name)!;

  test("ends as it should, and soon", () => {
    const { signal, exitCode, complaint, seconds } = outcome();
    expect({ signal, complaint: complaint.slice(0, 500) }).toMatchObject({
      signal: null,
    });
    if (isRefused)
      expect({ exitCode, complaint }).toMatchObject({ exitCode: 2 });
    else
      expect({ exitCode, complaint }).toMatchObject({
        exitCode: expect.any(Number),
        complaint: "",
      });
    expect(seconds).toBeLessThan(60);
  });

  test("gives one document, with the credential of the innocent file", () => {
    const { output, complaint } = outcome();
    expect(complaint).not.toMatch(/^\s+at /m);
    if (isRefused) {
      expect(output).toBe("");
      expect(complaint).toMatch(
        /^vibegate: .*\n(?:\.vibegate\.yml:\d+:(?:\d+:)? .*\n)*$/,
      );
      return;
    }
    const { version, findings, items } = JSON.parse(output) as Report;
    expect({ version, items: items.length }).toEqual({ version: 1, items: 16 });
    // Too deep or too large is an answer; this would be a mistake of ours.
    expect(output).not.toMatch(/(?:analysis|check) (?:itself )?failed/);
    if (!hidesPlanted)
      expect(
        findings.filter(
          ({ check, path }) => check === "credentials" && path === plantedPath,
        ),
      ).toHaveLength(1);
  });

  test("shows no secret, not even a piece", () => {
    const { output, complaint, secrets } = outcome();
    expect(leaks(secrets, output + complaint)).toEqual([]);
    expect(output).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
  });

  test("runs nothing and changes nothing", () => {
    const { trace, before, after } = outcome();
    expect(existsSync(trace)).toBe(false);
    expect(after).toBe(before);
  });
});

interface Report {
  readonly version: number;
  readonly findings: readonly {
    readonly check: string;
    readonly path: string;
  }[];
  readonly items: readonly unknown[];
}

function lookAt(repository: HostileRepository): Promise<Outcome> {
  const { folder, look } = repository;
  const before = digestOf(folder);
  const started = performance.now();
  return new Promise((resolve) => {
    const [command = "", ...options] = look;
    const args = [program, command, folder, "--format", "json", ...options];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, XDG_CACHE_HOME: cacheHome },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 120_000,
    });
    let [output, complaint] = ["", ""];
    child.stdout
      .setEncoding("utf8")
      .on("data", (text: string) => (output += text));
    child.stderr
      .setEncoding("utf8")
      .on("data", (text: string) => (complaint += text));
    child.on("close", (exitCode, signal) => {
      const seconds = (performance.now() - started) / 1_000;
      const after = digestOf(folder);
      resolve({
        ...repository,
        exitCode,
        signal,
        output,
        complaint,
        seconds,
        before,
        after,
      });
    });
  });
}

/** The secrets of which any twelve characters in a row are shown. */
function leaks(secrets: readonly string[], shown: string): string[] {
  const length = 12;
  const pieces = new Map(
    secrets.flatMap((secret) =>
      Array.from(
        { length: secret.length - length + 1 },
        (_, at): [string, string] => [secret.slice(at, at + length), secret],
      ),
    ),
  );
  const found = new Set<string>();
  for (let at = 0; at + length <= shown.length; at++) {
    const secret = pieces.get(shown.slice(at, at + length));
    if (secret !== undefined) found.add(secret);
  }
  return [...found];
}

/** Everything in a folder as one digest: names, kinds, contents, times of change. */
function digestOf(folder: string): string {
  const digest = createHash("sha256");
  const walk = (path: Buffer) => {
    const entry = lstatSync(path);
    digest
      .update(path)
      .update(`${String(entry.mode)} ${String(entry.mtimeMs)}`);
    if (entry.isSymbolicLink()) digest.update(readlinkSync(path));
    else if (entry.isFile()) digest.update(readFileSync(path));
    else if (entry.isDirectory())
      for (const name of readdirSync(path, "buffer").sort(Buffer.compare))
        walk(Buffer.concat([path, Buffer.from("/"), name]));
  };
  walk(Buffer.from(folder));
  return digest.digest("hex");
}
