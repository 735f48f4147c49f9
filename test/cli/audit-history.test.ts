import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import {
  LocalRepository,
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";
import { typeCommand } from "#support/type-command.js";
import { generateSecret } from "#support/secret-samples.js";

afterAll(removeTemporaryFolders);

const program = join(
  fileURLToPath(new URL("../../../", import.meta.url)),
  "bin/vibegate.js",
);

interface Found {
  readonly rule: string;
  readonly path: string;
  readonly startLine: number;
  readonly commit?: string;
  readonly fingerprint: string;
}

/** The audit as typed, in this process. */
function audit(folder: string, ...options: string[]) {
  const args = ["audit", folder, "--format", "json", ...options];
  return typeCommand(args, { cwd: folder });
}

/** The same as the program itself. */
function startAudit(folder: string, ...options: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [program, "audit", folder, "--format", "json", ...options],
    { encoding: "utf8", env: { PATH: process.env.PATH } },
  );
  return { stdout, stderr, status };
}

function findingsOf(stdout: string): Found[] {
  const { findings } = JSON.parse(stdout) as { findings: Found[] };
  return findings.filter(({ rule }) => rule.startsWith("credentials/"));
}

function setting(secret: string): string {
  return `export const settings = {\n  value: "${secret}",\n};\n`;
}

describe("audit --history", () => {
  const [first, second, third] = [1, 2, 3].map((seed) =>
    generateSecret("stripe-live", seed),
  ) as [string, string, string];

  test("finds what was removed, rotated, and what other branches and tags hold", async () => {
    const repository = new LocalRepository();
    const added = repository.commit({ "src/pay.ts": setting(first) });
    repository.commit({ "src/pay.ts": setting(second), "a.ts": "1\n" });
    repository.git("checkout", "-q", "-b", "other");
    const elsewhere = repository.commit({ "src/old.ts": setting(third) });
    repository.git("checkout", "-q", "-");

    const plain = findingsOf((await audit(repository.folder)).stdout);
    const { stdout } = startAudit(repository.folder, "--history");
    const found = findingsOf(stdout);

    expect(plain).toMatchObject([{ path: "src/pay.ts", startLine: 2 }]);
    expect(found).toHaveLength(3);
    expect(found.find(({ commit }) => commit === undefined)).toMatchObject({
      path: "src/pay.ts",
      fingerprint: plain[0]?.fingerprint,
    });
    expect(found.find(({ commit }) => commit === added)).toMatchObject({
      ...{ rule: "credentials/provider-key", path: "src/pay.ts", startLine: 2 },
    });
    expect(found.find(({ commit }) => commit === elsewhere)).toMatchObject({
      path: "src/old.ts",
    });
    for (const secret of [first, second, third])
      expect(stdout).not.toContain(secret.slice(8, 24));
  });

  test("answers the same twice, and names each leak once however often it moved", async () => {
    const repository = new LocalRepository();
    repository.commit({ "a.ts": setting(first) });
    repository.commit({ "b.ts": setting(first) });
    repository.git("rm", "-q", "a.ts", "b.ts");
    repository.commit({ "c.ts": "export {};\n" });

    const once = await audit(repository.folder, "--history");
    const twice = await audit(repository.folder, "--history");

    expect(findingsOf(once.stdout)).toMatchObject([{ path: "a.ts" }]);
    expect(findingsOf(twice.stdout)).toEqual(findingsOf(once.stdout));
  });

  test("names what a shallow clone does not have", async () => {
    const repository = new LocalRepository();
    repository.commit({ "a.ts": setting(first) });
    repository.commit({ "a.ts": "export {};\n" });
    const shallow = temporaryFolder();
    repository.git(
      ...["clone", "-q", "--depth", "1"],
      ...[`file://${repository.folder}`, shallow],
    );

    const { stdout } = await audit(shallow, "--history");

    expect(findingsOf(stdout)).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({
      gaps: [{ path: "", because: expect.stringContaining("shallow") }],
    });
  });

  test("says in one sentence that a plain folder has none", async () => {
    const { stderr, status } = await audit(temporaryFolder(), "--history");

    expect(status).toBe(2);
    expect(stderr).toMatch(/has no history to read\.\n$/);
  });
});
