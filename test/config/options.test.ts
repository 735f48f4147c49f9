import { describe, expect, test } from "@jest/globals";
import { rateLimits } from "#checks/limits/rate-limits/check.js";
import { serverSideAuthorization } from "#checks/identity/server-side-authorization/check.js";
import { effectiveConfig } from "#config/layers.js";
import { parseConfig } from "#config/parse-config.js";
import { policyOf } from "#config/policy-of.js";
import { knownOptions } from "#gate/known-options.js";
import { judgeSnapshot } from "#model/judge-snapshot.js";
import { aSnapshot } from "#support/a-snapshot.js";

const files = {
  "package.json":
    '{"dependencies": {"next": "15.0.0", "openai": "4.0.0", "@prisma/client": "6.0.0"}}',
  "app/api/ask/route.ts":
    'import OpenAI from "openai";\nconst openai = new OpenAI();\nexport async function POST(request: Request) {\n  const { q } = await request.json();\n  const answer = await openai.chat.completions.create({ model: "m", max_tokens: 9, messages: [{ role: "user", content: q }] });\n  return Response.json(answer);\n}\n',
  "app/api/orders/route.ts":
    'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport async function DELETE(request: Request) {\n  const { id } = await request.json();\n  await prisma.order.delete({ where: { id } });\n  return Response.json({});\n}\n',
};

function rulesFound(text: string): string[] {
  const parsed = parseConfig(text, { path: ".vibegate.yml" });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const takenAt = "2026-06-01T00:00:00Z";
  const policy = policyOf(
    effectiveConfig({
      repository: parsed.config,
      ...{ branch: "main", takenAt },
    }),
  );
  const checks = [rateLimits, serverSideAuthorization];
  const snapshot = aSnapshot({ files, scope: "repository" });
  return judgeSnapshot(snapshot, policy, { checks }).findings.map(
    ({ check, path }) => `${check} ${path}`,
  );
}

describe("options", () => {
  test("nothing said, everything found", () => {
    expect(rulesFound("")).toEqual(
      expect.arrayContaining([
        "rate-limits app/api/ask/route.ts",
        "server-side-authorization app/api/orders/route.ts",
      ]),
    );
  });

  test("an endpoint that is limited in front of the app is believed", () => {
    const found = rulesFound(
      "checks: {rate-limits: {options: {limited-routes: [/api/a*]}}}",
    );

    expect(found).not.toContain("rate-limits app/api/ask/route.ts");
    expect(found).toContain(
      "server-side-authorization app/api/orders/route.ts",
    );
  });

  test("an endpoint that is public on purpose is believed", () => {
    const found = rulesFound(
      "checks: {server-side-authorization: {options: {public-routes: [/api/orders]}}}",
    );

    expect(found).not.toContain(
      "server-side-authorization app/api/orders/route.ts",
    );
    expect(found).toContain("rate-limits app/api/ask/route.ts");
  });

  test.each([
    ["rate-limits/anonymous-costly-route", "limited-routes", "/api/ask", true],
    ["rate-limits/spoofable-limiter-key", "limited-routes", "/api/ask", false],
    [
      "server-side-authorization/open-mutation",
      "public-routes",
      "/api/orders",
      true,
    ],
    [
      "server-side-authorization/open-read",
      "public-routes",
      "/api/orders",
      false,
    ],
  ])("of %s hold for that rule alone", (subject, name, path, isBelieved) => {
    const [check = ""] = subject.split("/");

    const found = rulesFound(
      `checks: {${subject}: {options: {${name}: [${path}]}}}`,
    );

    expect(found.includes(`${check} app${path}/route.ts`)).toBe(!isBelieved);
  });

  test.each(knownOptions.map((one) => [one.name, one] as const))(
    "%s names rules that its check has",
    (_name, { check, rules }) => {
      const declared = [rateLimits, serverSideAuthorization].find(
        ({ name }) => name === check,
      );

      expect(Object.keys(declared?.rules ?? {})).toEqual(
        expect.arrayContaining([...rules]),
      );
    },
  );

  test("an option under another check is a mistake at its place", () => {
    const parsed = parseConfig(
      "checks:\n  credentials:\n    options:\n      public-routes: [/a]\n",
      { path: ".vibegate.yml" },
    );

    expect(parsed).toMatchObject({
      ok: false,
      problems: [
        {
          ...{ line: 4, column: 7 },
          hint: "It is an option of server-side-authorization.",
        },
      ],
    });
  });

  test("a misspelt option is told what was meant", () => {
    const parsed = parseConfig(
      "checks: {rate-limits: {options: {limited-route: [/a]}}}\n",
      { path: ".vibegate.yml" },
    );

    expect(parsed).toMatchObject({
      ok: false,
      problems: [{ line: 1, hint: 'Did you mean "limited-routes"?' }],
    });
  });
});
