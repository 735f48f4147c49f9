// Finds code that nothing uses. Our `#room/…` imports lead to compiled files, which the finder leaves alone, so it runs
// on a copy in which they lead to the sources.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "dead-code-"));
try {
  for (const part of [
    "src",
    "checks",
    "test",
    "scripts",
    "bin",
    "bench",
    "tsconfig.json",
    "knip.json",
    "jest.config.js",
    "eslint.config.js",
  ])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  writeFileSync(
    join(copy, "package.json"),
    manifest.replaceAll('"./dist/', '"./'),
  );
  const knip = join(root, "node_modules", "knip", "bin", "knip.js");
  const { status } = spawnSync(process.execPath, [knip], {
    cwd: copy,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
