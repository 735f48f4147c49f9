import { describe, expect, test } from "@jest/globals";
import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { credentials } from "#checks/secrets/credentials/check.js";
import type { Finding } from "#gate/finding.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";
import { generateSecret, secretKinds } from "#support/secret-samples.js";

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

/** Sorts that only their name gives away, or that are public by design. */
const notByShape = new Set([
  "random-hex",
  "random-base64",
  "random-password",
  "aws-secret",
  "google-api",
  "mnemonic",
  "signed-token",
]);
const publicByDesign = [
  "stripe-publishable",
  "supabase-publishable",
  "posthog-public",
  "sentry-address",
  "mapbox-public",
  "recaptcha-site",
  "supabase-anon",
];
const byShape = secretKinds.filter(
  (kind) => !notByShape.has(kind) && !publicByDesign.includes(kind),
);

function findingsIn(files: Files): readonly Finding[] {
  const project = buildProject(aSnapshot({ files }), { checks: [credentials] });
  const outcome = credentials.evaluate(project);
  return outcome.status === "broken" ? outcome.findings : [];
}

function asScript(secret: string): string {
  return `export const settings = { value: ${JSON.stringify(secret)} };\n`;
}

describe("keys that their shape gives away", () => {
  test.each(byShape)("%s is found in code, settings and a guide", (kind) => {
    const missed = seeds.filter((seed) => {
      const secret = generateSecret(kind, seed);
      const found = findingsIn({
        "src/settings.ts": asScript(secret),
        "config.yml": `value: "${secret.replaceAll("\n", "\\n")}"\n`,
        "docs/setup.md": `Set it to:\n\n${secret}\n`,
      });
      const paths = new Set(found.map(({ path }) => path));
      return paths.size < 3;
    });
    // One random password in forty may read like a word, and a guide is full of words.
    expect(missed.slice(kind.endsWith("-url") ? 1 : 0)).toEqual([]);
  });

  test.each(publicByDesign)("%s never fires alone", (kind) => {
    const fired = seeds.filter((seed) => {
      const value = generateSecret(kind, seed);
      return (
        findingsIn({
          "src/settings.ts": `export const publicKey = "${value}";\nexport const apiKey = "${value}";\n`,
          ".env": `NEXT_PUBLIC_KEY=${value}\nAPI_KEY="${value}"\n`,
        }).length > 0
      );
    });
    expect(fired).toEqual([]);
  });
});

describe("names that give a value away", () => {
  test.each([
    ["AWS_SECRET_ACCESS_KEY", "aws-secret"],
    ["TWILIO_AUTH_TOKEN", "random-hex"],
    ["JWT_SECRET", "random-base64"],
    ["VERCEL_TOKEN", "random-hex"],
    ["CLOUDFLARE_API_TOKEN", "random-hex"],
    ["STRIPE_WEBHOOK_SECRET", "random-hex"],
    ["ENCRYPTION_KEY", "random-hex"],
    ["DB_PASSWORD", "random-password"],
    ["SENHA_DO_BANCO", "random-password"],
    ["CONTRASEÑA", "random-password"],
  ])("%s in a committed environment file", (name, kind) => {
    const missed = seeds.filter(
      (seed) =>
        findingsIn({ ".env": `${name}=${generateSecret(kind, seed)}\n` })
          .length !== 1,
    );
    // A name such as SENHA_DO_BANCO says password first; all of them must fire.
    expect(missed).toEqual([]);
  });

  test("a Gemini key is found by what stands around it, a Firebase key is let be", () => {
    const key = generateSecret("google-api");

    expect(
      findingsIn({ "src/ai.ts": `const GEMINI_API_KEY = "${key}";` }),
    ).toHaveLength(1);
    expect(
      findingsIn({
        "src/firebase.ts": `const config = { apiKey: "${key}", authDomain: "shop.firebaseapp.com", projectId: "shop" };`,
      }),
    ).toHaveLength(0);
  });
});

describe("against the scanner that others use", () => {
  test("whatever its recommended rules report, this check reports", async () => {
    const missed: string[] = [];
    for (const kind of secretKinds) {
      const secret = generateSecret(kind, 7);
      const content = `const value = "${secret}";\n`;
      const theirs = await lintSource({
        source: {
          filePath: "/src/settings.ts",
          content,
          ext: ".ts",
          contentType: "text",
        },
        options: {
          config: {
            rules: [
              {
                id: "@secretlint/secretlint-rule-preset-recommend",
                rule: creator,
              },
            ],
          },
        },
      });
      if (theirs.messages.length === 0) continue;
      if (findingsIn({ "src/settings.ts": content }).length === 0)
        missed.push(kind);
    }
    expect(missed).toEqual([]);
  });
});
