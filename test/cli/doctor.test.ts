import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { LocalGitHub } from "#support/local-github/local-github.js";
import {
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";

const program = fileURLToPath(
  new URL("../../../bin/vibegate.js", import.meta.url),
);
let github: LocalGitHub;

beforeAll(async () => {
  github = await LocalGitHub.start({
    webhookSecret: "0123456789abcdef".repeat(3),
  });
});

afterAll(async () => {
  await github.stop();
  removeTemporaryFolders();
});

async function doctor(variables: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [program, "doctor"], {
    env: { PATH: process.env["PATH"], ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const status = await new Promise((resolve) => child.once("exit", resolve));
  return { output, status };
}

describe("vibegate doctor", () => {
  test("tells what is wrong with a registration, and where to mend it", async () => {
    const { output, status } = await doctor({
      ...github.environment,
      PUBLIC_URL: "https://gate.example.com",
      DATA_DIR: join(temporaryFolder(), "data"),
    });

    expect(status).toBe(1);
    expect(output).toContain("✓ The key belongs to the app vibegate of acme");
    expect(output).toContain("✓ The clock agrees with GitHub's.");
    expect(output).toMatch(/✗ Webhooks go to .*, not to https:\/\/gate/);
    expect(output).toMatch(/✗ The app does not hear .*organization/);
  });

  test("says in one sentence that no app is known", async () => {
    const { output, status } = await doctor({ DATA_DIR: temporaryFolder() });

    expect(status).toBe(2);
    expect(output).toMatch(/^vibegate: No app is registered yet: [^\n]*\n$/);
  });

  test("says that GitHub cannot be reached", async () => {
    const { output, status } = await doctor({
      ...github.environment,
      GHE_HOST: "127.0.0.1:9",
      DATA_DIR: temporaryFolder(),
    });

    expect(status).toBe(1);
    expect(output).toContain("GET /app failed: GitHub could not be reached");
  });
});
