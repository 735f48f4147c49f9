/**
 * Measures the scan of a long history.
 *
 *   node bench/history.js [COMMITS]
 *
 * Builds a repository of 5,000 commits (or of as many as are asked for) that is the same on every machine, puts one
 * made-up key into every thousandth commit and takes it out in the next, audits it with and without `--history`, and
 * prints what was found, how long that took, and the most memory that a process held. A quarter of the commits is
 * measured too: memory that is the same for both does not grow with the history.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.js";

const commits = Number(process.argv[2] ?? 5_000);
const filesAtOnce = 400;
const linesOfFile = 120;
const every = 1_000;
const program = fileURLToPath(new URL("../bin/vibegate.js", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "vibegate-history-"));

/** Numbers that look random and are the same on every machine. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
}

const words =
  "order price user cart total item page token count state value list query name date label route entry".split(
    " ",
  );

function lineOf(next) {
  const word = () => words[next() % words.length];
  return [
    `export const ${word()}${String(next() % 1e6)} = (${word()}) => ${word()}Of(${word()}, ${String(next() % 1e4)});`,
    `  if (${word()}.${word()} !== undefined) return "${word()} ${word()} ${String(next() % 1e6)}";`,
    `// ${word()} ${word()} ${word()} ${word()}`,
    `const key_${String(next() % 1e6)} = { id: "${word()}-${String(next())}", ${word()}: ${String(next() % 100)} };`,
  ][next() % 4];
}

function madeUpKey(next) {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
  const tail = Array.from({ length: 40 }, () => letters[next() % 56]).join("");
  return ["sk", "live", tail].join("_");
}

/** Writes the history as `git fast-import` reads it. */
async function build(folder, count) {
  execFileSync("git", ["init", "-q", "-b", "main", folder]);
  const git = spawn("git", ["-C", folder, "fast-import", "--quiet"], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const done = new Promise((resolve, reject) => {
    git.on("error", reject);
    git.on("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`git ended with ${String(code)}`)),
    );
  });
  const next = numbers(1);
  const texts = new Map();
  for (let commit = 0; commit < count; commit += 1) {
    const text = commitText(commit, next, texts);
    if (!git.stdin.write(text))
      await new Promise((resolve) => git.stdin.once("drain", resolve));
  }
  git.stdin.end();
  await done;
  execFileSync("git", ["-C", folder, "reset", "-q", "--hard", "main"]);
}

function commitText(commit, next, texts) {
  const paths = Array.from(
    { length: 3 },
    () =>
      `src/part${String(next() % 20)}/file${String(next() % (filesAtOnce / 20))}.ts`,
  );
  const files = [...new Set(paths)].map((path) => {
    const lines =
      texts.get(path) ??
      Array.from({ length: linesOfFile }, () => lineOf(next));
    lines[next() % lines.length] = lineOf(next);
    texts.set(path, lines);
    return [path, `${lines.join("\n")}\n`];
  });
  if (commit % every === every / 2)
    files.push(["src/pay.ts", `export const pay = "${madeUpKey(next)}";\n`]);
  if (commit % every === every / 2 + 1)
    files.push([
      "src/pay.ts",
      `export const pay = process.env.PAY; // ${String(commit)}\n`,
    ]);
  const message = `Change ${String(commit)}`;
  return [
    "commit refs/heads/main\n",
    `committer Bench <bench@example.com> ${String(1_700_000_000 + commit * 60)} +0000\n`,
    `data ${String(Buffer.byteLength(message))}\n${message}\n`,
    ...files.map(
      ([path, text]) =>
        `M 100644 inline ${path}\ndata ${String(Buffer.byteLength(text))}\n${text}\n`,
    ),
  ].join("");
}

async function audit(folder, ...options) {
  const report = join(scratch, "report.json");
  const { seconds, mebibytes } = await measure(
    "sh",
    [
      "-c",
      '"$0" "$@" > "$REPORT"',
      ...[process.execPath, program, "audit", folder, "--no-cache"],
      ...["--format", "json", ...options],
    ],
    { env: { ...process.env, REPORT: report } },
  );
  const { findings } = JSON.parse(readFileSync(report, "utf8"));
  const leaked = findings.filter(({ check }) => check === "credentials").length;
  return { seconds, mebibytes, leaked };
}

try {
  process.stdout.write(
    `Node ${process.version}, ${process.platform}\n\n| history | audit | leaks | seconds | most memory, MiB |\n|---|---|---:|---:|---:|\n`,
  );
  for (const count of [Math.ceil(commits / 4), commits]) {
    const folder = join(scratch, String(count));
    await build(folder, count);
    for (const options of [[], ["--history"]]) {
      const { seconds, mebibytes, leaked } = await audit(folder, ...options);
      process.stdout.write(
        `| ${String(count)} commits | ${options[0] ?? "of the head"} | ${String(leaked)} | ${seconds.toFixed(1)} | ${mebibytes.toFixed(0)} |\n`,
      );
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
