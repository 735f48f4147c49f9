import { type ChildProcess, spawn } from "node:child_process";
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
  type Analyse,
  AnalysisError,
  limits,
  RefusedError,
} from "#cli/analyse.js";
import type { Judged, JudgeMessage } from "#cli/request.js";
import { startAnalysisProcess } from "#server/analysis-process.js";
import type { HostileCase } from "#support/hostile/hostile-case.js";
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
import { typeCommand } from "#support/type-command.js";

/** How a look ended, and what it said. */
interface Ending {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly output: string;
  readonly complaint: string;
}

/** What one look at one hostile repository came to. */
interface Outcome extends HostileRepository, Ending {
  readonly seconds: number;
  readonly before: string;
  readonly after: string;
}

const program = fileURLToPath(
  new URL("../../../bin/vibegate.js", import.meta.url),
);
const analysisModule = new URL(
  "../../src/cli/analysis-worker.bundle.js",
  import.meta.url,
);
const environment = { ...process.env, XDG_CACHE_HOME: temporaryFolder() };
const patienceMs = 120_000;
const outcomes = new Map<string, Outcome>();

/**
 * What is aimed at the program itself, its folder, its environment, its arguments or its streams: it is started for each. The
 * rest is typed, and put in turn to one process in which the command line judges, which has to outlive it all.
 */
const ofProgram = new Set([
  "names: that steer terminals and runners",
  "names: for shells and git",
  "names: that are no text",
  "git: links to devices",
  "git: pipes where files were",
  "git: a configuration full of programs",
  "git: names that no work tree can have",
  "git: no repository",
  "git: an index of garbage",
  'git: the base "--output=ran"',
  'git: the base "--upload-pack=touch ran"',
  "git: branches named like commands",
  "exec: every configuration that is code",
  "echo: secrets in errors, addresses, elements and long lines",
  "inject: text that ends in a report",
]);

beforeAll(async () => {
  const started = hostileCases.filter(({ name }) => ofProgram.has(name));
  expect(started).toHaveLength(ofProgram.size);
  const typed = hostileCases.filter(({ name }) => !ofProgram.has(name));
  const analysis = new WarmAnalysis();
  const work = async (
    pending: HostileCase[],
    look: (repository: HostileRepository) => Promise<Ending>,
  ) => {
    for (let next = pending.shift(); next; next = pending.shift())
      outcomes.set(next.name, await outcomeOf(makeHostile(next), look));
  };
  await Promise.all([
    work(typed, (repository) => lookTyped(repository, analysis.judge)),
    work(started, lookWithProgram),
  ]);
  analysis.end();
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

async function outcomeOf(
  repository: HostileRepository,
  look: (repository: HostileRepository) => Promise<Ending>,
): Promise<Outcome> {
  const before = digestOf(repository.folder);
  const started = performance.now();
  const ending = await look(repository);
  const seconds = (performance.now() - started) / 1_000;
  const after = digestOf(repository.folder);
  return { ...repository, ...ending, seconds, before, after };
}

/** Looks with the command line itself. */
function lookWithProgram({ folder, look }: HostileRepository): Promise<Ending> {
  const [command = "", ...options] = look;
  const args = [program, command, folder, "--format", "json", ...options];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: patienceMs,
    });
    let [output, complaint] = ["", ""];
    child.stdout
      .setEncoding("utf8")
      .on("data", (text: string) => (output += text));
    child.stderr
      .setEncoding("utf8")
      .on("data", (text: string) => (complaint += text));
    child.on("close", (exitCode, signal) => {
      resolve({ exitCode, signal, output, complaint });
    });
  });
}

/** Looks with the command line as typed, which judges where it is told. */
async function lookTyped(
  { folder, look: [command = "", ...options] }: HostileRepository,
  judge: Analyse,
): Promise<Ending> {
  const args = [command, folder, "--format", "json", ...options];
  const ending = await typeCommand(args, { cwd: folder, judge });
  const { status: exitCode, stdout: output, stderr: complaint } = ending;
  return { exitCode, signal: null, output, complaint };
}

/** The process in which the command line judges, with the limits that it has there, asked again and again. */
class WarmAnalysis {
  #child: ChildProcess | undefined;

  readonly judge: Analyse = (request) => {
    const child = (this.#child ??= startAnalysisProcess(
      analysisModule,
      limits,
      environment,
    ));
    child.removeAllListeners();
    const deadline = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    const answer = new Promise<Judged>((resolve, reject) => {
      let judged: Judged | undefined;
      child.on("message", (said) => {
        const message = said as JudgeMessage;
        if (message.kind === "judged") judged = message.judged;
        if (message.kind === "refused")
          reject(new RefusedError(message.sentence));
        if (message.kind === "crashed")
          reject(new AnalysisError(message.stack));
        if (message.kind === "finished" && judged) resolve(judged);
      });
      child.on("exit", (exitCode, signal) => {
        this.#child = undefined;
        reject(new AnalysisError(`It died: ${String(signal ?? exitCode)}.`));
      });
      child.send(request);
    });
    return answer.finally(() => {
      clearTimeout(deadline);
    });
  };

  end(): void {
    this.#child?.removeAllListeners();
    this.#child?.disconnect();
  }
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
