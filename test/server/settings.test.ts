import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, test } from "@jest/globals";
import { requireNode } from "#server/require-node.js";
import { readSettings } from "#server/settings.js";
import { SettingsError } from "#server/settings-error.js";

const directory = mkdtempSync(join(tmpdir(), "vibegate-settings-"));
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const keyFile = join(directory, "app.pem");
writeFileSync(keyFile, privateKey);
writeFileSync(join(directory, "not-a-key"), "hello");
writeFileSync(join(directory, "a-file"), "");

const good = {
  APP_ID: "4711",
  PRIVATE_KEY: privateKey,
  WEBHOOK_SECRET: randomBytes(32).toString("hex"),
  DATA_DIR: join(directory, "data"),
};

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe("good settings", () => {
  test("defaults are filled in and the data directory is made", () => {
    const settings = readSettings(good);

    expect(settings).toMatchObject({
      appId: 4711,
      host: "0.0.0.0",
      port: 3000,
      webhookPath: "/api/github/webhooks",
      apiUrl: "https://api.github.com",
      dataDirectory: good.DATA_DIR,
      logLevel: "info",
    });
    expect(existsSync(good.DATA_DIR)).toBe(true);
  });

  test("an empty variable is one that is not set", () => {
    expect(readSettings({ ...good, PORT: "", REDIS_URL: "" }).port).toBe(3000);
  });

  test("a GitHub Enterprise host has its interface under /api/v3", () => {
    const settings = readSettings({
      ...good,
      GHE_HOST: "127.0.0.1:4010",
      GHE_PROTOCOL: "http",
    });

    expect(settings.apiUrl).toBe("http://127.0.0.1:4010/api/v3");
  });

  test("two webhook secrets count while one is being rotated", () => {
    const previous = randomBytes(32).toString("hex");
    const settings = readSettings({
      ...good,
      WEBHOOK_SECRET_PREVIOUS: previous,
    });

    expect(settings.webhookSecrets.map((secret) => secret.reveal())).toEqual([
      good.WEBHOOK_SECRET,
      previous,
    ]);
  });

  test.each([
    ["PEM", { PRIVATE_KEY: privateKey }],
    ["PEM on one line", { PRIVATE_KEY: privateKey.replaceAll("\n", "\\n") }],
    ["base64", { PRIVATE_KEY: Buffer.from(privateKey).toString("base64") }],
    ["a file", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: keyFile }],
  ])("the private key may come as %s", (_form, given) => {
    const settings = readSettings({ ...good, ...given });

    expect(settings.privateKey.reveal().trim()).toBe(privateKey.trim());
  });

  test("no print of the settings shows a secret", () => {
    const settings = readSettings(good);
    const prints = [
      JSON.stringify(settings),
      inspect(settings, { depth: 9, showHidden: true }),
      settings.webhookSecrets.join(" "),
    ].join("\n");

    expect(prints).not.toContain(good.WEBHOOK_SECRET.slice(0, 12));
    expect(prints).not.toContain("PRIVATE KEY");
  });
});

describe("refusals", () => {
  const short = randomBytes(8).toString("hex");

  test.each([
    ["no app id", { APP_ID: "" }, /^APP_ID must be/],
    ["an app id that is none", { APP_ID: "Iv1.abc" }, /^APP_ID must be/],
    ["no secret", { WEBHOOK_SECRET: "" }, /^WEBHOOK_SECRET is not set/],
    [
      "the default secret",
      { WEBHOOK_SECRET: "development" },
      /^WEBHOOK_SECRET is the public default/,
    ],
    [
      "a short secret",
      { WEBHOOK_SECRET: short },
      /^WEBHOOK_SECRET is shorter than 32 bytes/,
    ],
    [
      "a short previous secret",
      { WEBHOOK_SECRET_PREVIOUS: short },
      /^WEBHOOK_SECRET_PREVIOUS is shorter than 32 bytes/,
    ],
    ["Redis", { REDIS_URL: "redis://127.0.0.1" }, /^REDIS_URL is set/],
    [
      "a webhook proxy",
      { WEBHOOK_PROXY_URL: "https://smee.io/x" },
      /^WEBHOOK_PROXY_URL is set/,
    ],
    ["no key", { PRIVATE_KEY: "" }, /^Neither PRIVATE_KEY nor/],
    ["a key that is none", { PRIVATE_KEY: "hello" }, /^PRIVATE_KEY holds no/],
    [
      "a key file that is not there",
      { PRIVATE_KEY_PATH: join(directory, "none") },
      /^PRIVATE_KEY_PATH names .* cannot be read/,
    ],
    [
      "a key file without a key",
      { PRIVATE_KEY_PATH: join(directory, "not-a-key") },
      /^PRIVATE_KEY_PATH holds no/,
    ],
    [
      "a data directory that cannot be made",
      { DATA_DIR: join(directory, "a-file", "data") },
      /^DATA_DIR is .* cannot be written/,
    ],
    ["a port that is none", { PORT: "70000" }, /^PORT must be/],
    ["a host with a scheme", { GHE_HOST: "https://x" }, /^GHE_HOST must be/],
    ["a public address without scheme", { PUBLIC_URL: "x.y" }, /^PUBLIC_URL/],
    ["a path without slash", { WEBHOOK_PATH: "hooks" }, /^WEBHOOK_PATH must/],
    ["an unknown log level", { LOG_LEVEL: "loud" }, /^LOG_LEVEL must be/],
  ])("%s is refused in one sentence without values", (_name, given, says) => {
    const refusal = refusalOf({ ...good, ...given });

    expect(refusal).toMatch(says);
    expect(refusal.split("\n")).toHaveLength(1);
    expect(refusal).toMatch(/\.$/);
    expect(refusal).not.toContain(short);
  });

  test("several mistakes are told at once, one a line", () => {
    const refusal = refusalOf({ ...good, APP_ID: "", REDIS_URL: "redis://x" });

    expect(refusal.split("\n")).toHaveLength(2);
  });

  test.each(["20.20.2", "22.12.0", "18.0.0"])(
    "Node %s is too old",
    (version) => {
      expect(() => {
        requireNode(version);
      }).toThrow(/^VibeGate needs Node 22.13 or newer, and this is Node/);
    },
  );

  test.each(["22.13.0", "24.21.0"])("Node %s will do", (version) => {
    expect(() => {
      requireNode(version);
    }).not.toThrow();
  });

  function refusalOf(variables: Record<string, string>): string {
    try {
      readSettings(variables);
    } catch (error) {
      if (error instanceof SettingsError) return error.message;
      throw error;
    }
    throw new Error("The settings were taken.");
  }
});
