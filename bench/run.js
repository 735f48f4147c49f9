// Measures VibeGate beside what it is compared with, turn by turn on the same files: npm ci --prefix bench/beside && node bench/run.js REPOSITORY [ROUNDS]
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, median } from "./measure.js";
import { copyFiles, copyHead, git, touch } from "./work-copy.js";

const [repository, roundsText = "5"] = process.argv.slice(2);
if (repository === undefined) {
  process.stderr.write("usage: node bench/run.js REPOSITORY [ROUNDS]\n");
  process.exit(2);
}
const rounds = Number(roundsText);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "vibegate-bench-"));
const large = join(scratch, "large");
/** As large, and left alone. */
const still = join(scratch, "still");
const small = join(scratch, "small");
const list = join(scratch, "scripts");
const environment = (cache) => ({
  ...process.env,
  XDG_CACHE_HOME: join(scratch, cache),
  NODE_COMPILE_CACHE: join(scratch, "code"),
});

const vibegate = (cache, ...args) =>
  measure(process.execPath, [here("../bin/vibegate.js"), ...args], {
    env: environment(cache),
  });
const eslint = (cwd, ...args) =>
  measure(
    process.execPath,
    [
      here("beside/node_modules/eslint/bin/eslint.js"),
      ...["--config", here("beside/rules.js"), "--no-warn-ignored"],
      ...args,
    ],
    { cwd, env: environment("eslint") },
  );
const walk = () =>
  measure(process.execPath, [here("walk.js"), large, list], {
    env: environment("walk"),
  });

async function compare(title, names, sides, prepare = () => undefined) {
  const seen = names.map(() => []);
  for (const side of sides) await side();
  for (let round = 0; round < rounds; round += 1)
    for (const [index, side] of sides.entries()) {
      prepare(index, round);
      seen[index].push(await side());
    }
  const ratios = seen[0].map(
    ({ seconds }, at) => seconds / seen[1][at].seconds,
  );
  const show = (runs) =>
    `${median(runs.map(({ seconds }) => seconds)).toFixed(2)} s, ${Math.max(...runs.map(({ mebibytes }) => mebibytes)).toFixed(0)} MiB`;
  process.stdout.write(
    `| ${title} | ${names[0]}: ${show(seen[0])} | ${names[1]}: ${show(seen[1])} | ${median(ratios).toFixed(2)} |\n`,
  );
}

try {
  const scripts = copyHead(repository, large);
  writeFileSync(list, scripts.join("\0"));
  const step = Math.max(1, Math.floor(scripts.length / 30));
  const chosen = scripts.filter((_, index) => index % step === 0).slice(0, 30);
  copyFiles(large, chosen, small);
  for (const folder of [large, small]) touch(folder, chosen, "changed");
  cpSync(large, still, { recursive: true });
  const [cpu] = cpus();
  process.stdout.write(
    `${cpu?.model ?? ""} x ${String(cpus().length)}, Node ${process.version}; ` +
      `VibeGate ${git(here(".."), "rev-parse", "--short", "HEAD").trim()} on ` +
      `${git(repository, "rev-parse", "--short", "HEAD").trim()}, ${String(scripts.length)} scripts, ${String(rounds)} rounds\n\n` +
      "| work | VibeGate | beside | ratio, median of pairs |\n|---|---|---|---|\n",
  );
  await compare(
    "whole audit",
    ["audit", "parse and walk once"],
    [() => vibegate("cold", "audit", large, "--no-cache"), walk],
  );
  const check = (cache, folder) => () =>
    vibegate(cache, "check", folder, "--base", "HEAD");
  await compare(
    "30 changed files",
    ["check", "eslint"],
    [check("first", large), () => eslint(large, ...chosen)],
  );
  await compare(
    "30 changed files, alone",
    ["in the repository", "in one of their own"],
    [check("first", large), check("second", small)],
  );
  const cacheFile = [
    "--cache",
    "--cache-location",
    join(scratch, "eslintcache"),
  ];
  await compare(
    "again, three files changed",
    ["audit", "eslint --cache, none changed"],
    [
      () => vibegate("warm", "audit", large),
      () => eslint(still, ...cacheFile, "."),
    ],
    (index, round) => {
      if (index === 0)
        touch(large, chosen.slice(0, 3), `round ${String(round)}`);
    },
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
