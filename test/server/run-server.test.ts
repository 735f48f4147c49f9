import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  aPrivateKey,
  aPullRequestPayload,
  aSecret,
  signedHeaders,
} from "./signed.js";

const child = fileURLToPath(new URL("./run-child.js", import.meta.url));
const privateKey = aPrivateKey();
const secret = aSecret();

let directory: string;
let server: ChildProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vibegate-run-"));
});

afterEach(() => {
  server?.kill("SIGKILL");
  rmSync(directory, { recursive: true });
});

interface Run {
  readonly output: () => string;
  readonly errors: () => string;
  readonly exitCode: Promise<number | null>;
}

function run(more: Record<string, string>, workMs = 0): Run {
  const process_ = spawn(process.execPath, [child, String(workMs)], {
    env: {
      APP_ID: "4711",
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: secret,
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: join(directory, "data"),
      ...more,
    },
  });
  server = process_;
  let output = "";
  let errors = "";
  process_.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
  process_.stderr.on("data", (piece: Buffer) => (errors += piece.toString()));
  const exitCode = once(process_, "close").then(([code]) => code as number);
  return { output: () => output, errors: () => errors, exitCode };
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error("It did not happen.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function portOf({ output }: Run): Promise<number> {
  await until(() => output().includes('"port":'));
  return Number(/"port":(\d+)/.exec(output())?.[1]);
}

async function deliver(port: number): Promise<number> {
  const body = aPullRequestPayload(17);
  const address = `http://127.0.0.1:${String(port)}/api/github/webhooks`;
  const headers = signedHeaders(secret, body);
  const answer = await fetch(address, { method: "POST", body, headers });
  return answer.status;
}

describe("a refusal to start", () => {
  test.each([
    ["the default secret", { WEBHOOK_SECRET: "development" }, "WEBHOOK_SECRET"],
    ["Redis", { REDIS_URL: "redis://127.0.0.1" }, "REDIS_URL"],
    ["a host that is not ours", { HOST: "192.0.2.1" }, "Cannot listen"],
  ])(
    "because of %s is one sentence and exit code 2",
    async (_name, env, begin) => {
      const refused = run(env);

      expect(await refused.exitCode).toBe(2);
      expect(refused.errors()).toMatch(new RegExp(`^${begin}.*\\.\n$`));
      expect(refused.errors()).not.toMatch(/\n\s+at /);
      expect(refused.output()).toBe("");
    },
  );
});

describe("SIGTERM", () => {
  test("lets running work end, refuses new deliveries, and exits with 0", async () => {
    const running = run({}, 700);
    const port = await portOf(running);
    expect(await deliver(port)).toBe(202);
    await until(() => running.errors().includes("working"));
    server?.kill("SIGTERM");
    await until(() => running.output().includes("Shutting down"));
    const late = await deliver(port);

    expect(late).toBe(503);
    expect(await running.exitCode).toBe(0);
    expect(running.errors()).toContain("worked");
  });

  test("with nothing to do exits at once with 0", async () => {
    const running = run({});
    await portOf(running);
    server?.kill("SIGTERM");

    expect(await running.exitCode).toBe(0);
  });
});
