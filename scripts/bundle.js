// Puts the modules that judging needs into one file: loading some 550 of them takes longer than judging a small change.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const workers = {
  cli: ["analysis-worker", "parse-worker"],
  server: ["analysis-worker"],
};

for (const [room, names] of Object.entries(workers)) {
  const folder = new URL(`../dist/src/${room}/`, import.meta.url);
  await build({
    entryPoints: names.map((name) => ({
      in: fileURLToPath(new URL(`${name}.js`, folder)),
      out: `${name}.bundle`,
    })),
    // Beside its entry, so that addresses relative to a module of this folder stay what they are.
    outdir: fileURLToPath(folder),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node22",
    logLevel: "warning",
  });
}
