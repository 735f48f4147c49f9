import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { credentials } from "#checks/secrets/credentials/check.js";
import type { Finding } from "#gate/finding.js";
import type { CommitContent } from "#gate/snapshot.js";
import { buildProject } from "#model/build-project.js";
import { aFile, aSnapshot, type Files } from "#support/a-snapshot.js";
import { examplesUnder } from "#support/readme-examples.js";
import { generateSecret, secretKinds } from "#support/secret-samples.js";

function findingsIn(
  files: Files,
  commits: readonly CommitContent[] = [],
): readonly Finding[] {
  const project = buildProject(aSnapshot({ files, commits }), {
    checks: [credentials],
    fingerprint: (secret) => String(secret.length * 31 + secret.charCodeAt(3)),
  });
  const outcome = credentials.evaluate(project);
  return outcome.status === "broken" ? outcome.findings : [];
}

const places = (findings: readonly Finding[]): string[] =>
  findings.map(({ path, lines }) => `${path}:${String(lines.start)}`).sort();

const rulesOf = (files: Files): string[] =>
  findingsIn(files).map(({ rule, atMost }) =>
    atMost ? `${rule} (${atMost})` : rule,
  );

describe("the examples of the README", () => {
  const readme = readFileSync(
    fileURLToPath(
      new URL("../../../checks/secrets/credentials/README.md", import.meta.url),
    ),
    "utf8",
  );
  const expand = (text: string): string =>
    text.replace(/\{\{secret:([\w-]+)\}\}/g, (_, kind: string) =>
      generateSecret(kind),
    );

  test.each(
    ["Fails", "Holds"].flatMap((heading) =>
      examplesUnder(readme, heading, expand).map(
        (example) => [example.title, example] as const,
      ),
    ),
  )("%s", (_title, { files, expected }) => {
    expect(places(findingsIn(files))).toEqual(expected);
  });
});

describe("a commit that put a secret in and took it out", () => {
  const secret = generateSecret("stripe-live");
  const committed = (
    sha: string,
    path: string,
    text: string,
    line: number,
  ): CommitContent => ({
    sha,
    files: [{ ...aFile(path, text), added: [{ start: line, end: line }] }],
  });

  test("is still a finding, on that commit", () => {
    const found = findingsIn({ "src/pay.ts": "export {};\n" }, [
      committed("a1", "src/pay.ts", `const key = "${secret}";\n`, 1),
      committed("b2", "src/pay.ts", "export {};\n", 1),
    ]);

    expect(found).toMatchObject([
      { rule: "provider-key", commit: "a1", path: "src/pay.ts" },
    ]);
  });

  test("counts once when the head still holds it, wherever it moved", () => {
    const text = `const key = "${secret}";\n`;
    const found = findingsIn({ "src/new-place.ts": text }, [
      committed("a1", "src/pay.ts", text, 1),
      committed("b2", "src/new-place.ts", text, 1),
    ]);

    expect(places(found)).toEqual(["src/new-place.ts:1"]);
  });

  test("does not answer for lines that it did not write", () => {
    const text = `const key = "${secret}";\nconst other = 1;\n`;

    expect(findingsIn({}, [committed("a1", "src/pay.ts", text, 2)])).toEqual(
      [],
    );
  });

  test("leaves no trace of a fallback that the change repaired", () => {
    const text = `const s = process.env.JWT_SECRET || "supersecret";\n`;

    expect(findingsIn({}, [committed("a1", "src/auth.ts", text, 1)])).toEqual(
      [],
    );
  });
});

describe("fallbacks", () => {
  test.each([
    `const JWT_SECRET = process.env.JWT_SECRET || "secret";`,
    `const { SESSION_SECRET = "shhh-secret" } = process.env;`,
    `const JWT_SECRET = process.env.JWT_SECRET || process.env.AUTH_SECRET || "your-secret"; jwt.sign(payload, JWT_SECRET);`,
    `export const config = { secret: process.env["NEXTAUTH_SECRET"] ?? "change-me" };`,
    `const secret = process.env.AUTH_SECRET ? process.env.AUTH_SECRET : "abcdef";`,
    `const secret = configService.get<string>("JWT_SECRET", "defaultSecret");`,
    `const schema = z.object({ JWT_SECRET: z.string().default("dev-secret") });`,
    `const fallback = "supersecret"; const s = process.env.JWT_SECRET || fallback;`,
    `jwt.sign(payload, Deno.env.get("JWT_SECRET") || "super-secret");`,
  ])("%s", (code) => {
    expect(rulesOf({ "src/auth.ts": code })).toEqual(["fallback-secret"]);
  });

  test.each([
    `const s = process.env.JWT_SECRET || "";`,
    `const s = process.env.JWT_SECRET || fail("JWT_SECRET");`,
    `const port = process.env.PORT || "3000"; const model = process.env.OPENAI_MODEL || "gpt-5";`,
    `const k = process.env.OPENAI_API_KEY || "placeholder-for-build";`,
    `const s = process.env.JWT_SECRET || "dev"; if (s === "dev" && isProduction) throw new Error("set JWT_SECRET");`,
    `const name = process.env.TOKEN_COOKIE_NAME || "session_token";`,
    `const check = { status: process.env.JWT_SECRET ? "pass" : "fail" };`,
    `console.log("JWT_SECRET", process.env.JWT_SECRET ? "✅ Set" : "❌ Missing");`,
    `export const seedUser = async ({ email, password = "password" }) => create(email, password);`,
  ])("holds: %s", (code) => {
    expect(rulesOf({ "src/auth.ts": code })).toEqual([]);
  });

  test("weigh less in compose files, and count there too", () => {
    const found = rulesOf({
      "docker-compose.yml":
        "services:\n  api:\n    environment:\n      JWT_SECRET: ${JWT_SECRET:-supersecret}\n",
    });

    expect(found).toEqual(["fallback-secret (advise)"]);
  });
});

describe("kinds of files", () => {
  const random = generateSecret("random-base64");

  test("a translation, a lockfile and a minified file keep their noise to themselves", () => {
    const text = `{"secret": "${random}", "password": "Contraseña1!"}`;

    expect(
      findingsIn({
        "locales/es.json": text,
        "package-lock.json": text,
        "dist/app.min.js": `a.secret="${random}"`,
      }),
    ).toEqual([]);
  });

  test("a live key in a test still counts", () => {
    const text = `const key = "${generateSecret("github")}";`;

    expect(rulesOf({ "src/api.test.ts": text })).toEqual(["provider-key"]);
  });

  test("the beginning of a key, with dots behind it, opens nothing", () => {
    const key = generateSecret("stripe-live-long").slice(0, 60);

    expect(findingsIn({ "docs/pay.md": `Secret key: \`${key}...\`` })).toEqual(
      [],
    );
    expect(findingsIn({ "docs/pay.md": `It was ${key}.` })).toHaveLength(1);
  });

  test("a private key of a service that tests start weighs less than one of the app", () => {
    const pem = Buffer.from(generateSecret("private-key")).toString("base64");
    const workflow = (image: string, address: string) =>
      `jobs:\n  test:\n    services:\n      login:\n        image: ${image}\n        env:\n          URL: ${address}\n          PRIVATE_KEY: '${pem}'\n`;
    const path = ".github/workflows/ci.yml";

    expect(
      rulesOf({
        [path]: workflow("shop/saml-mock:1", "http://localhost:4000"),
      }),
    ).toEqual(["private-key (advise)"]);
    expect(
      rulesOf({ [path]: workflow("shop/api:1", "https://api.acme-shop.com") }),
    ).toEqual(["private-key"]);
  });

  test.each([
    [`ab12cd:${generateSecret("random-hex").slice(0, 32)}`, 1],
    ["user:password", 0],
    ["Aladdin:open sesame", 0],
    ["username:your-password-goes-here", 0],
  ])("a header for signing in that holds %s", (login, count) => {
    const header = `Authorization: Basic ${Buffer.from(login).toString("base64")}`;

    expect(findingsIn({ "logs/client.log": header })).toHaveLength(count);
    expect(
      findingsIn({ "src/api.ts": `send({ h: "${header}" });` }),
    ).toHaveLength(count);
  });

  test("a script that no page loads is not downloaded by anybody", () => {
    const key = `"use client";\nexport const key = "${generateSecret("github")}";`;
    const page = `import { key } from "../src/key";\nexport default () => key;`;

    expect(findingsIn({ "src/key.ts": key })[0]?.message).toContain(
      "everyone who can read the repository",
    );
    expect(
      findingsIn({ "src/key.ts": key, "app/page.tsx": page })[0]?.message,
    ).toContain("every visitor can use it");
  });

  test("a key store is named by its path alone", () => {
    const project = buildProject(
      aSnapshot({ paths: ["certs/release.p12", "android/debug.keystore"] }),
      {
        checks: [credentials],
      },
    );

    expect(credentials.evaluate(project)).toMatchObject({
      findings: [{ rule: "key-file", path: "certs/release.p12" }],
    });
  });

  test.each([
    ["notes.txt", `twilio token: ${generateSecret("random-hex")}`, 0],
    ["notes.txt", `TWILIO_AUTH_TOKEN: ${generateSecret("random-hex")}`, 1],
    [
      "dump.sql",
      `ALTER ROLE shop WITH PASSWORD '${generateSecret("random-password")}';`,
      1,
    ],
    [".npmrc", `//registry.npmjs.org/:_authToken=${generateSecret("npm")}`, 1],
    [
      ".netrc",
      `machine git.acme.com login bob password ${generateSecret("random-password")}`,
      1,
    ],
    [
      "analysis.ipynb",
      `{"source": ["OPENAI_API_KEY = \\"${generateSecret("openai")}\\"\\n"]}`,
      1,
    ],
    ["Dockerfile", `FROM node:24\nENV JWT_SECRET ${random}\n`, 1],
    [
      "kube.yml",
      `client-key-data: ${generateSecret("encoded-private-key")}`,
      1,
    ],
    [
      ".github/workflows/ci.yml",
      "env:\n  API_TOKEN: ${{ secrets.API_TOKEN }}\n",
      0,
    ],
  ])("%s: %s", (path, text, count) => {
    expect(findingsIn({ [path]: text })).toHaveLength(count);
  });
});

test("a key that is meant for pages is none in a header either", () => {
  const made = generateSecret("random-base64").replaceAll(/[^A-Za-z0-9]/g, "");
  const call = (key: string) => ({
    "db/1.sql": `select net.http_post(headers := '{"Authorization":"Bearer ${key}"}'::jsonb);`,
  });

  expect(findingsIn(call(`sb_publishable_${made}`))).toEqual([]);
  expect(findingsIn(call(made))).toHaveLength(1);
});

describe("what a finding says", () => {
  test("never holds the value, nor twelve characters of it", () => {
    const leaks = secretKinds.filter((kind) => {
      const secret = generateSecret(kind, 3);
      const text = JSON.stringify([
        ...findingsIn({
          "src/a.ts": `const ${"value"} = ${JSON.stringify(secret)};\nsend("Bearer ${secret.split("\n")[1] ?? secret}");`,
          ".env": `API_SECRET=${secret}\n`,
          "notes.md": `password: ${secret} ${secret}=${secret}\n`,
        }),
      ]);
      return pieces(secret, 12).some((piece) => text.includes(piece));
    });
    expect(leaks).toEqual([]);
  });

  test("tells how to replace that provider's key, and does not move with its line", () => {
    const text = `export const key = "${generateSecret("resend")}";`;
    const [one] = findingsIn({ "src/mail.ts": text });
    const [other] = findingsIn({ "src/mail.ts": `\n\n${text}` });

    expect(one?.fix).toContain("resend.com");
    expect(other?.identity).toBe(one?.identity);
  });

  test("one token a thousand times in a log is a few places, not a thousand", () => {
    const line = `"refresh_token": "${generateSecret("random-base64")}"\n`;

    expect(findingsIn({ "logs/client.log": line.repeat(1_000) })).toHaveLength(
      5,
    );
  });
});

describe("hostile files cost little", () => {
  const megabyte = 600_000;
  test.each([
    ["one long line of letters", "a".repeat(5 * megabyte)],
    [
      "a key at the end of a long line",
      `${"x = 1;".repeat(megabyte / 2)} "${generateSecret("github")}"`,
    ],
    ["prefixes without end", "sk-".repeat(megabyte / 3)],
    ["tokens without end", "eyJ".repeat(megabyte / 3)],
    ["dotted tokens", "eyJhbGciOiJ.".repeat(megabyte / 12)],
    [
      "heads of keys",
      "-----BEGIN RSA PRIVATE KEY-----\n".repeat(megabyte / 32),
    ],
    ["addresses", "ab://ab:".repeat(megabyte / 8)],
    ["names without values", "password".repeat(megabyte / 8)],
    ["assignments", 'secret="'.repeat(megabyte / 8)],
    ["installation tokens", "-ghs_1_a.".repeat(megabyte / 9)],
    ["public names", "VITE_SECRET_".repeat(megabyte / 12)],
    ["base64", "LS0tLS1CRUdJTi".repeat(megabyte / 14)],
    ["bot tokens", "MTIzNDU2Nzg5MDEyMzQ1Njc4.".repeat(megabyte / 25)],
  ])("%s", (_name, text) => {
    const start = process.cpuUsage();
    findingsIn({ "data/blob.txt": text, ".env": text, "src/page.vue": text });

    // Processor time: the clock on the wall also counts what else the machine does.
    const spent = process.cpuUsage(start).user / 1_000;
    expect(spent).toBeLessThan(4_000);
  });
});

function pieces(secret: string, length: number): string[] {
  const line = secret.includes("PRIVATE")
    ? (secret.split("\n")[1] ?? "")
    : secret;
  const random = line.slice(Math.max(0, line.length - 60));
  return Array.from(
    { length: Math.max(0, random.length - length + 1) },
    (_, at) => random.slice(at, at + length),
  );
}
