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
import { limits } from "#cli/analyse.js";
import { exitCodeOf, exitCodes } from "#cli/exit-code.js";
import type { JudgeMessage, JudgeRequest } from "#cli/request.js";
import { jsonReport } from "#report/json.js";
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
  "../../src/cli/analysis-worker.js",
  import.meta.url,
);
const environment = { ...process.env, XDG_CACHE_HOME: temporaryFolder() };
const patienceMs = 120_000;
const outcomes = new Map<string, Outcome>();

/** Families whose malice ends in the analysis: they are put to one process in turn, which has to outlive them all. */
const ofAnalysis =
  /^(?:parse|big|encoding|redos|other parsers|tsconfig|config):/;

beforeAll(async () => {
  const analysed = hostileCases.filter(({ name }) => ofAnalysis.test(name));
  const others = hostileCases.filter((one) => !analysed.includes(one));
  const analysis = new WarmAnalysis();
  const work = async (
    pending: HostileCase[],
    look: (repository: HostileRepository) => Promise<Ending>,
  ) => {
    for (let next = pending.shift(); next; next = pending.shift())
      outcomes.set(next.name, await outcomeOf(makeHostile(next), look));
  };
  await Promise.all([
    work(analysed, analysis.look),
    work(others, lookWithProgram),
    work(others, lookWithProgram),
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

/** The process in which the command line judges, with the limits that it has there, asked again and again. */
class WarmAnalysis {
  #child: ChildProcess | undefined;

  readonly look = (repository: HostileRepository): Promise<Ending> => {
    const child = (this.#child ??= startAnalysisProcess(
      analysisModule,
      limits,
      environment,
    ));
    child.removeAllListeners();
    return new Promise((resolve) => {
      let ending: Ending | undefined;
      const deadline = setTimeout(() => child.kill("SIGKILL"), patienceMs);
      const end = (exitCode: number | null, signal: string | null) => {
        clearTimeout(deadline);
        const died = { exitCode, signal, output: "", complaint: "It died." };
        resolve(ending ?? died);
      };
      child.on("message", (said) => {
        const message = said as JudgeMessage;
        if (message.kind === "finished") end(null, null);
        else ending = endingOf(message) ?? ending;
      });
      child.on("exit", (exitCode, signal) => {
        this.#child = undefined;
        ending = undefined;
        end(exitCode, signal);
      });
      child.send(requestOf(repository));
    });
  };

  end(): void {
    this.#child?.removeAllListeners();
    this.#child?.disconnect();
  }
}

/** What the command line makes of a message. */
function endingOf(message: JudgeMessage): Ending | undefined {
  if (message.kind === "judged") {
    const { verdict, subject } = message.judged;
    const exitCode = exitCodeOf(verdict, subject.config);
    const output = jsonReport(verdict, subject);
    return { exitCode, signal: null, output, complaint: "" };
  }
  const refused = { exitCode: exitCodes.usage, signal: null, output: "" };
  if (message.kind === "refused")
    return { ...refused, complaint: `vibegate: ${message.sentence}\n` };
  if (message.kind === "crashed")
    return { ...refused, complaint: message.stack };
  return undefined;
}

function requestOf({ folder: path, look }: HostileRepository): JudgeRequest {
  const [command, ...options] = look;
  if (command === "audit") return { path };
  expect([command, ...options]).toEqual(["check", "--base", "main"]);
  return { path, base: "main" };
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
