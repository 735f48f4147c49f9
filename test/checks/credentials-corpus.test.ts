import { expect, test } from "@jest/globals";
import { credentials } from "#checks/secrets/credentials/check.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot } from "#support/a-snapshot.js";
import { generateSecret } from "#support/secret-samples.js";

/** One key of each group of providers: clouds, tools, messages, models, payments. */
const kinds = ["stripe-live", "openai", "github", "sendgrid", "npm"] as const;

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Where keys are left, by the file that holds them. */
const places: Readonly<Record<string, (key: string) => string>> = {
  "dist/app.js.map": (key) =>
    JSON.stringify({
      version: 3,
      sources: ["../src/pay.ts"],
      sourcesContent: [`const key = "${key}";\nrun(key);\n`],
      mappings: "AAAA",
    }),
  "notes/analysis.ipynb": (key) =>
    JSON.stringify({
      cells: [{ cell_type: "code", source: [`client = Client("${key}")\n`] }],
    }),
  "backup/dump.sql": (key) =>
    `INSERT INTO settings (name, value) VALUES ('payment', '${key}');\n`,
  Dockerfile: (key) => `FROM node:24\nARG PAY_KEY=${key}\n`,
  "docker/web.Dockerfile": (key) => `FROM node:24\nENV PAY_KEY=${key}\n`,
  ".github/workflows/ci.yml": (key) =>
    `jobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      PAY: ${key}\n    steps: []\n`,
  "vite.config.ts": (key) =>
    `export default { define: { __PAY__: JSON.stringify("${key}") } };\n`,
  "next.config.js": (key) => `module.exports = { env: { PAY: "${key}" } };\n`,
  "src/joined.ts": (key) =>
    `export const key = "${key.slice(0, 14)}" + "${key.slice(14)}";\n`,
  "src/encoded.ts": (key) => `export const key = atob("${base64(key)}");\n`,
  "src/old.spec.ts": (key) => `test("a", () => run("${key}"));\n`,
  "logs/out.log": (key) => `12:00:01 GET /charge Authorization: ${key}\n`,
};

const all = kinds.flatMap((kind) =>
  Object.keys(places).map((path) => [kind, path] as const),
);

test.each(all)("%s in %s is found", (kind, path) => {
  const text = places[path]?.(generateSecret(kind)) ?? "";
  const snapshot = aSnapshot({ files: { [path]: text } });

  const outcome = credentials.evaluate(
    buildProject(snapshot, { checks: [credentials] }),
  );

  expect(outcome).toMatchObject({ status: "broken", findings: [{ path }] });
});
