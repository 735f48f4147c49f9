import { describe, expect, test } from "@jest/globals";
import { credentials } from "#checks/secrets/credentials/check.js";
import type { Finding } from "#gate/finding.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";
import { generateSecret } from "#support/secret-samples.js";

function findingsIn(files: Files): readonly Finding[] {
  const project = buildProject(aSnapshot({ files }), { checks: [credentials] });
  const outcome = credentials.evaluate(project);
  return outcome.status === "broken" ? outcome.findings : [];
}

describe("guides, commands and other languages", () => {
  const password = generateSecret("random-password");
  const random = generateSecret("random-hex");

  test.each([
    [
      "a login that somebody made",
      "GUIDE.md",
      "**Email:** owner@shopmail.net\n**Senha:** biogab987",
    ],
    [
      "a name on one line and its value on the next",
      "RENDER.md",
      `#### Variable: \`CRON_SECRET\`\n**Valor:**\n\`\`\`\n${random}\n\`\`\``,
    ],
    [
      "a command's user option",
      "deploy.sh",
      `curl -u bob:${password} https://acme-shop.com`,
    ],
    [
      "a password that is hashed on the spot",
      "supabase/admin.sql",
      `select crypt('${password}', gen_salt('bf'));`,
    ],
    [
      "a name and a value side by side",
      "k8s/api.yaml",
      `env:\n  - name: DB_PASSWORD\n    value: "${password}"`,
    ],
    [
      "a constant of PHP",
      "config.php",
      `define("DB_PASSWORD", "${password}");`,
    ],
    [
      "a resource of Android",
      "app/strings.xml",
      `<string name="api_secret">${random}</string>`,
    ],
    [
      "a command in a page",
      "src/Help.tsx",
      `<p>telnyx set TELNYX_API_KEY=${random}</p>;`,
    ],
    [
      "a line that is commented out",
      "src/ai.ts",
      `// const API_TOKEN = "${random}";`,
    ],
    [
      "a secret of a cluster",
      "k8s/secret.yaml",
      `kind: Secret\ndata:\n  DB_PASSWORD: ${Buffer.from(password).toString("base64")}\n  HOST: ZGIuYWNtZS5jb20=\n`,
    ],
    [
      "a key in base64",
      "src/b.ts",
      `const k = atob("${Buffer.from(generateSecret("github")).toString("base64")}");`,
    ],
    [
      "two pieces that are joined",
      "src/pay.ts",
      joined(generateSecret("stripe-live")),
    ],
  ])("%s", (_title, path, text) => {
    expect(findingsIn({ [path]: text })).toHaveLength(1);
  });

  test.each([
    [
      "the body of a request",
      "API.md",
      `{ "email": "ann@corp.net", "password": "SecurePass123" }`,
    ],
    ["a sample answer", "API.md", `{ "token": "${random.slice(0, 21)}" }`],
    [
      "a name that names a header",
      "src/rpc.ts",
      `export const SECRET_HEADER_KEY = "x-rpc-secret-1";`,
    ],
    [
      "a key of the browser's storage",
      "src/a.ts",
      `const COOKIE_KEY = "welcome_banner_2"; const TOKEN_KEY = "auth-token-v2";`,
    ],
    [
      "Azure's storage emulator",
      "docs/a.md",
      `AccountKey=${["Eby8vdM02xNO", "cqFlqUwJPLlm"].join("")}${generateSecret("random-base64").repeat(2)}`,
    ],
    [
      "a script that makes a secret",
      "setup.sh",
      `secret=$(openssl rand -hex 32) && sed -i "s/SECRET:.*/SECRET: $secret/" a.yml`,
    ],
    [
      "a tutorial's connection",
      "README.md",
      `postgres://shop:mysecretpassword1@db.acme-shop.com/shop`,
    ],
    [
      "a hash in a lockfile",
      "yarn.lock",
      `integrity "sha512-${generateSecret("random-base64")}"`,
    ],
    [
      "a title",
      "src/items.ts",
      `const sections = { secrets: "Secrets and surface" };`,
    ],
    [
      "ids, versions and hashes",
      "src/a.ts",
      `const keyId = "${random}"; const tokenType = "bearer1"; const commitSha = "${random}";`,
    ],
  ])("holds: %s", (_title, path, text) => {
    expect(findingsIn({ [path]: text })).toEqual([]);
  });
});

function joined(secret: string): string {
  return `const key = "${secret.slice(0, 12)}" + "${secret.slice(12)}";`;
}

describe("keys in pieces, and encoded", () => {
  const key = generateSecret("stripe-live");
  const [head, tail] = [key.slice(0, 11), key.slice(11)];
  const hex = Buffer.from(key).toString("hex");
  const base64 = Buffer.from(key).toString("base64");

  test.each([
    [
      "a sum of constants",
      `const a = "${head}";\nconst b = "${tail}";\nrun(a + b);`,
      3,
    ],
    [
      "a template of constants",
      `const a = "${head}";\nrun(\`\${a}${tail}\`);`,
      2,
    ],
    ["a joined list", `run(["${head}", "${tail}"].join(""));`, 1],
    ["concat", `run("${head}".concat("${tail}"));`, 1],
    ["base64", `run(Buffer.from("${base64}", "base64").toString());`, 1],
    ["hexadecimal digits", `run(Buffer.from("${hex}", "hex").toString());`, 1],
  ])("%s", (_title, script, line) => {
    const [found] = findingsIn({ "src/pay.ts": script });
    expect(found).toMatchObject({
      rule: "provider-key",
      lines: { start: line },
    });
  });

  test.each([
    ["Python", "pay.py", `key = bytes.fromhex("${hex}").decode()`],
    ["PHP", "pay.php", `$key = base64_decode("${base64}");`],
    ["Go", "pay.go", `key, _ := base64.StdEncoding.DecodeString("${base64}")`],
  ])("decoded on the spot in %s", (_title, path, text) => {
    expect(findingsIn({ [path]: text })).toMatchObject([
      { rule: "provider-key", path },
    ]);
  });

  test("pieces that do not belong together are no key", () => {
    expect(
      findingsIn({
        "src/a.ts": `export const a = (id: string) => "${head}" + id + "${tail}";`,
      }),
    ).toEqual([]);
  });
});
